"""What a place of OpenStreetMap is to the planner, told by its tags: which kind of site, and whether it is in use."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from geo.errors import BadInputError
from geo.places.postcode import Postcode

Tags = Mapping[str, str]
State = Literal["open", "closed", "private"]

SITES: Final = (
    ("amenity", "community_centre"),
    ("amenity", "social_centre"),
    ("amenity", "village_hall"),
    ("amenity", "place_of_worship"),
    ("amenity", "library"),
    ("building", "village_hall"),
)
"""Tags that make a place a site. Surgeries and food banks have lists of their own, which are more complete."""
SOCIAL: Final = ("amenity", "social_facility")
"""No site, but what a site may have become; read from files, and never asked of a server."""
_PLACES: Final = ("city", "town", "suburb", "village", "hamlet")
SETTLEMENTS: Final = tuple(("place", kind) for kind in _PLACES)
ASKED: Final = {
    "amenity": tuple(value for key, value in SITES if key == "amenity"),
    "building": tuple(value for key, value in SITES if key == "building"),
    "place": _PLACES,
}
"""The same, as an Overpass server is asked: key to values."""
_HALLS: Final = ("village hall", "parish hall", "memorial hall", "church hall")
_OUT_OF_USE: Final = ("disused", "abandoned", "demolished", "ruins", "closed")
_NEVER_OPEN: Final = frozenset({"off", "closed", "mo-su off", "24/7 off"})
_WHEELCHAIR: Final = {"yes": True, "designated": True, "no": False}
_KEEPS_OUT: Final = frozenset({"private", "no", "members"})
FOR_WHOM: Final = "social_facility:for"
"""The tag by which a safe place is known, whatever else it is tagged as."""
_ABUSED: Final = re.compile(r"abused?|victims?|survivors?|wom[ae]n", re.IGNORECASE)
_SETTLEMENT_TAGS: Final = ("addr:hamlet", "addr:village", "addr:suburb", "addr:town")
_PLAIN_NAMES: Final = {
    "community_centre": "Community centre",
    "village_hall": "Village hall",
    "place_of_worship": "Place of worship",
    "library": "Library",
}


def category_of_tags(tags: Tags) -> str:
    """Find the house's category; empty where the place is no community site.

    Examples
    --------
    >>> category_of_tags({"amenity": "community_centre", "name": "Longparish Village Hall"})
    'village_hall'
    >>> category_of_tags({"amenity": "social_centre"}), category_of_tags({"disused:amenity": "library"})
    ('community_centre', '')
    """
    if not any(tags.get(key) == value for key, value in SITES):
        return ""
    amenity = tags.get("amenity", "")
    if amenity in {"place_of_worship", "library"}:
        return amenity
    told = (tags.get("building"), tags.get("community_centre"), amenity)
    hall = "village_hall" in told or any(word in tags.get("name", "").casefold() for word in _HALLS)
    return "village_hall" if hall else "community_centre"


def is_settlement(tags: Tags) -> bool:
    """Tell whether these are the tags of a town, a village, a hamlet or a part of a town, with its name."""
    return ("place", tags.get("place", "")) in SETTLEMENTS and bool(tags.get("name", "").strip())


def state_of(tags: Tags) -> State:
    """Tell whether a site is in use and open to people at large.

    Examples
    --------
    >>> state_of({"access": "private"}), state_of({"disused": "yes"}), state_of({"access": "customers"})
    ('private', 'closed', 'open')
    """
    if any(tags.get(key, "no") != "no" for key in _OUT_OF_USE):
        return "closed"
    if " ".join(tags.get("opening_hours", "").casefold().split()) in _NEVER_OPEN:
        return "closed"
    return "private" if tags.get("access", "") in _KEEPS_OUT else "open"


def for_the_abused(tags: Tags) -> str:
    """Give the words by which a place says, under any key, that it is for people who were abused, or for women alone.

    Examples
    --------
    >>> for_the_abused({"community_centre:for": "women;abused"}), for_the_abused({"community_centre:for": "seniors"})
    ('women;abused', '')
    """
    told = (value for key, value in sorted(tags.items()) if key.endswith(":for") and _ABUSED.search(value))
    return next(told, "")


def postcode_of(tags: Tags) -> str:
    """Give the postcode of the address; empty where there is none or what stands there is none.

    Examples
    --------
    >>> postcode_of({"addr:postcode": "sp101dp"}), postcode_of({"addr:postcode": "NP20"})
    ('SP10 1DP', '')
    """
    text = tags.get("addr:postcode") or tags.get("postal_code") or ""
    try:
        return str(Postcode.parse(text))
    except BadInputError:
        return ""


def step_free(tags: Tags) -> bool | None:
    """Tell whether one gets in without a step; None where it is not said, or only in part so."""
    return _WHEELCHAIR.get(tags.get("wheelchair", ""))


def plain_name(category: str, settlement: str) -> str:
    """Call a place without a name by its kind and its settlement; empty where no settlement is known.

    Examples
    --------
    >>> plain_name("village_hall", "Upper Clatford"), plain_name("library", "")
    ('Village hall, Upper Clatford', '')
    """
    return f"{_PLAIN_NAMES[category]}, {settlement}" if settlement else ""


def named_settlement(tags: Tags) -> str:
    """Give the settlement that the address itself names; empty where it names none."""
    return next((tags[key].strip() for key in _SETTLEMENT_TAGS if tags.get(key, "").strip()), "")
