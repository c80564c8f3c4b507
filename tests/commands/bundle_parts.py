"""Little wheels and a little embeddable Python, made by hand."""

import base64
import hashlib
import struct
import zipfile
from pathlib import Path

AMD64, ARM64 = 0x8664, 0xAA64
EMBEDDED = ("python311.dll", "python311.zip", "python311._pth", "python3.dll", "vcruntime140.dll", "vcruntime140_1.dll")


def make_wheel(
    folder: Path, name: str, version: str = "1.0", *, tag: str = "py3-none-any", requires=(), files=None, spoil=""
) -> Path:
    """Write a wheel; `spoil` names a file whose content is not what the wheel's list says."""
    info = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {one}\n" for one in requires)
    held = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense: MIT\n{needs}",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nTag: {tag}\n",
        f"{info}/licenses/LICENSE": f"The licence of {name}.",
        f"{name}/__init__.py": f"NAME = {name!r}\n",
        **(files or {}),
    }
    record = "".join(f"{path},sha256={_digest(text)},{len(text)}\n" for path, text in held.items())
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as zipped:
        for member, text in held.items():
            zipped.writestr(member, text + ("#" if member == spoil else ""))
        zipped.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return path


def make_embedded(path: Path, *, machine: int = AMD64, without: str = "", extra: dict[str, str] | None = None) -> Path:
    """Write an archive laid out as the official embeddable Python is."""
    program = bytearray(256)
    program[:2], program[0x80:0x84] = b"MZ", b"PE\0\0"
    struct.pack_into("<I", program, 0x3C, 0x80)
    struct.pack_into("<H", program, 0x84, machine)
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("python.exe", bytes(program))
        for name in (*EMBEDDED, "LICENSE.txt"):
            if name != without:
                zipped.writestr(name, "PSF" if name == "LICENSE.txt" else name)
        for name, text in (extra or {}).items():
            zipped.writestr(name, text)
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
