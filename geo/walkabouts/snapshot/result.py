"""The result of a night's count: numbers by patch, what was taken out, the figure, and who verified it.

Numbers only: no name, no looks, no place.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.walkabouts.snapshot.values import SnapshotPlan

SHELTER_NOTE: Final = (
    "An emergency shelter was open for extreme weather: that is no typical night. Say so in the return, or count again "
    "on another night that the guidance allows."
)
WHOLE: Final = 1
"""The one patch of a night that was planned elsewhere: the whole district."""
_MOST: Final = 10_000
_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class PatchResult:
    """What a team brought back.

    Attributes
    ----------
    patch
        Its number.
    bedded_down, about_to
        People counted: bedded down, and about to bed down.
    not_accessible
        Places of the patch that could not be looked at: not nobody, but not known.
    """

    patch: int
    bedded_down: int
    about_to: int
    not_accessible: int = 0


@dataclass(frozen=True)
class SnapshotResult:
    """The result of a night.

    Attributes
    ----------
    night
        As in the plan.
    patches
        One for each patch of the plan.
    estimated
        People at places that nobody counted, by evidence; 0 for a count.
    twice
        People counted by two teams, taken out once.
    not_fitting
        People who do not fit the definition, taken out.
    shelter_open
        Whether an emergency shelter was open for extreme weather.
    verified_by
        The independent organisation.
    verified_on
        The day it did.
    total
        The figure: counted and estimated, without those taken out.
    """

    night: date
    patches: tuple[PatchResult, ...]
    estimated: int
    twice: int
    not_fitting: int
    shelter_open: bool
    verified_by: str
    verified_on: date
    total: int

    @property
    def counted(self) -> int:
        """Count the people that the teams wrote down."""
        return sum(one.bedded_down + one.about_to for one in self.patches)

    @property
    def not_accessible(self) -> int:
        """Count the places that could not be looked at."""
        return sum(one.not_accessible for one in self.patches)

    @property
    def comes_to(self) -> int:
        """Give what the total must be."""
        return self.counted + self.estimated - self.twice - self.not_fitting


def require_result(result: SnapshotResult, plan: SnapshotPlan | None, *, today: date) -> None:
    """Refuse a result that does not add up or cannot be yet.

    Parameters
    ----------
    plan
        Of the night; None where it was planned elsewhere, and the result has one row of numbers for the whole district.

    Raises
    ------
    BadInputError
        The night is not over, a patch is missing or named twice, a number is impossible, the total is not what the
        numbers come to, or it was verified before the night or after today.
    """
    if today <= result.night:
        message = f"The night is not over yet; enter its result from the next day on. {_NOTHING}"
        raise BadInputError(message)
    _require_patches(result, plan)
    _require_numbers(result, plan)
    if result.total != result.comes_to:
        message = (
            f"The numbers come to {result.comes_to} and not {result.total}: {result.counted} counted, "
            f"{result.estimated} estimated, less {result.twice} counted twice and {result.not_fitting} who do not fit "
            f"the definition. Put the numbers right. {_NOTHING}"
        )
        raise BadInputError(message)
    if not result.night < result.verified_on <= today:
        message = f"The figure is verified after the night and by today; give the day on which it was. {_NOTHING}"
        raise BadInputError(message)


def _require_patches(result: SnapshotResult, plan: SnapshotPlan | None) -> None:
    expected = {patch.number for patch in plan.patches} if plan else {WHOLE}
    said = Counter(one.patch for one in result.patches)
    missing, strange = sorted(expected - set(said)), sorted(set(said) - expected)
    twice = sorted(number for number, times in said.items() if times > 1)
    if missing or strange or twice:
        parts = [("missing", missing), ("no patch of the plan", strange), ("given twice", twice)]
        told = "; ".join(f"{words}: {', '.join(map(str, numbers))}" for words, numbers in parts if numbers)
        message = f"Give the numbers of each patch once ({told}). {_NOTHING}"
        raise BadInputError(message)


def _require_numbers(result: SnapshotResult, plan: SnapshotPlan | None) -> None:
    numbers = [result.estimated, result.twice, result.not_fitting, result.total]
    numbers += [number for one in result.patches for number in (one.bedded_down, one.about_to, one.not_accessible)]
    if any(not 0 <= number <= _MOST for number in numbers):
        message = f"A number is below nought or above {_MOST:,}; put it right. {_NOTHING}"
        raise BadInputError(message)
    if plan is not None:
        _require_planned(result, plan)


def _require_planned(result: SnapshotResult, plan: SnapshotPlan) -> None:
    """Refuse numbers that the plan does not allow."""
    stops = {patch.number: len(patch.stops) for patch in plan.patches}
    many = [one for one in result.patches if one.not_accessible > stops[one.patch]]
    if many:
        message = (
            f"Patch {many[0].patch} has {stops[many[0].patch]} places, and {many[0].not_accessible} are said not to "
            f"have been accessible. {_NOTHING}"
        )
        raise BadInputError(message)
    if plan.method == "count" and result.estimated:
        message = f"The plan is a count, so nobody is estimated; {result.estimated} were given. {_NOTHING}"
        raise BadInputError(message)
