"""Read streets from the answers of an Overpass server, as it gave them (JSON)."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo.errors import BadInputError
from geo.places.streets_raw import Box, Gathering, RawStreets
from geo.places.streets_tags import shuts, use_of


def read_answers(answers: Iterable[Path], *, box: Box) -> RawStreets:
    """Read the streets of several answers as one; a street that two of them hold counts once.

    Raises
    ------
    BadInputError
        An answer is damaged.
    """
    gathering = Gathering(box)
    known: set[object] = set()
    for path in answers:
        elements = _elements(path)
        for node in (element for element in elements if element.get("type") == "node"):
            gathering.place(node["id"], lon=node["lon"], lat=node["lat"], shut=shuts(node.get("tags", {})))
        for way in (element for element in elements if element.get("type") == "way" and element["id"] not in known):
            known.add(way["id"])
            tags = way.get("tags", {})
            gathering.streets_seen += "highway" in tags
            use = use_of(tags)
            if use is not None:
                gathering.way(way["nodes"], use)
    return gathering.done()


def _elements(path: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["elements"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"A piece of the streets that was fetched is damaged ({path}); delete it and fetch again."
        raise BadInputError(message) from error
    return found
