"""`planner walkabouts feedback`: whether planned walks find where people sleep, on towns whose truth is known."""

from pathlib import Path
from typing import Annotated

import typer

from commands.files import write_content
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, workspace_path
from geo.errors import BadInputError
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.feedback.trial import MEASURES, Trial, run_trial, told_trial
from layers.walks.feedback_plot import feedback_plot


def feedback(
    *,
    years: Annotated[float, typer.Option(help="How long walks are held, one a week.")] = 2.0,
    towns: Annotated[int, typer.Option(help="How many made-up towns.")] = 5,
    share: Annotated[float | None, typer.Option(help="Share of stops drawn (default: the workspace's).")] = None,
    out: Annotated[Path | None, typer.Option(help="Write a plot as .png.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try planning with and without places drawn at random, on made-up towns; no record of yours is used."""
    if out is not None and out.suffix.lower() != ".png":
        message = f"{out.name} is no .png; end the file's name in .png."
        raise BadInputError(message)
    options = _options(workspace)
    if share is not None:
        if not 0 < share <= 1 / 2:
            message = f"A share of {share:g} of the stops was asked for; expected more than 0 and at most 0.5."
            raise BadInputError(message)
        options = options.model_copy(update={"explore_share": share})
    trial = run_trial(options, years=years, towns=towns, progress=lambda done: tell(f"{done:.0%} of the towns walked."))
    if out is not None:
        write_content(feedback_plot(trial), out)
    written = [f"Written to {out.name}."] if out is not None else []
    show_result(_document(trial), [*told_trial(trial), *written], as_json=as_json)


def _options(given: Path | None) -> WalkaboutOptions:
    """Take the workspace's options where there is one: the trial needs none."""
    return WalkaboutOptions() if workspace_path(given) is None else open_workspace(given).scenario.walkabouts


def _document(trial: Trial) -> dict[str, object]:
    names = ("median", "low", "high")
    ends = {measure: trial.ends(measure) for measure in MEASURES}
    return {
        "share": trial.share,
        "weeks": trial.weeks,
        "towns": len(trial.drawn),
        "with_places_drawn": {name: dict(zip(names, end[0], strict=True)) for name, end in ends.items()},
        "without": {name: dict(zip(names, end[1], strict=True)) for name, end in ends.items()},
        "sentences": list(told_trial(trial)),
    }
