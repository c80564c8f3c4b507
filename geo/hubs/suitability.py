"""How fit a building is for a drop-in, as far as it is recorded."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]

UNKNOWN: Final = 0.5  # neither for nor against
# A drop-in of two officers and those who wait; a room for this many is room enough.
ENOUGH_PEOPLE: Final = 10


def suitability(sites: pd.DataFrame) -> FloatArray:
    """Average what is known: step-free entrance, private room, opening hours, capacity.

    Parameters
    ----------
    sites
        SITES table.

    Returns
    -------
    numpy.ndarray
        (n,) 0 to 1; what is not recorded counts as a half.
    """
    features = [
        _yes_or_no(sites["step_free"]),
        _yes_or_no(sites["private_room"]),
        np.where(sites["opening_hours"].str.strip() != "", 1.0, UNKNOWN),
        _room_enough(sites["capacity"]),
    ]
    return np.asarray(np.mean(features, axis=0), dtype=np.float64)


def _yes_or_no(answers: pd.Series) -> FloatArray:
    return _known_or_half(answers.astype("Float64"))


def _room_enough(capacity: pd.Series) -> FloatArray:
    return _known_or_half((capacity.astype("Float64") / ENOUGH_PEOPLE).clip(0, 1))


def _known_or_half(answers: pd.Series) -> FloatArray:
    return np.asarray(answers.fillna(UNKNOWN), dtype=np.float64)
