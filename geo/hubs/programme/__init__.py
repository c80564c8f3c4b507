"""The year's programme of hubs: which site on which day, so that the year reaches the most different people."""

from geo.hubs.programme.inputs import Areas, Hosts, NeedReach, YearInputs, reach_need, read_all_hours
from geo.hubs.programme.moves import Moved, move_hub
from geo.hubs.programme.partners import Partner, make_partner
from geo.hubs.programme.plan import plan_year
from geo.hubs.programme.result import Programme
from geo.hubs.programme.sheet import Sheet, content_of, sheet_from, sheet_of
from geo.hubs.programme.year import year_at

__all__ = [
    "Areas",
    "Hosts",
    "Moved",
    "NeedReach",
    "Partner",
    "Programme",
    "Sheet",
    "YearInputs",
    "content_of",
    "make_partner",
    "move_hub",
    "plan_year",
    "reach_need",
    "read_all_hours",
    "sheet_from",
    "sheet_of",
    "year_at",
]
