"""What a partner or a viewer sees of a release: its map, its table and its files, as they were given out."""

from functools import partial

import streamlit as st

from geo.disclosure.rules import Audience
from geo.review.release_words import told_topic
from geo.review.releases import Release, read_releases
from geo.review.roles import Right
from geo.review.workspace import Workspace
from layers.release_files import all_notes, release_csv, release_geojson, release_table
from layers.releases import release_html, release_map, release_title
from pages.kit import access, maps
from pages.kit.ground import ground_of, lay_ground
from pages.kit.tables import Download, show_downloads, show_table
from pages.kit.words import day, escape


def releases_for_visitor(workspace: Workspace) -> tuple[Release, ...]:
    """Read the releases that whoever is signed in may see, the newest first; no other one is so much as read."""
    audiences: list[Audience] = []
    if access.may("partner releases"):
        audiences.append("partner")
    if access.may("public releases"):
        audiences.append("public")
    found = [release for audience in audiences for release in read_releases(workspace, audience=audience)]
    return tuple(sorted(found, key=lambda release: release.number, reverse=True))


def choose_release(releases: tuple[Release, ...]) -> Release:
    """Ask which one to show; the newest is shown first."""
    told = [f"{told_topic(release.published.topic)}, given out on {day(release.day)}" for release in releases]
    return releases[st.selectbox("Release", range(len(releases)), format_func=told.__getitem__, key="shared_release")]


def show_release(workspace: Workspace, release: Release) -> None:
    """Show a release as map, table, notes and files: all of it is made from what was given out."""
    ground = ground_of(workspace)
    beneath = partial(lay_ground, ground=ground)
    drawn = release_map(release, boundary=ground.boundary, beneath=beneath, urls=maps.URLS)
    maps.show_map(drawn, district=f"shared {release.title}")
    show_table(release_table(release), about=release_title(release))
    st.markdown("  \n".join(map(escape, all_notes(release))))
    name = f"release-{release.day.isoformat()}-{release.audience}"
    page = partial(release_html, release, boundary=ground.boundary, beneath=beneath)
    geojson = partial(release_geojson, release)
    right: Right = "partner releases" if release.audience == "partner" else "public releases"
    show_downloads(
        [
            Download("Map (HTML)", f"{name}.html", "text/html", page, right),
            Download("Table (CSV)", f"{name}.csv", "text/csv", partial(release_csv, release), right),
            Download("Areas (GeoJSON)", f"{name}.geojson", "application/geo+json", geojson, right),
        ]
    )
