"""Write the plan of a night's count, or its result, as plain values for keeping, as well as read it back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import shapely

from geo.walkabouts.bands import local
from geo.walkabouts.plan import LeftOut
from geo.walkabouts.planning.ground import NO_PLACE
from geo.walkabouts.snapshot.result import PatchResult, SnapshotResult
from geo.walkabouts.snapshot.values import NightWay, SnapshotPatch, SnapshotPlace, SnapshotPlan, SnapshotStop
from geo.walkabouts.squares import middle_of


def plan_content(plan: SnapshotPlan) -> dict[str, Any]:
    """Write a plan; places and ways are rounded to 1 m, EPSG:27700."""
    return {
        "night": plan.night.isoformat(),
        "begins": _moment(plan.begins),
        "method": plan.method,
        "partner": plan.partner,
        "limit_minutes": plan.limit_minutes,
        "patches": [_patch_content(patch) for patch in plan.patches],
        "estimated": [{**asdict(one), "kinds": list(one.kinds)} for one in plan.estimated],
        # Of places without one to stand at, which may be safe places, only how many there are is kept.
        "left_out": [asdict(LeftOut("", "", one.why) if one.why == NO_PLACE else one) for one in plan.left_out],
        "least_teams": plan.least_teams,
        "along_streets": plan.along_streets,
        "sentences": list(plan.sentences),
        "reason": plan.reason,
    }


def plan_from_content(content: Mapping[str, Any]) -> SnapshotPlan:
    """Read back what `plan_content` wrote."""
    return SnapshotPlan(
        night=date.fromisoformat(content["night"]),
        begins=_read_moment(content["begins"]),
        method=content["method"],
        partner=content["partner"],
        limit_minutes=content["limit_minutes"],
        patches=tuple(_read_patch(one) for one in content["patches"]),
        estimated=tuple(
            SnapshotPlace(one["square"], one["street"], tuple(one["kinds"])) for one in content["estimated"]
        ),
        left_out=tuple(LeftOut(**one) for one in content["left_out"]),
        least_teams=content["least_teams"],
        along_streets=content["along_streets"],
        sentences=tuple(content["sentences"]),
        reason=content["reason"],
    )


def result_content(result: SnapshotResult) -> dict[str, Any]:
    """Write a result."""
    said = asdict(result)
    return {**said, "night": result.night.isoformat(), "verified_on": result.verified_on.isoformat()}


def result_from_content(content: Mapping[str, Any]) -> SnapshotResult:
    """Read back what `result_content` wrote."""
    return SnapshotResult(
        night=date.fromisoformat(content["night"]),
        patches=tuple(PatchResult(**one) for one in content["patches"]),
        estimated=content["estimated"],
        twice=content["twice"],
        not_fitting=content["not_fitting"],
        shelter_open=content["shelter_open"],
        verified_by=content["verified_by"],
        verified_on=date.fromisoformat(content["verified_on"]),
        total=content["total"],
    )


def spots_of(content: Mapping[str, Any]) -> list[tuple[str, tuple[float, float]]]:
    """List square and spot, EPSG:27700, of every place that a plan's content names."""
    stops = [
        (str(stop["square"]), (float(stop["point"][0]), float(stop["point"][1])))
        for patch in content["patches"]
        for stop in patch["stops"]
    ]
    others = [str(one["square"]) for name in ("estimated", "left_out") for one in content[name]]
    return [*stops, *((square, middle_of(square)) for square in others if square)]


def _patch_content(patch: SnapshotPatch) -> dict[str, Any]:
    return {
        "number": patch.number,
        "meeting": patch.meeting,
        "begins": _moment(patch.begins),
        "ends": _moment(patch.ends),
        "minutes": patch.minutes,
        "stops": [
            {
                **asdict(stop),
                "point": [round(stop.point[0]), round(stop.point[1])],
                "kinds": list(stop.kinds),
                "arrive": _moment(stop.arrive),
            }
            for stop in patch.stops
        ],
        "ways": [
            {
                "by": way.by,
                "minutes": way.minutes,
                "line": [[round(x), round(y)] for x, y in shapely.get_coordinates(way.line).tolist()],
                "streets": list(way.streets),
                "along_streets": way.along_streets,
                "back_minutes": way.back_minutes,
                "back_to": way.back_to,
            }
            for way in patch.ways
        ],
    }


def _read_patch(content: Mapping[str, Any]) -> SnapshotPatch:
    stops = tuple(_read_stop(one) for one in content["stops"])
    ways = tuple(_read_way(one) for one in content["ways"])
    return SnapshotPatch(
        content["number"],
        content["meeting"],
        stops,
        ways,
        begins=_read_moment(content["begins"]),
        ends=_read_moment(content["ends"]),
        minutes=content["minutes"],
    )


def _read_stop(content: Mapping[str, Any]) -> SnapshotStop:
    east, north = content["point"]
    said = {**content, "point": (float(east), float(north)), "kinds": tuple(content["kinds"])}
    return SnapshotStop(**{**said, "arrive": _read_moment(content["arrive"])})


def _read_way(content: Mapping[str, Any]) -> NightWay:
    line = shapely.LineString(content["line"])
    return NightWay(
        content["by"],
        content["minutes"],
        line,
        tuple(content["streets"]),
        along_streets=content["along_streets"],
        back_minutes=content.get("back_minutes", 0.0),
        back_to=content.get("back_to", 0),
    )


def _moment(moment: datetime) -> str:
    return local(moment).isoformat(timespec="seconds")


def _read_moment(text: str) -> datetime:
    return local(datetime.fromisoformat(text))
