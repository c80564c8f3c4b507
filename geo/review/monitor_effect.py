"""Tell whether more or fewer clients came near a year's hubs than would have come without them."""

from math import isinf
from typing import Final

import pandas as pd

from geo.evidence.trend_sentences import tell_ratio
from geo.hubs.monitor import HubEffect, effect_of_hubs
from geo.hubs.monitor.words import tell_count
from geo.review.monitor_ground import Ground
from geo.review.monitor_part import Figure, Part
from geo.scenario import MonitorOptions

QUESTION: Final = "Clients near the hubs"
TITLE: Final = "Near each hub, and what luck explains"
_ALL: Final = "All hubs together"


def effect_part(ground: Ground, options: MonitorOptions) -> Part:
    """Judge the places near hubs.

    Raises
    ------
    MissingDataError, BadInputError
        As `effect_of_hubs`.
    """
    found = effect_of_hubs(ground.places, options=options)
    basis = (
        f"Near a hub is a place at most {ground.cutoff_minutes:g} minutes away ({ground.travel_label}); clients of "
        f"{ground.earlier.replace('..', ' to ')} are set against those of {ground.later}, clients by hubs apart."
    )
    return Part(
        question="Did more people come from near the hubs?",
        answers=(found.sentence,),
        figures=_figures(found),
        tables={TITLE: _table(found, ground)},
        notes=(basis, *ground.notes, *found.notes),
    )


def _figures(found: HubEffect) -> tuple[Figure, ...]:
    pooled = found.pooled
    return (
        Figure(QUESTION, _ALL, "times", pooled.ratio, pooled.low, pooled.high, 1.0),
        *(
            Figure(QUESTION, str(row["place"]), "times", row["ratio"], row["low"], row["high"], 1.0)
            for row in found.table.to_dict("records")
        ),
    )


def _table(found: HubEffect, ground: Ground) -> pd.DataFrame:
    rows = found.table
    clients = f"Clients of {ground.earlier.replace('..', ' to ')}, then of {ground.later}"
    return pd.DataFrame(
        {
            "Near": rows["place"],
            clients: [
                f"{before:,}, then {after:,}" for before, after in zip(rows["before"], rows["after"], strict=True)
            ],
            "Expected without a hub": [
                f"{tell_count(expected)} (by luck {low:,} to {high:,})"
                for expected, low, high in zip(rows["expected"], rows["usual_low"], rows["usual_high"], strict=True)
            ],
            "Times as many": [
                f"{tell_ratio(ratio)} ({_ends(low, high)}): {verdict}"
                for ratio, low, high, verdict in zip(
                    rows["ratio"], rows["low"], rows["high"], rows["verdict"], strict=True
                )
            ],
        }
    )


def _ends(low: float, high: float) -> str:
    return f"{tell_ratio(low)} or more" if isinf(high) else f"{tell_ratio(low)} to {tell_ratio(high)}"
