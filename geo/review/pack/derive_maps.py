"""Tell where clients came from: this year, last year and the change, by hexagon and by ward, with one scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.evidence.intervals import count_interval
from geo.evidence.periods import told_period
from geo.evidence.rates import UNRELIABLE_BELOW
from geo.evidence.trends import Trends
from geo.review.pack.alt_texts import told_changes, told_counts
from geo.review.pack.classes import count_classes, rate_classes
from geo.review.pack.content import Column, Level, Map, Table
from geo.review.pack.tables import Chapter, chapter, code, count, number, rounded, table_of, text
from geo.review.pack.unit_words import noun_of

Aggregates = Mapping[str, Any]
_MONTHS_A_YEAR: Final = 12
_A_THOUSAND: Final = 1_000
_TOO_FEW: Final = "too few to tell"


@dataclass(frozen=True)
class LastYear:
    """Last year's counts: as its pack froze them, else as today's records give them.

    Attributes
    ----------
    period
        The review year; empty where there is none.
    cells, wards
        Clients by cell and by ward.
    note
        Where they come from, in a sentence.
    """

    period: str
    cells: Mapping[str, int]
    wards: Mapping[str, int]
    note: str


def last_year_of(aggregates: Aggregates) -> LastYear:
    """Find last year's counts."""
    last, earlier = aggregates["last_pack"], aggregates["counted"]["earlier"]
    if last is not None and last["resolution"] == aggregates["grid"]["resolution"]:
        note = f"{last['review']} is as its pack froze it on {last['day']}."
        again = None if earlier is None or earlier["period"] != last["review"] else earlier["episodes"]
        if again is not None and again != last["episodes"]:
            note += f" It said {last['episodes']:,}; counted again today it is {again:,}."
        return LastYear(last["review"], last["cells"], last["wards"], note)
    if earlier is None:
        return LastYear("", {}, {}, "There is no year before on record to compare with.")
    note = f"{earlier['period']} is counted from today's records, for no pack of it was kept."
    return LastYear(earlier["period"], earlier["cells"], earlier["wards"], note)


def maps_chapter(aggregates: Aggregates, changes: Mapping[str, Trends | None]) -> Chapter:
    """Tell the annual maps.

    Parameters
    ----------
    changes
        The tests of "cell" and "ward" again; None where there is no comparison.
    """
    last = last_year_of(aggregates)
    cells, wards = _cells(aggregates, last, changes["cell"]), _wards(aggregates, last, changes["ward"])
    tables = [cells, *([wards] if wards.rows else [])]
    maps = [
        *_compared("cells", "cell", "hexagon", cells, aggregates, last),
        *(_compared("wards", "ward", "ward", wards, aggregates, last) if wards.rows else ()),
        *(_rates(wards, aggregates) if wards.rows else ()),
        *_change(wards if wards.rows else cells, aggregates, last, changes),
    ]
    return chapter("maps", "Where clients came from", _words(aggregates, last), tables=tables, maps=maps)


def _words(aggregates: Aggregates, last: LastYear) -> list[str]:
    review = aggregates["counted"]["review"]
    located, lost = sum(review["cells"].values()), sum(review["unmapped"].values())
    return [
        (
            "The maps show who came, not who is in need: an area far from the office, or without a partner who refers, "
            "looks quiet."
        ),
        f"Of {review['episodes']:,} {noun_of(review['unit'])} in {review['period']}, {located:,} are on the map and "
        f"{lost:,} have no place on it"
        + (f"; {review['left_out']:,} were set aside because of a flag." if review["left_out"] else "."),
        f"{last.note} Maps that are compared have the same classes.",
    ]


def _cells(aggregates: Aggregates, last: LastYear, changes: Trends | None) -> Table:
    counted, pooled = aggregates["counted"]["review"], aggregates["counted"]["pooled"]
    places = {row["cell"]: row for row in aggregates["grid"]["cells"]}
    everywhere = {*counted["cells"], *pooled["cells"], *last.cells}
    found = sorted(everywhere, key=lambda cell: (-pooled["cells"].get(cell, 0), cell))  # most clients first
    rows = [
        {
            "cell": cell,
            "place": places[cell]["name"] if cell in places else "No homes on record",
            "homes": rounded(counted["cell_homes"].get(cell, 0.0), 0),
            "this_year": counted["cells"].get(cell, 0),
            "last_year": last.cells.get(cell, 0) if last.period else None,
            "pooled": pooled["cells"].get(cell, 0),
            "change": _word(changes, cell),
        }
        for cell in found
    ]
    columns = [
        code("cell", "Hexagon", "H3 index of the hexagon, in hexadecimal."),
        text("place", "Place", "Nearest settlement, with its ward."),
        number("homes", "Homes", "Homes in the hexagon, inside the district.", "homes"),
        *_counts(aggregates, last),
        text("change", "Change", "Like for like since the year before, tested exactly."),
    ]
    notes = ["Only hexagons from which anybody came.", _nobody_else(aggregates)]
    return table_of("cells", "Clients by hexagon", columns, rows, notes=notes)


