"""The tables of a planned walk on a screen: what each place is worth, term by term, and where it stands."""

import pandas as pd

from geo.review.walks.wish import Planned
from geo.walkabouts.squares import told_square
from layers.walks.walk_words import PURPOSES


def worth_table(found: Planned) -> pd.DataFrame:
    """Lay out every place that was thought of; the terms stand beside each other and are not added up."""
    rows = found.weighed
    return pd.DataFrame(
        {
            "Square": [told_square(one.candidate.square) for one in rows],
            "Street": [one.candidate.street for one in rows],
            "Expected finds": [round(one.candidate.find, 2) for one in rows],
            "Open reports": [round(one.candidate.report, 2) for one in rows],
            "Intelligence": [round(one.candidate.intelligence, 2) for one in rows],
            "Drawn at random": ["yes" if one.candidate.exploration else "" for one in rows],
            "Why": [PURPOSES[one.candidate.purpose] for one in rows],
            "Must": ["yes" if one.candidate.must else "" for one in rows],
            "Stop": [str(one.stop) if one.stop else "" for one in rows],
            "Why no stop": [one.why for one in rows],
        }
    )
