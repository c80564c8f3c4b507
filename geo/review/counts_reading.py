"""Read a file of counts that somebody sent, and refuse it in a sentence where it is not what the planner wrote."""

import re
from collections import Counter
from datetime import date
from typing import Any, Final

import h3

from geo.disclosure.external import EVERYWHERE
from geo.disclosure.published import SUPPRESSED, Published
from geo.disclosure.rules import EXACT, HOUSE_DEFAULT, Rule
from geo.errors import BadInputError
from geo.review.count_periods import named_period
from geo.review.counts_file import FORMAT, RULE, VERSION, CountsFile, digest_of, table_from
from geo.review.hub_reasons import REASONS
from geo.review.strict_json import read_strictly
from geo.schema import DISTRICT_ONLY, STATUSES

MAX_BYTES: Final = 5_000_000
UNITS: Final = (
    "household episodes",
    "household episodes, and rows where no household is given",
    "rows, not households",
)
LEVELS: Final = ("ward", "h3_7", "district")
_MOST: Final = 10_000_000  # of a count: ten times what a ministry's file holds
_MOST_TABLES, _MOST_AREAS, _LONGEST = 2_000, 5_000, 300
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.:/-]{0,39}")
_KEYS: Final = frozenset(
    ("format", "version", "feed", "made", "exact", "agreement", "unit", "gazetteer", "ground", "first_month", "rule")
) | {"tables", "not_placed", "digest"}
_TABLE_KEYS: Final = frozenset(("period", "reason", "by", "total", "areas"))
_WRONG: Final = "The file of counts cannot be taken in: {}. Ask for it to be made anew with planner aggregate."
_EDITED: Final = "it was changed after it was made, since its digest does not fit"


def read_counts_file(content: bytes) -> CountsFile:
    """Read a file of counts.

    Parameters
    ----------
    content
        The whole file.

    Raises
    ------
    BadInputError
        It is too large, no such file, of a newer version, was changed since it was made, or its numbers do not follow
        the rule that it names.
    """
    if len(content) > MAX_BYTES:
        message = (
            f"The file has {len(content) / 1e6:,.0f} MB; a file of counts has at most {MAX_BYTES // 1_000_000} MB."
        )
        raise BadInputError(message)
    whole = _parsed(content)
    _require_ours(whole)
    _require(whole.get("digest") == digest_of(whole), _EDITED)
    try:
        found = _read(whole)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise BadInputError(_WRONG.format("a part of it is not as the planner writes it")) from None
    _require_sound(found)
    return found


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        return read_strictly(content, only_whole=True)
    except ValueError:  # UTF-8, JSON, a number of thousands of digits
        message = "The file is no file of counts; expected the .json that planner aggregate writes."
        raise BadInputError(message) from None


def _require_ours(whole: dict[str, Any]) -> None:
    if whole.get("format") != FORMAT:
        message = "The file is no file of counts; expected the .json that planner aggregate writes."
        raise BadInputError(message)
    version = whole.get("version")
    if version != VERSION or isinstance(version, bool):
        message = (
            "The file of counts is of another version than this planner reads; use the same version on both sides."
        )
        raise BadInputError(message)
    _require(set(whole) == _KEYS, "it has other parts than the planner writes")


def _read(whole: dict[str, Any]) -> CountsFile:
    rule = _rule(whole["rule"])
    first_month = _number(whole["first_month"], least=1, most=12)
    plain = _listed(whole["tables"], most=_MOST_TABLES)
    for table in plain:
        _require_table(table, exact=rule == EXACT)
    tables = tuple(table_from(table, rule=rule, first_month=first_month) for table in plain)
    found = CountsFile(
        feed=_text(whole["feed"], least=1),
        made=date.fromisoformat(_text(whole["made"], least=10)),
        agreement=_text(whole["agreement"]),
        unit=_one_of(whole["unit"], UNITS),
        gazetteer=_text(whole["gazetteer"]),
        ground=_text(whole["ground"]),
        first_month=first_month,
        rule=rule,
        tables=tables,
        not_placed=_not_placed(whole["not_placed"]),
    )
    _require(whole["exact"] is found.exact, "it says otherwise of being exact than its rule does")
    return found


def _rule(plain: dict[str, Any]) -> Rule:
    _require(set(plain) == set(RULE), "it does not name the rule that it follows")
    said = {name: _number(plain[name], most=1_000) for name in RULE}
    found = Rule(**said, hexagon_share=0)
    return found if found == EXACT else Rule(**said, hexagon_share=HOUSE_DEFAULT.hexagon_share)


def _require_table(table: dict[str, Any], *, exact: bool) -> None:
    if set(table) != _TABLE_KEYS:
        message = "a table has other parts"
        raise ValueError(message)
    _one_of(table["by"], LEVELS)
    _one_of(table["reason"], ("", *REASONS))
    _require_period(_text(table["period"], least=7))
    if not isinstance(table["areas"], dict) or not 0 < len(table["areas"]) <= _MOST_AREAS:
        message = "a table has no areas, or very many"
        raise ValueError(message)
    for code, value in table["areas"].items():
        _require_code(code, table["by"])
        _figure(value, exact=exact)
    _figure(table["total"], exact=exact)


