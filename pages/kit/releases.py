"""What could be given out and what was: how much each choice keeps, the check of one table, and freezing it."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from geo.disclosure.gate import show
from geo.disclosure.loss import Losses
from geo.disclosure.rules import Audience
from geo.disclosure.topics import Filters, Level
from geo.errors import BadInputError, MissingDataError
from geo.evidence.periods import told_period
from geo.review.release_drafts import Draft, draft_release, losses_of, make_release, state_of
from geo.review.release_tables import Ask, Material, filter_values, material_of, years_over
from geo.review.release_words import (
    AREAS,
    FOR_WHOM,
    ONE_WAY,
    best_sentence,
    draft_sentences,
    loss_table,
    refusals,
    release_list,
    told_filters,
    told_topic,
)
from geo.review.release_years import pools_until
from geo.review.releases import Release, read_releases
from geo.review.workspace import Workspace
from layers.release_files import all_notes, gated_table, release_csv, release_geojson, release_table
from layers.releases import release_html, release_map
from layers.sample import told_editions
from pages.kit import access, maps, session, tables
from pages.kit.ground import ground_of, lay_ground
from pages.kit.tables import Download
from pages.kit.words import escape

EVERYBODY: Final = "Everybody"
_OUTSIDE: Final[tuple[Audience, ...]] = ("public", "partner", "agreement")
_DRAFT, _DONE = "release_draft", "release_done"


def show_given_out(workspace: Workspace) -> None:
    """List the releases, and show the one that is asked for."""
    found = read_releases(workspace)
    if not found:
        st.markdown("Nothing has been given out yet.")
        return
    tables.show_table(release_list(found), about="What has been given out, the newest first")
    titles = {one.number: f"{one.number}. {told_topic(one.published.topic)}" for one in found[::-1]}
    just_made = st.session_state.pop(_DONE, None)
    index = list(titles).index(just_made) if just_made in titles else None
    number = st.selectbox("Open one", list(titles), index=index, format_func=titles.__getitem__, placeholder="Choose")
    if number is not None:
        show_release(workspace, found[number - 1])


def show_release(workspace: Workspace, release: Release) -> None:
    """Show one release as it was given out: map, table, notes and files."""
    ground = ground_of(workspace)
    picture = release_map(release, boundary=ground.boundary, beneath=partial(lay_ground, ground=ground), urls=maps.URLS)
    maps.show_map(picture, district=str(workspace.root))
    tables.show_table(release_table(release), about=told_topic(release.published.topic))
    st.markdown("  \n".join(map(escape, all_notes(release))))
    tables.show_downloads(files_of(workspace, release))


def files_of(workspace: Workspace, release: Release) -> list[Download]:
    """Offer a release as files that may be passed on to its audience."""
    ground, name = ground_of(workspace), f"release-{release.number}"
    beneath = partial(lay_ground, ground=ground)
    page = partial(release_html, release, boundary=ground.boundary, beneath=beneath)
    return [
        Download("Table (CSV)", f"{name}.csv", "text/csv", partial(release_csv, release)),
        Download(
            "Map for a GIS (GeoJSON)", f"{name}.geojson", "application/geo+json", partial(release_geojson, release)
        ),
        Download("Map (HTML)", f"{name}.html", "text/html", page),
    ]


def choose(workspace: Workspace, *, today: date) -> Ask:
    """Ask for whom, of which clients and up to which year."""
    material = _material(workspace.fingerprint(), workspace)
    years = years_over(material, today=today)
    if not years:
        message = "No review year on record is over yet; only whole years are given out."
        raise MissingDataError(message)
    whom = _filters(material)
    first, second, third = st.columns(3)
    audience = first.selectbox("For whom?", _OUTSIDE, format_func=lambda one: _capital(FOR_WHOM[one]))
    said = second.selectbox("Which clients?", list(whom), help="A source by area never leaves the team.")
    year = third.selectbox("Up to which review year?", years[::-1])
    return Ask(audience, "ward", year, whom[said])


def show_losses(workspace: Workspace, wish: Ask, *, today: date) -> None:
    """Say how much of the count each choice would keep, propose the best, and warn that there is no way back."""
    losses = _losses_now(workspace, wish, today)
    st.markdown(f"**{escape(best_sentence(losses))}**")
    tables.show_table(loss_table(losses), about="How much of the count each kind of area would give out")
    st.caption("This table is exact and for the team only.")
    refused = refusals(losses)
    if refused:
        with st.expander("Why some may not be given out"):
            st.markdown("\n".join(f"* {escape(sentence)}" for sentence in refused))
    with st.expander("Before anything is given out", expanded=not read_releases(workspace)):
        st.markdown("\n".join(f"* {sentence}" for sentence in ONE_WAY))


def choose_table(workspace: Workspace, wish: Ask, *, today: date) -> Ask:
    """Ask by which areas and for which years; the proposal stands first."""
    material = _material(workspace.fingerprint(), workspace)
    best = _losses_now(workspace, wish, today).best
    levels: list[Level] = [*material.levels, "district"]
    periods = pools_until(wish.period, years_over(material, today=today))
    level_now, period_now = (best.topic.geography.level, best.topic.period.name) if best else (levels[0], periods[0])
    first, second = st.columns(2)
    choice = f"{wish.audience} {wish.filters} {wish.period}"
    level = first.selectbox(
        "By which areas?", levels, levels.index(level_now), lambda one: _capital(AREAS[one]), key=f"by {choice}"
    )
    period = second.selectbox("Which years?", periods, periods.index(period_now), told_period, key=f"years {choice}")
    return replace(wish, level=level, period=period)


def show_check(workspace: Workspace, asked: Ask, *, today: date) -> None:
    """Check the table when asked to, say the result, and let an officer give it out."""
    if st.button("Check this table", type="primary"):
        st.session_state[_DRAFT] = (asked, _check(workspace, asked, today))
    checked, result = st.session_state.get(_DRAFT, (None, None))
    if checked != asked:
        return
    if not isinstance(result, Draft):
        st.error(escape(str(result)))
        return
    said = draft_sentences(result)
    (st.warning if result.hidden_besides else st.success)(escape(" ".join(said)))
    tables.show_table(gated_table(show(result.published)), about=told_topic(result.published.topic))
    st.caption("  \n".join(escape(sentence) for sentence in (*show(result.published).legend, result.counted)))
    _ask_to_give_out(workspace, result, today)


def _check(workspace: Workspace, asked: Ask, today: date) -> Draft | str:
    material = _material(workspace.fingerprint(), workspace)
    try:
        with st.spinner("Holding the table against everything that is known"):
            return draft_release(workspace, asked, today=today, material=material)
    except BadInputError as error:
        return str(error)


def _ask_to_give_out(workspace: Workspace, draft: Draft, today: date) -> None:
    if session.is_sample(workspace):
        st.caption("The sample district keeps nothing, so nothing can be given out of it here.")
        return
    if not access.may("release"):
        st.caption("Only a lead officer may give a table out.")
        return
    with st.form("release", border=False):
        who = st.text_input("Your name or initials")
        sure = st.checkbox("I know that this cannot be taken back")
        if not st.form_submit_button("Give it out and freeze it"):
            return
    if not sure:
        st.warning("Tick the box first: what is given out cannot be taken back.")
        return
    made = make_release(workspace, draft, who=who, today=today, editions=told_editions(workspace))
    st.session_state.pop(_DRAFT, None)
    st.session_state[_DONE] = made.number
    st.rerun()


def _filters(material: Material) -> dict[str, Filters]:
    values = filter_values(material)
    chosen: dict[str, Filters] = {EVERYBODY: ()}
    for field, there in values.items():
        chosen |= {_capital(told_filters(((field, value),)).strip()): ((field, value),) for value in there}
    return chosen


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _losses_now(workspace: Workspace, wish: Ask, today: date) -> Losses:
    return _losses(workspace.fingerprint(), state_of(workspace), wish, today, workspace)


@st.cache_resource(max_entries=4, show_spinner=False)
def _material(fingerprint: str, _workspace: Workspace) -> Material:  # noqa: ARG001 - the cache's key
    return material_of(_workspace)


@st.cache_resource(max_entries=16, show_spinner="Trying every kind of area", hash_funcs={Ask: repr})
def _losses(fingerprint: str, state: str, wish: Ask, today: date, _workspace: Workspace) -> Losses:  # noqa: ARG001 - as above
    material = _material(fingerprint, _workspace)
    years = years_over(material, today=today)
    return losses_of(_workspace, material, wish, years=years, today=today)
