"""What the fictional council has written of its sites: facts, who spoke to whom, decisions, actions."""

import json
from pathlib import Path
from typing import Final

_FACTS: Final = (
    {
        "site": "Saltmarsh District Council offices",
        "services": "Housing options; Council tax and benefits",
        "checked": "2025-04-22",
    },
    {
        "site": "Saltpans Community Centre",
        "services": "Food bank on Fridays; Credit union",
        "cost": "Free on Tuesdays",
        "host_role": "Centre manager",
        "checked": "2025-04-24",
    },
    {
        "site": "Citizens Advice Orrick outreach",
        "services": "Citizens Advice; Debt advice",
        "cost": "Free",
        "host_role": "Outreach lead",
        "checked": "2024-03-12",
    },
    {"site": "RAF Hollinsea community flat", "cost": "Free", "host_role": "Community support officer"},
    {"site": "Aldersea Sixth Form College", "host_role": "Head of student services", "cost": "15 pounds an hour"},
    {"site": "Beckside Hall", "host_role": "Bookings clerk", "cost": "12 pounds an hour"},
)
_LOG: Final = (
    ("Citizens Advice Orrick outreach", "2024-02-06", "Housing options officer", "outreach lead",
     "A desk for us on their outreach day", "contacted"),
    ("Citizens Advice Orrick outreach", "2024-03-12", "Housing options officer", "outreach lead",
     "Saw the room; it is step-free and can be closed", "visited"),
    ("Citizens Advice Orrick outreach", "2024-04-09", "Housing manager", "outreach lead",
     "Every Tuesday from May, reviewed after a year", "agreed"),
    ("Saltpans Community Centre", "2025-02-18", "Housing options officer", "centre manager",
     "Whether the small room is free on Tuesdays", "contacted"),
    ("Saltpans Community Centre", "2025-04-24", "Housing manager", "centre manager",
     "Tuesday mornings, free, from June", "agreed"),
    ("RAF Hollinsea community flat", "2025-03-11", "Housing options officer", "community support officer",
     "How people who leave the service would hear of us; a pass is needed", "visited"),
    ("Aldersea Sixth Form College", "2025-04-03", "Housing options officer", "head of student services",
     "A lunchtime session each term", "contacted"),
    ("Beckside Hall", "2025-04-15", "Housing manager", "bookings clerk", "A pop-up hub in autumn", "idea"),
)  # fmt: skip
_DECISIONS: Final = (
    {
        "day": "2024-05-02",
        "who": "Housing manager",
        "verdict": "chosen",
        "sites": ["Citizens Advice Orrick outreach"],
        "why": "Nobody else reaches Market Orrick, and the room is free.",
        "evidence": "2022-23: household episodes by medium hexagon, ranked by need reached",
    },
    {
        "day": "2025-04-29",
        "who": "Housing manager",
        "verdict": "chosen",
        "sites": ["Saltpans Community Centre"],
        "why": "It reaches most of those whom the offices do not, and shares a roof with a food bank.",
        "evidence": "2023-24: household episodes by medium hexagon, ranked by need reached",
    },
    {
        "day": "2025-04-29",
        "who": "Housing manager",
        "verdict": "kept in reserve",
        "sites": ["Beckside Hall", "Tanyard Centre"],
        "why": "For a pop-up hub in autumn, if the steps at Beckside Hall can be done without.",
        "evidence": "2023-24: household episodes by medium hexagon, ranked by need reached",
    },
)
_ACTIONS: Final = (
    ("Sign the agreement with the centre", "Housing manager", "2025-05-16", 2, "Saltpans Community Centre", "open"),
    ("Check room and hours at the outreach", "Housing options officer", "2025-04-12", 1,
     "Citizens Advice Orrick outreach", "open"),
    ("Ask for a portable ramp", "Housing options officer", "2025-06-30", 3, "Beckside Hall", "open"),
    ("Print the directory for the forum", "Housing options officer", "2025-04-25", 0, "", "done"),
)  # fmt: skip


def write_register(out: Path) -> None:
    """Write it as one JSON file."""
    log = [dict(zip(("site", "day", "who", "with_whom", "about", "status"), one, strict=True)) for one in _LOG]
    actions = [dict(zip(("what", "owner", "due", "decision", "site", "status"), one, strict=True)) for one in _ACTIONS]
    content = {"facts": _FACTS, "log": log, "decisions": _DECISIONS, "actions": actions}
    (out / "site_register.json").write_bytes(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")
