"""The rota that stands for a span, put together where several were settled for days of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.review.walks.rota import Span, walked
from geo.review.walks.rota_kept import KeptRota, read_rotas, walks_in_force
from geo.review.workspace import Workspace
from geo.walkabouts.rota.plan import covered
from geo.walkabouts.rota.result import Rota
from geo.walkabouts.rota.words import alike, lacking

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StandingRota:
    """What stands for a span.

    Attributes
    ----------
    rota
        Its walks, numbered anew where they come from several rotas, or from a part of one.
    kept
        The rotas they come from, in the order of settling.
    """

    rota: Rota
    kept: tuple[KeptRota, ...]

    @property
    def told(self) -> str:
        """Say by whom and when it was settled."""
        return " ".join(one.told for one in self.kept)


def standing_rota(workspace: Workspace, span: Span, *, today: date) -> StandingRota | None:
    """Give the rota that stands for a span, or None where none was settled for any day of it.

    Parameters
    ----------
    today
        Tells which walks were before.
    """
    kept = read_rotas(workspace)
    days = [span[0] + number * _DAY for number in range((span[1] - span[0]).days + 1)]
    last = {day: one for one in kept for day in days if one.rota.first <= day <= one.rota.last}
    used = tuple(one for one in kept if one in last.values())
    if not used:
        return None
    if len(used) == 1 and span[0] <= used[0].rota.first and used[0].rota.last <= span[1]:
        return StandingRota(used[0].rota, used)
    walks = tuple(
        replace(walk, number=number)
        for number, walk in enumerate(walks_in_force(workspace, first=min(last), last=max(last)), start=1)
    )
    before = walked(workspace, today=today, start=min(last))
    rota = replace(
        used[-1].rota,
        first=min(last),
        last=max(last),
        walks=walks,
        coverage=covered(walks, before),
        asked=(),
        unmet=(*lacking(walks), *alike(walks)),
        notes=(),
    )
    return StandingRota(rota, used)
