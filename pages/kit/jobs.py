"""A long step that goes on when the reader clicks elsewhere, and is found again when they come back."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

Tell = Callable[[str, float], None]
Work = Callable[[Tell], str]
_PAUSE_SECONDS: Final = 0.2


@dataclass
class Job:
    """A step under way: how far it is, and in the end what it has to say."""

    step: str
    done: float = 0.0
    outcome: Future[str] = field(default_factory=Future)

    def run(self, work: Work) -> None:
        """Do the work and keep what it says, or its error, for whoever follows."""
        try:
            self.outcome.set_result(work(self._tell))
        except BaseException as error:  # noqa: BLE001 - raised again where the reader sees it
            self.outcome.set_exception(error)

    def _tell(self, step: str, done: float) -> None:
        self.step, self.done = step, min(done, 1.0)


def start(name: str, work: Work, *, first: str) -> None:
    """Start a step; `first` is shown until it tells of itself. The work may call nothing of Streamlit."""
    job = Job(first)
    st.session_state[name] = job
    threading.Thread(target=job.run, args=(work,), daemon=True).start()


def current(name: str) -> Job | None:
    """Give a step that has been started and whose end nobody has taken yet; for a screen that watches it itself."""
    job: Job | None = st.session_state.get(name)
    return job


def end(name: str) -> str:
    """Take the end of a step, and what it says.

    Raises
    ------
    PlannerError
        What the step raised.
    """
    job: Job = st.session_state.pop(name)
    return job.outcome.result()


def follow(name: str) -> str | None:
    """Show a step until it ends and give what it says; None where none is under way.

    Raises
    ------
    PlannerError
        What the step raised.
    """
    job: Job | None = st.session_state.get(name)
    if job is None:
        return None
    bar = st.progress(job.done, job.step)
    while not job.outcome.done():
        time.sleep(_PAUSE_SECONDS)
        bar.progress(job.done, job.step)
    bar.empty()
    return end(name)
