"""Tell a pack from its frozen aggregates alone: the same aggregates give the same pack, digit for digit."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

from geo.errors import BadInputError
from geo.evidence.scan_null import NullStore
from geo.hubs.programme import sheet_from
from geo.review.pack.content import Audience, Figure, Level, Pack, Shape
from geo.review.pack.derive_areas import area_shapes, areas_chapter
from geo.review.pack.derive_given import (
    directory_chapter,
    given_shapes,
    given_summary,
    names_chapter,
    tables_chapter,
)
from geo.review.pack.derive_held import held_chapter
from geo.review.pack.derive_maps import last_year_of, maps_chapter
from geo.review.pack.derive_method import attributions, editions_chapter, figures_chapter, method_chapter
from geo.review.pack.derive_places import actions_chapter, decisions_chapter, programme_chapter, sites_chapter
from geo.review.pack.derive_quality import changes_chapter, quality_chapter, sleeping_chapter
from geo.review.pack.derive_words import briefing_of, summary_of
from geo.review.pack.figures import figures_of, with_earlier
from geo.review.pack.gather_shapes import cell_shapes
from geo.review.pack.kept import digest_of
from geo.review.pack.readable import FORGED, require_readable
from geo.review.pack.recompute import recompute, trends_again
from geo.review.pack.tables import Chapter, chapter, with_long_tables_last

Aggregates = Mapping[str, Any]
Progress = Callable[[str, float], None]
_GROUND: Final[tuple[Level, ...]] = ("district", "ward", "site", "land", "water", "roads", "settlements")
_FOR: Final = {"team": "the housing team only", "partner": "partner agencies", "public": "the public"}


def pack_of(aggregates: dict[str, Any], *, nulls: NullStore | None = None, progress: Progress | None = None) -> Pack:
    """Tell a pack.

    Every sum, share, rate and range, the tests of change, the excess test and the scan are worked out again.

    Parameters
    ----------
    aggregates
        As `geo.review.pack.gather.gather_pack` gives them, or as they were kept.
    nulls
        Where simulated districts are kept between runs; it changes no number.
    progress
        Told the step and the share done, 0 to 1.

    Raises
    ------
    BadInputError
        These are no aggregates of a pack, or a newer planner wrote them.
    """
    require_readable(aggregates)
    try:
        if aggregates["audience"] == "team":
            return _team(aggregates, nulls, progress)
        return _given(aggregates)
    except FORGED as error:
        message = "The numbers of this pack are not as the planner wrote them; take the file from a copy."
        raise BadInputError(message) from error


def _team(aggregates: dict[str, Any], nulls: NullStore | None, progress: Progress | None) -> Pack:
    again = recompute(aggregates, nulls=nulls, progress=progress)
    wards = bool(aggregates["ward_names"])
    changes = {
        "district": trends_again(aggregates, "district"),
        "cell": trends_again(aggregates, "cell"),
        "ward": trends_again(aggregates, "ward") if wards else None,
    }
    figures = with_earlier(figures_of(aggregates), aggregates["last_pack"])
    summary = summary_of(aggregates, figures)
    chapters = [
        chapter("summary", "Summary", summary),
        maps_chapter(aggregates, changes),
        areas_chapter(aggregates),
        sites_chapter(aggregates),
        programme_chapter(aggregates),
        sleeping_chapter(aggregates),
        held_chapter(aggregates),
        quality_chapter(aggregates),
        changes_chapter(aggregates, changes),
        method_chapter(aggregates, again),
        decisions_chapter(aggregates),
        actions_chapter(aggregates),
        figures_chapter(figures, aggregates),
        editions_chapter(aggregates),
    ]
    shapes = _shapes(aggregates) | {"area": area_shapes(aggregates), "cell": _cells(aggregates)}
    unit, earlier = str(aggregates["counted"]["pooled"]["unit"]), last_year_of(aggregates).period
    points = briefing_of(aggregates, figures)
    return _pack(aggregates, with_long_tables_last(chapters), figures, shapes, words=(unit, earlier, summary, points))


def _given(aggregates: dict[str, Any]) -> Pack:
    figures = with_earlier(figures_of(aggregates), aggregates["last_pack"])
    summary = given_summary(aggregates, figures)
    found = [
        chapter("summary", "Summary", summary),
        tables_chapter(aggregates),
        names_chapter(aggregates),
        directory_chapter(aggregates),
        programme_chapter(aggregates),
        figures_chapter(figures, aggregates),
        editions_chapter(aggregates),
    ]
    shapes = _shapes(aggregates)
    for level, drawn in given_shapes(aggregates).items():
        shapes[level] = drawn or shapes.get(level, ())
    chapters = [one for one in found if one is not None]
    return _pack(aggregates, chapters, figures, shapes, words=("clients", aggregates["earlier"], summary, summary))


def _pack(
    aggregates: dict[str, Any],
    chapters: list[Chapter],
    figures: tuple[Figure, ...],
    shapes: dict[Level, tuple[Shape, ...]],
    *,
    words: tuple[str, str, tuple[str, ...], tuple[str, ...]],
) -> Pack:
    unit, earlier, summary, briefing = words
    digest = digest_of(aggregates)
    audience = cast("Audience", aggregates["audience"])
    return Pack(
        district=str(aggregates["district"]),
        review=str(aggregates["review"]),
        earlier=earlier,
        audience=audience,
        day=str(aggregates["day"]),
        state=f"Made on {aggregates['day']} by {aggregates['who']}, for {_FOR[audience]}; digest {digest[:12]}.",
        digest=digest,
        unit=unit,
        summary=summary,
        briefing=briefing,
        figures=figures,
        sections=tuple(one.section for one in chapters),
        tables=tuple(table for one in chapters for table in one.tables),
        maps=tuple(map_ for one in chapters for map_ in one.maps),
        shapes=shapes,
        programme=_programme(aggregates["programme"]["content"]),
        editions=tuple(aggregates["editions"]),
        attributions=attributions(aggregates),
    )


def _programme(content: dict[str, Any] | None) -> dict[str, Any] | None:
    """Pass on what files will be written from, once it is sure that they can be."""
    if content is not None:
        sheet_from(content)
    return content


def _shapes(aggregates: Aggregates) -> dict[Level, tuple[Shape, ...]]:
    drawn = aggregates["shapes"]
    return {level: tuple(Shape(*row) for row in drawn.get(level, ())) for level in _GROUND}


def _cells(aggregates: Aggregates) -> tuple[Shape, ...]:
    """Draw the hexagons from which anybody came; they need not be frozen, for their codes say where they lie."""
    names = {row["cell"]: row["name"] for row in aggregates["grid"]["cells"]}
    counted, last = aggregates["counted"], last_year_of(aggregates)
    found: Iterable[str] = {*counted["review"]["cells"], *counted["pooled"]["cells"], *last.cells}
    rows = cell_shapes((cell, str(names.get(cell, cell))) for cell in sorted(found))
    return tuple(Shape(*row) for row in rows)
