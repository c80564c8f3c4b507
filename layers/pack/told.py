"""What every document says beside a pack's own tables: the cover, headline figures, sections, numbers of maps."""

from collections.abc import Sequence
from itertools import compress
from typing import Final

from geo.review.pack.content import Column, Figure, Map, Pack, Section, Table
from layers.pack.words import HIDDEN, HIDDEN_SENTENCE, credits_of, day, earlier, headline, plain, span

AUTHOR: Final = "Hotspot and Co-location Planner"
_TEXTS: Final = ("Figure", "This year", "95 % range", "A year before", "What it rests on")
_NAMES: Final = ("figure", "value", "range", "earlier", "note")
_EDITION_NAMES: Final = {"title": "Data set", "edition": "Edition", "licence": "Licence", "digest": "Digest begins"}
_DIGEST_SIGNS: Final = 12


def facts_of(pack: Pack) -> tuple[tuple[str, str], ...]:
    """List what the cover says."""
    found = (
        ("District", pack.district),
        ("Review year", pack.review),
        ("Compared with", pack.earlier or "no earlier year"),
        ("What one count is", pack.unit),
        ("Made on", day(pack.day)),
        ("State", pack.state),
    )
    return tuple((label, plain(text)) for label, text in found)


def figures_table(figures: Sequence[Figure]) -> Table:
    """Lay out headline numbers as a table; ranges and the year before only where any has one."""
    ranged = any(span(figure) for figure in figures)
    kept = any(figure.earlier is not None for figure in figures)
    shown = [True, True, ranged, kept, True]
    labels = compress(zip(_NAMES, _TEXTS, strict=True), shown)
    rows = [(figure.label, headline(figure), span(figure), earlier(figure), figure.note) for figure in figures]
    columns = tuple(Column(name, text, "text", text) for name, text in labels)
    return Table("figures", "Headline figures", columns, tuple(tuple(compress(row, shown)) for row in rows))


def hidden_notes(pack: Pack) -> tuple[str, ...]:
    """Say what "c" means, where anything is hidden."""
    hidden = any(HIDDEN in row for table in pack.tables for row in table.rows)
    hidden = hidden or any(HIDDEN in (figure.value, figure.earlier) for figure in pack.figures)
    return (HIDDEN_SENTENCE,) if hidden else ()


def all_sections(pack: Pack) -> tuple[Section, ...]:
    """List the sections but the summary, which is told by itself; the sources last, where none of them tells them."""
    told = [section for section in pack.sections if not _is_summary(pack, section)]
    if any("editions" in section.tables for section in told):
        return tuple(told)
    return (*told, Section("sources-of-data", "Sources and licences", credits_of(pack), (), ("editions",)))


def table_of(pack: Pack, name: str) -> Table:
    """Return a table of the pack, or the one of its editions."""
    return pack.table(name) if name != "editions" or _has(pack, name) else editions_table(pack)


def editions_table(pack: Pack) -> Table:
    """Lay out the editions of every data set; of a digest its beginning, for the manifest has the rest."""
    columns = tuple(Column(name, label, "text", label) for name, label in _EDITION_NAMES.items())
    rows = tuple(
        tuple(row.get(name, "")[:_DIGEST_SIGNS] if name == "digest" else row.get(name, "") for name in _EDITION_NAMES)
        for row in pack.editions
    )
    return Table("editions", "Editions of the data", columns, rows)


def numbered(pack: Pack) -> list[tuple[int, Map]]:
    """Give numbers to the maps that the sections name, in the order of reading."""
    names = dict.fromkeys(name for section in pack.sections for name in section.maps)
    return list(enumerate((pack.map(name) for name in names), start=1))


def map_notes(shown: Map) -> tuple[str, ...]:
    """Say below a map what it shows, then its notes."""
    return (shown.alt, *shown.notes)


def _has(pack: Pack, name: str) -> bool:
    return any(table.name == name for table in pack.tables)


def _is_summary(pack: Pack, section: Section) -> bool:
    return not section.maps and not section.tables and section.words == pack.summary
