"""Set the hubs of a year against the people around them: who came of those within reach, minutes saved, need served."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from geo.evidence.counts import Selection, count_selected_cells
from geo.evidence.intervals import poisson_interval
from geo.hubs.facts import Facts, gather_facts
from geo.hubs.monitor import Attendance, attendance_of, minutes_saved, share_served
from geo.review.hub_sessions import HubSession
from geo.review.maps import episodes_of, grid_of
from geo.review.monitor_ground import sites_of
from geo.review.monitor_part import Figure, Part
from geo.review.priorities import Priorities, StandingOut
from geo.review.programmes_kept import KeptProgramme
from geo.review.rankings import need_of, surroundings_of
from geo.review.workspace import Workspace

SEEN: Final = "People seen of those within reach"
SERVED: Final = "Need of priority areas within reach of a hub"
TITLE: Final = "Who came, hub by hub"
_PRIORITY: Final = "priority"
_A_HUNDRED: Final = 100.0


def around_hubs(workspace: Workspace, held: Sequence[HubSession], selection: Selection) -> Facts:
    """Measure from the clients of a selection to the hubs of a year, and to where help stands anyway.

    Raises
    ------
    MissingDataError, BadInputError
        No client of it has a place on the map, or there is no such period on record.
    """
    resolution = workspace.scenario.resolution
    counts = count_selected_cells(episodes_of(workspace), selection, resolution=resolution)
    need = need_of(workspace, counts, grid_of(workspace, resolution, period=selection.period))
    sites = sites_of(workspace, held)
    return gather_facts(need, sites, surroundings_of(workspace), options=workspace.scenario.reach)


def attendance_part(
    workspace: Workspace, held: Sequence[HubSession], facts: Facts, settled: KeptProgramme | None
) -> Part:
    """Compare the people seen with the clients within reach, as the settled programme had them or would have had.

    Parameters
    ----------
    facts
        As `around_hubs` gives them for the years that the hubs were placed by.
    settled
        The programme of the year, if one was settled.
    """
    planned = _planned(settled)
    sites = sites_of(workspace, held)["site_id"].tolist()
    within = facts.counts @ facts.within
    predicted = [
        float(planned[one.site]) if one.site in planned else float(within[sites.index(one.site)]) for one in held
    ]
    low, high = poisson_interval(np.array(predicted))
    table = pd.DataFrame(
        {
            "hub": [_named(one) for one in held],
            "seen": [one.people for one in held],
            "predicted": predicted,
            "predicted_low": low,
            "predicted_high": high,
        }
    )
    found = attendance_of(table, options=workspace.scenario.monitor)
    return Part(
        question="Did people come to the hubs?",
        answers=(found.sentence,),
        figures=_seen_figures(found),
        tables={TITLE: _seen_table(found)},
        notes=_prediction_notes(held, planned, settled, facts),
    )


def saved_part(facts: Facts, cutoff_minutes: float) -> Part:
    """Say how many minutes the hubs saved the clients of the year.

    Parameters
    ----------
    facts
        As `around_hubs` gives them for the year of the hubs.
    cutoff_minutes
        Nobody further away than this is said to have a hub.
    """
    nearest = facts.journeys.minutes.min(axis=1, initial=np.inf)
    to_hub = np.where(nearest <= cutoff_minutes, nearest, np.inf)
    found = minutes_saved(to_hub, facts.minutes_now, facts.counts)
    standing = facts.standing or "no place known to the planner"
    return Part(
        question="Were journeys shorter?",
        answers=(found.sentence,),
        notes=(f"Other help is {standing}. A hub is there for a few hours, so these are minutes on its own days.",),
    )


def served_part(workspace: Workspace, facts: Facts, found: Priorities | StandingOut) -> Part:
    """Say what share of the need of priority areas had a hub within reach.

    Parameters
    ----------
    facts
        As for `saved_part`.
    found
        The priority areas as they could be known when the year began.
    """
    cells = {cell for area in found.areas if area.verdict == _PRIORITY for cell in area.cells}
    table = pd.DataFrame(
        {
            "need": facts.counts,
            "priority": np.isin(facts.need.points.cells, sorted(cells)),
            "served": facts.within.any(axis=1),
        }
    )
    served = share_served(table, options=workspace.scenario.monitor)
    names = ", ".join(area.name for area in found.areas if area.verdict == _PRIORITY) or "none"
    figures = (
        (Figure(SERVED, "Priority need within reach", "share", served.share, served.low, served.high),)
        if served.need
        else ()
    )
    return Part(
        question="Were the priority areas served?",
        answers=(served.sentence,),
        figures=figures,
        notes=(f"Priority areas as the records up to {found.plan.review} show them: {names}.",),
    )


def _planned(settled: KeptProgramme | None) -> dict[str, int]:
    """Give the clients within reach of each site of a settled programme."""
    if settled is None:
        return {}
    hubs = settled.sheet.hubs
    return dict(zip(hubs["site_id"].tolist(), hubs["within_reach"].tolist(), strict=True))


def _prediction_notes(
    held: Sequence[HubSession], planned: dict[str, int], settled: KeptProgramme | None, facts: Facts
) -> tuple[str, ...]:
    unit = facts.need.counted.unit
    if settled is None:
        whole = f"No programme of the year was settled: who lived within reach is worked out now ({unit})."
        return (whole,)
    others = [one.place for one in held if one.site not in planned]
    told = f"Who lived within reach is what the settled programme said ({unit})."
    moved = f" It held no hub at {', '.join(dict.fromkeys(others))}: there it is worked out now." if others else ""
    dropped = sorted(set(settled.sheet.hubs.loc[~settled.sheet.hubs["site_id"].isin([o.site for o in held]), "name"]))
    missed = f" Of the programme, no hub was recorded at {', '.join(dropped)}." if dropped else ""
    return (told + moved + missed,)


def _named(one: HubSession) -> str:
    day: date = one.day
    return f"{one.place}, {day.day} {day:%b %Y}"


def _seen_figures(found: Attendance) -> tuple[Figure, ...]:
    rows = found.table[found.table["ratio"].notna()].set_index("hub")[["ratio", "low", "high"]] * _A_HUNDRED
    return tuple(
        Figure(SEEN, str(hub), "seen", float(value), float(low), float(high), _A_HUNDRED * found.ratio)
        for hub, value, low, high in zip(rows.index, rows["ratio"], rows["low"], rows["high"], strict=True)
    )


def _seen_table(found: Attendance) -> pd.DataFrame:
    rows = found.table
    return pd.DataFrame(
        {
            "Hub": rows["hub"],
            "People seen": rows["seen"],
            "Clients within reach": [f"{value:,.0f}" for value in rows["predicted"]],
            "Seen for every 100": [
                f"{_per_hundred(ratio, low, high)}: {verdict}"
                for ratio, low, high, verdict in zip(
                    rows["ratio"], rows["low"], rows["high"], rows["verdict"], strict=True
                )
            ],
        }
    )


def _per_hundred(ratio: float, low: float, high: float) -> str:
    if np.isnan(ratio):
        return "nobody was within reach"
    most = "or more" if np.isinf(high) else f"to {_A_HUNDRED * high:.0f}"
    return f"{_A_HUNDRED * ratio:.0f} ({_A_HUNDRED * low:.0f} {most})"
