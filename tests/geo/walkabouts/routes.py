"""Small route questions for tests, and their answers by trying every order."""

import numpy as np
from hypothesis import strategies as st

from geo.walkabouts.routing.question import RouteQuestion

NEVER = 1e9


def ask(minutes, prizes, *, limit, stay=None, start=0, end=0, **more) -> RouteQuestion:
    """Ask about a matrix of minutes; nobody stays anywhere unless said."""
    return RouteQuestion(
        minutes=np.array(minutes, dtype=float),
        prizes=np.array(prizes, dtype=float),
        stop_minutes=np.zeros(len(prizes)) if stay is None else np.array(stay, dtype=float),
        start=start,
        end=end,
        limit_minutes=limit,
        **more,
    )


def plane(count, seed, *, share=0.5, stay=0.0, **more) -> RouteQuestion:
    """Spread stops over a square and give some of the minutes that a round of all would take."""
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 100, (count, 2)).astype(float)
    away = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)))
    limit = np.rint(share * 71 * np.sqrt(count))
    return ask(away, rng.integers(1, 20, count), limit=limit, stay=np.full(count, stay), **more)


def shortest_walks(question: RouteQuestion) -> dict[frozenset, float]:
    """Give, for every set of stops that one team can visit in time, its quickest order's minutes."""
    never = {question.start, question.end, *question.avoid}
    wanted = [
        stop
        for stop in range(len(question))
        if stop not in never and (question.prizes[stop] > 0 or stop in question.must)
    ]
    found: dict[frozenset, float] = {frozenset(): 0.0}

    def walk_on(place, visited, minutes):
        for stop in wanted:
            then = minutes + question.minutes[place, stop] + question.stop_minutes[stop]
            if stop in visited or then > question.limit_minutes:
                continue
            more = visited | {stop}
            whole = then + (question.minutes[stop, question.end] if stop != question.end else 0.0)
            if whole <= question.limit_minutes:
                found[more] = min(found.get(more, NEVER), whole)
            walk_on(stop, more, then)

    walk_on(question.start, frozenset(), 0.0)
    return found


def best_by_trying(question: RouteQuestion) -> tuple[float, float] | None:
    """Give the best prize and the fewest minutes for it; None where the stops that must be visited cannot be."""
    one = shortest_walks(question)
    together = dict(one)
    for _ in range(question.teams - 1):
        wider = dict(together)
        for stops, minutes in together.items():
            for more, minutes_more in one.items():
                if not stops & more and minutes + minutes_more < wider.get(stops | more, NEVER):
                    wider[stops | more] = minutes + minutes_more
        together = wider
    must = set(question.must) - {question.start, question.end}
    kept = [(-question.prizes[list(stops)].sum(), minutes) for stops, minutes in together.items() if must <= stops]
    return (-min(kept)[0], min(kept)[1]) if kept else None


@st.composite
def questions(draw, most_stops=6, most_teams=3, *, finite=False, shortest=False):
    """Draw a small question: one way or both, some ways missing, any ends, must and avoid; some have no answer."""
    count = draw(st.integers(2, most_stops + 1))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    minutes = rng.integers(0, 12, (count, count)).astype(float)
    if draw(st.booleans()):
        minutes = np.maximum(minutes, minutes.T)
    if not finite and draw(st.booleans()):
        minutes[rng.random((count, count)) < 0.25] = np.inf
    if draw(st.booleans()):
        minutes = minutes / 4
    np.fill_diagonal(minutes, 0)
    for through in range(count if shortest else 0):
        minutes = np.minimum(minutes, minutes[:, through, None] + minutes[None, through])
    start, end = 0, draw(st.sampled_from([0, 0, count - 1]))
    order = rng.permutation(count).tolist()
    return ask(
        minutes,
        rng.integers(0, 4, count),
        limit=float(draw(st.integers(0, 30))),
        stay=rng.integers(0, 3, count),
        start=start,
        end=end,
        must=tuple(order[: draw(st.sampled_from([0, 0, 1, 2]))]),
        avoid=tuple(order[3 : 3 + draw(st.sampled_from([0, 1]))]),
        teams=draw(st.integers(1, most_teams)),
    )
