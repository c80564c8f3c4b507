"""Lay a rota out as tables, and as plain values that can be kept and read back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import pandas as pd
import pandera.pandas as pa

from geo.schema.walk_rota import WALK_COVERAGE, WALK_ROTA
from geo.walkabouts.bands import BANDS, local
from geo.walkabouts.rota.result import Covered, Rota, RotaWalk
from geo.walkabouts.rota.step_up import StepUp

_LISTS = ("agencies", "powers", "unmet", "notes")


def rota_table(rota: Rota) -> pd.DataFrame:
    """Give the walks as a WALK_ROTA table."""
    rows = [
        {
            **asdict(walk),
            "day": walk.day.isoformat(),
            "begins": f"{walk.begins:%H:%M}",
            "ends": f"{walk.ends:%H:%M}",
            "agencies": ", ".join(walk.agencies),
            "powers": ", ".join(walk.powers),
            "unmet": "; ".join(walk.unmet),
            "notes": "; ".join(walk.notes),
        }
        for walk in rota.walks
    ]
    return _typed(pd.DataFrame(rows, columns=list(WALK_ROTA.columns)), WALK_ROTA)


def coverage_table(rota: Rota) -> pd.DataFrame:
    """Give the bands and days of the week as a WALK_COVERAGE table."""
    return _typed(pd.DataFrame([asdict(one) for one in rota.coverage]), WALK_COVERAGE)


def coverage_grid(rota: Rota) -> pd.DataFrame:
    """Lay bands against days of the week, each with the walks of the year before and those planned; "none" where none.

    Examples
    --------
    >>> covered = (Covered("day", "Mon", 2, 1), Covered("evening", "Mon", 0, 0))
    >>> rota = Rota(date(2026, 4, 1), date(2026, 6, 30), (), covered, (), (), (), None, proved=True, seed=1)
    >>> coverage_grid(rota).to_dict("records")
    [{'Day of the week': 'Mon', 'Day': '1 before, 2 planned', 'Evening': 'none'}]
    """
    told = {(one.weekday, one.band): _told_covered(one) for one in rota.coverage}
    days = list(dict.fromkeys(one.weekday for one in rota.coverage))
    bands = [band for band in BANDS if any(one.band == band for one in rota.coverage)]
    rows = [{"Day of the week": day, **{band.capitalize(): told[day, band] for band in bands}} for day in days]
    return pd.DataFrame(rows)


def _told_covered(one: Covered) -> str:
    before = f"{one.held} before" if one.held else ""
    planned = f"{one.planned} planned" if one.planned else ""
    return ", ".join(filter(None, (before, planned))) or "none"


def content_of(rota: Rota) -> dict[str, Any]:
    """Give a rota as plain values that JSON can hold."""
    content = asdict(rota)
    walks = [
        {
            **walk,
            "day": walk["day"].isoformat(),
            "begins": walk["begins"].isoformat(),
            "ends": walk["ends"].isoformat(),
            **{name: list(walk[name]) for name in _LISTS},
        }
        for walk in content["walks"]
    ]
    step = content["step_up"]
    return {
        **content,
        "first": rota.first.isoformat(),
        "last": rota.last.isoformat(),
        "walks": walks,
        "coverage": list(content["coverage"]),
        "step_up": step and {**step, "since": step["since"].isoformat(), "by": step["by"].isoformat()},
        **{name: list(content[name]) for name in ("asked", "unmet", "notes")},
    }


def rota_from(content: Mapping[str, Any]) -> Rota:
    """Read a rota back from plain values."""
    step = content["step_up"]
    asked, unmet, notes = (tuple(content[name]) for name in ("asked", "unmet", "notes"))
    return Rota(
        first=date.fromisoformat(content["first"]),
        last=date.fromisoformat(content["last"]),
        asked=asked,
        unmet=unmet,
        notes=notes,
        walks=tuple(map(_walk, content["walks"])),
        coverage=tuple(Covered(**one) for one in content["coverage"]),
        step_up=step and StepUp(**{**step, **{name: date.fromisoformat(step[name]) for name in ("since", "by")}}),
        proved=content["proved"],
        seed=content["seed"],
    )


def _walk(content: Mapping[str, Any]) -> RotaWalk:
    moments = {name: local(datetime.fromisoformat(content[name])) for name in ("begins", "ends")}
    lists = {name: tuple(content[name]) for name in _LISTS}
    return RotaWalk(**{**content, **moments, **lists, "day": date.fromisoformat(content["day"])})


def _typed(table: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    found: pd.DataFrame = schema.validate(table.astype({name: str(one.dtype) for name, one in schema.columns.items()}))
    return found
