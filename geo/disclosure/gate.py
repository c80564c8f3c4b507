"""The one gate: everything that is drawn, listed or exported passes through `pass_gate`, or `show` where it is kept."""

from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from geo.disclosure.atoms import NO_ATOMS
from geo.disclosure.differencing import check_release
from geo.disclosure.external import ExternalTable
from geo.disclosure.published import Published
from geo.disclosure.rules import Audience, Rule, rule_for
from geo.disclosure.sensitive import is_domestic_abuse
from geo.disclosure.suppress import suppress
from geo.disclosure.topics import HEXAGONS, LEVEL_WORDS, Filters, Topic
from geo.errors import BadInputError
from geo.scenario import DisclosureOptions
from geo.schema import COUNTED, GATED

# Whole numbers of the district only, for anybody outside the team: who referred, and what singles people out.
_DISTRICT_ONLY: Final = ("source", "feed", "age_band", "sex")
_CHOICE_TELLS: Final = (
    "A hidden count of this table could be worked out, and hiding others as well would tell by the choice of them; so "
    "nothing was given out. Publish by larger areas, other years, or more years together."
)
_AGREED_LEVELS: Final = ("ward", "h3_7", "district")


@dataclass(frozen=True)
class History:
    """Everything that a new table is held against before anybody outside the team sees it.

    Attributes
    ----------
    atoms
        ATOMS table of the district; may be empty where every table counts by the same areas.
    earlier
        Every table ever given to anybody.
    external
        What others have published of the same clients.
    """

    atoms: pd.DataFrame = field(default_factory=NO_ATOMS.copy)
    earlier: tuple[Published, ...] = ()
    external: tuple[ExternalTable, ...] = ()


@dataclass(frozen=True)
class Gated:
    """A table ready to be seen by its audience: it holds nothing that the audience may not know.

    Attributes
    ----------
    audience, topic
        For whom, and what is counted.
    table
        GATED table, one row an area, sorted by code.
    total
        As text: a number, or "c".
    legend
        Sentences that go with the table wherever it is seen, the same for every table under one rule.
    """

    audience: Audience
    topic: Topic
    table: pd.DataFrame
    total: str
    legend: tuple[str, ...]


def pass_gate(
    counted: pd.DataFrame,
    topic: Topic,
    *,
    audience: Audience,
    options: DisclosureOptions,
    history: History | None = None,
) -> Gated:
    """Show an audience what it may see of a table.

    Parameters
    ----------
    counted
        COUNTED table of every area (`complete_counts` makes one).
    topic
        What it counts.
    audience
        "team" sees exact counts; "agreement" exact counts by ward or hexagon of resolution 7; "partner" and "public"
        what `clear_table` lets through.
    options
        Of the scenario.
    history
        What was given out before; not asked for by "team".

    Raises
    ------
    BadInputError
        The table may not be shown to this audience; the message says why and what to publish instead.

    Examples
    --------
    >>> from geo.disclosure.topics import Geography, Period
    >>> rows = {"code": ["A", "B", "C"], "name": ["", "", ""], "count": [3, 12, 30], "homes": [900.0, 900.0, 900.0]}
    >>> topic = Topic(Geography("ward"), Period("2024-25", "2024-04", "2025-03"))
    >>> seen = pass_gate(pd.DataFrame(rows), topic, audience="public", options=DisclosureOptions())
    >>> seen.table["shown"].tolist(), seen.total
    (['c', '10', '30'], '45')
    """
    if audience == "team":
        return show(suppress(COUNTED.validate(counted), topic, audience=audience, rule=rule_for(audience, options)))
    return show(clear_table(counted, topic, audience=audience, options=options, history=history))


