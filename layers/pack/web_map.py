"""Write a pack's maps as one page for a browser: a layer a map, chosen from a list, with the tables and notes below."""

from collections.abc import Iterator
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from branca.element import Element

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.review.pack.content import Level, Map, Pack, Table
from layers.backdrop import Backdrop, draw_backdrop, draw_settlements
from layers.base import add_sources, call, new_map
from layers.hexagons import Card, fact_column, fill_data
from layers.outlines import draw_boundary
from layers.outlines import legend_entries as boundary_entries
from layers.pack.classes import Classed, MapClass, classed, mark_svg
from layers.pack.frames import hub_table, level_frame, map_frame
from layers.pack.place_marks import PlaceMark
from layers.pack.whom import whom_of
from layers.pack.words import plain, told
from layers.payload import path_deltas
from layers.referrals import area_shapes
from layers.standalone import standalone_html
from layers.style import LegendSection

_MARK_PX: Final = 25  # WCAG 2.2 asks for targets of at least 24 x 24
_HUB: Final = MapClass("Hub of the programme", mark=PlaceMark("hub", "h", "#7a1f5c"))
_CHOOSE: Final = "Which map"
_DRAWN: Final[tuple[Level, ...]] = ("land", "water", "roads")

Part = dict[str, Any]


def pack_map_html(pack: Pack) -> bytes:
    """Write the page.

    Returns
    -------
    bytes
        HTML that stands alone and asks no other host; the same pack gives the same bytes with the same version of
        the planner.
    """
    target = new_map(level_frame(pack, "district"), title=plain(pack.title))
    draw_backdrop(target, Backdrop(*(_ground(pack, level) for level in _DRAWN)))
    draw_boundary(target, level_frame(pack, "district"))
    call(target, "choices", {"title": _CHOOSE, "layers": _layers(pack)})
    settlements = _ground(pack, "settlements")
    if settlements is not None:
        draw_settlements(target, settlements)
    add_sources(target, pack.attributions)
    _name_in_order(target.get_root())
    notes = (pack.state, *(note for one in pack.maps for note in (*one.notes, *pack.table(one.table).notes)))
    shown = list(dict.fromkeys(one.table for one in pack.maps))
    tables = [(pack.table(name).title, told_frame(pack.table(name))) for name in shown]
    said = tuple(dict.fromkeys((*notes, *pack.attributions)))
    return standalone_html(target, more=tables, notes=said, whom=whom_of(pack.audience)).encode()


def told_frame(table: Table) -> pd.DataFrame:
    """Lay a table out as it is printed."""
    rows = [[told(value, column) for column, value in zip(table.columns, row, strict=True)] for row in table.rows]
    frame = pd.DataFrame(rows, columns=range(len(table.columns)), dtype="str")
    return frame.set_axis([plain(column.label) for column in table.columns], axis=1)


def _layers(pack: Pack) -> list[Part]:
    layers = [{"title": map_.title, "parts": _map_parts(pack, map_)} for map_ in pack.maps]
    hubs = hub_table(pack)
    return [*layers, {"title": "Hubs of the programme", "parts": _hub_parts(hubs)}] if len(hubs) else layers


def _map_parts(pack: Pack, map_: Map) -> list[Part]:
    worn = classed(pack, map_)
    frame = map_frame(pack, map_, worn)
    heading = _headings(pack, map_, frame)
    facts = told_frame(pack.table(map_.table)).iloc[list(frame.index)].reset_index(drop=True)
    table = pd.concat([heading.rename("heading"), facts.set_axis(range(facts.shape[1]), axis=1)], axis=1)
    labels = dict(enumerate(facts.columns))
    rows = [worn.of_rows[at] for at in frame.index]
    drawn = _marks if map_.kind == "places" else _fills
    legend = LegendSection(worn.title, (*(one.legend() for one in worn.classes), *boundary_entries()))
    return [*drawn(frame, table, rows, (worn, labels, _printed(map_))), _legend(legend, map_.notes)]