def _require_period(name: str) -> None:
    try:
        named_period(name, first_month=1)
    except BadInputError:
        message = "a period is none"  # the text is a stranger's, so it is not quoted
        raise ValueError(message) from None


def _require_code(code: str, level: str) -> None:
    if not _is_code(code, level):
        message = "an area has no code that could be one"
        raise ValueError(message)


def _is_code(code: str, level: str) -> bool:
    if level == "district":
        return code == EVERYWHERE
    if level == "h3_7" and code:
        return h3.is_valid_cell(code) and h3.get_resolution(code) == 7 and code == code.lower()  # noqa: PLR2004 - as said
    return code == "" or _CODE.fullmatch(code) is not None


def _figure(value: object, *, exact: bool) -> None:
    if value == SUPPRESSED and not exact:
        return
    _number(value, most=_MOST)


def _not_placed(plain: dict[str, Any]) -> dict[str, dict[str, int]]:
    known = (*STATUSES, DISTRICT_ONLY, "no_area")
    _require(len(plain) <= _MOST_TABLES, "it counts very many periods")
    return {
        _text(period, least=7): {_one_of(why, known): _number(count, most=_MOST) for why, count in counts.items()}
        for period, counts in plain.items()
    }


def _require_sound(found: CountsFile) -> None:
    """Hold the numbers against the rule that the file names: nobody may call exact counts suppressed."""
    _require(bool(found.tables), "it counts nothing")
    subjects = [(table.topic.period.name, table.topic.filters) for table in found.tables]
    _require(len(set(subjects)) == len(subjects), "it counts the same clients twice")
    firsts = {name: next(table for table in found.tables if table.topic.period.name == name) for name in found.periods}
    _require(not any(table.topic.filters for table in firsts.values()), "it does not count everybody first")
    _require(bool(found.agreement) == found.exact, "exact counts name their agreement, and others have none")
    if found.exact:
        sums = all(sum(one.value or 0 for one in table.figures) == (table.total.value or 0) for table in found.tables)
        _require(sums, "its areas do not add up to its totals")
        _require(all(_holds_reasons(first, found) for first in firsts.values()), "its reasons are more than everybody")
        return
    _require(not found.not_placed, "it tells exactly who could not be placed")
    for name in RULE:
        _require(getattr(found.rule, name) >= getattr(HOUSE_DEFAULT, name), "its rule is looser than the house rule")
    shown = [one.value for table in found.tables for one in (*table.figures, table.total) if one.value]
    least = found.rule.rounded(found.rule.threshold + 1)
    _require(all(value >= least and value % found.rule.round_to == 0 for value in shown), "it breaks its own rule")
    _require(all(map(_keeps_hidden, found.tables)), "a total of it would give a hidden count away, or cannot be true")


def _holds_reasons(everybody: Published, found: CountsFile) -> bool:
    """Tell whether the broad reasons of a period, counted by the same areas, are together no more than everybody."""
    topic = everybody.topic
    told = [
        table
        for table in found.tables
        if table.topic.filters and (table.topic.period, table.topic.geography) == (topic.period, topic.geography)
    ]
    by_reason = Counter({one.code: 0 for one in everybody.figures})
    for table in told:
        by_reason.update({one.code: one.value or 0 for one in table.figures})
    return by_reason <= Counter({one.code: one.value or 0 for one in everybody.figures})


def _keeps_hidden(table: Published) -> bool:
    """Tell whether a total that is shown leaves every hidden count free to be anything from 1 to the threshold."""
    if table.total.value is None:
        return True
    shown = [table.rule.interval(one.value) for one in table.figures if one.value is not None]
    hidden = len(table.figures) - len(shown)
    least, most = table.rule.interval(table.total.value)
    left_least, left_most = least - sum(high for _, high in shown), most - sum(low for low, _ in shown)
    if not hidden:
        return left_least <= 0 <= left_most
    return left_most >= table.rule.threshold and (hidden > 1 or left_least <= 1)


def _require(holds: bool, why: str) -> None:  # noqa: FBT001 - a condition, as of assert
    if not holds:
        raise BadInputError(_WRONG.format(why))


def _listed(value: object, *, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        message = "no list, or a very long one"
        raise ValueError(message)
    return value


def _text(value: object, *, least: int = 0) -> str:
    if not isinstance(value, str) or not least <= len(value) <= _LONGEST or not value.isprintable():
        message = "a text is missing, very long or holds control characters"
        raise ValueError(message)
    return value


def _number(value: object, *, most: int, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        message = "a number is none"
        raise ValueError(message)
    return value


def _one_of(value: object, known: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in known:
        message = "a word is none of those known"
        raise ValueError(message)
    return value
