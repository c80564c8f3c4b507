"""Tell a person at the terminal how far a long step is; a script reads nothing of it."""

import sys
from collections.abc import Callable

from commands.shared import tell

Progress = Callable[[str, float], None]


def progress() -> Progress:
    """Give what is told of each step: every tenth once, on standard error, where a person watches."""
    return _Told().tell if _is_watched() else _silent


def _is_watched() -> bool:
    return sys.stderr.isatty()


class _Told:
    """Remembers the last tenth that was told."""

    def __init__(self) -> None:
        self._last = -1

    def tell(self, step: str, done: float) -> None:
        """Say the step where another tenth is done."""
        tenth = int(done * 10)
        if tenth > self._last:
            self._last = tenth
            tell(f"{tenth * 10:3d} %  {step}")


def _silent(step: str, done: float) -> None:
    del step, done
