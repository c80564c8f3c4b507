"""Who does something to a workspace, and when: what each line of the audit log is signed with."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_UNKNOWN: Final = "unknown user"


@dataclass(frozen=True)
class Signer:
    """Whoever works on a workspace, and the clock their lines are dated by.

    Attributes
    ----------
    who
        Name of the user: of this machine, or as they signed in.
    clock
        Reads the time, with its zone; None where nobody gave one, and then a line carries no time.
    signed_in
        On a server, where a name of the machine's own users counts for nothing.
    is_lead
        Signed in with the role of a lead officer.
    """

    who: str
    clock: Callable[[], datetime] | None
    signed_in: bool = False
    is_lead: bool = False

    def moment(self) -> str:
        """Read the clock, as ISO text in UTC, to the second; empty where there is none.

        Examples
        --------
        >>> Signer("jo", lambda: datetime(2026, 5, 1, 9, 30, tzinfo=UTC)).moment()
        '2026-05-01T09:30:00+00:00'
        """
        return self.clock().astimezone(UTC).isoformat(timespec="seconds") if self.clock else ""


UNSIGNED: Final = Signer("", None)
"""Nobody in particular: a script that opens a workspace without saying who it is."""


def user_name() -> str:
    """Name the user of this machine, as the system knows them.

    The system is asked and not the environment (`USER`, `LOGNAME`), where anybody may write another's name.
    """
    try:
        return _account()
    except (OSError, KeyError):  # an account without a name
        return _UNKNOWN


if sys.platform == "win32":

    def _account() -> str:
        return os.getlogin()  # GetUserNameW

else:
    import pwd

    def _account() -> str:
        return pwd.getpwuid(os.getuid()).pw_name
