"""The programme of hubs that the fictional council settled for the year 2024-25, as plain values."""

from typing import Any, Final

# As `planner hubs programme --year 2024-25` planned it on 15 April 2024, with the records of the two years before.
_HUB_FIELDS: Final = (
    "day", "site_id", "name", "category", "postcode", "town", "areas", "host_note", "within_reach", "reach", "so_far",
    "easting", "northing",
)  # fmt: skip
_HUBS: Final = (
    ("2024-05-16", "sites:37e97354af", "Aldersea Library", "library", "ZZ1 0AG", "Aldersea", "", "", 198, 174.95,
     174.95, 657053.0, 486583.0),
    ("2024-08-15", "sites:d182bee718", "Hesselmere Village Hall", "village_hall", "", "Hesselmere",
     "Hesselmere & Gullholme", "", 93, 93.0, 267.95, 662430.0, 488660.0),
    ("2024-11-21", "food_banks:083dcf1f34", "Market Orrick, Tanyard Pantry", "food_bank", "ZZ3 5AB", "Tanyard",
     "Tanyard (Orrick Beckside)", "Network: IFAN", 84, 74.96, 342.91, 651793.02, 493714.98),
    ("2025-02-20", "sites:18b3a27339", "Saltpans Children's Centre", "childrens_centre", "ZZ1 5BL", "Saltpans",
     "Aldersea Saltpans", "", 59, 59.0, 401.91, 655370.0, 484364.0),
)  # fmt: skip
_TO_ASK: Final = 3  # the hub whose host has no hours on record
_EVERY_HUB: Final = {
    "weekday": "Thursday",
    "begin": "10:00",
    "end": "12:30",
    "agencies": "Citizens Advice Saltmarsh, Community nurses, Jobcentre Plus, Saltmarsh Food Banks",
    "agency_count": 4,
    "unavailable": "Drug and alcohol service",
}
_MONTHS: Final = (
    "April to June 2024",
    "July to September 2024",
    "October to December 2024",
    "January to March 2025",
)
_CURVE: Final = (
    (174.95, 174.95, 151.2, 200.3, 0.2393),
    (93.0, 267.95, 239.2, 298.6, 0.3666),
    (74.96, 342.91, 310.4, 379.0, 0.4691),
    (59.0, 401.91, 366.0, 438.4, 0.5498),
)
_AREAS: Final = (
    ("Hesselmere & Gullholme", "2", 1),
    ("Tanyard (Orrick Beckside)", "3", 2),
    ("Aldersea Saltpans", "4", 4),
)
_COUNTED: Final = (
    "Counted: household episodes of 2022-23 to 2023-24; 347 more have no place on the map, and 0 were left out because"
    " of a mark."
)
_WAYS: Final = (
    "Ways: on foot along streets at 4.8 km/h. Somebody further away counts less, beyond the cutoff not at all; a number"
    " of people who live within reach, not of people who will come."
)
_LUCK: Final = (
    "Had only luck been different, the year's reach could as well have been 366 to 438 (95 % range, from redrawn"
    " counts)."
)
_WORDS: Final = {
    "proof": "The year's hubs reach 402 of 731 household episodes (55 %), each counted once. Proved: no programme under"
    " these rules reaches more.",
    "evidence": (
        _COUNTED,
        _WAYS,
        _LUCK,
    ),
    "rules": (
        "1 hub in each quarter, at least 4 weeks apart, on Tue, Wed, Thu, from 10:00 or 13:30, for 150 minutes.",
        "The host is open for the whole session; hosts of unknown hours are marked to be asked.",
        "At least 2 partners can come for the whole session.",
        "One site is used at most twice in the year.",
        "No two hubs in a row serve the same priority area, or the same place where they serve none.",
        "At least 3 of 3 priority areas have a hub at most 20 minutes from where they are surest.",
        "The aim: as many different clients over the year as can be; each counts once, by the hub nearest to them.",
    ),
    "notes": ("Not planned: of the weekdays wanted, 3 on bank holidays, 6 past.",),
}


def programme_content() -> dict[str, Any]:
    """Give it as `geo.hubs.programme.sheet_from` reads it."""
    names = ("new_reach", "so_far", "low", "high", "share")
    quarters = [
        {"quarter": number, "months": months, "hubs": 1, **dict(zip(names, curve, strict=True))}
        for number, (months, curve) in enumerate(zip(_MONTHS, _CURVE, strict=True), start=1)
    ]
    areas = [
        dict(zip(("area", "visited", "hubs", "sites"), (area, True, *rest), strict=True)) for area, *rest in _AREAS
    ]
    hubs = [_hub(number, dict(zip(_HUB_FIELDS, row, strict=True))) for number, row in enumerate(_HUBS, start=1)]
    return {
        "year": "2024-25", "first_day": "2024-04-01", "hubs": hubs, "quarters": quarters, "areas": areas, **_WORDS
    }  # fmt: skip


def _hub(number: int, facts: dict[str, Any]) -> dict[str, Any]:
    asked = number == _TO_ASK
    state = {"hours": "ask" if asked else "open", "ask": "hours not recorded: ask the host" if asked else ""}
    months = _MONTHS[number - 1]
    return {
        "number": number,
        "quarter": number,
        "months": months,
        "new_reach": facts["reach"],
        **_EVERY_HUB,
        **facts,
        **state,
    }
