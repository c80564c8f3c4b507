"""What an amount is worth, from 0 to 1: the value functions of the criteria."""

import numpy as np
import numpy.typing as npt

from geo.scenario import ValueFunction

FloatArray = npt.NDArray[np.float64]

_STRAIGHT = 0.5


def worth(amounts: FloatArray, rule: ValueFunction) -> FloatArray:
    """Turn amounts into values.

    Parameters
    ----------
    amounts
        (..., m) of m sites, 0 or more; where no best amount is stated each row is measured by its own largest.
    rule
        Worst and best amount, and what lies midway between them.

    Returns
    -------
    numpy.ndarray
        0 to 1, of the shape of `amounts`; all 0 where no site is above the worst amount.

    Notes
    -----
    With x the share of the way from worst to best the value is x, or (1 - exp(-a x)) / (1 - exp(-a)) with
    a = 2 ln(h / (1 - h)), which is worth h midway: the exponential value function of Kirkwood, C. W. (1997), Strategic
    Decision Making, chapter 4.

    Examples
    --------
    >>> clients = np.array([0.0, 10, 20])
    >>> worth(clients, ValueFunction()).tolist(), worth(clients, ValueFunction(half_worth=0.8)).round(2).tolist()
    ([0.0, 0.5, 1.0], [0.0, 0.8, 1.0])
    """
    best = np.full((*amounts.shape[:-1], 1), rule.best) if rule.best else amounts.max(axis=-1, keepdims=True)
    span = best - rule.worst
    share = np.clip((amounts - rule.worst) / np.where(span > 0, span, np.inf), 0, 1)
    if rule.half_worth == _STRAIGHT:
        return share
    bend = 2 * np.log(rule.half_worth / (1 - rule.half_worth))
    return np.asarray(np.expm1(-bend * share) / np.expm1(-bend), dtype=np.float64)
