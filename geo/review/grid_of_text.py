"""What a CSV file and a sheet have in common: numbered rows of text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TextGrid:
    """Rows as they stand in the file, before anybody knows which is the header.

    Attributes
    ----------
    rows
        Row number as a spreadsheet shows it, and the row's cells.
    layout
        How it was read, in words.
    exact_widths
        Whether every row must have as many cells as the header (CSV), or may leave the last ones out (a sheet).
    """

    rows: list[tuple[int, list[str]]]
    layout: str
    exact_widths: bool
    sheets: tuple[str, ...] = ()
    sheet: str = ""
