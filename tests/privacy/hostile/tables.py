"""Tables and option files that are hostile as bytes, not by the texts in their cells; made in memory."""

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

REFERRAL: Final = {
    "referral_id": "R1",
    "household_ref": "H1",
    "date": "14/05/2024",
    "postcode": "ZZ1 1AA",
    "route": "Self",
    "source": "Agency",
    "reason": "Section 21",
    "household": "Single",
    "age_band": "30",
    "outcome": "Open",
}
SITE: Final = {
    "code": "S1",
    "name": "Hall",
    "category": "Village hall",
    "postcode": "ZZ1 1AB",
    "opening_hours": "Mon 9-5",
    "capacity": "40",
    "notes": "none",
}
_MAGICS: Final = {
    "PDF": b"%PDF-1.7\n",
    "picture": b"\x89PNG\r\n\x1a\n",
    "program": b"MZ\x90\0\x03\0\0\0",
    "Linux program": b"\x7fELF\x02\x01\x01\0",
    "script": b"#!/bin/sh\ntouch HOSTILE\n",
    "web page": b"<html><script>window.hostile=1</script>",
    "database": b"SQLite format 3\0",
    "Parquet": b"PAR1\0\0PAR1",
    "pickle": b"\x80\x04cposix\nsystem\n(S'touch HOSTILE'\ntR.",
    "rich text": b"{\\rtf1 HOSTILE}",
    "JSON": b'{"date":"HOSTILE"}',
    "XML": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
    "SYLK": b"ID;PWXL;N;E\nC;Y1;X1;K0;EHOSTILE\nE\n",
    "Windows shortcut": b"L\0\0\0\x01\x14\x02\0",
}


def table(*rows: Mapping[str, str] | Sequence[str]) -> bytes:
    """Write rows as CSV; the first one's names are the header."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0])
    writer.writerows(row.values() if isinstance(row, Mapping) else row for row in rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def odd_tables() -> dict[str, bytes]:
    """Make tables whose bytes, size or shape no careful system writes."""
    sound = table(REFERRAL)
    head = sound.split(b"\r\n")[0] + b"\r\n"
    return {
        **{f"{kind} called a table": magic + sound for kind, magic in _MAGICS.items()},
        "100,000 columns": table([f"c{at}" for at in range(100_000)]),
        "1,900 columns of one name": table(["HOSTILE"] * 1_900),
        "line of 10 MB": head + b"x" * 10_000_000,
        "file of separators": b"," * 500_000,
        "file of line ends": b"\n" * 500_000,
        "quotation mark not closed": head + b'"HOSTILE,' + sound,
        "quotation marks only": b'"' * 1_000_001,
        "quotation mark inside": sound.replace(b"Agency", b'Ag"HOSTILE"ency'),
        "ragged row": sound + b"HOSTILE,1\r\n",
        "row too wide": sound + b"HOSTILE," * 500 + b"\r\n",
        "two encodings": sound + "Caf\u00e9 HOSTILE".encode("cp1252") + b"," * 9 + b"\r\n" + "\u20ac".encode(),
        "half a letter": sound + b"\xe2\x82",
        "half a pair": table({**REFERRAL, "reason": "\ud800HOSTILE"}),
        "letters too long": sound.replace(b"Agency", b"\xc0\xaf\xc0\xae HOSTILE"),
        "NUL": sound.replace(b"Agency", b"Ag\0HOSTILE"),
        "NUL only": b"\0" * 5_000,
        "terminal codes": sound.replace(b"Agency", b"\x1b[2J\x1b]0;HOSTILE\x07"),
        "UTF-7": sound.replace(b"Agency", b"+ADw-script+AD4-HOSTILE"),
        "UTF-32": sound.decode().encode("utf-32"),
        "UTF-16 cut short": sound.decode().encode("utf-16")[:-1],
        "UTF-16 backwards": codecs.BOM_UTF16_BE + sound.decode().encode("utf-16-le"),
        "marks upon marks": codecs.BOM_UTF8 * 5 + codecs.BOM_UTF16_LE + sound,
        "mark in the middle": sound + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE * 9,
        "old line ends": sound.replace(b"\r\n", b"\r"),
        "end of file of DOS": sound + b"\x1a",
        "separator named": b"sep=;\r\n" + sound,
        "header of formulas": table({"=cmd|'/c calc'!A1": "x", "date": "14/05/2024", "postcode": "ZZ1 1AA"}),
        "header of scripts": table({"<script>HOSTILE</script>": "x", **REFERRAL}),
        "header of templates": table({"{{7*7}} HOSTILE": "x", **REFERRAL}),
        "header of attributes": table({"__class__": "HOSTILE", "columns": "1", "index": "2", **REFERRAL}),
        "header of bidi": table({"\u202eHOSTILE": "x", "\u200bdate": "14/05/2024", **REFERRAL}),
        "header twice": table(REFERRAL) + head,
        "nothing": b"",
        "one byte": b"=",
        "a byte too many": b"x" * 50_000_001,
    }


def option_files() -> dict[str, bytes]:
    """Make TOML that is deep, long, of another kind, or says what no option may be."""
    return {
        "not TOML": b"HOSTILE = = [",
        "deep lists": b"name = " + b"[" * 50_000 + b"]" * 50_000,
        "deep tables": b"[" + b".".join([b"a"] * 5_000) + b"]\nb = 1\n",
        "deep inline": b"name = " + b"{a=" * 5_000 + b"1" + b"}" * 5_000,
        "dotted bomb": b"\n".join(b".".join([b"a"] * 100) + b".k%d = 1" % at for at in range(1_000)),
        "50,000 keys": b"\n".join(b"k%d = 1" % at for at in range(50_000)),
        "number of 5,000 digits": b"version = " + b"9" * 5_000,
        "number beyond": b'name = "x"\nnearby_km = 1e400',
        "not a number": b'name = "x"\nnearby_km = nan',
        "infinite": b'name = "x"\nnearby_km = inf',
        "below nought": b'name = "x"\nnearby_km = -1',
        "day of no calendar": b"name = 2024-13-45",
        "key twice": b"name = 'a'\nname = 'b'",
        "NUL": b"name = 'a\0b'",
        "half a letter": b"name = '\xe2\x82'",
        "UTF-16": "name = 'x'".encode("utf-16"),
        "unknown option": b"HOSTILE = 1",
        "attribute": b'"__class__" = "HOSTILE"\nmodel_config = {extra = "allow"}',
        "list for a table": b"columns = ['HOSTILE']",
        "columns that are tables": b"[columns]\npostcode = {a = 1}",
        "column that is a formula": b"[columns]\npostcode = \"=cmd|'/c calc'!A1\"",
        "nothing": b"",
        "YAML that runs": b'!!python/object/apply:os.system ["touch HOSTILE"]',
    }
