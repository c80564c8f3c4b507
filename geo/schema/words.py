"""The code words that tables use, in the order in which they are told."""

from typing import Final

STATUSES: Final = (
    "located",
    "outside",
    "no_fixed_abode",
    "not_known",
    "elsewhere",
    "not_in_gazetteer",
    "no_location",
    "malformed",
    "missing",
    "duplicate",
    "withheld",
)
DISTRICT_ONLY: Final = "district_only"
"""Status of an episode that lies in the district and may be counted for the whole of it only."""
FLAGS: Final = ("terminated", "shared_point", "institution", "repaired")
ROUTES: Final = ("self", "duty_to_refer", "other_agency", "not_stated")
ADDRESS_KINDS: Final = ("at_approach", "last_settled", "correspondence", "temporary", "not_stated")
DATE_KINDS: Final = ("approach", "referral", "assessment", "decision", "not_stated")
SITE_CATEGORIES: Final = (
    "council_office",
    "hub",
    "gp_surgery",
    "food_bank",
    "library",
    "community_centre",
    "village_hall",
    "place_of_worship",
    "citizens_advice",
    "jobcentre",
    "childrens_centre",
    "school_or_college",
    "military",
    "other",
)
TREND_KINDS: Final = ("new", "growing", "steady", "fading", "too few to tell")
KINDS: Final = ("hot99", "hot95", "hot90", "none", "cold90", "cold95", "cold99")
STABILITY_KINDS: Final = ("resolution", "areas", "shift", "rings", "year", "feed", "marks")
STABILITY_WORDS: Final = ("firm", "fair", "fragile")
