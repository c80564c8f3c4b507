"""Walk made-up towns for two years with several shares of stops drawn at random, and for six years without a change.

python -m tests.benchmarks.walk_feedback
"""

import numpy as np

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.feedback.feedback import try_plan
from geo.walkabouts.feedback.town import TownAsked, make_town

TOWNS, STOPS = 8, 12
SHARES = (0.0, 0.1, 0.15, 0.2, 0.3, 1.0)
MEASURES = ("ranking", "reached", "seen", "never", "missed", "covered")


def main() -> None:
    """Print a line each."""
    for share in SHARES:
        print(f"two years, {share:.0%} of stops drawn: {told(walked(TownAsked(), share, weeks=104))}")
    for share in (0.0, 0.15):
        for half_life in (26, 104):
            runs = walked(TownAsked(changed_share=0), share, weeks=312, half_life=half_life, towns=3)
            years = " ".join(f"{np.mean([run.ranking[at] for run in runs]):.2f}" for at in range(51, 312, 52))
            print(f"six years unchanged, {share:.0%} drawn, half-life {half_life} weeks: order by year {years}")


def walked(asked, share, *, weeks, half_life=26.0, towns=TOWNS):
    options = WalkaboutOptions(half_life_weeks=half_life).model_copy(update={"explore_share": share})
    return [
        try_plan(make_town(asked, weeks=weeks, seed=seed), options, stops=STOPS, seed=seed) for seed in range(towns)
    ]


def told(runs) -> str:
    """Mean and span of each measure in the last week."""
    ends = {name: [getattr(run, name)[-1] for run in runs] for name in MEASURES}
    return ", ".join(f"{name} {np.mean(end):.2f} ({min(end):.2f} to {max(end):.2f})" for name, end in ends.items())


if __name__ == "__main__":
    main()
