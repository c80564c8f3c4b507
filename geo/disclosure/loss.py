"""Say before a release how much of the count each geography and period would let through, and which is best."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo.disclosure.gate import History, clear_table
from geo.disclosure.rules import Audience
from geo.disclosure.topics import Topic
from geo.errors import BadInputError
from geo.scenario import DisclosureOptions


@dataclass(frozen=True)
class Option:
    """One way in which the same clients could be published.

    Attributes
    ----------
    topic
        By which areas, and for which months.
    counted
        COUNTED table of it.
    """

    topic: Topic
    counted: pd.DataFrame


@dataclass(frozen=True)
class Loss:
    """What is left of one option. For the team's eyes: the shares are of exact counts.

    Attributes
    ----------
    topic
        Which option.
    clients
        All that it counts.
    clients_shown
        Of these, in areas whose count is shown.
    areas, areas_shown
        How many areas have a client, and how many of these show a count.
    refusal
        Why nothing of it may be published; empty where it may.
    """

    topic: Topic
    clients: int
    clients_shown: int
    areas: int
    areas_shown: int
    refusal: str

    @property
    def share(self) -> float:
        """The share of the count that is published, 0 to 1; 0 where nothing may be, or nobody is counted."""
        return self.clients_shown / self.clients if self.clients and not self.refusal else 0.0


@dataclass(frozen=True)
class Losses:
    """What is left of each option, in the order given, and the best of them; None where none may be published."""

    lines: tuple[Loss, ...]
    best: Loss | None


def expected_loss(
    choices: Sequence[Option], *, audience: Audience, options: DisclosureOptions, history: History | None = None
) -> Losses:
    """Try every option out, without publishing any.

    Parameters
    ----------
    choices
        Such as wards, hexagons of resolution 7 and merged hexagons, each for one year and for three years pooled.
    audience, options, history
        As `clear_table`.

    Returns
    -------
    Losses
        The best keeps the largest share of its count; of equals, the one that shows more areas, then the shorter
        period, then the first.
    """
    lines = tuple(_loss(choice, audience, options, history) for choice in choices)
    possible = [line for line in lines if not line.refusal and line.clients_shown]
    best = max(possible, key=lambda line: (line.share, line.areas_shown, -_months(line.topic)), default=None)
    return Losses(lines, best)


def _loss(choice: Option, audience: Audience, options: DisclosureOptions, history: History | None) -> Loss:
    exact = dict(zip(choice.counted["code"], choice.counted["count"].tolist(), strict=True))
    try:
        cleared = clear_table(choice.counted, choice.topic, audience=audience, options=options, history=history)
    except BadInputError as error:
        return _line(choice.topic, exact, frozenset(), str(error))
    shown = frozenset(figure.code for figure in cleared.figures if figure.value)
    return _line(choice.topic, exact, shown, "")


def _line(topic: Topic, exact: dict[str, int], shown: frozenset[str], refusal: str) -> Loss:
    return Loss(
        topic=topic,
        clients=sum(exact.values()),
        clients_shown=sum(count for code, count in exact.items() if code in shown),
        areas=sum(count > 0 for count in exact.values()),
        areas_shown=len(shown),
        refusal=refusal,
    )


def _months(topic: Topic) -> int:
    first, last = topic.period.months
    return last - first + 1
