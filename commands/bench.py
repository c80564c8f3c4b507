"""`planner bench siting`: run a published question through the planner's own solver, to see how good it is."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, show_result
from geo.errors import BadInputError
from geo.hubs.siting.choose import choose
from geo.hubs.siting.or_library import read_or_library

# Solved first, so that the seconds told are the solver's and not those of compiling its inner loops (about two).
_WARM_UP = "3 3 1  1 2 9  2 3 1  1 2 2"

bench = typer.Typer(
    help="Try the planner's methods on published questions.", no_args_is_help=True, rich_markup_mode=None
)


@bench.callback()
def _bench() -> None:
    """Keep `siting` a word of its own, although it stands alone so far."""


@bench.command("siting")
def siting(
    file: Annotated[Path, typer.Argument(help="A p-median file of the OR-Library, such as pmed1.txt.")],
    *,
    limit: Annotated[float, typer.Option(min=0.1, help="Seconds until the proof is given up.")] = 60.0,
    as_json: JsonOption = False,
) -> None:
    """Solve a p-median file of the OR-Library: objective, bound, whether proven, and seconds."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = f"There is no file {file.name} at the place named."
        raise BadInputError(message) from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file.name} cannot be read as text; expected a p-median file of the OR-Library."
        raise BadInputError(message) from error
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
    word = "proven" if found.proven else f"gap {found.gap:.3%}"
    told = f"{file.name}: objective {answer['objective']}, bound {answer['bound']} ({word}), {found.seconds:.2f} s"
    show_result(answer, [told], as_json=as_json)


def _plain(value: float) -> float | int:
    """Write whole numbers as such."""
    return int(value) if value == int(value) else round(value, 6)
