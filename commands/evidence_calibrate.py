"""`planner evidence calibrate`: how often each test calls something where nothing is, and what it finds."""

import os
import signal
from collections.abc import Hashable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today, workspace_path
from geo.evidence.calibration import Calibration, Spread, calibrate_tests
from geo.evidence.trial import Bench
from geo.review.maps import grid_of
from geo.review.workspace import Workspace
from layers.calibration import keep_report, report_files, require_room
from layers.calibration_labels import NULLS, TESTS
from layers.sample import open_sample

_MOST_WORKERS: Final = 61  # Windows waits for no more than so many processes


def calibrate(
    *,
    out: Annotated[Path, typer.Option(help="The folder for the report; an older report there is replaced.")],
    workspace: WorkspaceOption = None,
    districts: Annotated[int, typer.Option(help="Simulated districts of each kind; a fifth of it for power.")] = 1_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same report.", min=0)] = 1,
    workers: Annotated[int, typer.Option(help="Processes that share the work; 0 for one a processor.", min=0)] = 0,
    as_json: JsonOption = False,
) -> None:
    """Try every test on simulated districts of your own map (or the sample's). No record of a client is used."""
    require_room(out)
    opened = open_sample(today=today()) if workspace_path(workspace) is None else open_workspace(workspace)
    with _shared_by(workers or os.cpu_count() or 1) as spread:
        found = calibrate_tests(_bench(opened), districts=districts, seed=seed, spread=spread, progress=_Teller())
    keep_report(report_files(found, district=opened.scenario.name or "the district"), out)
    show_result(
        _document(found), [*_lines(found), f"Written to {out.name}: report.md, tables and plots."], as_json=as_json
    )


def _bench(workspace: Workspace) -> Bench:
    return Bench(grid_of(workspace, workspace.scenario.resolution), workspace.scenario)


class _Teller:
    """Say on standard error how far the work is, once for every per cent of it."""

    def __init__(self) -> None:
        self._told = -1

    def __call__(self, step: str, share: float) -> None:
        percent = int(100 * share)
        if percent > self._told:
            self._told = percent
            tell(f"{percent} % ({step}) ...")


@contextmanager
def _shared_by(workers: int) -> Iterator[Spread]:
    """Share batches among processes."""
    if workers == 1:
        yield map
        return
    pool = ProcessPoolExecutor(min(workers, _MOST_WORKERS), mp_context=get_context("spawn"), initializer=_stop_quietly)
    try:
        yield pool.map
    finally:
        pool.shutdown(cancel_futures=True)


def _stop_quietly() -> None:
    """Let Ctrl-C end this process at once and without a word: it writes nothing, and the first process tells."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _document(found: Calibration) -> dict[str, Any]:
    return {
        "districts": found.districts,
        "power_districts": found.power_districts,
        "seed": found.seed,
        "level": found.bench.level,
        "cells": int((found.bench.grid.cells["homes"] > 0).sum()),
        "size": found.size.to_dict("records"),
        "power": found.power.to_dict("records"),
        "why_no_power": found.why_no_power,
    }


def _lines(found: Calibration) -> list[str]:
    held, every = len(found.size) - len(found.not_held), len(found.size)
    return [
        f"{found.districts:,} simulated districts of each kind without a hotspot: {held} of {every} claims held.",
        *[f"  Not held: {_row(row)}" for row in found.not_held.to_dict("records")],
        *([found.why_no_power] if found.why_no_power else []),
    ]


def _row(row: dict[Hashable, Any]) -> str:
    where = f"{TESTS[row['test']][0]}; {NULLS[row['null']][0]}, {row['cases']} cases"
    share = f"{100 * row['share']:.1f} % ({100 * row['low']:.1f} to {100 * row['high']:.1f})"
    return f"{where}: {share} where at most {100 * row['claimed']:g} % is claimed."
