"""Lay a programme out as tables: each hub with its reasons, each quarter with its reach, each area with its hubs."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.hubs.programme.candidates import Setting
from geo.hubs.programme.hours import note_for
from geo.hubs.programme.partners import who_can_come
from geo.hubs.programme.result import Programme
from geo.hubs.programme.rules import Visit
from geo.hubs.programme.words import notes_on, rules_in_words
from geo.schema import PROGRAMME, PROGRAMME_AREAS, PROGRAMME_QUARTERS

FloatArray = npt.NDArray[np.float64]

_COPIED: Final = ("site_id", "name", "category", "postcode", "town", "easting", "northing")
_LIMITS: Final = (0.025, 0.975)
_DECIMALS: Final = 2


def lay_out(
    setting: Setting, visits: Sequence[Visit], *, bound: float, by_hand: bool = False, notes: Sequence[str] = ()
) -> Programme:
    """Lay a programme out.

    Parameters
    ----------
    setting
        What it was planned from.
    visits
        Its hubs, in any order; at least one.
    bound
        No programme under the rules reaches more clients.
    by_hand
        Whether a hub was moved by hand.
    notes
        What the planning found out.
    """
    ordered = sorted(visits, key=lambda visit: visit.slot)
    hubs = _hubs(setting, ordered)
    return Programme(
        year=setting.days.year,
        hubs=PROGRAMME.validate(hubs),
        quarters=PROGRAMME_QUARTERS.validate(_quarters(setting, ordered, hubs)),
        areas=PROGRAMME_AREAS.validate(_areas(setting, ordered)),
        bound=bound,
        by_hand=by_hand,
        rules=rules_in_words(setting),
        notes=(*notes, *notes_on(setting)),
        visits=tuple(ordered),
        setting=setting,
    )


def _hubs(setting: Setting, visits: list[Visit]) -> pd.DataFrame:
    need = setting.inputs.need
    so_far = [float(need.reached_by([visit.site for visit in visits[:stop]])) for stop in range(1, len(visits) + 1)]
    rows = []
    for number, (visit, reached) in enumerate(zip(visits, so_far, strict=True), start=1):
        row = _hub(setting, visit)
        before = so_far[number - 2] if number > 1 else 0.0
        rows.append({"number": number, **row, "new_reach": reached - before, "so_far": reached})
    table = pd.DataFrame(rows)
    table[["reach", "new_reach", "so_far"]] = table[["reach", "new_reach", "so_far"]].round(_DECIMALS).abs()
    return table[list(PROGRAMME.columns)]


def _hub(setting: Setting, visit: Visit) -> dict[str, Any]:
    inputs, slot = setting.inputs, visit.slot
    host, hours = inputs.hosts.table.iloc[visit.site], inputs.hosts.hours[visit.site]
    able, unable = who_can_come(inputs.partners, slot)
    answer = hours.on(slot.begin, slot.end)
    return {
        "quarter": slot.quarter,
        "months": setting.days.name(slot.quarter),
        "day": slot.day.isoformat(),
        "weekday": f"{slot.day:%A}",
        "begin": f"{slot.begin:%H:%M}",
        "end": f"{slot.end:%H:%M}",
        **{name: host[name] for name in _COPIED},
        "areas": ", ".join(inputs.areas.of_site(visit.site)),
        "agencies": ", ".join(able),
        "agency_count": len(able),
        "unavailable": ", ".join(unable),
        "hours": answer,
        "ask": note_for(hours, answer),
        "host_note": host["notes"],
        "within_reach": round(float(inputs.need.counts @ inputs.need.within[:, visit.site])),
        "reach": float(inputs.need.reached_by([visit.site])),
    }


def _quarters(setting: Setting, visits: list[Visit], hubs: pd.DataFrame) -> pd.DataFrame:
    need, options = setting.inputs.need, setting.options
    shape = (options.draws, len(need.counts))
    drawn = np.random.default_rng(options.seed).standard_gamma(need.shape, size=shape) * need.scale
    rows, before = [], 0.0
    for quarter in sorted({*setting.days.quarters, *(visit.slot.quarter for visit in visits)} - {0}):
        sites = [visit.site for visit in visits if visit.slot.quarter <= quarter]
        reached = float(need.reached_by(sites))
        low, high = np.quantile(need.reached_by(sites, drawn), _LIMITS)
        rows.append(
            {
                "quarter": quarter,
                "months": setting.days.name(quarter),
                "hubs": int((hubs["quarter"] == quarter).sum()),
                "new_reach": round(max(reached - before, 0.0), _DECIMALS),
                "so_far": round(reached, _DECIMALS),
                "low": round(float(low), 1),
                "high": round(float(high), 1),
                "share": reached / need.total,
            }
        )
        before = reached
    return pd.DataFrame(rows)


def _areas(setting: Setting, visits: list[Visit]) -> pd.DataFrame:
    areas, usable = setting.inputs.areas, setting.usable.any(axis=1)
    hubs = [[number for number, visit in enumerate(visits, start=1) if serves[visit.site]] for serves in areas.serves]
    return pd.DataFrame(
        {
            "area": pd.Series(areas.names, dtype="str"),
            "visited": pd.Series([bool(numbers) for numbers in hubs], dtype=bool),
            "hubs": pd.Series([", ".join(map(str, numbers)) for numbers in hubs], dtype="str"),
            "sites": pd.Series([int((serves & usable).sum()) for serves in areas.serves], dtype="int64"),
        }
    )
