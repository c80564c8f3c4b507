"""Write the paper that one team carries on the night of the count: streets and times, never why, nor any square."""

from shapely.geometry.base import BaseGeometry

from geo.walkabouts.snapshot.night import DEFINITION, NOT_COUNTED
from geo.walkabouts.snapshot.values import NightWay, SnapshotPatch, SnapshotPlan
from layers.walks.card import clock, street_of, told_day
from layers.walks.card_ground import CardGround
from layers.walks.snapshot_paper import Block, Facts, Form, Heading, Paper, Picture, Points, Words
from layers.walks.snapshot_print_map import patch_map, patch_words
from layers.walks.snapshot_words import COUNTING, night_safety, told_night
from layers.walks.street_names import printable_streets

_HEAD = (
    "Stop",
    "Planned",
    "Street, then the way to the next",
    "Arrived",
    "Left",
    "Bedded down",
    "About to",
    "Nobody: tick",
    "No access: tick",
)
_WIDTHS = (11.5, 13.0, 0.0, 14.0, 14.0, 22.0, 22.0, 13.0, 13.0)
_LINE = "_" * 14
_DOTS = "____ : ____"


def team_paper(
    plan: SnapshotPlan, patch: SnapshotPatch, area: BaseGeometry, ground: CardGround, *, least_people: int
) -> Paper:
    """Write a team's paper; it carries the night, for the team must know it.

    Parameters
    ----------
    area
        Of the patch, EPSG:27700.
    ground
        Streets and water beneath its map.
    least_people
        So many go together, at the least.
    """
    teams = len(plan.patches)
    title = f"Rough sleeping snapshot {plan.night.year}: team {patch.number} of {teams}"
    after = "Use in this night only; hand it to the lead officer before you go home."
    return Paper(
        stem=f"snapshot-{plan.night.year}-team-{patch.number}",
        title=title,
        whom=f"Given to (agency or role): {'_' * 34}. Purpose: counting people who sleep rough, once, in one night. "
        f"{after} Tell the date to nobody. Do not copy or pass on.",
        foot=f"{title}. {after}",
        blocks=(
            Facts(_facts(patch, plan)),
            _picture(plan, patch, area, ground),
            Heading("Who counts"),
            Words((f"{DEFINITION} {NOT_COUNTED}",)),
            Heading("How to count"),
            Points(COUNTING),
            Heading("Safety"),
            Points(night_safety(least_people)),
            *_stops(patch),
        ),
    )


def _facts(patch: SnapshotPatch, plan: SnapshotPlan) -> tuple[tuple[str, str], ...]:
    drives = [number for number, way in enumerate(patch.ways, start=1) if way.by == "car"]
    away = drives and drives[-1] < len(patch.ways)  # walked on from where the car was left
    car = f"; the car stands at stop {patch.stops[drives[-1]].number}" if away else ""
    return (
        ("Night", told_night(plan.night)),
        ("Meet", f"{clock(patch.begins)} on {told_day(patch.begins.date())}, at {street_of(patch.meeting)}"),
        ("Stops", str(len(patch.stops))),
        ("Ends", f"about {clock(patch.ends)} at {street_of(patch.stops[-1].street)}{car}"),
    )


def _picture(plan: SnapshotPlan, patch: SnapshotPatch, area: BaseGeometry, ground: CardGround) -> Picture:
    car = any(way.by == "car" for way in patch.ways)
    told = "S where you meet, E the last stop; arrows show the way on foot."
    told += " Thin broken lines are drives, as the crow flies." if car else ""
    told += " The line of dashes and dots is the edge of your patch; what is grey beyond it is another team's."
    note = " ".join((told, *ground.credits))
    return Picture(patch_map(plan, patch, area, ground), f"Map of patch {patch.number}", patch_words(patch), note)


def _stops(patch: SnapshotPatch) -> tuple[Block, ...]:
    ways = [*(_onward(way) for way in patch.ways), ""]
    rows = [
        (str(stop.number), clock(stop.arrive), f"{street_of(stop.street)}{onward}")
        for stop, onward in zip(patch.stops, ways, strict=True)
    ]
    blank = ("", "", "Between stops, street:")
    return (
        Heading("Stops, in the order visited"),
        Words((f"How many of you: {_LINE}  Agencies: {_LINE}{_LINE}  Began: {_DOTS}  Ended: {_DOTS}",)),
        Form("Stops with boxes to count in", _HEAD, (*rows, blank, blank), _WIDTHS, tall=True),
        Words((f"Bedded down in all: {_LINE}  About to bed down in all: {_LINE}  Places without access: {_LINE}",)),
        Words((f"Checked by two of you (roles, no names): {_LINE}{_LINE}  {_LINE}{_LINE}",)),
    )


def _onward(way: NightWay) -> str:
    """Say how to go on, and by which streets."""
    minutes = max(1, round(way.minutes))
    if way.back_to:
        back = max(1, round(way.back_minutes))
        return f"\nthen {back} min on foot back to the car at stop {way.back_to}, drive: {minutes} min in all"
    if way.by == "car":
        return f"\nthen drive, {minutes} min with parking"
    names = [name for name, fit in zip(way.streets, printable_streets(way.streets), strict=True) if name and fit]
    by = f" by {', '.join(names[:3])}" if names else ""
    return f"\nthen {minutes} min on foot{by}"
