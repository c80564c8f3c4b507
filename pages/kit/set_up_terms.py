"""How a screen asks publishers for open data: by this machine's clock, and only when somebody presses a button."""

import os
import random
import time
from typing import Final

from layers.fetchers import Request
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means, Progress
from layers.set_up import Terms
from pages.kit import session

SERVER: Final = "PLANNER_FETCH_SERVER"
"""Names a copy of the publishers' files, such as one within the council: SERVER/HOST/PATH stands for HOST/PATH."""


def terms(*, district: str = "", tell: Progress | None = None) -> Terms:
    """Say how publishers are asked.

    Parameters
    ----------
    district
        Its name or code as ONS writes it; empty for the workspace's own name.
    tell
        Told what is being done and the share done, 0 to 1.
    """
    server = os.environ.get(SERVER, "")
    rng = random.Random()  # noqa: S311 - spreads pauses, keeps no secret
    means = Means(sleep=time.sleep, progress=tell or _untold, rng=rng, today=session.today())
    return Terms(Request(Endpoints.at(server), means, district=district))


def _untold(step: str, done: float) -> None:
    del step, done
