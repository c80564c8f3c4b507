"""What OpenStreetMap's tags say of a street: its use and its speed, its name and its lighting.

After the access tags and their defaults for Great Britain on the OpenStreetMap wiki ("Key:access", "OSM tags for
routing/Access restrictions", "Key:oneway", "Key:barrier", "Key:name", "Key:lit"). Left out on purpose: limits that hold
at some hours only, turns that are forbidden, ferries.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ALONG: Final = 1  # may be used in the direction it is drawn in
AGAINST: Final = 2
BOTH: Final = ALONG | AGAINST

DRIVEN: Final = (
    "motorway",
    "trunk",
    "primary",
    "secondary",
    "tertiary",
    "unclassified",
    "residential",
    "living_street",
    "service",
    "track",
)
_ON_FOOT_ONLY: Final = ("footway", "path", "pedestrian", "steps", "cycleway", "bridleway", "corridor")
ROADS: Final = (*DRIVEN, *_ON_FOOT_ONLY)

_SHUT: Final = frozenset({"no", "private", "agricultural", "forestry", "military", "emergency", "permit", "delivery"})
# Cars cannot pass these, whatever the tags of the way; a gate they can, unless it says otherwise.
_STOPS_CARS: Final = frozenset(
    {
        "block",
        "bollard",
        "bus_trap",
        "chain",
        "cycle_barrier",
        "debris",
        "full-height_turnstile",
        "horse_stile",
        "jersey_barrier",
        "kissing_gate",
        "log",
        "motorcycle_barrier",
        "planter",
        "stile",
        "sump_buster",
        "turnstile",
        "wicket_gate",
    }
)
_FOR_VEHICLES: Final = _STOPS_CARS | {"height_restrictor"}
_CAR_KEYS: Final = ("motorcar", "motor_vehicle", "vehicle", "access")  # the closest to a car first
_FORWARD: Final = frozenset({"yes", "true", "1"})
_BACKWARD: Final = frozenset({"-1", "reverse"})
_NEITHER: Final = frozenset({"reversible", "alternating"})
_MILES: Final = 1.609344
_NAMED_LIMITS: Final = {
    "gb:motorway": 70 * _MILES,
    "gb:nsl_dual": 70 * _MILES,
    "gb:nsl_single": 60 * _MILES,
    "gb:nsl_restricted": 30 * _MILES,
}
_LIMIT: Final = re.compile(r"^(\d{1,3}(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?$")
_FASTEST: Final = 130.0

LIT, UNLIT, LIT_NOT_KNOWN = "lit", "unlit", "not known"
LIGHTING: Final = (LIT, UNLIT, LIT_NOT_KNOWN)
# All night, or whenever somebody comes by. Lamps that go out at midnight ("Mo-Su 05:00-00:00", "interval") or stand far
# apart ("limited") are none of these, and none of the dark ones.
_LIT: Final = frozenset({"yes", "24/7", "automatic", "sunset-sunrise", "dusk-dawn"})
_UNLIT: Final = frozenset({"no", "disused"})
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Use:
    """Who may use a street, and what is said of it.

    Attributes
    ----------
    road
        Its class, one of ROADS: a slip road has the class of its road.
    km_per_hour
        The limit it states; 0 where it states none.
    walk, drive
        0, ALONG, AGAINST or BOTH.
    name
        Its name, else its number such as "A48"; "" where it has neither.
    lit
        One of LIGHTING.
    """

    road: str
    km_per_hour: float
    walk: int
    drive: int
    name: str = ""
    lit: str = LIT_NOT_KNOWN


def use_of(tags: Mapping[str, str]) -> Use | None:
    """Tell who may use a way, or None where nobody may walk or drive there.

    Examples
    --------
    >>> use_of({"highway": "residential", "oneway": "yes", "maxspeed": "20 mph", "name": "Elm Road", "lit": "yes"})
    Use(road='residential', km_per_hour=32.18688, walk=3, drive=1, name='Elm Road', lit='lit')
    >>> use_of({"highway": "steps"}).drive
    0
    >>> use_of({"highway": "motorway", "foot": "no"}).walk
    0
    >>> use_of({"waterway": "river"}) is None
    True
    """
    kind = tags.get("highway", "").removesuffix("_link")
    road = "unclassified" if kind == "road" else kind
    if road not in ROADS:
        return None
    walk = _walk_ways(tags) if _may_walk(tags, road) else 0
    drive = _drive_ways(tags, road) if _may_drive(tags, road) else 0
    limit = stated_limit(tags.get("maxspeed", ""))
    return Use(road, limit, walk, drive, name_of(tags), lighting(tags.get("lit", ""))) if walk or drive else None


def name_of(tags: Mapping[str, str]) -> str:
    """Give a street's name, else its number.

    Examples
    --------
    >>> name_of({"name": "Elm  Road", "ref": "B4237"}), name_of({"ref": "A48"}), name_of({})
    ('Elm Road', 'A48', '')
    """
    names = (" ".join(tags.get(key, "").split()) for key in ("name", "ref"))
    return next((name[:_LONGEST_NAME] for name in names if name), "")


def lighting(text: str) -> str:
    """Tell whether a street is lit all night, by its tag `lit`.

    Examples
    --------
    >>> [lighting(text) for text in ("yes", "sunset-sunrise", "no", "Mo-Su 05:00-00:30", "")]
    ['lit', 'lit', 'unlit', 'not known', 'not known']
    """
    plain = text.strip().casefold()
    if plain in _LIT:
        return LIT
    return UNLIT if plain in _UNLIT else LIT_NOT_KNOWN


def shuts(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Tell whether a point on a street, such as a gate or a bollard, stops people on foot, and cars.

    Examples
    --------
    >>> shuts({"barrier": "bollard"}), shuts({"barrier": "gate"}), shuts({"barrier": "gate", "access": "private"})
    ((False, True), (False, False), (True, True))
    """
    barrier = tags.get("barrier", "")
    if not barrier:
        return False, False  # an entrance or a bus stop may have an access of its own; it shuts no street
    general = tags.get("access", "") if barrier not in _FOR_VEHICLES else ""  # a bollard's "no" means vehicles
    foot = tags.get("foot") or general
    car = next((tags[key] for key in _CAR_KEYS if key in tags), "no" if barrier in _STOPS_CARS else "yes")
    return foot in _SHUT, car in _SHUT


