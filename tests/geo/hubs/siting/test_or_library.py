"""Published p-median files: how they are read, how they are refused, and questions whose answer is known."""

import itertools

import numpy as np
import pytest

from geo.errors import BadInputError
from geo.hubs.siting.choose import choose
from geo.hubs.siting.or_library import read_or_library


def test_the_last_of_several_edges_counts_whichever_way_round_it_is_written() -> None:
    problem = read_or_library(" 2 3 1\n 1 2 5\n 2 1 9\n 1 2 7\n", name="made")
    assert problem.minutes.tolist() == [[0, 7], [7, 0]]


def test_distances_are_shortest_paths_over_edges_of_cost_nought_too() -> None:
    problem = read_or_library("4 4 1  1 2 3  2 3 0  3 4 2  1 4 99", name="made")
    assert problem.minutes[0].tolist() == [0, 3, 3, 5]
    assert problem.rules.hubs == 1


def _random(count: int, hubs: int, seed: int) -> str:
    rng = np.random.default_rng(seed)
    edges = [(rng.integers(1, place), place, rng.integers(1, 101)) for place in range(2, count + 1)]
    edges += [(*rng.choice(count, 2, replace=False) + 1, rng.integers(1, 101)) for _ in range(2 * count)]
    rows = [" ".join(str(number) for number in edge) for edge in edges]
    return "\n".join([f"{count} {len(rows)} {hubs}", *rows])


@pytest.mark.parametrize(("count", "hubs"), [(12, 1), (14, 3), (16, 4), (12, 11), (12, 12)])
def test_questions_small_enough_to_try_every_set_are_proven_at_that_value(count, hubs) -> None:
    for seed in range(4):
        problem = read_or_library(_random(count, hubs, seed), name="made")
        every = itertools.combinations(range(count), hubs)
        best = min(problem.minutes[:, list(chosen)].min(axis=1).sum() for chosen in every)
        found = choose(problem)
        assert found.value == best
        assert found.bound == best
        assert found.proven


@pytest.mark.parametrize(("count", "hubs"), [(60, 5), (100, 5), (100, 33)])
def test_questions_of_the_size_of_the_first_published_ones_agree_with_a_programme(count, hubs) -> None:
    problem = read_or_library(_random(count, hubs, 7), name="made")
    found = choose(problem)
    assert found.proven
    assert found.value == _by_programme(problem.minutes, hubs)


def _by_programme(distances: np.ndarray, hubs: int) -> float:
    """Solve the textbook programme (ReVelle and Swain 1970) with scipy's HiGHS."""
    from scipy import sparse  # noqa: PLC0415 - for this oracle alone
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - for this oracle alone

    count = len(distances)
    flows = count * count
    served = sparse.kron(sparse.eye_array(count), np.ones((1, count)))
    only_open = sparse.hstack([sparse.eye_array(flows), -sparse.kron(np.ones((count, 1)), sparse.eye_array(count))])
    number = np.concatenate([np.zeros(flows), np.ones(count)])
    answer = milp(
        np.concatenate([distances.ravel(), np.zeros(count)]),
        constraints=[
            LinearConstraint(sparse.hstack([served, sparse.csr_array((count, count))]), 1, 1),
            LinearConstraint(only_open, -np.inf, 0),
            LinearConstraint(number[None, :], hubs, hubs),
        ],
        integrality=number,
        bounds=Bounds(0, 1),
    )
    return pytest.approx(answer.fun)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "does not begin with three whole numbers"),
        ("3 2", "does not begin with three whole numbers"),
        ("3 x 1", "holds something that is no number"),
        ("3 2 1\n1 2 5", "announces 2 edges and holds 1"),
        ("3 2 4\n1 2 5\n2 3 5", "asks for 4 of 3 vertices"),
        ("3 2 0\n1 2 5\n2 3 5", "asks for 0 of 3 vertices"),
        ("3 2 1\n1 2 5\n2 4 5", "a vertex outside 1 to 3"),
        ("3 2 1\n1 2 5\n2 3 -5", "a cost below 0"),
        ("3 1 1\n1 2 5", "no path between them"),
        ("3 2 1\n1 2 5\n2 3 inf", "does not begin with three whole numbers"),
        ("0 0 0", "asks for 0 of 0 vertices"),
        ("-3 0 1", "asks for 1 of -3 vertices"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(text, sentence) -> None:
    with pytest.raises(BadInputError) as refused:
        read_or_library(text, name="made.txt")
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("made.txt")
