"""Show a pack on the screen: one page of words, its maps as pictures with their tables, and every file of it."""

import base64
from html import escape as html_escape
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.pack.content import Map, Pack
from geo.review.pack.gather_given import HOW
from layers.pack.bundle import bundle_name
from layers.pack.document import PLAIN
from layers.pack.files import mime_of
from layers.pack.making import Made
from layers.pack.maps import draw_map
from layers.pack.typesetting import can_typeset
from layers.pack.web_map import told_frame
from layers.pack.words import earlier, headline, span, whom
from pages.kit import tables
from pages.kit.tables import Download
from pages.kit.words import escape

_ZIP: Final = "application/zip"
_PICTURE: Final = "width: 100%; min-width: 38rem; max-width: 60rem; height: auto"  # a narrow screen scrolls it


def show_words(pack: Pack) -> None:
    """Show the one page of words, with the headline numbers."""
    st.subheader(escape(pack.title), anchor=False)
    (st.warning if pack.audience == "team" else st.info)(escape(whom(pack)))
    for paragraph in pack.summary:
        st.markdown(escape(paragraph))
    tables.show_short_table(figure_table(pack), about="Headline numbers")
    st.caption(escape(pack.state))
    if pack.audience != "team":
        st.caption(escape(f"It shows what was given out, and nothing else. {HOW}"))


def show_files(made: Made) -> None:
    """Offer the whole pack, and each file of it."""
    st.subheader("The files", anchor=False)
    tables.show_downloads([Download("Everything in one zip", bundle_name(made.pack), _ZIP, lambda: made.bundle)])
    with st.expander("Each file by itself"):
        tables.show_downloads([_download(made, name) for name in made.files])
    if not can_typeset():
        st.caption(PLAIN)


def show_maps(pack: Pack) -> None:
    """Show the maps as pictures, each with its table."""
    st.subheader("The maps", anchor=False)
    for map_ in pack.maps:
        _show_map(pack, map_)


def figure_table(pack: Pack) -> pd.DataFrame:
    """Lay the headline numbers out for reading."""
    return pd.DataFrame(
        {
            "Figure": [one.label for one in pack.figures],
            f"{pack.review}": [headline(one) for one in pack.figures],
            "95 % range": [span(one) for one in pack.figures],
            "A year before": [earlier(one) for one in pack.figures],
        },
        dtype="str",
    )


def _show_map(pack: Pack, map_: Map) -> None:
    st.markdown(f"**{escape(map_.title)}**")
    st.html(_picture(pack, map_))
    for note in map_.notes:
        st.caption(escape(note))
    table = pack.table(map_.table)
    with st.expander(f"Table: {escape(table.title)}"):
        tables.show_table(told_frame(table), about=table.title)


@st.cache_data(
    max_entries=32, show_spinner=False, hash_funcs={Pack: lambda pack: pack.digest, Map: lambda map_: map_.name}
)
def _picture(pack: Pack, map_: Map) -> str:
    """Write a map as an image inside the page, so that it has no address that another browser could ask."""
    svg = base64.b64encode(draw_map(pack, map_.name).encode()).decode("ascii")
    alt, title = (html_escape(text, quote=True) for text in (map_.alt, map_.title))
    image = f'<img alt="{alt}" src="data:image/svg+xml;base64,{svg}" style="{_PICTURE}">'
    return f'<div role="region" aria-label="{title}" tabindex="0" style="overflow-x: auto">{image}</div>'


def _download(made: Made, name: str) -> Download:
    short = name.rpartition("/")[2]
    return Download(made.labels[name], short, mime_of(name), lambda: made.files[name])