def _printed(map_: Map) -> str:
    """Name the column that is printed on the shapes: numbers, for the names of places stand on the map already."""
    return map_.value if map_.kind == "counts" else map_.label if map_.kind == "areas" else ""


def _headings(pack: Pack, map_: Map, frame: gpd.GeoDataFrame) -> pd.Series:
    """Name each shape drawn."""
    names = {shape.code: shape.name or shape.code for shape in pack.shapes.get(map_.level, ())}
    code = next(column.name for column in pack.table(map_.table).columns if column.kind == "code")
    return pd.Series([plain(names[str(value)]) for value in frame[code]], dtype=object)


def _fills(
    frame: gpd.GeoDataFrame, table: pd.DataFrame, rows: list[int], told_by: tuple[Classed, dict[int, str], str]
) -> list[Part]:
    if not len(frame):
        return []
    worn, labels, printed = told_by
    looks = [one.fill for one in worn.classes if one.fill]
    place = next((at for at, name in enumerate(frame.columns) if name == printed), -1)
    card = Card({"heading": "Place", **labels}, printed=place if place >= 0 else "")  # type: ignore[arg-type,dict-item]  # columns are numbered, for two may have one label
    packed = area_shapes(frame) | fill_data(table, classes=np.array(rows), looks=looks, card=card)
    return [{"verb": "fills", "data": packed}]


def _marks(
    frame: gpd.GeoDataFrame, table: pd.DataFrame, rows: list[int], told_by: tuple[Classed, dict[int, str], str]
) -> list[Part]:
    worn, labels, _ = told_by
    facts = [fact_column(label, table[at]) for at, label in labels.items()]
    return _points(frame, list(table["heading"]), (list(worn.classes), rows), facts)


def _points(
    frame: gpd.GeoDataFrame, names: list[str], icons: tuple[list[MapClass], list[int]], facts: list[Part]
) -> list[Part]:
    classes, rows = icons
    svgs = [mark_svg(one.mark) for one in classes if one.mark]
    data = {
        "points": path_deltas(frame.geometry.get_coordinates().to_numpy()),
        "names": names,
        "icons": rows,
        "svgs": svgs,
        "sizes": [_MARK_PX] * len(svgs),
        "facts": facts,
    }
    return [{"verb": "marks", "data": data}] if names else []


def _hub_parts(hubs: pd.DataFrame) -> list[Part]:
    points = gpd.points_from_xy(hubs["easting"], hubs["northing"], crs=NATIONAL_GRID)
    frame = frame_to_wgs84(gpd.GeoDataFrame(hubs, geometry=points))
    labels = {"day": "Day", "begin": "From", "end": "Until", "agencies": "Can come"}
    facts = [fact_column(label, hubs[name].map(plain)) for name, label in labels.items()]
    drawn = _points(frame, [plain(name) for name in hubs["name"]], ([_HUB], [0] * len(hubs)), facts)
    return [*drawn, _legend(LegendSection("Programme", (_HUB.legend(), *boundary_entries())), ())]


def _legend(section: LegendSection, notes: tuple[str, ...]) -> Part:
    return {"verb": "legend", "data": {"title": "Legend", "sections": [section.packed()], "notes": list(notes)}}


def _ground(pack: Pack, level: Level) -> gpd.GeoDataFrame | None:
    return level_frame(pack, level) if pack.shapes.get(level) else None


def _name_in_order(root: Element) -> None:
    """Give the parts of the page names that do not change from one writing to the next; branca draws them by lot."""
    for number, part in enumerate(_parts(root)):
        part._id = f"{number:032x}"  # noqa: SLF001 - branca has no other way to name a part


def _parts(part: Element) -> Iterator[Element]:
    yield part
    for child in part._children.values():  # noqa: SLF001 - branca has no other way to list them
        yield from _parts(child)
