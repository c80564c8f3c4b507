"""Hold a new table against every earlier release and against what others have published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.disclosure.audit import Range, range_of
from geo.disclosure.circles import Known, find_circles
from geo.disclosure.external import ExternalTable
from geo.disclosure.protect import Circle, protect
from geo.disclosure.published import Published
from geo.disclosure.topics import LEVEL_WORDS
from geo.errors import BadInputError

_ONE_NUMBER: Final = "district"


@dataclass(frozen=True)
class DifferencingReport:
    """What the check found.

    Attributes
    ----------
    passes
        Whether the table may be given out as it is.
    refusal
        Why it may not, and cannot be mended, in one sentence; empty where it passes or can be mended.
    exposed
        The hidden counts, of the new table or of earlier ones, that could be worked out more tightly than the rule.
    mended
        The table with the least further loss under which nothing is exposed; the table itself where it passes; None
        where it cannot be mended.
    hidden_besides
        Codes of the areas that the mended table hides besides.
    least
        Whether that loss is proved to be the least.
    """

    passes: bool
    refusal: str = ""
    exposed: tuple[Range, ...] = ()
    mended: Published | None = None
    hidden_besides: tuple[str, ...] = ()
    least: bool = True

    @property
    def sentences(self) -> tuple[str, ...]:
        """Tell the result to an officer."""
        if self.passes:
            return ("No hidden count can be worked out from all that has been published.",)
        told = tuple(_in_words(found) for found in self.exposed)
        if self.refusal:
            return (*told, self.refusal)
        many = len(self.hidden_besides)
        what = "1 more count" if many == 1 else f"{many} more counts"
        return (*told, f"Hiding {what} of the new table mends it.")


def check_release(
    new: Published,
    earlier: Sequence[Published],
    external: Sequence[ExternalTable],
    *,
    atoms: pd.DataFrame,
    seconds: float = 20,
) -> DifferencingReport:
    """Say whether a new table, together with all that is known, gives any hidden count away; and mend it.

    Parameters
    ----------
    new
        As `suppress` makes it.
    earlier
        Every table ever given to anybody; those of the team are passed over.
    external
        What others have published of the same clients.
    atoms
        ATOMS table of the district; may be empty where every table counts by the same areas.
    seconds
        The solver's limit for one question; what it does not prove safe by then counts as unsafe.
    """
    given_out = tuple(table for table in earlier if table.audience != "team")
    if new.audience == "team":
        return DifferencingReport(passes=True, mended=new)
    if refusal := _second_geography(new, given_out):
        return DifferencingReport(passes=False, refusal=refusal)
    try:
        circles = find_circles(new, Known(given_out, tuple(external), atoms, seconds))
    except BadInputError as error:
        return DifferencingReport(passes=False, refusal=str(error))
    if new.audience == "agreement":  # its readers may see exact counts: nothing of it is hidden from them
        return DifferencingReport(passes=True, mended=new)
    return _judge(new, circles, seconds)


def _judge(new: Published, circles: tuple[Circle, ...], seconds: float) -> DifferencingReport:
    found = tuple(
        range_of(circle.system, row, values, seconds=seconds)
        for circle in circles
        for row, values in circle.exposed.items()
    )
    if not found:
        return DifferencingReport(passes=True, mended=new)
    protected = protect(new, circles, seconds=seconds)
    if protected is None:
        refusal = (
            f"This table {new.topic.in_words} cannot be given out: whatever else is hidden, a suppressed count could "
            "be worked out. Choose larger areas or more years."
        )
        return DifferencingReport(passes=False, refusal=refusal, exposed=found)
    return DifferencingReport(
        passes=False,
        exposed=found,
        mended=protected.table,
        hidden_besides=protected.hidden_besides,
        least=protected.least,
    )


def _second_geography(new: Published, given_out: tuple[Published, ...]) -> str:
    """Refuse a second geography for the same months and clients; a single number for the district is none."""
    for table in given_out:
        geographies = {new.topic.geography, table.topic.geography}
        one_number = any(geography.level == _ONE_NUMBER for geography in geographies)
        if len(geographies) > 1 and not one_number and new.topic.same_people(table.topic):
            level = LEVEL_WORDS[table.topic.geography.level]
            return (
                f"These clients of {new.topic.period.name} have been published by {level}; the same counts by other "
                f"areas would give small ones away. Publish by {level} again, or other years."
            )
    return ""


def _in_words(found: Range) -> str:
    if found.low is not None and found.low == found.high:
        return f"{found.title}: hidden, but it could be worked out exactly."
    if found.low is None or found.high is None:
        return f"{found.title}: hidden, but some small counts could be ruled out."
    return f"{found.title}: hidden, but it could be narrowed to between {found.low} and {found.high}."
