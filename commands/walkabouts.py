"""`planner walkabouts`: names the commands of rough-sleeping walkabouts."""

import typer

from commands.walkabouts_agencies import agencies, agency, remove
from commands.walkabouts_card import card, cards
from commands.walkabouts_feedback import feedback
from commands.walkabouts_form import form, take_in_file
from commands.walkabouts_plan import plan
from commands.walkabouts_quarter import quarter
from commands.walkabouts_record import record, visit, withdraw_one_visit, withdraw_one_walk
from commands.walkabouts_reports import list_reports, report, take_in, template, withdraw
from commands.walkabouts_response import response
from commands.walkabouts_rota import rota
from commands.walkabouts_snapshot import snapshot, snapshots
from commands.walkabouts_snapshot_result import snapshot_result
from commands.walkabouts_visits import import_visits, list_visits
from commands.walkabouts_where import show_where

walkabouts = typer.Typer(
    help="Plan rough-sleeping walkabouts, and record what they found. For the team only.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
walkabouts.command("card")(card)
walkabouts.command("cards")(cards)
walkabouts.command("import")(take_in)
walkabouts.command("plan")(plan)
walkabouts.command("report")(report)
walkabouts.command("reports")(list_reports)
walkabouts.command("response")(response)
walkabouts.command("template")(template)
walkabouts.command("withdraw-report")(withdraw)
walkabouts.command("form")(form)
walkabouts.command("import-visits")(import_visits)
walkabouts.command("quarter")(quarter)
walkabouts.command("record")(record)
walkabouts.command("take-in")(take_in_file)
walkabouts.command("visit")(visit)
walkabouts.command("visits")(list_visits)
walkabouts.command("withdraw-visit")(withdraw_one_visit)
walkabouts.command("withdraw-walk")(withdraw_one_walk)
walkabouts.command("feedback")(feedback)
walkabouts.command("where")(show_where)
walkabouts.command("agency")(agency)
walkabouts.command("agencies")(agencies)
walkabouts.command("remove-agency")(remove)
walkabouts.command("rota")(rota)
walkabouts.command("snapshot")(snapshot)
walkabouts.command("snapshot-result")(snapshot_result)
walkabouts.command("snapshots")(snapshots)
