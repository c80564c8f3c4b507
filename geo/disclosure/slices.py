"""Cut time and clients into the smallest pieces that all tables together distinguish."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo.disclosure.topics import Filters, Period


def cut_time(periods: Sequence[Period]) -> npt.NDArray[np.bool_]:
    """Say which stretches of months make up which period.

    Returns
    -------
    numpy.ndarray
        Boolean, one row a period, one column a stretch between two months in which any period begins or has ended.

    Examples
    --------
    >>> year, quarter = Period("2024-25", "2024-04", "2025-03"), Period("Q1", "2024-04", "2024-06")
    >>> cut_time([year, quarter]).astype(int).tolist()
    [[1, 1], [1, 0]]
    """
    first, last = np.array([period.months for period in periods]).reshape(-1, 2).T
    edges = np.unique(np.concatenate([first, last + 1]))
    begins, ends = edges[:-1], edges[1:]
    return np.asarray((begins >= first[:, None]) & (ends <= last[:, None] + 1))


def cut_clients(filters: Sequence[Filters]) -> npt.NDArray[np.bool_]:
    """Say which kinds of clients each filter lets through.

    Returns
    -------
    numpy.ndarray
        Boolean, one row a filter, one column a kind: all clients whom the filters do not tell apart are one kind.

    Examples
    --------
    >>> cut_clients([(), (("route", "self"),)]).astype(int).tolist()  # by other routes; by themselves
    [[1, 1], [0, 1]]
    """
    fields = sorted({field for conditions in filters for field, _ in conditions})
    kinds = {(True,) * len(filters)}
    for field in fields:
        kinds = {
            tuple(
                through and _fits(conditions, field, value) for through, conditions in zip(kind, filters, strict=True)
            )
            for kind in kinds
            for value in _values(filters, field)
        }
    return np.array(sorted(kinds), dtype=bool).T


def _values(filters: Sequence[Filters], field: str) -> list[str | None]:
    """List the values of a field that any filter names, and None for all others."""
    return [None, *sorted({value for conditions in filters for name, value in conditions if name == field})]


def _fits(conditions: Filters, field: str, value: str | None) -> bool:
    return all(wanted == value for name, wanted in conditions if name == field)
