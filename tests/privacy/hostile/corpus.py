"""Every hostile input by name, made in memory: more than 200, each for the way in that would meet it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from tests.privacy.hostile.archives import archives, workbook, workbooks
from tests.privacy.hostile.maps import geojson, geopackage, json_maps, other_maps
from tests.privacy.hostile.payloads import TEXTS, VALUES
from tests.privacy.hostile.tables import REFERRAL, SITE, odd_tables, option_files, table
from tests.tinytown.council import code_point_open

TABLE_WAYS: Final = ("institutions", "gp", "food-banks", "sites", "libraries", "households", "census", "external")
_FREE_TEXT: Final = ("route", "source", "reason", "household", "age_band", "outcome", "household_ref", "referral_id")
_LIBRARY: Final = {
    "Reporting service": "Tinytown",
    "Name": "Library",
    "Type": "Static library",
    "Postcode": "ZZ1 1AB",
    "Easting": "641000",
    "Northing": "421000",
    "Unique property reference number": "1",
    **{f"{day} opening times": "am only" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")},
    **{f"{day} opening times": "" for day in ("Saturday", "Sunday")},
}


@dataclass(frozen=True)
class Hostile:
    """One input.

    Attributes
    ----------
    name
        What is wrong with it, in words.
    way
        The way in, one of `entries.WAYS`.
    content
        Its bytes.
    file_name
        What it calls itself.
    """

    name: str
    way: str
    content: bytes
    file_name: str

    def __str__(self) -> str:
        return f"{self.way}: {self.name}"


@cache
def corpus() -> tuple[Hostile, ...]:
    """Make them all."""
    return (*_texts(), *_values(), *_files(), *_maps(), *_options())


def _texts() -> Iterator[Hostile]:
    """Put each text into every field that takes text."""
    for at, (name, text) in enumerate(TEXTS.items()):
        made = (
            Hostile(name, "referrals", table({**REFERRAL, **dict.fromkeys(_FREE_TEXT, text)}), "x.csv"),
            Hostile(name, "sites", table({**SITE, **_but(SITE, text, "postcode", "capacity")}), "x.csv"),
            Hostile(name, "wards", geojson(text), "x.geojson"),
        )
        yield made[at % len(made)]
    for name in list(TEXTS)[::6]:
        text = TEXTS[name]
        yield Hostile(name, "food-banks", table(_food_bank(text)), "x.csv")
        yield Hostile(name, "libraries", table({**_LIBRARY, "Name": text, "Monday opening times": text}), "x.csv")
        yield Hostile(name, "gp", table(_surgery(text), _surgery(text))[:-2], "x.csv")
        yield Hostile(name, "census", table({"field": text, "group": text, "people": "5"}), "x.csv")
        yield Hostile(f"{name} in a header", "referrals", table({text: text, **REFERRAL}), "x.csv")
    for name in list(TEXTS)[1::12]:
        rows = (tuple(REFERRAL), ("R1", "H1", "14/05/2024", "ZZ1 1AA", *[_printable(TEXTS[name])] * 6))
        yield Hostile(f"{name} in a workbook", "referrals", workbook(rows), "x.xlsx")
        yield Hostile(name, "external", table(_external(TEXTS[name])), "x.csv")


def _values() -> Iterator[Hostile]:
    for at, (name, text) in enumerate(VALUES.items()):
        made = tuple(_valued(name, text))
        yield from (made[(at + step) % len(made)] for step in (0, 3, 7))


def _valued(name: str, text: str) -> Iterator[Hostile]:
    """Put a value where a date, a postcode or a number belongs, for each way in that reads one."""
    yield Hostile(f"date, {name}", "referrals", table({**REFERRAL, "date": text}), "x.csv")
    yield Hostile(f"postcode, {name}", "referrals", table({**REFERRAL, "postcode": text}), "x.csv")
    yield Hostile(f"age, {name}", "referrals", table({**REFERRAL, "age_band": text}), "x.csv")
    yield Hostile(f"capacity, {name}", "sites", table({**SITE, "capacity": text}), "x.csv")
    yield Hostile(f"homes, {name}", "households", table({"postcode": "ZZ1 1AA", "homes": text}), "x.csv")
    yield Hostile(f"people, {name}", "census", table({"field": "age", "group": "16-24", "people": text}), "x.csv")
    yield Hostile(f"easting, {name}", "gazetteer", _postcodes(text), "x.csv")
    yield Hostile(f"number, {name}", "external", table({**_external("x"), "value": text}), "x.csv")
    yield Hostile(f"place, {name}", "sites", table({**SITE, "lat": text, "lon": text}), "x.csv")
    yield Hostile(f"postcode, {name}", "institutions", table({"postcode": text, "kind": "hostel"}), "x.csv")


def _files() -> Iterator[Hostile]:
    odd, books = odd_tables(), workbooks()
    for at, (name, content) in enumerate([*odd.items(), *books.items()]):
        yield Hostile(name, ("referrals", *TABLE_WAYS)[at % (len(TABLE_WAYS) + 1)], content, "x")
    for name, content in archives(table(SITE), "x.csv").items():
        yield Hostile(name, "sites", content, "x.zip")
    for name, content in archives(table({"field": "age", "group": "16-24", "people": "5"}), "x-ltla.csv").items():
        yield Hostile(name, "census", content, "x.zip")
    for name, content in archives(code_point_open().encode(), "x.csv").items():
        yield Hostile(name, "gazetteer", content, "x.zip")
    for name, content in list(odd.items())[:-3:4]:
        yield Hostile(name, "gazetteer", content, "x.csv")


def _maps() -> Iterator[Hostile]:
    for name, content in {**json_maps(), **other_maps()}.items():
        yield Hostile(name, "wards", content, "x.geojson")
    for name, content in list({**json_maps(), **other_maps()}.items())[::4]:
        yield Hostile(name, "backdrop", content, "x.geojson")
    listed = geojson("A ward").replace(b'"A ward"', b'["HOSTILE", {}]').replace(b"WD24NM", b"name")
    yield Hostile("name and kind that are lists", "backdrop", listed.replace(b"WD24CD", b"kind"), "x.geojson")
    for name, content in archives(geopackage(), "x.gpkg").items():
        yield Hostile(name, "district", content, "x.zip")


def _options() -> Iterator[Hostile]:
    for name, content in option_files().items():
        yield Hostile(name, "scenario", content, "scenario.toml")
        yield Hostile(name, "preset", content, "x.toml")
        yield Hostile(name, "sign-in", content, "x.toml")


def _but(row: dict[str, str], text: str, *kept: str) -> dict[str, str]:
    return {name: text for name in row if name not in kept}


def _food_bank(text: str) -> dict[str, str]:
    return {"organisation_name": text, "postcode": "ZZ1 1AB", "network": text, "location_name": text, "lat_lng": ""}


def _surgery(text: str) -> list[str]:
    cells = [text] * 27
    cells[9], cells[11], cells[12], cells[25] = "ZZ1 1AB", "", "A", "4"
    return cells


def _external(text: str) -> dict[str, str]:
    return {"name": text, "from": "2024-04", "to": "2024-06", "code": "", "value": "9", "rounded_to": "1"}


def _postcodes(easting: str) -> bytes:
    return table({"postcode": "ZZ1 1AA", "easting": easting, "northing": "421000"})


def _printable(text: str) -> str:
    """Leave out what no workbook can hold."""
    return "".join(letter for letter in text if letter >= " " and letter != "\uffff")[:30_000]