def clear_table(
    counted: pd.DataFrame,
    topic: Topic,
    *,
    audience: Audience,
    options: DisclosureOptions,
    history: History | None = None,
) -> Published:
    """Make a table that may be given out, to be frozen as a release; parameters and errors as `pass_gate`."""
    rule = rule_for(audience, options)
    known = history or History()
    _refuse_topic(topic, audience)
    draft = suppress(COUNTED.validate(counted), topic, audience=audience, rule=rule)
    report = check_release(draft, known.earlier, known.external, atoms=known.atoms, seconds=options.solve_seconds)
    if report.mended is None:
        raise BadInputError(report.refusal)
    if not report.passes and options.hide_others == "never":
        raise BadInputError(_CHOICE_TELLS)
    _refuse_empty(report.mended)
    _refuse_lossy_hexagons(report.mended)
    return report.mended


def show(published: Published) -> Gated:
    """Lay a table out for its audience: one that was just cleared, or one kept as a release."""
    total = published.total.value
    values = [figure.value for figure in published.figures]
    table = pd.DataFrame(
        {
            "code": pd.Series([figure.code for figure in published.figures], dtype="str"),
            "name": pd.Series([figure.name for figure in published.figures], dtype="str"),
            "shown": pd.Series([figure.text for figure in published.figures], dtype="str"),
            "count": pd.Series(values, dtype="Int64"),
            "percent": pd.Series([percent_of(value, total) for value in values], dtype="Float64"),
        }
    )
    legend = legend_of(published.audience, published.rule)
    return Gated(published.audience, published.topic, GATED.validate(table), published.total.text, legend)


def percent_of(shown: int | None, total: int | None) -> float | None:
    """Work out a percentage from numbers as they are shown; None where either is hidden or the total is nought.

    Examples
    --------
    >>> percent_of(10, 40), percent_of(None, 40)
    (25.0, None)
    """
    return 100 * shown / total if shown is not None and total else None


def legend_of(audience: Audience, rule: Rule) -> tuple[str, ...]:
    """Say what goes with every table of an audience, whatever is in it."""
    if audience == "team":
        return ("Exact counts, for the team only.",)
    if audience == "agreement":
        return ("Exact counts under the sharing agreement; not to be passed on.",)
    suppressed = (
        f"c stands for a count from 1 to {rule.threshold}, for any count where there are few homes, or for one that "
        "would give another away."
    )
    rounded = (
        f"Other counts and the total are rounded to the nearest {rule.round_to}, so they need not add up; percentages "
        "are made of the rounded numbers."
    )
    noughts = f"A nought is shown only where there are at least {max(rule.zero_homes, rule.homes_floor)} homes."
    return suppressed, rounded, noughts


def _refuse_topic(topic: Topic, audience: Audience) -> None:
    """Refuse what no rule on numbers makes safe."""
    level = topic.geography.level
    if audience == "agreement" and level not in _AGREED_LEVELS:
        message = f"A sharing agreement covers wards and hexagons of resolution 7, not counts by {LEVEL_WORDS[level]}."
        raise BadInputError(message)
    if level != "district" and _is_district_only(topic.filters):
        message = (
            "Counts of one source, age or sex, or of domestic abuse, leave the team for the whole district only; "
            "leave the filter out, or publish one number for the district."
        )
        raise BadInputError(message)


def _is_district_only(filters: Filters) -> bool:
    return any(name in _DISTRICT_ONLY or is_domestic_abuse(value) for name, value in filters)


def _refuse_empty(table: Published) -> None:
    if table.total.value is None and not any(figure.value for figure in table.figures):
        message = (
            f"Nothing of the table {table.topic.in_words} could be shown: it counts too few clients, or no area has "
            "enough homes on record. Pool more years, or add homes."
        )
        raise BadInputError(message)


def _refuse_lossy_hexagons(table: Published) -> None:
    hexagons = table.topic.geography.level in HEXAGONS and table.audience != "agreement"
    if hexagons and table.share_shown < table.rule.hexagon_share:
        message = (
            f"These hexagons would keep {100 * table.share_shown:.0f} % of the count, and the rule asks for "
            f"{100 * table.rule.hexagon_share:.0f} %: publish by ward, merge hexagons, or pool more years."
        )
        raise BadInputError(message)
