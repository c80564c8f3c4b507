"""A table as it was given out, figure by figure: as plain JSON, and by its digest."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal, TypeVar, get_args

from geo.disclosure.rules import AUDIENCES, Audience, Rule
from geo.disclosure.topics import LEVEL_WORDS, Geography, Period, Topic
from geo.errors import BadInputError

Why = Literal["shown", "few", "few_homes", "complementary"]
SUPPRESSED: Final = "c"
_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True)
class Figure:
    """One figure of a table.

    Attributes
    ----------
    code, name
        Of the area; the total has neither.
    value
        The number as shown; None where "c" is shown.
    may_be_nought
        Whether "c" may stand for 0, which anybody can tell from the homes of the area and the rule.
    why
        Kept by the council and never given out: "shown"; "few" (1 to the threshold, or a nought that is not shown);
        "few_homes" (below the floor of homes); "complementary" (hidden to protect another).
    """

    code: str
    name: str
    value: int | None
    may_be_nought: bool
    why: Why = "shown"

    @property
    def text(self) -> str:
        """What is drawn, listed or exported."""
        return SUPPRESSED if self.value is None else f"{self.value:,}"


@dataclass(frozen=True)
class Published:
    """A table as it is given out.

    Attributes
    ----------
    topic
        What it counts.
    audience, rule
        For whom, and by which rule.
    figures
        One for each area, sorted by code.
    total
        Of all areas listed.
    """

    topic: Topic
    audience: Audience
    rule: Rule
    figures: tuple[Figure, ...]
    total: Figure

    @property
    def share_shown(self) -> float:
        """The share of the total that the shown counts hold, both as shown, 0 to 1; 1 where there is nothing to show.

        Made of published numbers only, so that whatever depends on it tells no more than they do.
        """
        shown = sum(figure.value or 0 for figure in self.figures)
        if not self.total.value:
            return 1.0 if self.total.value == 0 else 0.0
        return min(shown / self.total.value, 1.0)

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON of what is given out.

        The reasons for hiding are left out: a digest of them would let anybody try out guesses.
        """
        return hashlib.sha256(self.as_given_out().encode("utf-8")).hexdigest()

    def hide(self, codes: frozenset[str]) -> "Published":
        """Return the table with more counts hidden, to protect others."""
        figures = tuple(
            replace(figure, value=None, why="complementary") if figure.code in codes else figure
            for figure in self.figures
        )
        return replace(self, figures=figures)

    def as_given_out(self) -> str:
        """Write as canonical JSON what anybody may see of it."""
        return _canonical(self._given_out())

    def to_json(self) -> str:
        """Write the table for the council's own store: with the reasons for hiding, so not to be given out."""
        kept = {"why": [figure.why for figure in self.figures], "why_total": self.total.why}
        return _canonical(self._given_out() | {"kept_by_the_council": kept})

    def _given_out(self) -> dict[str, Any]:
        bare = [_bare(figure) for figure in self.figures]
        whole = asdict(self) | {"figures": bare, "total": _bare(self.total)}
        whole["topic"]["filters"] = sorted(whole["topic"]["filters"])
        return whole


def published_from_json(text: str) -> Published:
    """Read a table that `Published.to_json` wrote.

    Raises
    ------
    BadInputError
        The text is not such a table.
    """
    try:
        return _read(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = "A kept release cannot be read: it is not as the planner wrote it; restore it from a copy."
        raise BadInputError(message) from error


def _read(found: dict[str, Any]) -> Published:
    topic = found["topic"]
    members = tuple((int(cell), str(code)) for cell, code in topic["geography"]["members"])
    level = _one_of(topic["geography"]["level"], tuple(LEVEL_WORDS))
    kept = found["kept_by_the_council"]
    figures = zip(found["figures"], kept["why"], strict=True)
    return Published(
        topic=Topic(
            Geography(level, members),
            Period(**topic["period"]),
            tuple((str(field), str(value)) for field, value in topic["filters"]),
        ),
        audience=_one_of(found["audience"], AUDIENCES),
        rule=Rule(**found["rule"]),
        figures=tuple(_figure(bare, why) for bare, why in figures),
        total=_figure(found["total"], kept["why_total"]),
    )


def _figure(bare: dict[str, Any], why: str) -> Figure:
    figure = Figure(**bare, why=_one_of(why, get_args(Why)))
    if (figure.value is None) == (why == "shown") or not (figure.value is None or figure.value >= 0):
        message = "a figure is hidden without a reason, or shown with one"
        raise ValueError(message)
    return figure


def _one_of(value: str, known: tuple[_Word, ...]) -> _Word:
    return known[known.index(value)]


def _bare(figure: Figure) -> dict[str, Any]:
    return {name: value for name, value in asdict(figure).items() if name != "why"}


def _canonical(whole: dict[str, Any]) -> str:
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
