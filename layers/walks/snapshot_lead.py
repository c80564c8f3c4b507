"""Write the lead officer's paper of a night's count: the plan, what is estimated, the checklist to tick."""

from collections.abc import Sequence
from typing import Final

from shapely.geometry.base import BaseGeometry

from geo.walkabouts.snapshot.night import NightNote, Task, numbered
from geo.walkabouts.snapshot.plan import told_kinds
from geo.walkabouts.snapshot.values import SnapshotPlan
from geo.walkabouts.squares import told_square
from layers.walks.card import clock, street_of
from layers.walks.card_ground import CardGround
from layers.walks.snapshot_paper import Block, Break, Facts, Form, Heading, Paper, Picture, Ticks, Words
from layers.walks.snapshot_print_map import district_map
from layers.walks.snapshot_words import CONFIDENTIAL, METHODS, told_due, told_left_out, told_night

_KEPT_BACK: Final = "kept by the lead officer"
_PATCHES: Final = ("Patch", "Meet at", "Stops", "First and last stop", "Ends about", "Minutes")
_PATCH_WIDTHS: Final = (13.0, 0.0, 14.0, 34.0, 24.0, 18.0)
_PLACES: Final = ("Stop", "Patch", "Time", "Street", "Square", "Why it is on the plan")
_PLACE_WIDTHS: Final = (12.0, 13.0, 14.0, 0.0, 26.0, 58.0)
_ESTIMATED: Final = ("Street", "Square", "Why it is on the plan", "People, by evidence", "Whose evidence")
_ESTIMATED_WIDTHS: Final = (0.0, 26.0, 48.0, 26.0, 38.0)


def lead_paper(
    plan: SnapshotPlan,
    tasks: Sequence[Task],
    notes: Sequence[NightNote],
    picture: str,
    ground: CardGround,
    *,
    show_night: bool = False,
) -> Paper:
    """Write the paper.

    Parameters
    ----------
    tasks
        The checklist.
    notes
        What speaks against the night; said only where the night is.
    picture
        The map of the patches, as `overview` draws it; empty where nobody goes out.
    show_night
        Whether the paper tells the date. Without it days are told by their weeks, and near the night not at all.
    """
    title = f"Rough sleeping snapshot {plan.night.year}: the plan"
    foot = (
        "For the lead officer only: it tells where people are thought to sleep. Keep it locked away, then destroy it."
    )
    blocks: tuple[Block, ...] = (
        Facts(_facts(plan, show_night=show_night)),
        *((_map(picture, plan, ground),) if picture else ()),
        *_patches(plan),
        Heading("What the plan rests on"),
        Words(
            (*plan.sentences, *told_left_out(plan.left_out), *((note.sentence for note in notes) if show_night else ()))
        ),
        Break(),
        Heading("Checklist"),
        Words((CONFIDENTIAL,)),
        Ticks(
            tuple(
                (told_due(task, plan.night, show_night=show_night), f"{number}. {task.what}" if number else task.what)
                for number, task in numbered(tasks, plan.night)
            )
        ),
        *_places(plan),
        *_estimated(plan),
    )
    return Paper(f"snapshot-{plan.night.year}-plan", title, f"{foot} {CONFIDENTIAL}", f"{title}. {foot}", blocks)


def overview(plan: SnapshotPlan, areas: Sequence[BaseGeometry], ground: CardGround) -> str:
    """Draw the map of the patches as SVG; empty where nobody goes out."""
    return district_map(plan, areas, ground) if plan.patches else ""


def _facts(plan: SnapshotPlan, *, show_night: bool) -> tuple[tuple[str, str], ...]:
    ends = max((patch.ends for patch in plan.patches), default=plan.begins)
    hours = f"from {clock(plan.begins)} until about {clock(ends)}" if plan.patches else "nobody goes out"
    return (
        ("Night", told_night(plan.night) if show_night else _KEPT_BACK),
        ("Hours", hours),
        ("Method", METHODS[plan.method]),
        ("Independent partner", plan.partner or "not named yet"),
        ("Teams that go out", str(len(plan.patches))),
        ("Places counted, estimated", f"{len(plan.stops)}, {len(plan.estimated)}"),
        *((("Why this night all the same", plan.reason),) if plan.reason else ()),
    )


def _map(svg: str, plan: SnapshotPlan, ground: CardGround) -> Picture:
    many = f"{len(plan.patches)} patches that do not overlap, with {len(plan.stops)} stops by number"
    alt = f"Map of the district in {many}."
    note = " ".join(("Each spot of the district belongs to the patch of the nearest stop.", *ground.credits))
    return Picture(svg, "Map of the patches", alt, note)


def _patches(plan: SnapshotPlan) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(patch.number),
            street_of(patch.meeting),
            str(len(patch.stops)),
            f"{patch.stops[0].number} to {patch.stops[-1].number}",
            clock(patch.ends),
            f"{patch.minutes:.0f}",
        )
        for patch in plan.patches
    )
    return (Heading("Patches, one for each team"), Form("Patches", _PATCHES, rows, _PATCH_WIDTHS)) if rows else ()


def _places(plan: SnapshotPlan) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(stop.number),
            str(patch.number),
            clock(stop.arrive),
            street_of(stop.street),
            told_square(stop.square),
            told_kinds(stop.kinds),
        )
        for patch in plan.patches
        for stop in patch.stops
    )
    return (Heading("Places that are counted"), Form("Places", _PLACES, rows, _PLACE_WIDTHS)) if rows else ()


def _estimated(plan: SnapshotPlan) -> tuple[Block, ...]:
    rows = tuple((street_of(one.street), told_square(one.square), told_kinds(one.kinds)) for one in plan.estimated)
    if not rows:
        return ()
    form = Form("Places that are estimated", _ESTIMATED, rows, _ESTIMATED_WIDTHS, tall=True)
    return (Heading("Places that are estimated"), form)
