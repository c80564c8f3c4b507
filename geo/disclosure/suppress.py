"""Hide and round the figures of one table by the rule alone: the first step before anything is given out."""

import pandas as pd

from geo.disclosure.published import Figure, Published, Why
from geo.disclosure.rules import EXACT, Audience, Rule
from geo.disclosure.topics import Topic


def suppress(counted: pd.DataFrame, topic: Topic, *, audience: Audience, rule: Rule) -> Published:
    """Hide counts from 1 to the threshold, noughts and counts of areas with few homes; round all others.

    Parameters
    ----------
    counted
        COUNTED table of every area, those without a client too.
    topic
        What it counts.
    audience, rule
        Whom it is for, and by which rule.

    Returns
    -------
    Published
        The table, with a total of all its areas, sorted by code. Not yet to be given out: hidden counts may still be
        worked out from the others (`protect`).

    Examples
    --------
    >>> from geo.disclosure.rules import HOUSE_DEFAULT, rule_for
    >>> from geo.disclosure.topics import Geography, Period
    >>> rows = {"code": ["A", "B", "C"], "name": ["", "", ""], "count": [3, 12, 0], "homes": [900.0, 900.0, 900.0]}
    >>> topic = Topic(Geography("ward"), Period("2024-25", "2024-04", "2025-03"))
    >>> rule = rule_for("public", HOUSE_DEFAULT)
    >>> shown = suppress(pd.DataFrame(rows), topic, audience="public", rule=rule)
    >>> [figure.text for figure in shown.figures], shown.total.text
    (['c', '10', '0'], '15')
    """
    ordered = counted.sort_values("code")
    figures = [
        _figure(code, name, count, homes, rule)
        for code, name, count, homes in zip(
            ordered["code"], ordered["name"], ordered["count"].tolist(), ordered["homes"].tolist(), strict=True
        )
    ]
    total = _figure("", "", int(ordered["count"].sum()), float(ordered["homes"].sum()), rule)
    return Published(topic, audience, rule, tuple(figures), total)


def _figure(code: str, name: str, count: int, homes: float, rule: Rule) -> Figure:
    why = _why(count, homes, rule)
    value = rule.rounded(count) if why == "shown" else None
    return Figure(code, name, value, may_be_nought=homes < max(rule.zero_homes, rule.homes_floor), why=why)


def _why(count: int, homes: float, rule: Rule) -> Why:
    if rule == EXACT:
        return "shown"
    if homes < rule.homes_floor:
        return "few_homes"
    if 1 <= count <= rule.threshold or (count == 0 and homes < rule.zero_homes):
        return "few"
    return "shown"
