"""Write a planned walkabout as plain values for keeping, to the metre, as well as read it back.

Where no team goes is not kept, nor the seed by which anybody could draw it again: a known place that was left out for
no reason but that nobody may stop there is a safe place.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import shapely

from geo.walkabouts.bands import local
from geo.walkabouts.plan import Leg, PlannedStop, TeamWalk, Walkabout, WalkEnd


def content_of(walkabout: Walkabout) -> dict[str, Any]:
    """Write a walkabout as plain values; places and ways are rounded to 1 m, EPSG:27700."""
    return {
        "begins": _moment(walkabout.begins),
        "band": walkabout.band,
        "limit_minutes": walkabout.limit_minutes,
        "start": {"name": walkabout.start.name, "point": _point(walkabout.start.point)},
        "end": {"name": walkabout.end.name, "point": _point(walkabout.end.point)},
        "teams": [_team_content(team) for team in walkabout.teams],
        "along_streets": walkabout.along_streets,
        "light_known": walkabout.light_known,
        "explored_share": walkabout.explored_share,
        "explored_minutes": walkabout.explored_minutes,
        "dark": walkabout.dark,
    }


def walkabout_from(content: Mapping[str, Any]) -> Walkabout:
    """Read back what `content_of` wrote; places left out, the sentence and the seed are empty."""
    return Walkabout(
        begins=_read_moment(content["begins"]),
        band=content["band"],
        limit_minutes=content["limit_minutes"],
        start=_read_end(content["start"]),
        end=_read_end(content["end"]),
        teams=tuple(_read_team(team) for team in content["teams"]),
        left_out=(),
        along_streets=content["along_streets"],
        light_known=content["light_known"],
        explored_share=content["explored_share"],
        explored_minutes=content.get("explored_minutes", 0.0),
        dark=content.get("dark", content["band"] != "day"),
        sentence="",
        seed=0,
    )


def _team_content(team: TeamWalk) -> dict[str, Any]:
    return {
        "team": team.team,
        "total_minutes": team.total_minutes,
        "stops": [_stop_content(stop) for stop in team.stops],
        "legs": [_leg_content(leg) for leg in team.legs],
    }


def _stop_content(stop: PlannedStop) -> dict[str, Any]:
    return {
        "number": stop.number,
        "square": stop.square,
        "street": stop.street,
        "point": _point(stop.point),
        "arrive": _moment(stop.arrive),
        "stay_minutes": stop.stay_minutes,
        "purpose": stop.purpose,
        "must": stop.must,
    }


def _leg_content(leg: Leg) -> dict[str, Any]:
    return {
        "line": [_point((spot[0], spot[1])) for spot in shapely.get_coordinates(leg.line).tolist()],
        "minutes": leg.minutes,
        "streets": list(leg.streets),
        "unlit_share": leg.unlit_share,
    }


def _read_team(content: Mapping[str, Any]) -> TeamWalk:
    stops = tuple(_read_stop(stop) for stop in content["stops"])
    legs = tuple(_read_leg(leg) for leg in content["legs"])
    return TeamWalk(content["team"], stops, legs, content["total_minutes"])


def _read_stop(content: Mapping[str, Any]) -> PlannedStop:
    return PlannedStop(
        number=content["number"],
        square=content["square"],
        street=content["street"],
        point=_read_point(content["point"]),
        arrive=_read_moment(content["arrive"]),
        stay_minutes=content["stay_minutes"],
        purpose=content["purpose"],
        must=content["must"],
    )


def _read_leg(content: Mapping[str, Any]) -> Leg:
    line = shapely.LineString(content["line"])
    return Leg(line, content["minutes"], tuple(content["streets"]), content["unlit_share"])


def _read_end(content: Mapping[str, Any]) -> WalkEnd:
    return WalkEnd(content["name"], _read_point(content["point"]))


def _point(point: tuple[float, float]) -> list[int]:
    return [round(point[0]), round(point[1])]


def _read_point(point: Sequence[int]) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _moment(moment: datetime) -> str:
    return local(moment).isoformat(timespec="seconds")


def _read_moment(text: str) -> datetime:
    return local(datetime.fromisoformat(text))
