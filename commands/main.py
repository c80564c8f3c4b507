"""The `planner` command: names the commands and turns every error into one sentence."""

import sys

import typer
import typer.exceptions

from commands.app import open_app
from commands.check import check
from commands.hubs import hubs
from commands.institutions import add_institutions
from commands.referrals import add_referrals
from commands.shared import tell
from commands.workspace import make_workspace
from geo.errors import PlannerError

app = typer.Typer(
    name="planner",
    help="See where clients come from, find hotspots, and choose where to co-locate and hold hubs.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
add = typer.Typer(help="Add a file to the workspace.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(add, name="add")

app.add_typer(hubs, name="hubs")
add.command("institutions")(add_institutions)
add.command("referrals")(add_referrals)
app.command("app")(open_app)
app.command("check")(check)
app.command("new")(make_workspace)


def run() -> None:
    """Run the command line and leave with 0 (done), 1 (failure) or 2 (bad input)."""
    sys.exit(_run())


def _run() -> int:
    try:
        result = app(standalone_mode=False)
    except typer.exceptions.TyperException as error:
        tell(error.format_message())
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        tell("Stopped; nothing was changed.")
        return 1
    except PlannerError as error:
        tell(str(error))
        return error.exit_code
    return int(result or 0)


if __name__ == "__main__":
    run()
