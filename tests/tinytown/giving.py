"""Tinytown with enough clients to give something out: ward W1 has many, W2 few, and some have no place."""

from datetime import date

from geo.review.intake import IntakeOptions, keep, take_in
from geo.review.release_drafts import draft_release, make_release
from geo.review.release_tables import Ask, material_of
from tests.tinytown.council import export, row

TODAY = date(2025, 6, 1)
YEAR = "2024-25"
PLACES = {"W1": "ZZ1 1AA", "W2": "ZZ1 2AA", "nowhere": "", "outside": "ZZ2 1AA"}


def fill(council, counts, *, day="14/05/2024", start=1, **fields):
    """Take in so many clients of each place, a household each, as one file."""
    places = [PLACES[place] for place, count in counts.items() for _ in range(count)]
    lines = [row(number, postcode=code, day=day, **fields) for number, code in enumerate(places, start=start)]
    content, options = export(*lines), IntakeOptions()
    keep(council, take_in(council, content, file_name="x.csv", feed="Housing", options=options, today=TODAY))


def draft(council, level="ward", *, audience="public", period=YEAR, filters=()):
    """Check a table."""
    asked = Ask(audience, level, period, filters)
    return draft_release(council, asked, today=TODAY, material=material_of(council))


def give_out(council, level="ward", *, audience="public", period=YEAR, filters=(), today=TODAY):
    """Check a table, and give it out."""
    checked = draft(council, level, audience=audience, period=period, filters=filters)
    return make_release(council, checked, who="JS", today=today, editions=council.editions())
