"""Name the tests, the simulated districts and the verdicts in plain words, and say why a claim cannot be held."""

from typing import Final

from geo.evidence.simulate import CV, REPEATS

TESTS: Final = {
    "counts": ("Most clients (Gi*)", "Where are most clients? The counts are dealt out anew among the cells first."),
    "homes": ("Excess, homes alone", "More clients than the homes explain."),
    "excess": ("Excess", "More clients than the homes and ordinary unevenness explain. The map follows this one."),
    "scan_homes": ("Scan, homes alone", "A cluster that the homes do not explain."),
    "scan": ("Scan", "A cluster that neither the homes nor ordinary unevenness explain."),
    "priority": ("Priority area", "Excess and scan agree on a place."),
    "either": ("Priority or watch", "Excess or scan, or both, name a place."),
    "trend": ("Trend of a cell", "A cell is called new, growing or fading from one year to the next."),
}
"""What each test is called in plots and tables, and what it is."""

NULLS: Final = {
    "independent": ("Independent households", "Each household comes once, and no place has more risk than another."),
    "repeats": (
        "Repeat rows, household known",
        f"A household has {1 + REPEATS:g} rows on average, and the rows carry a household reference.",
    ),
    "repeats_without_reference": (
        "Repeat rows, household not known",
        f"A household has {1 + REPEATS:g} rows on average, and no row says whose it is. Here the cases are rows.",
    ),
    "agencies": (
        "Several agencies",
        "One to three agencies refer each household within six months; the rows carry a household reference.",
    ),
    "uneven": (
        "Uneven risk, each cell its own",
        f"Places differ in risk (coefficient of variation {CV:g}), each cell by itself.",
    ),
    "uneven_shared": (
        "Uneven risk, shared by neighbours",
        f"Places differ in risk (coefficient of variation {CV:g}), and neighbouring cells have much of it in common.",
    ),
}
"""What each kind of district without a hotspot is called, and what it is."""

BACKGROUNDS: Final = {"independent": "Even risk elsewhere", "uneven": "Uneven risk elsewhere"}
"""What surrounds a planted place: some of the kinds of district without one."""

VERDICTS: Final = {"excess": "Excess", "scan": "Scan", "priority": "Priority area", "either": "Priority or watch"}

_HOMES_ALONE: Final = {"homes", "scan_homes"}
_WHY: Final = {
    "repeats_without_reference": (
        "Without a household reference, several rows of one household look like several households in one place. That "
        "is why the pages then say 'rows, not households'. Ask the agency for a reference, or read what is hot with "
        "this in mind."
    ),
    "uneven_shared": (
        "Neighbours that share a raised risk look just like a hotspot, and homes and clients alone cannot tell the two "
        "apart. Read a finding as a place to ask about."
    ),
}
_WHY_HOMES: Final = (
    "Homes say nothing of how places differ in tenure and age before anything is hot. That is why the map and the "
    "priorities follow the tests against ordinary unevenness, and show these only beside them."
)
_WHY_ELSE: Final = "Read what these tests find in such a district as a place to ask about, not as proof."


def why_not_held(null: str, test: str) -> str:
    """Say why a test, among others, gives more false alarms than it claims in one kind of district."""
    if null.startswith("uneven") and test in _HOMES_ALONE:
        return _WHY_HOMES
    return _WHY.get(null, _WHY_ELSE)
