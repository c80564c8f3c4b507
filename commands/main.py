"""The `planner` command: names the commands and turns every error into one sentence."""

import sys
import traceback
from pathlib import Path

import typer
import typer.exceptions

from commands.aggregate import aggregate_file
from commands.agreement import agreement
from commands.app import open_app
from commands.audit import audit
from commands.bench import bench
from commands.bundle import bundle
from commands.catalogue import catalogue
from commands.cells import cells
from commands.changes import changes
from commands.check import check
from commands.counts import add_counts
from commands.decisions import actions, decisions
from commands.dpia import dpia
from commands.encrypt import encrypt
from commands.evidence_beside import beside
from commands.evidence_calibrate import calibrate
from commands.evidence_clusters import clusters
from commands.evidence_cohorts import cohorts
from commands.evidence_compare import compare
from commands.evidence_missing import missing
from commands.evidence_priorities import freeze_review, note_area, priorities
from commands.evidence_rates import rates
from commands.evidence_repeats import repeats
from commands.evidence_stability import stability
from commands.evidence_trends import trends
from commands.feeds import feeds
from commands.fetch import (
    fetch_boundary,
    fetch_deprivation,
    fetch_food_banks,
    fetch_gazetteer,
    fetch_gp,
    fetch_homes,
    fetch_libraries,
    fetch_lsoa,
    fetch_onspd,
    fetch_wards,
)
from commands.fetch_all import fetch_everything
from commands.fetch_sites import fetch_sites
from commands.forget import forget
from commands.gazetteer import add_gazetteer
from commands.hotspots import hotspots
from commands.hubs import hubs
from commands.institutions import add_institutions
from commands.layer_files import layers
from commands.layers import (
    add_backdrop,
    add_boundary,
    add_census,
    add_deprivation,
    add_food_banks,
    add_gp,
    add_households,
    add_sites,
)
from commands.monitor import monitor
from commands.pack import pack
from commands.partners import partners
from commands.presets import presets
from commands.referrals import add_referrals
from commands.release import release
from commands.safe_places import safe_places
from commands.sample import make_sample
from commands.setup import set_up_district
from commands.shared import tell
from commands.sites import sites
from commands.sites_same import same
from commands.streets import add_streets, fetch_streets
from commands.timetable import add_timetable
from commands.travel import travel
from commands.walkabouts import walkabouts
from commands.workspace import make_workspace
from geo.errors import PlannerError

_HERE = Path(__file__).parent.parent

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
evidence = typer.Typer(
    help="What the records say, how sure that is, and what they lack.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(evidence, name="evidence")

fetch = typer.Typer(
    help="Ask another machine for open data; no other command does.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(fetch, name="fetch")
app.add_typer(actions, name="actions")
app.add_typer(decisions, name="decisions")
app.add_typer(bench, name="bench")
app.add_typer(feeds, name="feeds")
app.add_typer(hubs, name="hubs")
app.add_typer(layers, name="layers")
app.add_typer(monitor, name="monitor")
app.add_typer(partners, name="partners")
app.add_typer(presets, name="presets")
app.add_typer(release, name="release")
app.add_typer(safe_places, name="safe-places")
app.add_typer(sites, name="sites")
sites.add_typer(same, name="same")
app.add_typer(travel, name="travel")
app.add_typer(walkabouts, name="walkabouts")
add.command("backdrop")(add_backdrop)
add.command("boundary")(add_boundary)
add.command("census")(add_census)
add.command("counts")(add_counts)
add.command("deprivation")(add_deprivation)
add.command("food-banks")(add_food_banks)
add.command("gazetteer")(add_gazetteer)
add.command("gp")(add_gp)
add.command("households")(add_households)
add.command("institutions")(add_institutions)
add.command("referrals")(add_referrals)
add.command("sites")(add_sites)
add.command("streets")(add_streets)
add.command("timetable")(add_timetable)
evidence.command("beside")(beside)
evidence.command("calibrate")(calibrate)
evidence.command("clusters")(clusters)
evidence.command("cohorts")(cohorts)
evidence.command("compare")(compare)
evidence.command("freeze")(freeze_review)
evidence.command("missing")(missing)
evidence.command("note")(note_area)
evidence.command("priorities")(priorities)
evidence.command("rates")(rates)
evidence.command("repeats")(repeats)
evidence.command("stability")(stability)
evidence.command("trends")(trends)
fetch.command("all")(fetch_everything)
fetch.command("boundary")(fetch_boundary)
fetch.command("deprivation")(fetch_deprivation)
fetch.command("food-banks")(fetch_food_banks)
fetch.command("gazetteer")(fetch_gazetteer)
fetch.command("gp")(fetch_gp)
fetch.command("homes")(fetch_homes)
fetch.command("libraries")(fetch_libraries)
fetch.command("lsoa")(fetch_lsoa)
fetch.command("onspd")(fetch_onspd)
fetch.command("sites")(fetch_sites)
fetch.command("streets")(fetch_streets)
fetch.command("wards")(fetch_wards)
app.command("aggregate")(aggregate_file)
app.command("agreement")(agreement)
app.command("app")(open_app)
app.command("audit")(audit)
app.command("bundle")(bundle)
app.command("catalogue")(catalogue)
app.command("cells")(cells)
app.command("changes")(changes)
app.command("check")(check)
app.command("dpia")(dpia)
app.command("encrypt")(encrypt)
app.command("forget")(forget)
app.command("hotspots")(hotspots)
app.command("new")(make_workspace)
app.command("pack")(pack)
app.command("sample")(make_sample)
app.command("setup")(set_up_district)


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
    except Exception as error:  # noqa: BLE001 - a traceback, or the message of a library, may quote a client's postcode
        tell(_unforeseen(error))
        return 1
    return int(result or 0)


def _unforeseen(error: Exception) -> str:
    """Say where the planner broke, without a word of the data it was working on."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _HERE in Path(frame.filename).parents]
    place = ours[-1] if ours else place
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return (
        f"The planner broke off ({type(error).__name__} in {where}). Nothing was half-written; please report this line."
    )


if __name__ == "__main__":
    run()
