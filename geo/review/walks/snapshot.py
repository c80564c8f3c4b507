"""Plan the night of the official count from what a workspace knows: its places, its streets, its options."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import BadInputError
from geo.places.inside import boundary_shape
from geo.review.streets import streets_of
from geo.review.walks.fields import note_not_used, require_fields
from geo.review.walks.screen import fit_squares
from geo.review.walks.snapshot_kept import told_other_nights
from geo.review.walks.where import KNOWN_WEEKS, where
from geo.review.workspace import Workspace
from geo.scenario.programme import read_span
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import band_of, local
from geo.walkabouts.plan import LeftOut
from geo.walkabouts.planning.ground import NO_PLACE
from geo.walkabouts.routing.route import RouteProgress
from geo.walkabouts.snapshot.areas import patch_areas
from geo.walkabouts.snapshot.night import Method, NightNote, Task, checklist, look_at_night, usable
from geo.walkabouts.snapshot.partner import ASKED, is_council
from geo.walkabouts.snapshot.plan import SnapshotAsk, night_begins, plan_snapshot
from geo.walkabouts.snapshot.values import PlaceKind, SnapshotPlace, SnapshotPlan
from geo.walkabouts.snapshot.ways import NightRules
from geo.walkabouts.squares import outline_of, told_square

_AVOIDED: Final = "On the list of places where no walk stops; estimate it, or ask who can look there."
_BEYOND: Final = "Outside the district: it is another council's to count."


@dataclass(frozen=True)
class NightWish:
    """What is wished of a night.

    Attributes
    ----------
    night
        The day on whose evening it begins.
    teams
        How many there are.
    method
        How the figure is found.
    partner, independent
        The organisation that verifies it, and whether an officer confirms that the council does not commission it.
    add
        Squares that are looked at besides.
    spotlight
        Squares that a spotlight count counts.
    starts
        When the teams begin, such as "00:30"; empty for the options'.
    """

    night: date
    teams: int = 2
    method: Method = "count"
    partner: str = ""
    independent: bool = False
    add: tuple[str, ...] = ()
    spotlight: tuple[str, ...] = ()
    starts: str = ""


@dataclass(frozen=True)
class PlannedNight:
    """A planned night with what speaks against it and what is to be done.

    Attributes
    ----------
    wish
        What was wished.
    plan
        The plan.
    notes
        What speaks against the night; such as ask for a reason.
    tasks
        What is to be done by when.
    sentences
        What is missing, and what is known of other nights of the year.
    """

    wish: NightWish
    plan: SnapshotPlan
    notes: tuple[NightNote, ...]
    tasks: tuple[Task, ...]
    sentences: tuple[str, ...]


def plan_night(
    workspace: Workspace, wish: NightWish, *, now: datetime, progress: Callable[[RouteProgress], None] | None = None
) -> PlannedNight:
    """Plan a night; nothing is kept.

    Parameters
    ----------
    wish
        Which night, how, with how many teams.
    now
        With its zone; nothing later is known.
    progress
        Told how far the search for the way over all places is.

    Raises
    ------
    BadInputError
        The night cannot be used, the partner is the council itself, there is nothing to count, or there are too few
        teams or minutes.
    MissingDataError
        The workspace's key is not on this machine.
    """
    options = workspace.scenario.walkabouts
    starts = wish.starts or options.night_starts
    notes = look_at_night(wish.night, today=local(now).date(), closed=_closed(options), starts=starts)
    if not usable(notes):
        message = f"{' '.join(note.sentence for note in notes if note.weight == 'must')} Choose another night."
        raise BadInputError(message)
    partner = _partner(workspace, wish.partner)
    rules = NightRules(options, workspace.scenario.reach, workspace.scenario.travel)
    begins = night_begins(wish.night, starts)
    places, out = night_places(workspace, add=wish.add, begins=begins, now=now)
    ask = SnapshotAsk(
        wish.night, begins, wish.method, partner, wish.teams, places, spotlight=wish.spotlight, seed=rules.walk.seed
    )
    plan = plan_snapshot(ask, streets_of(workspace), rules, progress=progress)
    whole = replace(plan, left_out=(*out, *plan.left_out), sentences=(*plan.sentences, told_rule(rules.walk)))
    tasks = checklist(wish.night, today=local(now).date())
    return PlannedNight(wish, whole, notes, tasks, _missing(workspace, wish))


def night_places(
    workspace: Workspace, *, add: Sequence[str], begins: datetime, now: datetime
) -> tuple[tuple[SnapshotPlace, ...], tuple[LeftOut, ...]]:
    """List every place that is known or likely, or that an officer adds.

    Parameters
    ----------
    add
        Squares of 100 m.
    begins
        When the teams begin: chances are those of that part of the day.
    now
        Nothing later counts.

    Returns
    -------
    tuple of SnapshotPlace, tuple of LeftOut
        The places, in alphabetical order of their squares; those that no team may or can stop at, with the reason.

    Raises
    ------
    BadInputError
        A square that was added is outside the district, or no team may or can stop there.
    """
    found = _evidence(workspace, begins, now)
    added = dict.fromkeys(add)
    for square in added:
        before = found.get(square, SnapshotPlace(square, "", ()))
        found[square] = replace(before, kinds=(*before.kinds, "added"))
    why = _barred(workspace, tuple(found))
    refused = next((square for square in added if square in why), "")
    if refused:
        note_not_used(workspace, "snapshot")
        message = f"{told_square(refused)} cannot be added: {why[refused][0].lower()}{why[refused][1:]}"
        raise BadInputError(message)
    order = sorted(found)
    return (
        tuple(found[square] for square in order if square not in why),
        tuple(LeftOut(square, found[square].street, why[square]) for square in order if square in why),
    )


def night_areas(workspace: Workspace, plan: SnapshotPlan) -> tuple[BaseGeometry, ...]:
    """Draw the area of each patch within the district, EPSG:27700."""
    return patch_areas(plan, district_of(workspace))


def district_of(workspace: Workspace) -> shapely.Geometry:
    """Give the district's outline, EPSG:27700."""
    return boundary_shape(workspace.boundary())


