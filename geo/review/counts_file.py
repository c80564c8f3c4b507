r"""The file of counts that a partner makes on its own machine: how it is written, and how a stranger's is read.

It is one JSON document, UTF-8, made of counts by area and nothing else: no row, no reference, no date, no postcode. ::

    format      "hotspot-planner counts"
    version     1
    feed        who counted, the name that the council knows its file by
    made        the day, ISO
    exact       true under a sharing agreement; false where small counts are hidden and the others rounded
    agreement   the agreement's name where exact, else ""
    unit        "household episodes", "rows, not households", or both said
    gazetteer   the edition of the postcode directory that places were found with
    ground      which areas could be counted: where they came from
    first_month the month in which a review year begins, 1 to 12
    rule        threshold, round_to, zero_homes and homes_floor: how counts were hidden (geo/disclosure/rules.py)
    tables      a list; each has
        period  the review year or quarter, such as "2024-25" or "2024-25 Q1"
        reason  a broad reason (geo/review/hub_reasons.py), or "" for everybody
        by      "ward" (code of the ward), "h3_7" (H3 cell of resolution 7) or "district" (one number, "*")
        total   all who were counted: a number, or "c" for one that is hidden
        areas   code to number or "c"; under "" those in none: without a known place, from elsewhere, or not to be
                told by area (domestic abuse)
    not_placed  only where exact: period to how many have no place, by why
    digest      SHA-256, in hexadecimal, of the document without this line, as canonical JSON
"""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from geo.disclosure.published import SUPPRESSED, Figure, Published
from geo.disclosure.rules import EXACT, Rule
from geo.disclosure.topics import Geography, Topic
from geo.review.count_periods import named_period

FORMAT: Final = "hotspot-planner counts"
VERSION: Final = 1
REASON: Final = "reason"
RULE: Final = ("threshold", "round_to", "zero_homes", "homes_floor")


@dataclass(frozen=True)
class CountsFile:
    """What such a file says.

    Attributes
    ----------
    feed, made, agreement, unit, gazetteer, ground, first_month
        As in the file.
    rule
        How counts were hidden; `EXACT` where none was.
    tables
        Of everybody and of single reasons, period by period; audience "agreement" where exact, else "partner".
    not_placed
        Only where exact: period to how many have no place, by status.
    """

    feed: str
    made: date
    agreement: str
    unit: str
    gazetteer: str
    ground: str
    first_month: int
    rule: Rule
    tables: tuple[Published, ...]
    not_placed: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether its counts are exact."""
        return self.rule == EXACT

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods counted, in the order of the file."""
        return tuple(dict.fromkeys(table.topic.period.name for table in self.tables))

    def only(self, period: str) -> "CountsFile":
        """Keep one period."""
        kept = tuple(table for table in self.tables if table.topic.period.name == period)
        lost = {name: counts for name, counts in self.not_placed.items() if name == period}
        return replace(self, tables=kept, not_placed=lost)

    @property
    def digest(self) -> str:
        """SHA-256 of what it says, in hexadecimal."""
        return digest_of(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values, without the digest."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "feed": self.feed,
            "made": self.made.isoformat(),
            "exact": self.exact,
            "agreement": self.agreement,
            "unit": self.unit,
            "gazetteer": self.gazetteer,
            "ground": self.ground,
            "first_month": self.first_month,
            "rule": {name: getattr(self.rule, name) for name in RULE},
            "tables": [_plain(table) for table in self.tables],
            "not_placed": self.not_placed,
        }

    def to_json(self) -> str:
        """Write it, with its digest."""
        return json.dumps(self.as_dict() | {"digest": self.digest}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest_of(whole: dict[str, Any]) -> str:
    """Digest a document, its own digest left out: SHA-256 of canonical JSON, in hexadecimal."""
    rest = {name: value for name, value in whole.items() if name != "digest"}
    text = json.dumps(rest, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def reason_of(table: Published) -> str:
    """Name the reason that a table counts; empty for everybody."""
    return dict(table.topic.filters).get(REASON, "")


def table_from(plain: dict[str, Any], *, rule: Rule, first_month: int) -> Published:
    """Make a table of plain values that were checked."""
    reason = plain["reason"]
    topic = Topic(
        Geography(plain["by"]),
        named_period(plain["period"], first_month=first_month),
        ((REASON, reason),) if reason else (),
    )
    figures = tuple(_figure(code, value) for code, value in sorted(plain["areas"].items()))
    return Published(topic, "agreement" if rule == EXACT else "partner", rule, figures, _figure("", plain["total"]))


def _figure(code: str, value: int | str) -> Figure:
    """Make a figure; why one is hidden, and whether it may be nought, the file does not say."""
    if isinstance(value, str):
        return Figure(code, "", None, may_be_nought=True, why="few")
    return Figure(code, "", value, may_be_nought=False)


def _plain(table: Published) -> dict[str, Any]:
    return {
        "period": table.topic.period.name,
        "reason": reason_of(table),
        "by": table.topic.geography.level,
        "total": _value(table.total),
        "areas": {figure.code: _value(figure) for figure in table.figures},
    }


def _value(figure: Figure) -> int | str:
    return SUPPRESSED if figure.value is None else figure.value
