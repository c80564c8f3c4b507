"""The rules by which counts are suppressed and rounded, one for each audience."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.errors import BadInputError
from geo.scenario import DisclosureOptions

Audience = Literal["team", "partner", "agreement", "public"]
AUDIENCES: Final = get_args(Audience)
HOUSE_DEFAULT: Final = DisclosureOptions()


@dataclass(frozen=True)
class Rule:
    """What is done to a table before anybody sees it.

    Attributes
    ----------
    threshold
        Counts from 1 to this are suppressed; 0 suppresses none.
    round_to
        Other counts and totals are rounded to the nearest multiple of this, halves up.
    zero_homes
        A nought is shown only in an area with at least this many homes.
    homes_floor
        An area with fewer homes shows no count.
    hexagon_share
        Hexagons must keep at least this share of the count.
    """

    threshold: int
    round_to: int
    zero_homes: int
    homes_floor: int
    hexagon_share: float

    def rounded(self, count: int) -> int:
        """Round a count that is shown.

        Examples
        --------
        >>> rule_for("public", HOUSE_DEFAULT).rounded(12), rule_for("public", HOUSE_DEFAULT).rounded(13)
        (10, 15)
        """
        return (count + self.round_to // 2) // self.round_to * self.round_to

    def interval(self, value: int) -> tuple[int, int]:
        """Tell the smallest and the largest count that a shown number can stand for.

        Examples
        --------
        >>> public = rule_for("public", HOUSE_DEFAULT)
        >>> public.interval(10), public.interval(15), public.interval(0)
        ((8, 12), (13, 17), (0, 0))
        """
        if value == 0:
            return 0, 0
        low = value - self.round_to // 2
        return max(low, self.threshold + 1), low + self.round_to - 1


EXACT: Final = Rule(threshold=0, round_to=1, zero_homes=0, homes_floor=0, hexagon_share=0)


def rule_for(audience: Audience, options: DisclosureOptions) -> Rule:
    """Choose the rule of an audience.

    Parameters
    ----------
    audience
        "team" and "agreement" see exact counts; "partner" and "public" by the council's options.
    options
        Of the scenario.

    Raises
    ------
    BadInputError
        There is no such audience, or the rule for the public would be looser than the house default.
    """
    if audience not in AUDIENCES:
        message = f"There is no such audience; choose one of: {', '.join(AUDIENCES)}."
        raise BadInputError(message)
    if audience in ("team", "agreement"):
        return EXACT
    if audience == "public":
        _refuse_looser(options)
    return Rule(options.threshold, options.round_to, options.zero_homes, options.homes_floor, options.hexagon_share)


def _refuse_looser(options: DisclosureOptions) -> None:
    """Hold the public's rule to the house default, naming every option that is set looser."""
    for name in ("threshold", "round_to", "zero_homes", "homes_floor", "hexagon_share"):
        found, least = getattr(options, name), getattr(HOUSE_DEFAULT, name)
        if found < least:
            message = (
                f"Option 'disclosure.{name}' is {found:g}, which is looser than the house rule of {least:g}; "
                f"for the public set it to {least:g} or more."
            )
            raise BadInputError(message)
