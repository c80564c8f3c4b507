"""Round rates of finds to what they can bear: two figures, and a tenth at the ends of a range."""


def two_figures(value: float) -> float:
    """Round to two significant figures.

    Examples
    --------
    >>> [two_figures(value) for value in (0.0, 0.12345, 1.26, 12.6, 126.0)]
    [0.0, 0.12, 1.3, 13.0, 130.0]
    """
    return float(f"{value:.2g}")


def range_end(value: float) -> float:
    """Round the end of a range: above 1 to a tenth, below to two significant figures.

    Examples
    --------
    >>> [range_end(value) for value in (0.0, 0.01234, 0.544, 1.076, 12.34)]
    [0.0, 0.012, 0.54, 1.1, 12.3]
    """
    return round(value, 1) if value > 1 else two_figures(value)


def told_chance(chance: float) -> str:
    """Say a chance to the nearest 5 %.

    Examples
    --------
    >>> [told_chance(chance) for chance in (0.004, 0.024, 0.026, 0.334, 0.999)]
    ['under 5', 'under 5', '5', '35', 'over 95']
    """
    nearest = 5 * round(100 * chance / 5)
    if nearest < 5:  # noqa: PLR2004 - as the words say
        return "under 5"
    return f"{nearest}" if nearest < 100 else "over 95"  # noqa: PLR2004 - per cent
