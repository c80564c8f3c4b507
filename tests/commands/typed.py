"""The command line as somebody types it, run within the tests: a process of its own costs seconds to start."""

import contextlib
import io
import subprocess
import sys
from unittest import mock

from commands import main


def said(*arguments):
    """Run `planner ...` as its own process would; gives the code it ends with, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    typed = ["planner", *map(str, arguments)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), mock.patch.object(sys, "argv", typed):
        code = main._run()
    return code, out.getvalue(), err.getvalue()


def planner(*arguments, code=0):
    """Run `planner ...`, which must end with a code: gives standard output, or the sentence of a refusal."""
    return _checked(*said(*arguments), code)


def planner_process(*arguments, code=0):
    """Do the same in a process of its own: whatever a library prints past Python is seen too."""
    done = subprocess.run(
        [sys.executable, "-m", "commands.main", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return _checked(done.returncode, done.stdout, done.stderr, code)


def _checked(ended, out, err, code):
    assert ended == code, err
    assert code == 0 or not out, "a refusal prints nothing on standard output"
    return out if code == 0 else err
