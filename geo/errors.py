"""Every error the planner raises on purpose.

::

    PlannerError                 something the user should read; exit code 1
    ├── BadInputError            a file or a value cannot be used: mend it; exit code 2
    │   └── BadRowsError         single rows of a table cannot be used: they are named
    ├── MissingDataError         the workspace lacks something: add it; exit code 2
    ├── DoubtError               a new edition looks wrong beside the one in use: say whether it is meant; exit code 2
    ├── FetchError               a server did not answer or refused: try again later; exit code 1
    └── WorkspaceError           the folder cannot be used or written; exit code 1

Each message is one plain sentence, or a few: what was found, what was expected, what to do. A message is
shown on screens and in terminals, and may be logged, so it never holds a client's postcode, name or reference.
The one exception is a row's own broken value shown back to the officer who holds the file: it is in
`BadRowsError.samples`, never in the message that is logged.
"""


class PlannerError(Exception):
    """Tell the user what went wrong in plain words."""

    exit_code = 1


class BadInputError(PlannerError):
    """Refuse a file or a value that cannot be used; nothing of it is kept."""

    exit_code = 2


class BadRowsError(BadInputError):
    """Refuse a table because of single rows.

    Parameters
    ----------
    message
        One sentence that names the row numbers but quotes no value.
    samples
        The first few broken values, as (row number, value), for the screen only.
    """

    def __init__(self, message: str, samples: tuple[tuple[int, str], ...] = ()) -> None:
        super().__init__(message)
        self.samples = samples


class MissingDataError(PlannerError):
    """Say which data set the workspace needs first, and how to add it."""

    exit_code = 2


class DoubtError(PlannerError):
    """Ask whether a new edition is meant that looks wrong beside the one in use, which stays meanwhile.

    Parameters
    ----------
    message
        The doubts, and how to answer.
    doubts
        Each by itself, for a screen that asks.
    """

    exit_code = 2

    def __init__(self, message: str, doubts: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.doubts = doubts


class FetchError(PlannerError):
    """Say why what was asked for could not be fetched; what had arrived is kept for the next try."""


class WorkspaceError(PlannerError):
    """Say why the workspace folder cannot be opened or written."""
