"""Plain English for every code word of the tables, and escaping for text that comes from files."""

import re
from datetime import date
from typing import Final

from geo.editions import Dataset

STATUS: Final = {
    "located": ("Inside the district", "The postcode is known and lies inside your boundary. These are mapped."),
    "outside": ("Outside the district", "The postcode is known but lies beyond your boundary."),
    "no_fixed_abode": ("No fixed abode", "The record says that the client had no fixed address."),
    "not_known": ("Address not known", "The record says that the address was not known."),
    "elsewhere": ("Elsewhere (ZZ99 code)", "A code for somewhere else in Britain or abroad, without a place."),
    "not_in_gazetteer": (
        "Postcode not found",
        "Looks like a postcode, but has no usable place: in no loaded postcode file, or not for publication.",
    ),
    "no_location": ("Postcode without a place", "In the postcode file, but the file gives it no location."),
    "malformed": ("Not a postcode", "The text cannot be read as a postcode."),
    "missing": ("Blank", "The postcode was left empty."),
    "duplicate": ("Repeated row", "The same record again in the same file; it is not counted twice."),
    "withheld": ("Withheld", "Held back to protect somebody's safety."),
}
FLAG: Final = {
    "terminated": ("Old postcode", "No longer in use; placed where it last was."),
    "shared_point": ("Shared point", "Many postcodes stand on this one spot, often PO boxes at a sorting office."),
    "institution": ("Institution", "On your list of prisons, hospitals, hostels, offices or temporary accommodation."),
    "repaired": ("Mended", "A slip in the text was mended where only one postcode fits."),
}
KIND: Final = {
    "hot99": "Very likely a hotspot (99 %)",
    "hot95": "Likely a hotspot (95 %)",
    "hot90": "Possibly a hotspot (90 %)",
    "none": "Too few to tell, or as expected",
    "cold90": "Possibly fewer than elsewhere (90 %)",
    "cold95": "Likely fewer than elsewhere (95 %)",
    "cold99": "Very likely fewer than elsewhere (99 %)",
}
ADDRESS_KIND: Final = {
    "at_approach": "Where they lived when they approached",
    "last_settled": "Last settled address",
    "correspondence": "Correspondence address",
    "temporary": "Temporary accommodation",
    "not_stated": "Not stated in the file",
}
DATE_KIND: Final = {
    "approach": "Date of approach",
    "referral": "Date of referral",
    "assessment": "Date of assessment",
    "decision": "Date of decision",
    "not_stated": "Not stated in the file",
}
FIELD: Final = {
    "referral_id": "Record reference",
    "household_ref": "Household reference",
    "date": "Date",
    "postcode": "Postcode",
    "route": "Route (self, Duty to Refer, agency)",
    "source": "Who referred",
    "reason": "Reason",
    "household": "Household type",
    "age_band": "Age or date of birth (kept as a band)",
    "outcome": "Outcome",
}
ROUTE: Final = {
    "self": "By themselves",
    "duty_to_refer": "Duty to Refer",
    "other_agency": "Another agency",
    "not_stated": "Not stated",
}
COHORT_FIELD: Final = {
    "age_band": "Age",
    "household_type": "Type of household",
    "reason": "Reason",
    "route": "How they came",
}
INSTITUTION: Final = {
    "prison": "Prison",
    "hospital": "Hospital",
    "hostel": "Hostel",
    "council_office": "Council office",
    "temporary_accommodation": "Temporary accommodation",
    "agency": "Agency",
}
DATASET: Final[dict[Dataset, str]] = {
    "gazetteer": "Postcodes and where they are",
    "boundary": "District boundary",
    "wards": "Wards",
    "lsoa": "Small census areas (LSOA)",
    "areas": "Other named areas",
    "households": "Homes",
    "census": "Groups of people (census)",
    "deprivation": "Deprivation",
    "gp_surgeries": "GP surgeries",
    "gp_branches": "Branch surgeries",
    "food_banks": "Food banks",
    "libraries": "Libraries",
    "sites": "Community sites",
    "osm_sites": "Community sites from OpenStreetMap",
    "land": "Land (backdrop)",
    "water": "Water (backdrop)",
    "roads": "Roads (backdrop)",
    "settlements": "Town and village names",
    "streets": "Streets",
    "timetable": "Bus timetable",
}

RESOLUTION: Final = {
    7: "Large hexagons (about 5 km²)",
    8: "Medium hexagons (about 0.7 km²)",
    9: "Small hexagons (about 0.1 km²)",
}

# Marks that mean something anywhere, and those that do so at the start of a line only.
_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]()<>|~$:!]|^\s*[#+=-]|^\s*\d+[.)]")


def escape(text: str) -> str:
    r"""Escape text from a file so that Streamlit's markdown shows it letter by letter.

    Examples
    --------
    >>> escape("St Mary's [x](y) <b>")
    "St Mary's \\[x\\]\\(y\\) \\<b\\>"
    """
    line = " ".join(text.split("\n"))
    return _MARKDOWN.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], line)


def number(value: float) -> str:
    """Write a whole number with thousands apart.

    Examples
    --------
    >>> number(1234)
    '1,234'
    """
    return f"{round(value):,}"


def share(part: float, whole: float) -> str:
    """Say a part of a whole in percent; too small a part is not rounded to nothing.

    Examples
    --------
    >>> share(3, 1000), share(110, 1000), share(0, 0)
    ('under 1 %', '11 %', 'none')
    """
    if part == 0 or whole == 0:
        return "none"
    percent = 100 * part / whole
    return "under 1 %" if percent < 1 else f"{percent:.0f} %"


def plural(count: int, one: str, many: str = "") -> str:
    """Count something in words.

    Examples
    --------
    >>> plural(1, "record"), plural(12, "record")
    ('1 record', '12 records')
    """
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def day(value: date) -> str:
    """Write a day as people say it.

    Examples
    --------
    >>> day(date(2026, 5, 1))
    '1 May 2026'
    """
    return f"{value.day} {value:%B %Y}"


def two_figures(value: float) -> str:
    """Write a probability with two figures.

    Examples
    --------
    >>> two_figures(0.01234), two_figures(3e-9)
    ('0.012', 'under 0.0001')
    """
    least = 0.0001
    return f"{value:.2g}" if value >= least else f"under {least}"