def stated_limit(text: str) -> float:
    """Read a speed limit in kilometres an hour; 0 where none is stated in a form that is known.

    Examples
    --------
    >>> round(stated_limit("30 mph"), 1), stated_limit("50"), round(stated_limit("GB:nsl_single"), 1)
    (48.3, 50.0, 96.6)
    >>> stated_limit("signals")
    0.0
    """
    plain = text.strip().casefold()
    found = _LIMIT.match(plain)
    if found is None:
        return _NAMED_LIMITS.get(plain, 0.0)
    speed = float(found[1]) * (_MILES if found[2] == "mph" else 1)
    return speed if 0 < speed <= _FASTEST else 0.0


def _may_walk(tags: Mapping[str, str], road: str) -> bool:
    own = tags.get("foot")
    if own is not None:
        return own not in _SHUT and own != "use_sidepath"
    if road == "motorway" or tags.get("motorroad") == "yes":
        return False
    return tags.get("access", "yes") not in _SHUT


def _may_drive(tags: Mapping[str, str], road: str) -> bool:
    if road not in DRIVEN or tags.get("area") == "yes" or tags.get("service") == "emergency_access":
        return False
    if tags.get("oneway", "") in _NEITHER:
        return False
    unsaid = "no" if road == "track" else "yes"
    return next((tags[key] for key in _CAR_KEYS if key in tags), unsaid) not in _SHUT


def _walk_ways(tags: Mapping[str, str]) -> int:
    """One-way signs are for vehicles; only a tag that names people on foot, or an escalator, binds them."""
    said = tags.get("oneway:foot", "")
    moving = tags.get("conveying", "")
    if said in _FORWARD or moving == "forward" or tags.get("foot:backward") == "no":
        return ALONG
    if said in _BACKWARD or moving == "backward" or tags.get("foot:forward") == "no":
        return AGAINST
    return BOTH


def _drive_ways(tags: Mapping[str, str], road: str) -> int:
    keys = ("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway")
    said = next((tags[key] for key in keys if key in tags), "")
    if said in _FORWARD:
        return ALONG
    if said in _BACKWARD:
        return AGAINST
    implied = tags.get("junction") in {"roundabout", "circular"} or road == "motorway"
    return ALONG if implied and said != "no" else BOTH
