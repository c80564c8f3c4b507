"""`planner monitor`: the hubs that were held, whether they worked, and the quarter's figures and review."""

import typer

from commands.monitor_hubs import list_hubs, record, take_in, withdraw
from commands.monitor_quarter import figures, quarter, scorecard
from commands.monitor_report import report

monitor = typer.Typer(
    help="Record hubs held, say whether they worked, and review each quarter.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
monitor.command("report")(report)
monitor.command("record")(record)
monitor.command("import")(take_in)
monitor.command("list")(list_hubs)
monitor.command("withdraw")(withdraw)
monitor.command("figures")(figures)
monitor.command("scorecard")(scorecard)
monitor.command("quarter")(quarter)
