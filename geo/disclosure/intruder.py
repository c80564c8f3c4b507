"""What a motivated intruder knows, put as statements that a solver can reason with.

The intruder
    knows the rule and the method; the homes of every area; which areas overlap, from the public postcode directory;
    every table ever given to anybody outside the team; and what others have published of the same clients.

What each table tells
    Let x be the number of clients of one atom, one stretch of months and one kind of client: whole, and not negative.
    Every figure is a sum of such x, and tells that the sum lies in an interval:

    ==============================  =================================================================
    a number v above 0              all that rounds to v, and more than the threshold
    0                               0
    "c", few                        1 to the threshold; from 0 where a nought would not be shown either
    "c", complementary              more than the threshold, without an upper end
    "c", few homes                  anything
    an external number              all that rounds to it by its publisher's rounding; else the number
    ==============================  =================================================================

What must stay possible
    Every "c" must still be able to be each whole number from 1 to the threshold. Of every *other* "c" the intruder is
    given for free why it was hidden, which nobody can see on paper but somebody may work out or know from a case; of
    the one in question he is not. So whatever he finds out about the others, this one may still be small.

    A table under a sharing agreement is exact. Its holder may know what it says, so with such tables a second question
    is asked: the holder must not learn more about any hidden count than he already knew.

What is not in it
    Homes are no upper limit of a count, for a home may see several households in a year.

    What the *choice* of complementary counts tells by itself is not in the intervals. Where none are hidden it tells
    nothing: the same check of the same published numbers passes whatever the hidden ones are. So the gate refuses a
    table that would need some (`hide_others = "never"`), and somebody who runs this very method on every table there
    could be learns nothing more (`tests/geo/disclosure/test_rerun.py`). In 240 tables and 100 releases of two real
    districts none needed any (`tests/benchmarks/mended.py`), so this costs them nothing. A council that chooses
    "as needed" lets such tables out: in 15 of three or four areas, 21 of 48 hidden counts could then be narrowed so
    (`tests/benchmarks/rerun.py`).

    What was given out under a sharing agreement is exact, and whether a table for others passes depends on it a little.
"""

from dataclasses import dataclass

from geo.disclosure.external import ExternalTable
from geo.disclosure.published import Figure, Published
from geo.disclosure.rules import Rule
from geo.disclosure.topics import Topic


@dataclass(frozen=True)
class Statement:
    """Tell between which numbers the clients of some areas, months and filters lie.

    Attributes
    ----------
    topic
        Whose geography, period and filters.
    codes
        The areas that are added up.
    low, high
        The smallest and the largest possible number; None is no upper end.
    free_low
        The smallest possible number to somebody who does not know why it is hidden.
    hidden
        Whether it is shown as "c".
    threshold
        A hidden number must still be able to be 1 to this.
    title
        For sentences.
    """

    topic: Topic
    codes: tuple[str, ...]
    low: int
    high: int | None
    free_low: int
    hidden: bool
    threshold: int
    title: str


def what_it_tells(table: Published) -> tuple[Statement, ...]:
    """Read a published table as an intruder does: a statement for each figure, the total last."""
    every = tuple(figure.code for figure in table.figures)
    told = [_told(table, figure, (figure.code,), figure.name or figure.code) for figure in table.figures]
    return (*told, _told(table, table.total, every, "the total"))


def what_others_tell(table: ExternalTable) -> tuple[Statement, ...]:
    """Read somebody else's table the same way."""
    return tuple(
        Statement(
            topic=table.topic,
            codes=(figure.code,),
            low=figure.interval[0],
            high=figure.interval[1],
            free_low=figure.interval[0],
            hidden=False,
            threshold=0,
            title=f"{figure.code} of {table.name}",
        )
        for figure in table.figures
    )


def _told(table: Published, figure: Figure, codes: tuple[str, ...], name: str) -> Statement:
    low, high = _between(figure, table.rule)
    return Statement(
        topic=table.topic,
        codes=codes,
        low=low,
        high=high,
        free_low=low if figure.value is not None else _least(figure),
        hidden=figure.value is None,
        threshold=table.rule.threshold,
        title=f"{name} ({table.topic.in_words})",
    )


def _between(figure: Figure, rule: Rule) -> tuple[int, int | None]:
    if figure.value is not None:
        return rule.interval(figure.value)
    if figure.why == "few":
        return _least(figure), rule.threshold
    if figure.why == "complementary":
        return rule.threshold + 1, None
    return 0, None


def _least(figure: Figure) -> int:
    return 0 if figure.may_be_nought else 1
