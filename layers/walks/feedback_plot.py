"""Plot whether planned walks find the truth, with places drawn at random and without."""

import io
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.walkabouts.feedback.feedback import SEEN_WEEKS
from geo.walkabouts.feedback.trial import WEEKS_A_YEAR, Trial, spread_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE_INCHES: Final = (9.0, 6.2)
_DPI: Final = 110
_PANELS: Final = {
    "ranking": "How like the truth the order of places is",
    "never": "Places never seen",
    "reached": f"Sleepers at places seen within {SEEN_WEEKS} weeks",
    "missed": "Missed of the people at the best stops",
}
_LINES: Final = (("drawn", "#0b5c6b", "-"), ("known", "#a33d00", "--"))


def feedback_plot(trial: Trial) -> bytes:
    """Draw four measures over the weeks, each with the span of four in five towns, as PNG.

    Parameters
    ----------
    trial
        Both ways of planning, on the same towns.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load, and only this plot needs it

    figure = Figure(figsize=_SIZE_INCHES, layout="constrained")
    panels = figure.subplots(2, 2, sharex=True)
    for panel, (measure, title) in zip(panels.ravel(), _PANELS.items(), strict=True):
        _draw(panel, trial, measure, title)
    panels[0, 0].legend(loc="upper left", fontsize=9, frameon=False)
    for panel in panels[1]:
        panel.set_xlabel("Weeks, a walk a week")
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=_DPI, metadata={"Software": None})
    return out.getvalue()


def _draw(panel: "Axes", trial: Trial, measure: str, title: str) -> None:
    weeks = np.arange(1, trial.weeks + 1)
    for way, colour, dashes in _LINES:
        middle, low, high = spread_of(getattr(trial, way), measure)
        name = f"{trial.share:.0%} of stops drawn" if way == "drawn" else "none drawn"
        panel.fill_between(weeks, low, high, color=colour, alpha=0.16, linewidth=0)
        panel.plot(weeks, middle, dashes, color=colour, linewidth=2, label=name)
    panel.axvline(trial.weeks / 2, color="#6d6a63", linewidth=0.8, linestyle=":")
    panel.set_title(title, fontsize=10.5, loc="left")
    panel.set_xlim(1, max(trial.weeks, WEEKS_A_YEAR // 2))
    if measure == "ranking":
        panel.set_ylim(-0.3, 1)
        panel.axhline(0, color="#6d6a63", linewidth=0.6)
    else:
        panel.set_ylim(0, 1)
        panel.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    panel.spines[["top", "right"]].set_visible(False)
