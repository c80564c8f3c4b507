"""Write the result sheet of a night's count: the definition, the numbers, boxes for the return, two signatures."""

from typing import Final

from geo.walkabouts.snapshot.night import DEFINITION, NOT_COUNTED
from geo.walkabouts.snapshot.result import SHELTER_NOTE, SnapshotResult
from geo.walkabouts.snapshot.values import SnapshotPlan
from layers.walks.snapshot_paper import Block, Facts, Form, Heading, Paper, Words
from layers.walks.snapshot_words import METHODS, told_night

_BY_PATCH: Final = ("Patch", "Bedded down", "About to bed down", "Places without access")
_PATCH_WIDTHS: Final = (0.0, 40.0, 40.0, 44.0)
_SUM: Final = ("The figure", "People")
_SUM_WIDTHS: Final = (0.0, 40.0)
_GROUPS: Final = (
    ("Men", "Under 18", "UK national"),
    ("Women", "18 to 25", "EU, not UK"),
    ("Other, or not said", "26 and over", "Neither UK nor EU"),
    ("Not known", "Not known", "Not known"),
)
_TOTALS: Final = ("Sex", "People", "Age", "People", "Nationality", "People")
_TOTAL_WIDTHS: Final = (0.0, 20.0, 38.0, 20.0, 46.0, 20.0)
_SIGNED: Final = ("Signed by", "Role", "Organisation", "Signature", "Day")
_SIGN_WIDTHS: Final = (38.0, 34.0, 0.0, 44.0, 24.0)


def return_paper(plan: SnapshotPlan, result: SnapshotResult | None, *, show_night: bool = False) -> Paper:
    """Write the result sheet; without a result its boxes are empty, to be filled in at the debriefing.

    Parameters
    ----------
    result
        As it was kept; None before it is.
    show_night
        Whether the sheet tells the date: after the return there is nothing to hide.
    """
    title = f"Rough sleeping snapshot {plan.night.year}: result sheet"
    foot = "For the lead officer and the independent partner. Totals only: no name, nothing about one person."
    said = result is not None
    partner = result.verified_by if result else plan.partner
    blocks: tuple[Block, ...] = (
        Facts(
            (
                ("Night", told_night(plan.night) if show_night else "_" * 20),
                ("Method", METHODS[plan.method]),
                ("Independent partner", partner or "_" * 24),
                ("Emergency shelter open for extreme weather", _shelter(result)),
            )
        ),
        Heading("Who counts"),
        Words((f"{DEFINITION} {NOT_COUNTED}",)),
        *_numbers(plan, result),
        *((Words((SHELTER_NOTE,)),) if result and result.shelter_open else ()),
        Heading("Totals for the return"),
        Words(("Totals of the figure above, from the debriefing; never a list of people. Each block adds up to it.",)),
        Form("Totals for the return", _TOTALS, tuple(_total_row(row) for row in _GROUPS), _TOTAL_WIDTHS, tall=True),
        Heading("Verified"),
        Words((_verified(result),) if said else ("Both agree on the figure and on how it was found.",)),
        Form("Signatures", _SIGNED, (("Lead officer",), ("Independent partner", "", partner)), _SIGN_WIDTHS, tall=True),
    )
    return Paper(f"snapshot-{plan.night.year}-result", title, foot, f"{title}. {foot}", blocks)


def _numbers(plan: SnapshotPlan, result: SnapshotResult | None) -> tuple[Block, ...]:
    given = {one.patch: one for one in result.patches} if result else {}
    rows = []
    for patch in plan.patches:
        one = given.get(patch.number)
        numbers = (str(one.bedded_down), str(one.about_to), str(one.not_accessible)) if one else ()
        rows.append((f"Patch {patch.number}, {len(patch.stops)} places", *numbers))
    counted = (Form("Numbers by patch", _BY_PATCH, tuple(rows), _PATCH_WIDTHS, tall=True),) if rows else ()
    return (Heading("Numbers"), *counted, Form("The figure", _SUM, _sum(plan, result), _SUM_WIDTHS, tall=True))


def _sum(plan: SnapshotPlan, result: SnapshotResult | None) -> tuple[tuple[str, ...], ...]:
    lines = [("Counted by the teams", result and result.counted)] if plan.patches else []
    if plan.method != "count":
        lines.append(("Estimated at places that nobody counted", result and result.estimated))
    lines += [
        ("Counted twice: taken out", result and result.twice),
        ("Not fitting the definition: taken out", result and result.not_fitting),
        ("The figure of the night", result and result.total),
    ]
    return tuple((label,) if number is None else (label, str(number)) for label, number in lines)


def _total_row(row: tuple[str, str, str]) -> tuple[str, ...]:
    return tuple(cell for label in row for cell in (label, ""))


def _shelter(result: SnapshotResult | None) -> str:
    if result is None:
        return "yes / no"
    return "yes" if result.shelter_open else "no"


def _verified(result: SnapshotResult | None) -> str:
    if result is None:
        return ""
    day = result.verified_on
    return f"Verified by {result.verified_by} on {day.day} {day:%B %Y}."
