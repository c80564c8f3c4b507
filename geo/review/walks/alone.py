"""Record many visits outside any walkabout in one step, such as a year's answers to reports: all of them or none."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.register_screen import screen_of
from geo.review.walks.made import MadeVisit, tidy_visit
from geo.review.walks.reading import visits_in
from geo.review.walks.visit_checks import Checks, lone_faults, named
from geo.review.walks.visit_places import visit_places
from geo.review.walks.visit_rows import NOTHING, write_visit
from geo.review.walks.visits import refuse_faults
from geo.review.workspace import Workspace


def record_visits_alone(workspace: Workspace, visits: Sequence[MadeVisit], *, who: str, now: datetime) -> int:
    """Record visits outside any walkabout; gives how many.

    Parameters
    ----------
    visits
        In any order; each as `geo.review.walks.visits.record_visit` takes it.
    who
        Who records them: initials.
    now
        With its zone: what is later is in the future.

    Raises
    ------
    BadInputError
        Something in them cannot be right, or one is on record already or there twice; the first faults are told.
    MissingDataError
        The workspace's key is not on this machine.
    """
    given, name = list(map(tidy_visit, visits)), " ".join(who.split())
    places = visit_places(workspace, given, {})
    screen, options = screen_of(workspace), workspace.scenario.walkabouts
    refuse_faults(
        [
            f"{named(number, visit)} of the list: {fault.removeprefix('The visit: ')}"
            for number, (visit, where) in enumerate(zip(given, places, strict=True), start=1)
            for fault in lone_faults(visit, name, Checks([where], screen, options, now))
        ]
    )
    asked = Counter((where.square, one.arrived.astimezone(UTC)) for one, where in zip(given, places, strict=True))
    with workspace.store.noting() as connection:
        before = [one for one in visits_in(connection) if one.stands and not one.walk]
        asked.update({(one.square, one.arrived.astimezone(UTC)) for one in before} & set(asked))
        if any(many > 1 for many in asked.values()):
            message = f"A visit to one of those places at that moment is on record already, or there twice. {NOTHING}"
            raise BadInputError(message)
        for visit, where in zip(given, places, strict=True):
            write_visit(connection, visit, where, (name, workspace.signer))
        append_line(connection, "walk", f"visits recorded: {len(given):,}", signer=workspace.signer)
    return len(given)
