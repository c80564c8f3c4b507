"""Write how a layer looks in QGIS's own words (QML), from the classes that its legend names.

QGIS reads a symbol's settings from an `Option` map (since 3.20) or from `prop` elements (before); both are written.
"""

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from layers.pack.classes import MapClass
from layers.pack.frames import CLASS_COLUMN
from layers.pack.place_marks import PlaceMark
from layers.style import INK, WHITE, Fill

_MM_PER_PX: Final = 0.26
# Matplotlib's letters in QGIS's words, with the degrees a shape is turned by.
_MARKERS: Final = {
    "o": ("circle", 0),
    "s": ("square", 0),
    "^": ("triangle", 0),
    "v": ("triangle", 180),
    "D": ("diamond", 0),
    "P": ("cross_fill", 0),
    "X": ("cross_fill", 45),
    "p": ("pentagon", 0),
    "h": ("hexagon", 0),
    "*": ("star", 0),
    ".": ("circle", 0),
}
_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_OVER_POINT, _AROUND_POINT = "1", "6"  # of QgsPalLayerSettings.Placement


def class_qml(classes: Sequence[MapClass], *, label: str = "") -> str:
    """Write a style of one category for each class, by the column `map_class`.

    Parameters
    ----------
    classes
        As the legend names them; all fills or all marks.
    label
        The column that is printed on the map; empty for none.
    """
    root = _root(labelled=bool(label))
    renderer = _renderer(root, "categorizedSymbol", attr=CLASS_COLUMN)
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for at, one in enumerate(classes):
        named = {"value": one.words, "label": one.words, "symbol": str(at), "render": "true", "type": "string"}
        ET.SubElement(categories, "category", named)
        _add_symbol(symbols, str(at), one)
    return _written(root, label, placement=_OVER_POINT if classes and classes[0].fill else _AROUND_POINT)


def single_qml(look: MapClass, *, label: str = "") -> str:
    """Write a style that is the same for every row; parameters as `class_qml`."""
    root = _root(labelled=bool(label))
    renderer = _renderer(root, "singleSymbol", attr="")
    _add_symbol(ET.SubElement(renderer, "symbols"), "0", look)
    return _written(root, label, placement=_OVER_POINT if look.fill else _AROUND_POINT)


def _root(*, labelled: bool) -> ET.Element:
    said = {"version": "3.22.0", "styleCategories": "Symbology|Labeling", "labelsEnabled": str(int(labelled))}
    return ET.Element("qgis", said)


def _renderer(root: ET.Element, kind: str, *, attr: str) -> ET.Element:
    said = {"type": kind, "symbollevels": "0", "enableorderby": "0", "forceraster": "0"}
    return ET.SubElement(root, "renderer-v2", said | ({"attr": attr} if attr else {}))


def _add_symbol(symbols: ET.Element, name: str, one: MapClass) -> None:
    kind = "fill" if one.fill else "marker"
    symbol = ET.SubElement(symbols, "symbol", _symbol(name, kind))
    if one.fill:
        _fill(symbol, name, one.fill)
    elif one.mark:
        _layer(symbol, "SimpleMarker", _mark(one.mark))


def _fill(symbol: ET.Element, name: str, look: Fill) -> None:
    style = "dash" if look.dash else "solid" if look.line_px else "no"
    _layer(
        symbol,
        "SimpleFill",
        {
            "color": _rgba(look.colour or WHITE, look.opacity),
            "style": "solid" if look.colour else "no",
            "outline_color": _rgba(look.line),
            "outline_style": style,
            "outline_width": f"{look.line_px * _MM_PER_PX:.2f}",
            "outline_width_unit": "MM",
            "joinstyle": "round",
        },
    )
    if look.hatch == "lines":
        _lines(symbol, name, look.hatch_colour)
    elif look.hatch == "dots":
        _dots(symbol, name, look.hatch_colour)


def _lines(symbol: ET.Element, name: str, colour: str) -> None:
    said = {"angle": "45", "distance": "1.6", "distance_unit": "MM", "line_width": "0.3", "line_width_unit": "MM"}
    layer = _layer(symbol, "LinePatternFill", said | {"color": _rgba(colour)})
    inner = ET.SubElement(layer, "symbol", _symbol(f"@{name}@1", "line"))
    _layer(inner, "SimpleLine", {"line_color": _rgba(colour), "line_width": "0.3", "line_width_unit": "MM"})


def _dots(symbol: ET.Element, name: str, colour: str) -> None:
    said = {"distance_x": "1.8", "distance_x_unit": "MM", "distance_y": "1.8", "distance_y_unit": "MM"}
    layer = _layer(symbol, "PointPatternFill", said)
    inner = ET.SubElement(layer, "symbol", _symbol(f"@{name}@1", "marker"))
    _layer(inner, "SimpleMarker", _marker("circle", colour, 0.6) | {"outline_style": "no"})


def _mark(mark: PlaceMark) -> dict[str, str]:
    shape, turned = _MARKERS[mark.shape]
    return _marker(shape, mark.colour, 2.0 if mark.shape == "." else 4.0) | {"angle": str(turned)}


def _marker(shape: str, colour: str, size_mm: float) -> dict[str, str]:
    return {
        "name": shape,
        "color": _rgba(colour),
        "outline_color": _rgba(WHITE),
        "outline_style": "solid",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
        "size": str(size_mm),
        "size_unit": "MM",
    }


def _symbol(name: str, kind: str) -> dict[str, str]:
    return {"name": name, "type": kind, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"}


def _layer(symbol: ET.Element, kind: str, settings: dict[str, str]) -> ET.Element:
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    options = ET.SubElement(layer, "Option", {"type": "Map"})
    for name, value in settings.items():
        ET.SubElement(options, "Option", {"name": name, "value": value, "type": "QString"})
    for name, value in settings.items():
        ET.SubElement(layer, "prop", {"k": name, "v": value})
    return layer


def _written(root: ET.Element, label: str, *, placement: str) -> str:
    if label:
        _add_labels(root, label, placement)
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def _add_labels(root: ET.Element, column: str, placement: str) -> None:
    settings = ET.SubElement(ET.SubElement(root, "labeling", {"type": "simple"}), "settings")
    text = {"fieldName": column, "fontSize": "8", "fontSizeUnit": "Point", "textColor": _rgba(INK), "isExpression": "0"}
    style = ET.SubElement(settings, "text-style", text | {"textOpacity": "1", "fontWeight": "63"})
    halo = {"bufferDraw": "1", "bufferSize": "0.8", "bufferSizeUnits": "MM", "bufferColor": _rgba(WHITE)}
    ET.SubElement(style, "text-buffer", halo | {"bufferOpacity": "0.9"})
    ET.SubElement(settings, "placement", {"placement": placement, "dist": "1.5", "distUnits": "MM"})


def _rgba(colour: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"
