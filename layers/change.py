"""Draw two periods side by side in the same classes, and the change between them."""

from collections.abc import Callable
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import WGS84, require_crs
from geo.evidence.compare_words import a_year
from geo.evidence.periods import told_period
from geo.evidence.trend_sentences import VERDICT, tell_range, tell_ratio
from geo.review.compare import Compared
from layers.base import PlannerMap, call
from layers.hexagons import Card, draw_hexagons, fill_data
from layers.referrals import area_shapes
from layers.style import CountClasses, Fill, LegendEntry, LegendSection, count_classes, legend_of
from layers.trends import TREND_LABELS, TREND_LOOKS

Side = Literal["earlier", "later"]
Layer = Callable[[PlannerMap], LegendSection]

BEYOND: Final = "Nobody on record lives here"
_A_YEAR: Final = {"earlier": "earlier_a_year", "later": "later_a_year"}


def side_classes(found: Compared) -> CountClasses:
    """Choose one set of classes for both periods."""
    columns = [_column(found, "earlier"), _column(found, "later")]
    return count_classes(int(np.ceil(found.table[columns].to_numpy(dtype=float).max(initial=0.0))))


def side_layer(found: Compared, side: Side, areas: gpd.GeoDataFrame | None = None) -> Layer:
    """Prepare the map of one period, in the classes of both.

    Parameters
    ----------
    side
        Which of the two.
    areas
        AREAS table of the areas compared, EPSG:4326; None for cells.
    """
    classes = side_classes(found)
    counted = f"{found.unit.capitalize()}{' a year' if found.per_year else ''}"

    def layer(target: PlannerMap) -> LegendSection:
        table = found.table
        shown = table if areas is not None else table[table[side] > 0]  # a cell without a client is not drawn
        values = shown[_column(found, side)]
        shown = _placed(shown).assign(value=values.round(1) if found.per_year else values)
        card = Card({"place": "Place", "value": counted}, printed="value")
        # A class begins at a whole number, so half a client a year is in the lowest class above nothing.
        index = classes.index(np.where(values > 0, np.maximum(values, 1), 0))
        _draw(target, shown, areas, index, list(classes.looks), card)
        return LegendSection(f"{counted}, {told_period(_period(found, side))}", _side_legend(found, classes, areas))

    return layer


def change_layer(found: Compared, areas: gpd.GeoDataFrame | None = None) -> Layer:
    """Prepare the map of the change: a colour and a hatch for each word, both counts printed; `areas` as above."""

    def layer(target: PlannerMap) -> LegendSection:
        table = found.table
        shown = _placed(table).assign(finding=table["trend"].map(TREND_LABELS), both=_both(found))
        earlier, later = told_period(found.earlier), told_period(found.later)
        unit = " a year" if found.per_year else ""
        card = Card(
            {
                "place": "Place",
                "finding": "Change",
                "both": f"Clients{unit}, {earlier} → {later}",
                "ratio": "Times as many",
                "low": "At least",
                "high": "At most",
                "q": "q (false discovery rate)",
            },
            printed="both",
        )
        kinds = list(TREND_LOOKS)
        index = np.array([kinds.index(kind) for kind in table["trend"]], dtype=np.int64)
        _draw(target, shown, areas, index, list(TREND_LOOKS.values()), card)
        return LegendSection(f"{later} against {earlier}{unit}", change_legend())

    return layer


def change_legend() -> tuple[LegendEntry, ...]:
    """Name the words that a change is coloured by."""
    return legend_of(list(TREND_LABELS.values()), list(TREND_LOOKS.values()))


def change_table(found: Compared) -> pd.DataFrame:
    """Say in a table what the three maps say: the surest change first."""
    table, rows = found.table, found.table.to_dict("records")
    earlier, later = told_period(found.earlier), told_period(found.later)
    columns: dict[str, object] = {
        "Place": _placed(table)["place"],
        "Change": table["trend"].map(VERDICT),
        earlier: table["earlier"],
        later: table["later"],
    }
    if found.per_year:
        columns |= {
            f"{name} a year": table[_A_YEAR[side]].round(1) for name, side in ((earlier, "earlier"), (later, "later"))
        }
        columns["More or fewer a year"] = table["change_a_year"].round(1)
    else:
        columns["More or fewer"] = table["later"] - table["earlier"]
    columns["Times as many"] = [tell_ratio(row["ratio"]) for row in rows]
    columns["95 % range of that"] = [tell_range(row) for row in rows]
    return pd.DataFrame(columns)


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(place=table["place"].where(table["place"] != "", BEYOND))


def _period(found: Compared, side: Side) -> str:
    return found.earlier if side == "earlier" else found.later


def _column(found: Compared, side: Side) -> str:
    return _A_YEAR[side] if found.per_year else side


def _both(found: Compared) -> list[str]:
    """Write both counts, close together, so that they find room on a small shape."""
    pairs = found.table[[_column(found, "earlier"), _column(found, "later")]].to_numpy(dtype=float)
    return [f"{a_year(before)}→{a_year(after)}" for before, after in pairs.tolist()]


def _side_legend(found: Compared, classes: CountClasses, areas: gpd.GeoDataFrame | None) -> tuple[LegendEntry, ...]:
    labels = classes.labels()
    if found.per_year:
        spans = [f"{low:,} to under {high:,}" for low, high in zip(classes.lows, classes.lows[1:], strict=False)]
        labels = ["0", *spans, f"{classes.lows[-1]:,} or more"]
        labels[1] = f"Under {classes.lows[1]:,}"
    entries = legend_of(labels, classes.looks)
    return entries if areas is not None else entries[1:]  # areas have noughts to explain, cells do not


def _draw(
    target: PlannerMap,
    table: pd.DataFrame,
    areas: gpd.GeoDataFrame | None,
    classes: npt.NDArray[np.int64],
    looks: list[Fill],
    card: Card,
) -> None:
    """Draw the rows of a table, on cells or on areas of the same codes."""
    if areas is None:
        draw_hexagons(target, table, classes=classes, looks=looks, card=card)
        return
    require_crs(areas, WGS84)
    order = pd.Series(range(len(table)), index=table["unit"].to_numpy()).reindex(areas["code"]).to_numpy(dtype=int)
    ordered = table.iloc[order]
    call(target, "fills", area_shapes(areas) | fill_data(ordered, classes=classes[order], looks=looks, card=card))
