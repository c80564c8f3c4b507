"""Draw how the tests did on simulated districts: false alarms as dots with their interval, power as curves.

Colours are those of Okabe and Ito (2008), safe for colour blindness; shapes say the same again.
"""

import io
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.calibration_labels import BACKGROUNDS, NULLS, TESTS, VERDICTS
from layers.style import INK, WHITE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FloatArray = npt.NDArray[np.float64]

_GRID: Final = "#dedbd2"
_BAND: Final = "#f4efe2"
_CASES: Final = (("#0072b2", "o", -0.17), ("#d55e00", "s", 0.17))  # colour, mark, shift of the row
_LINES: Final = {
    "excess": ("#0072b2", "o", "-.", -0.03),  # colour, mark, line, shift
    "scan": ("#d55e00", "s", "--", 0.03),
    "priority": ("#000000", "^", "-", -0.09),
    "either": ("#7f7f7f", "D", ":", 0.09),
}
_TICKS: Final = (0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1)
_DPI: Final = 110
_PAD_IN: Final = 0.1
_COLUMNS: Final = 3


def size_plot(size: pd.DataFrame, *, claimed: float) -> bytes:
    """Draw the share of districts with a false alarm, a panel for each kind of district, a row for each test.

    Parameters
    ----------
    size
        SIZE table.
    claimed
        Where the dashed line stands.

    Returns
    -------
    bytes
        A PNG; the same table gives the same bytes on one machine.
    """
    figure = _figure(12.5, 7.4)
    panels = figure.subplots(2, _COLUMNS, sharex=True, sharey=True).ravel()
    for panel, (null, (label, _)) in zip(panels, NULLS.items(), strict=True):
        _size_panel(panel, size[size["null"] == null], claimed)
        panel.set_title(label, loc="left", fontsize=11, fontweight="bold")
    panels[0].set_yticks(range(len(TESTS)), [label for label, _ in TESTS.values()])
    panels[0].invert_yaxis()
    for panel in panels[-_COLUMNS:]:
        panel.set_xlabel("districts with a false alarm")
    _legend(figure, panels[0])
    return _png(figure)


def power_plot(power: pd.DataFrame) -> bytes:
    """Draw the share of planted hotspots that were found, by their risk: a panel for each background and cases.

    Parameters
    ----------
    power
        POWER table with at least one row.

    Returns
    -------
    bytes
        A PNG; the same table gives the same bytes on one machine.
    """
    backgrounds, cases = power["background"].unique().tolist(), sorted(power["cases"].unique().tolist())
    figure = _figure(10, 7.6)
    panels = figure.subplots(len(backgrounds), len(cases), sharex=True, sharey=True, squeeze=False)
    for row, background in enumerate(backgrounds):
        for column, number in enumerate(cases):
            panel = panels[row, column]
            _power_panel(panel, power[(power["background"] == background) & (power["cases"] == number)])
            title = f"{BACKGROUNDS[background]}, {number} cases"
            panel.set_title(title, loc="left", fontsize=11, fontweight="bold")
    for panel in panels[-1]:
        panel.set_xlabel("risk in the planted place, times that of the rest")
    for panel in panels[:, 0]:
        panel.set_ylabel("planted places found")
    _legend(figure, panels[0, 0])
    return _png(figure)


def _size_panel(panel: "Axes", of_null: pd.DataFrame, claimed: float) -> None:
    for row in range(0, len(TESTS), 2):
        panel.axhspan(row - 0.5, row + 0.5, color=_BAND, zorder=0)
    line = panel.axvline(claimed, color=INK, linestyle="--", linewidth=1.2, zorder=1)
    line.set_label(f"claimed: at most {claimed:.0%}".replace("%", " %"))
    for number, (colour, mark, shift) in zip(sorted(of_null["cases"].unique()), _CASES, strict=False):
        of_cases = of_null[of_null["cases"] == number].set_index("test").loc[list(TESTS)]
        places = np.arange(len(TESTS)) + shift
        panel.hlines(places, of_cases["low"], of_cases["high"], color=colour, linewidth=1.6)
        label = f"{number} cases"
        panel.plot(of_cases["share"], places, mark, color=colour, markersize=5.5, clip_on=False, label=label)
    # A square root gives the few per cent that matter most of the room.
    panel.set_xscale("function", functions=(_root, np.square))
    panel.set_xlim(0, 1)
    panel.set_xticks(_TICKS, [f"{100 * tick:g}" for tick in _TICKS[:-1]] + ["100 %"])
    panel.set_ylim(-0.5, len(TESTS) - 0.5)
    _plain(panel, "x")


def _power_panel(panel: "Axes", rows: pd.DataFrame) -> None:
    for verdict, (colour, mark, line, shift) in _LINES.items():
        of_verdict = rows[rows["verdict"] == verdict].sort_values("relative_risk")
        risks = of_verdict["relative_risk"] + shift
        panel.vlines(risks, of_verdict["low"], of_verdict["high"], color=colour, linewidth=1)
        label = VERDICTS[verdict]
        panel.plot(risks, of_verdict["share"], f"{mark}{line}", color=colour, markersize=6, clip_on=False, label=label)
    ticks = sorted(rows["relative_risk"].unique().tolist())
    panel.set_xticks(ticks, [f"x {risk:g}" for risk in ticks])
    panel.set_ylim(-0.02, 1.02)
    panel.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0", "20", "40", "60", "80", "100 %"])
    _plain(panel, "y")


def _root(share: FloatArray) -> FloatArray:
    return np.sqrt(np.maximum(share, 0))


def _plain(panel: "Axes", axis: Literal["x", "y"]) -> None:
    panel.spines[["top", "right", "left"]].set_visible(False)
    panel.tick_params(length=0, labelsize=9.5, pad=7)
    panel.grid(visible=True, axis=axis, color=_GRID, linewidth=0.8)
    panel.set_axisbelow(True)


def _legend(figure: "Figure", panel: "Axes") -> None:
    handles, labels = panel.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels), frameon=False, handlelength=3)


def _figure(width_in: float, height_in: float) -> "Figure":
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load, and only this report needs it
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415 - as above

    layout = ConstrainedLayoutEngine(h_pad=_PAD_IN, w_pad=_PAD_IN)
    return Figure(figsize=(width_in, height_in), dpi=_DPI, layout=layout, facecolor=WHITE)


def _png(figure: "Figure") -> bytes:
    """Write the picture without the program's version in it, so that a figure drawn again is the same file."""
    content = io.BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()
