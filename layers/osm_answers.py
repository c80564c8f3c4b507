"""Read community sites from the answers of an Overpass server, as it gave them (JSON)."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo.errors import BadInputError
from layers.osm_elements import Elements, Member
from layers.osm_kinds import SITES, is_settlement


def read_site_answers(answers: Iterable[Path]) -> Elements:
    """Read the sites of several answers as one.

    Raises
    ------
    BadInputError
        An answer is damaged.
    """
    found = Elements()
    for path in answers:
        try:
            for element in json.loads(path.read_text(encoding="utf-8"))["elements"]:
                _take(found, element)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"A piece of the sites that was fetched is damaged ({path.name}); delete it and fetch again."
            raise BadInputError(message) from error
    return found


def _take(found: Elements, element: dict[str, Any]) -> None:
    kind, number, tags = element["type"], int(element["id"]), element.get("tags", {})
    if kind == "node":
        found.spots[number] = (float(element["lon"]), float(element["lat"]))
        if is_settlement(tags):
            found.settlements[number] = str(tags["name"]).strip()
            return
    elif kind == "way":
        found.ways[number] = [int(node) for node in element["nodes"]]
    elif kind == "relation" and tags.get("type") == "multipolygon":
        ways = (member for member in element["members"] if member["type"] == "way")
        found.relations[number] = [Member(int(way["ref"]), str(way.get("role", ""))) for way in ways]
    else:
        return
    if any(tags.get(key) == value for key, value in SITES):
        found.tags[(kind, number)] = {str(key): str(value) for key, value in tags.items()}
