"""Start a bundle where there is no network and its folder cannot be written, and ask it for its first page.

Run inside namespaces of its own: unshare -rnm python -m tests.commands.bundle_apart FOLDER PORT
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

from tests.browser.raw_client import ask, run_page

SET_FLAGS, UP = 0x8914, 1  # SIOCSIFFLAGS, IFF_UP: linux/sockios.h, linux/if.h
PATIENCE = 60


def main(folder: Path, port: int) -> dict[str, object]:
    _loopback_up()
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
    begun = time.monotonic()
    command = ["sh", folder / "start.sh", "app", "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/") as server:
        try:
            answered = _wait(port, server)
            # The first run makes the sample district and ends there; the second shows it.
            asked = [ask(f"http://127.0.0.1:{port}", [run_page()], cookies={}) for _ in range(2 if answered else 0)]
            told = asked[-1] if asked else None
        finally:
            server.terminate()
            said = server.communicate(timeout=20)[0].decode(errors="replace")
    return {
        "answered": answered,
        "pages": sorted(told.pages) if told else [],
        "text": told.everything.decode("utf-8", errors="replace") if told else "",
        "outside": _reaches_outside(),
        "writable": _can_write(folder),
        "said": said,
        "seconds": round(time.monotonic() - begun, 1),
    }


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh", b"lo", UP))


def _wait(port: int, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _reaches_outside() -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("192.0.2.1", 80)) == 0  # RFC 5737: an address for examples


def _can_write(folder: Path) -> bool:
    try:
        (folder / "written").write_text("x", encoding="ascii")
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
