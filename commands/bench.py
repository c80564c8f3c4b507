"""`planner bench`: run a published question through the planner's own solvers, to see how good they are."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, show_result
from geo.errors import BadInputError
from geo.hubs.siting.choose import choose
from geo.hubs.siting.or_library import read_or_library
from geo.walkabouts.routing.op_lib import read_op_lib
from geo.walkabouts.routing.route import plan_route

# Solved first, so that the seconds told are the solver's and not those of compiling its inner loops (about two).
_WARM_UP = "3 3 1  1 2 9  2 3 1  1 2 2"
_NO_END = 1_000_000  # rounds: the seconds end the search

bench = typer.Typer(
    help="Try the planner's methods on published questions.", no_args_is_help=True, rich_markup_mode=None
)


@bench.command("siting")
def siting(
    file: Annotated[Path, typer.Argument(help="A p-median file of the OR-Library, such as pmed1.txt.")],
    *,
    limit: Annotated[float, typer.Option(min=0.1, help="Seconds until the proof is given up.")] = 60.0,
    as_json: JsonOption = False,
) -> None:
    """Solve a p-median file of the OR-Library: objective, bound, whether proven, and seconds."""
    text = _text_of(file, "a p-median file of the OR-Library")
    problem = read_or_library(text, name=file.name)
    choose(read_or_library(_WARM_UP, name="warm-up"))
    found = choose(problem, limit_seconds=limit)
    answer = {
        "file": file.name,
        "vertices": len(problem.need),
        "p": problem.rules.hubs,
        "objective": _plain(found.value),
        "bound": _plain(found.bound),
        "gap": found.gap,
        "proven": found.proven,
        "seconds": round(found.seconds, 3),
        "first_objective": _plain(found.first_value),
        "first_seconds": round(found.first_seconds, 3),
        "chosen": [int(name) for name in found.names],
    }
    word = _word(found.gap, proven=found.proven)
    told = f"{file.name}: objective {answer['objective']}, bound {answer['bound']} ({word}), {found.seconds:.2f} s"
    show_result(answer, [told], as_json=as_json)


@bench.command("route")
def route(
    file: Annotated[Path, typer.Argument(help="An orienteering file of the OPLib, such as att48-gen2-50.oplib.")],
    *,
    limit: Annotated[float, typer.Option(min=0.1, help="Seconds until the search and the proof are given up.")] = 30.0,
    seed: Annotated[int, typer.Option(min=0, help="The random stream of the search.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Solve an orienteering file of the OPLib: score (the depot's own with it), length, bound, proof and seconds."""
    published = read_op_lib(_text_of(file, "an orienteering file of the OPLib"), name=file.name)
    found = plan_route(published.question, seed=seed, seconds=limit, rounds=_NO_END)
    walk, depot = found.walks[0], published.question.start
    answer = {
        "file": file.name,
        "vertices": len(published.question),
        "score": _plain(found.prize + published.depot_score),
        "length": _plain(walk.total_minutes),
        "length_limit": _plain(published.question.limit_minutes),
        "seconds": round(found.seconds, 3),
        "bound": _plain(found.bound + published.depot_score),
        "gap": found.gap,
        "proven": found.proven,
        "route": [vertex + 1 for vertex in (depot, *walk.stops, depot)],
    }
    told = (
        f"{file.name}: score {answer['score']}, length {answer['length']} of {answer['length_limit']}, "
        f"bound {answer['bound']} ({_word(found.gap, proven=found.proven)}), {found.seconds:.2f} s"
    )
    show_result(answer, [told], as_json=as_json)


def _text_of(file: Path, kind: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = f"There is no file {file.name} at the place named."
        raise BadInputError(message) from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file.name} cannot be read as text; expected {kind}."
        raise BadInputError(message) from error


def _word(gap: float, *, proven: bool) -> str:
    return "proven" if proven else f"gap {gap:.3%}"


def _plain(value: float) -> float | int:
    """Write whole numbers as such."""
    return int(value) if value == int(value) else round(value, 6)
