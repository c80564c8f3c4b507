"""A partner of Tinytown who counts its own file, and the file that comes of it."""

import json

from geo.places.gazetteer import Gazetteer
from geo.review.aggregate import CountAsk, aggregate
from geo.review.agreements import Agreement, save_agreement
from geo.review.counts_file import digest_of
from geo.review.counts_kept import check_counts, keep_counts
from geo.review.partner_rows import Ground, PartnerFile
from tests.tinytown.council import TODAY, export, row, wards
from tests.tinytown.giving import PLACES

FEED = "Food bank"
USUAL = {"W1": 40, "W2": 15, "nowhere": 9}


def lines(counts, *, day="14/05/2024", start=1, **said):
    """So many rows of each place, a household each."""
    places = [PLACES[place] for place, count in counts.items() for _ in range(count)]
    return [row(number, postcode=code, day=day, **said) for number, code in enumerate(places, start=start)]


def counted(council, counts=None, *, rows=None, agreement="", by="ward", per="year", feed=FEED, today=TODAY):
    """Count a file as a partner does, on its own machine: with the gazetteer, the wards, and no workspace."""
    ground = Ground(Gazetteer(council.gazetteer_path), wards())
    content = export(*(lines(counts or USUAL) if rows is None else rows))
    return aggregate(PartnerFile(content, feed), ground, CountAsk(by, per, agreement), today=today)


def sent(council, counts=None, **said):
    """The bytes of such a file."""
    return counted(council, counts, **said).file.to_json().encode()


def take(council, content, *, source=FEED, today=TODAY):
    """Take a file of counts in."""
    checked = check_counts(council, content, source=source, today=today)
    keep_counts(council, checked, who="JS")
    return checked


def agree(council, until=None, feed=FEED):
    """Record a sharing agreement."""
    return save_agreement(council, Agreement(feed, "Both", "DSA 12", "the review", until))


def changed(content, change, *, sealed=True):
    """Change a file of counts in one place; sealed with a digest that fits, or not."""
    whole = json.loads(content)
    change(whole)
    if sealed:
        whole["digest"] = digest_of(whole)
    return json.dumps(whole).encode()


def by_area(table):
    """What a table shows, by code."""
    return {one.code: one.text for one in table.figures}
