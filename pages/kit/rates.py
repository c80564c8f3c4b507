"""The Map page's rates: clients per 1,000 homes a year, as a map, in sentences and in a table."""

from functools import partial
from typing import Final

import pandas as pd

from geo.evidence.counts import AreaLevel
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.rate_notes import rate_notes
from geo.evidence.rates import UNRELIABLE_BELOW, Rates
from geo.review.workspace import Workspace
from layers.base import PlannerMap
from layers.rates import Measure, care_words, classes_for, is_hatched, legible
from pages.kit import evidence, geojson, pictures, results
from pages.kit.filters import MapChoice
from pages.kit.map_view import MapView
from pages.kit.pictures import Extras
from pages.kit.tables import Download, csv_download, team_download
from pages.kit.words import escape, number, plural

TABLE_NOTE: Final = (
    "The 95 % range is how far luck alone could have moved a rate. A smoothed rate mixes a place's own rate with the"
    " district's, the more so the fewer its homes: a better guess for a small place, but no finding. Its own share says"
    f" how much of it is the place's own. {UNRELIABLE_BELOW} clients or more make a rate that can be relied on."
)
_UNITS: Final[dict[str, str]] = {"cell": "hexagon", "ward": "ward", "lsoa": "census area", "area": "named area"}
_EXPLAINED: Final[dict[Measure, str]] = {
    "rate": (
        f"Coloured places have {UNRELIABLE_BELOW} clients or more. Hatched ones have too few for a rate to be relied"
        " on, so they get no colour: point at one to see its numbers."
    ),
    "smoothed": (
        "A smoothed rate mixes a place's own rate with the district's, the more so the fewer its homes. Where most of"
        " it would be the district's, the place is hatched: too little is known of it. It is a guess, not a finding."
    ),
}


def rate_views(workspace: Workspace, choice: MapChoice, measure: Measure) -> list[MapView]:
    """Map the rates of each selection, in the same classes."""
    found = [evidence.rates(workspace, chosen, by=choice.by) for chosen in choice.selections]
    return [_view(workspace, one, found, choice, measure) for one in found]


def rate_table(found: Rates, names: dict[int, str] | dict[str, str], *, measure: Measure) -> pd.DataFrame:
    """Say in a table what the map says: coloured places first, the highest rate first."""
    drawn = "rate_per_1000_homes" if measure == "rate" else "smoothed_per_1000_homes"
    key = "cell" if found.level == "cell" else "code"
    table = found.table.assign(hatched=is_hatched(found.table, measure))
    ordered = table.sort_values(["hatched", drawn, key], ascending=[True, False, True])
    return pd.DataFrame(
        {
            "Place": [names.get(place, results.BEYOND) for place in ordered[key].tolist()],
            "Clients": ordered["count"].to_numpy(),
            "Homes": ordered["homes"].round().astype("int64").to_numpy(),
            "Clients per 1,000 homes a year": legible(ordered["rate_per_1000_homes"]).to_numpy(),
            "95 % range of that rate": _ranges(ordered["low_per_1000_homes"], ordered["high_per_1000_homes"]),
            "Smoothed": legible(ordered["smoothed_per_1000_homes"]).to_numpy(),
            "Its own share": [_percent(weight) for weight in ordered["smoothed_weight"].tolist()],
            "Per 1,000 people a year": legible(ordered["rate_per_1000_people"]).to_numpy(),
            "Read with care": [text[:1].upper() + text[1:] for text in care_words(ordered)],
        }
    )


def rate_sentences(found: Rates, measure: Measure) -> list[str]:
    """Say what the district's rate is, how many places have one of their own, and what the map shows of them."""
    unit = _UNITS[found.level]
    firm, places = int((~is_hatched(found.table, measure)).sum()), len(found.table)
    mean, low, high = legible(pd.Series([found.mean_per_1000_homes, found.mean_low, found.mean_high])).tolist()
    enough = f"{UNRELIABLE_BELOW} clients or more" if measure == "rate" else "a smoothed rate that is mostly their own"
    return [
        f"**All {unit}s together: {mean:g} clients per 1,000 homes a year** (95 % range {low:g} to {high:g}).",
        f"{number(firm)} of {plural(places, unit)} have {enough}." + (_advice(found) if 2 * firm < places else ""),
        _EXPLAINED[measure],
    ]


def _advice(found: Rates) -> str:
    """Say what would leave fewer places hatched."""
    options = ["all years together"] if found.selection.period != ALL_PERIODS else []
    options += ["larger areas"] if found.level in {"cell", "lsoa"} else []
    return f" Try {' or '.join(options)}." if options else ""


def _view(workspace: Workspace, one: Rates, every: list[Rates], choice: MapChoice, measure: Measure) -> MapView:
    counted = results.count(workspace, one.selection, by=choice.by)
    heading = results.title(counted)
    smoothed = ", smoothed" if measure == "smoothed" else ""
    picture = pictures.rates_map(
        workspace,
        one,
        measure=measure,
        title=f"Clients per 1,000 homes a year{smoothed}, {heading}",
        classes=classes_for(*every),
        extras=Extras(choice.overlays, [results.short_note(counted)], tiles=choice.tiles),
    )
    table = rate_table(one, _names(workspace, choice.by), measure=measure)
    return MapView(
        heading=heading,
        picture=picture,
        sentences=[*rate_sentences(one, measure), *results.unmapped_sentences(counted)],
        caption=" ".join([results.unit_note(workspace, counted), *(escape(note) for note in rate_notes(one))]),
        table=table,
        about=f"Clients per 1,000 homes by place, {heading}",
        note=TABLE_NOTE,
        downloads=_downloads(workspace, one, picture, table),
    )


def _names(workspace: Workspace, by: int | AreaLevel) -> dict[int, str] | dict[str, str]:
    if isinstance(by, int):
        return results.numbered_places(evidence.grid(workspace, resolution=by))
    return results.area_names(workspace, by)


def _downloads(workspace: Workspace, found: Rates, picture: PlannerMap, table: pd.DataFrame) -> list[Download]:
    name = f"rates-{found.level}-{found.selection.period}"
    if found.level == "cell":
        make = geojson.maker(found.table)
    else:
        shapes = evidence.areas(workspace, found.level).merge(found.table, on="code", how="left")
        make = partial(geojson.shapes, pd.DataFrame(shapes.drop(columns="geometry")), shapes.geometry)
    return [
        csv_download(table, name=name),
        team_download("Map for a GIS (GeoJSON)", f"{name}.geojson", make),
        results.html_download(picture, name=name, table=table),
    ]


def _ranges(low: pd.Series, high: pd.Series) -> list[str]:
    """Write ranges; none where there is no rate."""
    limits = zip(legible(low).tolist(), legible(high).tolist(), strict=True)
    return ["" if pd.isna(least) else f"{least:,.6g} to {most:,.6g}" for least, most in limits]


def _percent(weight: float) -> str:
    return "" if pd.isna(weight) else f"{weight:.0%}".replace("%", " %")