def _wards(aggregates: Aggregates, last: LastYear, changes: Trends | None) -> Table:
    counted, pooled = aggregates["counted"]["review"], aggregates["counted"]["pooled"]
    known = {} if changes is None else changes.table.set_index("unit").to_dict("index")
    rows = [
        {
            "ward": ward,
            "name": name,
            "homes": rounded(counted["ward_homes"].get(ward, 0.0), 0),
            "this_year": counted["wards"].get(ward, 0),
            "last_year": last.wards.get(ward, 0) if last.period else None,
            "pooled": pooled["wards"].get(ward, 0),
            **_rate(pooled, ward),
            "change": _word(changes, ward),
            **{f"change_{key}": rounded(known.get(ward, {}).get(key)) for key in ("ratio", "low", "high")},
        }
        for ward, name in aggregates["ward_names"].items()
    ]
    note = f"{counted['in_no_ward']:,} on the map are in no ward." * bool(counted["in_no_ward"])
    return table_of("wards", "Clients by ward", _ward_columns(aggregates, last), rows, notes=[note, _UNRELIABLE])


_UNRELIABLE: Final = f"A rate of fewer than {UNRELIABLE_BELOW} clients is unreliable."


def _ward_columns(aggregates: Aggregates, last: LastYear) -> list[Column]:
    period = told_period(aggregates["period"])
    return [
        code("ward", "Ward code", "The code of the ward."),
        text("name", "Ward", "The name of the ward."),
        number("homes", "Homes", "Homes in the ward, inside the district.", "homes"),
        *_counts(aggregates, last),
        number("rate", "Rate", f"Clients per 1,000 homes a year, {period}.", "per 1,000 homes"),
        number("rate_low", "Rate, low", "Lower end of its 95 % range.", "per 1,000 homes"),
        number("rate_high", "Rate, high", "Upper end of its 95 % range.", "per 1,000 homes"),
        text("unreliable", "Unreliable", f"Yes where fewer than {UNRELIABLE_BELOW} clients make the rate."),
        text("change", "Change", "Like for like since the year before, tested exactly."),
        number("change_ratio", "Times as many", "Rate of this year over that of the year before, like for like."),
        number("change_low", "Times, low", "Lower end of its exact 95 % range."),
        number("change_high", "Times, high", "Upper end of its exact 95 % range; blank where there is none."),
    ]


def _counts(aggregates: Aggregates, last: LastYear) -> list[Column]:
    noun = noun_of(aggregates["counted"]["review"]["unit"])
    review, pooled = aggregates["review"], told_period(aggregates["period"])
    before = [count("last_year", last.period, f"Clients of {last.period}.", noun)] if last.period else []
    return [
        count("this_year", review, f"Clients of {review}.", noun),
        *before,
        count("pooled", f"{pooled}, all", f"Clients of the years that the rule pools: {pooled}.", noun),
    ]


def _rate(pooled: Mapping[str, Any], ward: str) -> dict[str, Any]:
    clients = int(pooled["wards"].get(ward, 0))
    exposure = pooled["ward_homes"].get(ward, 0.0) * pooled["months"] / _MONTHS_A_YEAR / _A_THOUSAND
    unreliable = {"unreliable": "yes" if clients < UNRELIABLE_BELOW else "no"}
    if not exposure:
        return unreliable
    low, high = count_interval(clients)
    rates = {"rate": clients, "rate_low": float(low), "rate_high": float(high)}
    return unreliable | {name: rounded(value / exposure) for name, value in rates.items()}


def _word(changes: Trends | None, unit: str) -> str:
    if changes is None:
        return _TOO_FEW
    found = changes.table.loc[changes.table["unit"] == unit, "trend"].tolist()
    return str(found[0]) if found else _TOO_FEW


def _nobody_else(aggregates: Aggregates) -> str:
    lost = sum(aggregates["counted"]["review"]["unmapped"].values())
    return f"{lost:,} of {aggregates['review']} have no place on the map and are in no row."


def _compared(
    name: str,
    level: Level,
    place: str,
    table: Table,
    aggregates: Aggregates,
    last: LastYear,
) -> Iterable[Map]:
    years = [("this_year", aggregates["review"]), *([("last_year", last.period)] if last.period else [])]
    classes = count_classes(value for column, _ in years for value in table.column(column) if isinstance(value, int))
    label = "" if level == "cell" else "name"
    for column, period in years:
        title = f"Clients by {place}, {period}"
        alt = told_counts(title, table, column, place)
        yield Map(f"{name}_{column}", title, "counts", level, name, column, alt, label, classes, _NOTES)


def _rates(table: Table, aggregates: Aggregates) -> Iterable[Map]:
    values = [value for value in table.column("rate") if isinstance(value, float)]
    if not values:
        return
    title = f"Clients per 1,000 homes a year by ward, {told_period(aggregates['period'])}"
    alt = told_counts(title, table, "rate", "ward")
    yield Map("wards_rate", title, "counts", "ward", "wards", "rate", alt, "name", rate_classes(values), (_UNRELIABLE,))


def _change(
    table: Table, aggregates: Aggregates, last: LastYear, changes: Mapping[str, Trends | None]
) -> Iterable[Map]:
    if changes["cell"] is None:
        return
    level: Level = "ward" if table.name == "wards" else "cell"
    title = f"Change since {last.period}, like for like: {aggregates['review']}"
    label = "name" if level == "ward" else ""
    yield Map(f"{table.name}_change", title, "change", level, table.name, "change", told_changes(title, table), label)


_NOTES: Final = ("Exact counts of those who have a place on the map.",)
