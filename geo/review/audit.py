"""The audit log: who did what to a workspace, and when, in lines that are chained so that a changed one shows.

Each line's digest is the SHA-256 of the line before and its own words, so nobody can change, remove or reorder a
line without breaking the chain; how many lines there are and the last digest are kept apart, so that cutting off the
end shows too. Whoever can write the database and knows this could still make the whole log anew, or put an older copy
of the file back. Against that, write the last digest down elsewhere from time to time: `verify_audit` looks for it.

A line names data sets and feeds and gives numbers. It never holds a value of a row, a postcode, a reference or a
client's name.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.editions import Edition
from geo.errors import BadInputError
from geo.review.signing import Signer
from geo.review.store import Store

What = Literal[
    "workspace made",
    "import",
    "dataset added",
    "release",
    "freeze",
    "sign-in",
    "role change",
    "agreement",
    "scenario change",
    "forgetting",
    "retention",
    "site register",
    "liaison",
    "decision",
    "action",
    "partners",
    "programme",
    "hub held",
    "quarter figures",
    "feed plan",
    "counts",
    "pack",
    "walk report",
    "walk",
    "walk agencies",
    "rota",
    "walk card",
    "snapshot",
    "key",
    "encryption",
]
KINDS: Final[tuple[What, ...]] = get_args(What)
LONGEST: Final = 500
_COLUMNS: Final = "number, at, who, what, detail, digest"
_COUNT, _LAST = "audit_lines", "audit_digest"


@dataclass(frozen=True)
class AuditLine:
    """One line of the log.

    Attributes
    ----------
    number
        From 1, without a gap.
    when
        ISO, UTC; empty where a script gave no clock.
    who
        Name of the user; empty where a script gave none.
    what
        One of `KINDS`.
    detail
        Names of data sets and feeds, and numbers.
    digest
        SHA-256 of the digest before and this line's words, in hexadecimal.
    """

    number: int
    when: str
    who: str
    what: str
    detail: str
    digest: str

    @property
    def day(self) -> str:
        """The day alone, ISO."""
        return self.when[:10]


@dataclass(frozen=True)
class AuditCheck:
    """What a check of the log found.

    Attributes
    ----------
    lines
        How many lines there are.
    broken
        Number of the first line that does not fit, one more than `lines` where the end was cut off; 0 where all fit.
    last
        The last line's digest, to be written down elsewhere.
    verdict
        The finding in a sentence.
    """

    lines: int
    broken: int
    last: str
    verdict: str

    @property
    def whole(self) -> bool:
        """Tell whether every line fits."""
        return self.broken == 0


def append_line(connection: sqlite3.Connection, what: What, detail: str, *, signer: Signer) -> None:
    """Write a line into the transaction that is open, so that it stands or falls with what it records.

    Raises
    ------
    BadInputError
        The kind is none of `KINDS`: a line that nobody could look for.
    """
    if what not in KINDS:
        message = f"'{what}' is no kind of line of the audit log; expected one of {', '.join(KINDS)}."
        raise BadInputError(message)
    count, last = _seal(connection)
    words = (count + 1, signer.moment(), _tidy(signer.who), what, _tidy(detail))
    digest = line_digest(last, words)
    connection.execute(
        "INSERT INTO audit (number, at, who, what, detail, digest) VALUES (?, ?, ?, ?, ?, ?)", (*words, digest)
    )
    facts = ((_COUNT, str(count + 1)), (_LAST, digest))
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts)


def gazetteer_detail(editions: Iterable[Edition]) -> str:
    """Name the editions of a postcode directory, for the log."""
    return "gazetteer: " + ", ".join(f"{one.title} {one.edition}, rows {one.rows:,}" for one in editions)


def read_audit(store: Store) -> tuple[AuditLine, ...]:
    """Read the whole log, the first line first."""
    with store.reading() as connection:
        return _lines(connection)


def verify_audit(store: Store, *, noted: str = "") -> AuditCheck:
    """Check the chain from the first line to the last.

    Parameters
    ----------
    noted
        A digest written down earlier: it must still be one of the log's, or the log was made anew since.

    Returns
    -------
    AuditCheck
        It names the first line that was changed, removed or moved. It cannot tell a log that was made anew as a
        whole, or an older copy of the database, unless `noted` is given.
    """
    with store.reading() as connection:
        lines = _lines(connection)
        count, last = _seal(connection)
        start = _start(connection)
    broken = _first_broken(lines, start) or _cut_off(lines, count, last)
    found = lines[-1].digest if lines else ""
    if not broken and noted and noted.strip().lower() not in {line.digest for line in lines}:
        verdict = "The digest that was written down is not in the log: the log was made anew or set back since."
        return AuditCheck(len(lines), 1, found, verdict)
    return AuditCheck(len(lines), broken, found, _verdict(len(lines), broken, count))


def line_digest(previous: str, words: tuple[int, str, str, str, str]) -> str:
    """Chain a line to the one before: SHA-256 of both as canonical JSON, in hexadecimal.

    Parameters
    ----------
    previous
        The digest of the line before; for the first line the workspace's id, so that no other log fits.
    words
        Number, when, who, what, detail.
    """
    text = json.dumps([previous, *words], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _lines(connection: sqlite3.Connection) -> tuple[AuditLine, ...]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY number").fetchall()  # noqa: S608 - our own column names
    return tuple(AuditLine(*row) for row in rows)


def _seal(connection: sqlite3.Connection) -> tuple[int, str]:
    """Read how many lines there are and the last digest, as kept apart from the log."""
    rows = connection.execute("SELECT key, value FROM meta WHERE key IN (?, ?)", (_COUNT, _LAST)).fetchall()
    facts = {str(key): str(value) for key, value in rows}
    count = facts.get(_COUNT, "0")
    return int(count) if count.isdecimal() else 0, facts.get(_LAST) or _start(connection)


def _start(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'workspace_id'").fetchone()
    return "" if row is None else str(row[0])


def _first_broken(lines: tuple[AuditLine, ...], start: str) -> int:
    previous = start
    for number, line in enumerate(lines, start=1):
        words = (line.number, line.when, line.who, line.what, line.detail)
        if line.number != number or line_digest(previous, words) != line.digest:
            return number
        previous = line.digest
    return 0


def _cut_off(lines: tuple[AuditLine, ...], count: int, last: str) -> int:
    """Give the number of the first line that is missing at the end, or that nobody sealed; 0 where the end fits."""
    if len(lines) != count:
        return min(len(lines), count) + 1
    return 0 if not lines or lines[-1].digest == last else len(lines)


def _verdict(lines: int, broken: int, count: int) -> str:
    if not broken:
        return f"All {lines:,} lines fit together: none was changed, removed or moved." if lines else "No line yet."
    if broken > lines:
        return f"The log ends too early: {count:,} lines were written and {lines:,} are left."
    return f"Line {broken:,} does not fit the one before: it or what stood there was changed, removed or added later."


def _tidy(text: str) -> str:
    """Lay a text on one line, without control characters and not endlessly long."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(plain.split())[:LONGEST]
