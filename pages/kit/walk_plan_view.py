"""Plan a walk, show it on the map, hand out its card."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import streamlit as st

from geo.review.walks.lately import explored_lately, told_lately
from geo.review.walks.next import next_walk, walk_seed
from geo.review.walks.planning import plan_from
from geo.review.walks.wish import Planned, Search, WalkWish
from geo.review.workspace import Workspace
from geo.walkabouts.plan import PlannedStop, TeamWalk, Walkabout
from geo.walkabouts.routing.route import RouteProgress
from geo.walkabouts.squares import told_square
from layers.walks.card_ground import CardGround, ground_of
from layers.walks.walk_files import walk_geojson, walk_gpkg
from layers.walks.walk_map import walk_map
from layers.walks.walk_words import PURPOSES, left_table, stop_table, told_ends, told_time, told_title, told_walk
from pages.kit import frame, jobs, maps, session
from pages.kit.tables import Download, csv_download, show_downloads, show_table
from pages.kit.walk_plan_card import ask_card, forget_card
from pages.kit.walk_plan_form import ask_wish
from pages.kit.walk_plan_tables import worth_table
from pages.kit.words import escape, plural

_JOB, _FOUND = "walk_plan_job", "walk_plan_found"
_SECONDS: Final = 15.0
_STAGES: Final = {"searching": "Searching for the best way round", "proving": "Seeing how much better one could be"}
_WORTH: Final = (
    "What a stop is planned for, each by itself: people expected to be found there, open reports, partner "
    "intelligence. They are not one number, and none of it is on a card."
)


def show(workspace: Workspace, *, today: date, fixed: bool) -> None:
    """Plan a walk, show it on the map, hand out its card."""
    st.markdown(
        "Say when and where the teams set out. The plan holds the open reports, looks at the places most worth it in "
        "the minutes there are, and keeps a share of the time for places that nobody has looked at."
    )
    st.caption(
        escape(told_lately(explored_lately(workspace, now=session.now(workspace)), workspace.scenario.walkabouts))
    )
    wish = None
    with frame.calm_errors():
        wish = ask_wish(workspace, today=today, proposed=next_walk(workspace, today=today))
    if wish is not None:
        _start(workspace, wish)
    with frame.calm_errors():
        jobs.follow(_JOB)
    root, found = st.session_state.get(_FOUND, ("", []))
    if root == str(workspace.root) and found:
        _show_plan(workspace, found[0], today=today, fixed=fixed)


def _start(workspace: Workspace, wish: WalkWish) -> None:
    """Begin to plan; what is found is laid down where the next run of the page finds it."""
    forget_card()
    found: list[Planned] = []
    st.session_state[_FOUND] = (str(workspace.root), found)
    now = session.now(workspace)
    jobs.start(_JOB, lambda tell: _plan(workspace, wish, now, found, tell), first="Finding the ways along streets")


def _plan(
    workspace: Workspace, wish: WalkWish, now: datetime, found: list[Planned], tell: Callable[[str, float], None]
) -> str:
    def progress(told: RouteProgress) -> None:
        tell(_STAGES.get(told.stage, "Nearly there"), told.seconds / _SECONDS)

    search = Search(walk_seed(workspace, wish.begins), _SECONDS, progress)
    found.append(plan_from(workspace, wish, now=now, search=search))
    return ""


def _show_plan(workspace: Workspace, found: Planned, *, today: date, fixed: bool) -> None:
    walkabout, ground = found.walkabout, ground_of(workspace)
    st.subheader(told_title(walkabout), anchor=False)
    st.markdown(f"**{escape(_headline(walkabout))}**")
    for sentence in (walkabout.sentence, *found.notes):
        st.caption(escape(sentence))
    notes = () if walkabout.along_streets else ("Ways are straight lines: no streets are loaded.",)
    drawn = walk_map(walkabout, ground, title=told_title(walkabout), urls=maps.URLS, notes=notes)
    maps.show_map(drawn, district=f"{workspace.root} walk {walkabout.begins} {walkabout.seed}")
    for team in walkabout.teams:
        st.markdown(_team_words(team))
    _show_files(walkabout, ground, found, today)
    _show_rest(found)
    ask_card(workspace, found, today=today, fixed=fixed)


def _headline(walkabout: Walkabout) -> str:
    stops = plural(len(walkabout.stops), "stop")
    teams = "" if len(walkabout.teams) == 1 else f" for {len(walkabout.teams)} teams"
    return f"{stops}{teams}, {told_ends(walkabout)}; everybody is back by {told_time(walkabout.ends)}."


def _team_words(team: TeamWalk) -> str:
    if not team.stops:
        return f"**Team {team.team}** has nothing to do."
    lines = [_stop_words(stop, leg.minutes) for stop, leg in zip(team.stops, team.legs, strict=False)]
    back = f"- {told_walk(team.legs[-1].minutes).capitalize()} to the end."
    return "\n".join([f"**Team {team.team}**, {team.total_minutes:.0f} minutes:", "", *lines, back])


def _stop_words(stop: PlannedStop, minutes: float) -> str:
    street = f"{escape(stop.street)}, " if stop.street else ""
    must = ", must" if stop.must and stop.purpose != "exploration" else ""
    return (
        f"- **{stop.number}**, {told_time(stop.arrive)}: {street}{told_square(stop.square)} "
        f"({PURPOSES[stop.purpose].lower()}{must}), {told_walk(minutes)} from the last."
    )


def _show_files(walkabout: Walkabout, ground: CardGround, found: Planned, today: date) -> None:
    name = f"walk-{walkabout.begins:%Y-%m-%d-%H%M}"
    gpkg = Download(
        "GeoPackage",
        f"{name}-team-only.gpkg",
        "application/geopackage+sqlite3",
        lambda: walk_gpkg(walkabout, day=today, sources=ground.credits),
    )
    geojson = Download("GeoJSON", f"{name}-team-only.geojson", "application/geo+json", lambda: walk_geojson(walkabout))
    show_downloads([gpkg, geojson, csv_download(worth_table(found), name=f"{name}-worth", label="Worth (CSV)")])
    st.caption("These three tell where people are thought to sleep: they stay within the team.")


def _show_rest(found: Planned) -> None:
    with st.expander("The stops as a table"):
        show_table(stop_table(found.walkabout), about="The stops of the walk in order")
    left = left_table(found.walkabout)
    if len(left):
        with st.expander(f"What was left out, and why ({len(left)})"):
            show_table(left, about="Places that no team goes to, each with the reason")
    with st.expander("What each place is worth"):
        st.markdown(_WORTH)
        show_table(worth_table(found), about="What each place is worth, term by term")
