"""Make the picture of the feedback test in docs/methods.md: `python -m tests.tools.walk_feedback`."""

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.feedback.trial import run_trial, told_trial
from layers.walks.feedback_plot import feedback_plot
from tests.tools.booklet import DOCS

PICTURE = DOCS / "pictures" / "walk-feedback.png"
TOWNS = 12


def main() -> None:
    """Walk the towns, write the picture, and say the numbers that stand below it."""
    trial = run_trial(WalkaboutOptions(), years=2, towns=TOWNS)
    PICTURE.write_bytes(feedback_plot(trial))
    print("\n".join(told_trial(trial)))


if __name__ == "__main__":
    main()
