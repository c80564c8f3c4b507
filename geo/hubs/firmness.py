"""Put into a word how firmly a site holds its place among the first."""

from typing import Final

FIRM: Final = 0.8
FAIR: Final = 0.5
NEAR_MISS: Final = 0.2


def firmness_label(draws: int, *, top: int) -> str:
    """Say what the chance of a site is the chance of."""
    place = "is first" if top == 1 else f"is among the first {top}"
    return f"share of {draws:,} draws of the weights and of the counts in which the site {place}"


def firmness_word(share: float, rank: int, *, top: int) -> str:
    """Put the share into a word.

    Examples
    --------
    >>> firmness_word(0.9, 1, top=5), firmness_word(0.6, 4, top=5), firmness_word(0.3, 5, top=5)
    ('firm', 'fair', 'fragile')
    >>> firmness_word(0.3, 6, top=5), firmness_word(0.01, 40, top=5)
    ('near miss', 'outside')
    """
    if rank > top:
        return "near miss" if share >= NEAR_MISS else "outside"
    if share >= FIRM:
        return "firm"
    return "fair" if share >= FAIR else "fragile"
