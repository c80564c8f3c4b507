"""A set of hubs, chosen in the background while the reader sees how far the proof is, and kept for this reader."""

import hashlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from math import isfinite
from typing import Any, Final

import numpy as np
import streamlit as st

from geo.hubs.siting.choose import Progress
from geo.hubs.siting.gather import Asked
from geo.hubs.siting.plan import Extras, SitingPlan
from geo.hubs.siting.words import UNIT
from geo.review.siting import plan_of
from geo.review.workspace import Workspace

_KEPT: Final = 8
_PLANS: Final = "set_plans"
_PAUSE_SECONDS: Final = 0.1


def plan(workspace: Workspace, asked: Asked, extras: Extras) -> SitingPlan:
    """Choose the set, or find it again where the same was asked before.

    Raises
    ------
    PlannerError
        No set keeps the rules, or there is nothing to choose from.
    """
    kept: dict[str, SitingPlan] = st.session_state.setdefault(_PLANS, {})
    key = _key(asked, extras, workspace)
    if key not in kept:

        def work(tell: Callable[[Progress], None], stop: Callable[[], bool]) -> SitingPlan:
            return plan_of(workspace, asked, extras=extras, progress=tell, stop=stop)

        found = _watched(work, asked, workspace)
        while len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = found
    return replace(kept[key], asked=asked)  # the same numbers may come under other words


Work = Callable[[Callable[[Progress], None], Callable[[], bool]], SitingPlan]


class _Latest:
    """Holds the newest word on how far the proof is, for whoever looks."""

    def __init__(self) -> None:
        self.news: Progress | None = None
        self.stopped = threading.Event()
        self.outcome: Future[SitingPlan] = Future()

    def take(self, news: Progress) -> None:
        """Remember it."""
        self.news = news

    def run(self, work: Work) -> None:
        """Do the work and keep what comes of it, or its error."""
        try:
            self.outcome.set_result(work(self.take, self.stopped.is_set))
        except BaseException as error:  # noqa: BLE001 - raised again where the reader sees it
            self.outcome.set_exception(error)


def _watched(work: Work, asked: Asked, workspace: Workspace) -> SitingPlan:
    """Do the work in a thread of its own, and end it where the reader goes elsewhere."""
    latest, limit = _Latest(), workspace.scenario.siting.seconds
    bar = st.progress(0.0, "Choosing")
    threading.Thread(target=latest.run, args=(work,), daemon=True).start()
    began = time.monotonic()
    try:
        while not latest.outcome.done():
            share = min((time.monotonic() - began) / limit, 1.0)
            bar.progress(share, _told(latest.news, UNIT[asked.problem.question]))
            time.sleep(_PAUSE_SECONDS)
    finally:
        latest.stopped.set()
        bar.empty()
    return latest.outcome.result()


def _told(news: Progress | None, unit: str) -> str:
    if news is None or not isfinite(news.value):
        return "Choosing"
    if not isfinite(news.bound) or news.gap >= 1:
        return f"An answer is there ({news.value:,.1f} {unit}); looking for better ones and for the proof"
    return f"{news.value:,.1f} {unit} so far; no set can do better than {news.bound:,.1f}"


def question_digest(asked: Asked) -> str:
    """Digest everything that the answer rests on: need, journeys, sites, rules, and what the clients are."""
    problem, need = asked.problem, asked.facts.need
    sites = problem.sites
    digest = hashlib.sha256()
    arrays = (problem.need, problem.minutes, problem.standing_minutes, need.shape, need.scale)
    for array in (*arrays, sites.prices, sites.capacity, sites.points):
        digest.update(repr(np.shape(array)).encode() + np.ascontiguousarray(array).tobytes())
    facts: tuple[Any, ...] = (problem.question, problem.rules, problem.within_minutes, problem.beyond_minutes)
    named: tuple[Any, ...] = (sites.ids, sites.names, sites.towns, asked.facts.standing, asked.facts.journeys.label)
    counted: tuple[Any, ...] = (need.kind, need.counted.selection, need.counted.resolution, need.counted.unit)
    digest.update(repr((facts, named, counted)).encode())
    return digest.hexdigest()


def _key(asked: Asked, extras: Extras, workspace: Workspace) -> str:
    return f"{question_digest(asked)} {extras} {workspace.scenario.siting}"
