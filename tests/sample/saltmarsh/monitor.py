"""What the fictional council wrote down of its year: the settled programme, hubs held, figures by quarter."""

import json
from pathlib import Path
from typing import Any, Final

from saltmarsh.programme import programme_content

_WHO: Final = "Housing options officer"
_PARTNERS: Final = ("Citizens Advice Saltmarsh", "Community nurses", "Jobcentre Plus")
# Day, site, agencies, people by reason. The third hub was held a week late and across the road.
_HUBS: Final = (
    ("2024-05-16", "Aldersea Library", (*_PARTNERS, "Saltmarsh Food Banks"),
     {"private": 8, "family": 6, "money": 4, "rough": 2, "advice": 2, "other": 3}),
    ("2024-08-15", "Hesselmere Village Hall", _PARTNERS[:2], {"private": 2, "family": 3, "money": 1, "other": 2}),
    ("2024-11-28", "Tanyard Centre", _PARTNERS, {"private": 4, "family": 5, "social": 2, "money": 3, "other": 1}),
    ("2025-02-20", "Saltpans Children's Centre", ("Citizens Advice Saltmarsh", "Community nurses"),
     {"private": 5, "family": 4, "relationship": 2, "social": 3, "condition": 1, "other": 2}),
)  # fmt: skip
_CORRECTED: Final = (2, {"private": 3, "family": 3, "money": 1, "condition": 1, "other": 2})
"""Two people more had been seen in Hesselmere than were first written down."""

_FIGURES: Final = ("reported", "visited", "found", "offers", "accepted", "refused", "walkabouts")
# Of the year before the log of walkabouts began; the visits of its last quarter were never counted.
_QUARTERS: Final = {
    "2023-24 Q1": (14, 11, 4, 6, 3, 2, 1),
    "2023-24 Q2": (8, 7, 5, 5, 2, 3, 2),
    "2023-24 Q3": (13, 12, 3, 4, 3, 1, 1),
    "2023-24 Q4": (11, None, 3, 5, 2, 2, 1),
}


def write_monitor(out: Path) -> None:
    """Write it as one JSON file."""
    hubs = [_hub(*one) for one in _HUBS]
    number, reasons = _CORRECTED
    day, site, agencies, _ = _HUBS[number - 1]
    content = {
        "programme": {"who": "Housing manager", "day": "2024-04-15", "content": programme_content()},
        "hubs": hubs,
        "corrections": [{"number": number, **_hub(day, site, agencies, reasons)}],
        "figures": {name: dict(zip(_FIGURES, row, strict=True)) for name, row in _QUARTERS.items()},
        "who": _WHO,
    }
    (out / "monitor.json").write_bytes(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")


def _hub(day: str, site: str, agencies: tuple[str, ...], reasons: dict[str, int]) -> dict[str, Any]:
    people = sum(reasons.values())
    return {"day": day, "site": site, "agencies": agencies, "people": people, "reasons": reasons}
