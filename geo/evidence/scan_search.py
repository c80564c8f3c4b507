"""Search the circles of a scan for the ones that chance does not explain."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.evidence.scan_circles import best_apart, likelihood_ratios
from geo.evidence.scan_ground import Ground
from geo.evidence.scan_null import Null, NullStore, Tell, maxima_of, rank_p
from geo.evidence.scan_risks import PLAIN, ClientLaw, Risks
from geo.scenario import ScanOptions

Progress = Callable[[str, float], None]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MOST_CLUSTERS: Final = 10


@dataclass(frozen=True)
class Found:
    """Hold the chosen circles, best first, or why there is none.

    Attributes
    ----------
    places
        Where each ends, as a place of the circles.
    ratios
        Log likelihood ratio of each.
    p, p_uneven
        Its p against homes alone, and against ordinary unevenness too, which is never the smaller.
    why_none
        One sentence where there is none, else empty.
    """

    places: IntArray
    ratios: FloatArray
    p: FloatArray
    p_uneven: FloatArray
    why_none: str = ""


@dataclass(frozen=True)
class Search:
    """Say how to search: the options, how uneven the district is, where laws are kept and who is told."""

    options: ScanOptions
    risks: Risks
    nulls: NullStore | None = None
    progress: Progress | None = None

    def run(self, ground: Ground) -> Found:
        """Find the circles with no more than `keep_p` by luck alone that share no cell with a better one."""
        why_none = _nothing_to_search(ground, self.options)
        if why_none:
            return _none(why_none)
        inside = ground.circles.sums(ground.counts)
        ratios = likelihood_ratios(inside, ground.circles.shares, ground.total) * ground.circles.ends
        if not ratios.any():
            return _none("No circle holds more clients than its homes explain.")
        p = rank_p(ratios, self._maxima(self._null(ground, PLAIN)))
        uneven = self._null(ground, self.risks)
        likely = ratios / uneven.spreads
        chosen = best_apart(ground.circles, np.where(p <= self.options.keep_p, likely, 0.0), most=MOST_CLUSTERS)
        if not chosen:
            best = int(ratios.argmax())
            return _none(_nothing_stands_out(ground, best, float(p[best])))
        places = np.array(chosen, dtype=np.int64)
        # More than ordinary unevenness explains is always more than homes alone explain.
        p_uneven = np.maximum(p[places], rank_p(likely[places], self._maxima(uneven)))
        return Found(places, ratios[places], p[places], p_uneven)

    def _null(self, ground: Ground, risks: Risks) -> Null:
        clients = ClientLaw(ground.windows, ground.total, risks)
        return Null(ground.circles, clients, self.options.replicates, self.options.seed)

    def _maxima(self, null: Null) -> FloatArray:
        return maxima_of(null, self.nulls, self._tell(null.clients.risks))

    def _tell(self, risks: Risks) -> Tell | None:
        """Say which law is simulated; each is half of the work."""
        progress, districts = self.progress, f"{self.options.replicates:,} simulated districts"
        if progress is None:
            return None
        if risks == PLAIN:
            return lambda share: progress(f"Comparing with {districts} where only luck is at work", share / 2)
        return lambda share: progress(f"Comparing with {districts} as uneven as this one", 0.5 + share / 2)


def _none(why: str) -> Found:
    nothing = np.zeros(0)
    return Found(np.zeros(0, dtype=np.int64), nothing, nothing, nothing, why)


def _nothing_to_search(ground: Ground, options: ScanOptions) -> str:
    if ground.total == 0:
        return "There are no clients in the cells that have homes."
    if not ground.circles.ends.any():
        most = f"{100 * options.population_share:g} %"
        return f"No circle can be drawn: wherever it begins, it holds more than {most} of the homes at once."
    return ""


def _nothing_stands_out(ground: Ground, place: int, p: float) -> str:
    cells = ground.circles.up_to(place)
    count, expected = int(ground.counts[cells].sum()), ground.total * ground.circles.shares[place]
    where = ground.cells["place"].iloc[int(cells[0])]
    about = f" about {where}" if where else ""
    return (
        f"Nothing stands out: the likeliest circle{about} holds {count:,} of {ground.total:,} clients where the homes "
        f"explain {expected:,.1f}, and luck alone brings a circle as unlike its homes in {100 * p:.0f} % of districts."
    )