def told_rule(options: WalkaboutOptions) -> str:
    """Say which places are known, and which are likely."""
    chance = f"{100 * options.likely_chance:g} %"
    return (
        f"Known is where somebody was reported or found within {KNOWN_WEEKS} weeks, or is expected by a partner's word "
        f"of the last {options.intelligence_weeks:g} weeks. Likely is any other place ever visited or reported where "
        f"the chance of meeting somebody at one stop, at that part of the day, is {chance} or more. A place that "
        "nobody ever looked at or told of is neither: ask partners, and add it."
    )


def _evidence(workspace: Workspace, begins: datetime, now: datetime) -> dict[str, SnapshotPlace]:
    options = workspace.scenario.walkabouts
    told = where(workspace, now=now)
    chance = told.rates.of_band(band_of(begins, options))["chance"]
    found = {}
    for row in told.places.to_dict("records"):
        square = str(row["square"])
        likely = float(chance.get(square, 0.0)) >= options.likely_chance
        kinds = _kinds(int(row["reports"]), int(row["intelligence"]), int(row["found_lately"]))
        if kinds or likely:
            found[square] = SnapshotPlace(square, str(row["street"]), kinds or ("likely",))
    return found


def _kinds(reports: int, intelligence: int, finds: int) -> tuple[PlaceKind, ...]:
    said: tuple[tuple[PlaceKind, int], ...] = (
        ("reported", reports),
        ("intelligence", intelligence),
        ("found", finds),
    )
    return tuple(kind for kind, many in said if many)


def _barred(workspace: Workspace, squares: Sequence[str]) -> Mapping[str, str]:
    """Say of the squares that no team may or can stop at why; of a safe place what is said of any without a street."""
    options, district = workspace.scenario.walkabouts, district_of(workspace)
    fit = fit_squares(workspace, squares, streets_of(workspace))
    avoided = {*options.avoid, *options.avoid_at_night}
    why = {}
    for square in squares:
        if not shapely.intersects(district, outline_of(square)):
            why[square] = _BEYOND
        elif square not in fit:
            why[square] = NO_PLACE
        elif square in avoided:
            why[square] = _AVOIDED
    return why


def _closed(options: WalkaboutOptions) -> tuple[tuple[date, date], ...]:
    return tuple(read_span(span) for span in options.closed)


def _partner(workspace: Workspace, name: str) -> str:
    """Refuse a partner that is none, or that must not be named; one that is still to be found may be left empty."""
    tidy = " ".join(name.split())
    if tidy:
        require_fields(workspace, {"partner": tidy})
        if is_council(tidy, workspace.scenario.name):
            message = f"'{tidy}' is the council itself. {ASKED}"
            raise BadInputError(message)
    return tidy


def _missing(workspace: Workspace, wish: NightWish) -> tuple[str, ...]:
    told = []
    if not wish.partner.strip():
        told.append(f"No independent partner is named yet. {ASKED} The plan cannot be settled before.")
    elif not wish.independent:
        told.append(f"{ASKED} Confirm it before the plan is settled.")
    return (*told, *told_other_nights(workspace, wish.night))
