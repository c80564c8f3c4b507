"""Plan a year: choose the sites that reach the most different clients, then their dates; prove it, and check it."""

from datetime import date

from geo.errors import BadInputError, PlannerError
from geo.hubs.programme.candidates import Setting, find_candidates
from geo.hubs.programme.cuts import Best, maximise
from geo.hubs.programme.dates import give_dates
from geo.hubs.programme.inputs import YearInputs
from geo.hubs.programme.lay_out import lay_out
from geo.hubs.programme.model import hubs_model, whole_problem
from geo.hubs.programme.refusals import is_possible, most_areas, require_a_year, why_none
from geo.hubs.programme.result import Programme
from geo.hubs.programme.rules import Visit, broken_rules
from geo.hubs.programme.year import year_days
from geo.scenario import ProgrammeOptions


def plan_year(inputs: YearInputs, *, year: str, options: ProgrammeOptions, today: date) -> Programme:
    """Plan the hubs of a review year; the same inputs give the same programme.

    Parameters
    ----------
    inputs
        Need, hosts, priority areas and partners.
    year
        The review year, such as "2026-27".
    options
        The rules.
    today
        Days up to this one are not planned.

    Returns
    -------
    Programme
        With the most that any programme under the rules reaches, and whether this one is proved to be the best.

    Raises
    ------
    MissingDataError
        There is no site, no client with a place on the map, or no partner.
    BadInputError
        A rule cannot be kept; the sentence names it, with its numbers.
    PlannerError
        The solver found nothing in the time it was given.
    """
    days = year_days(year, options, first_month=inputs.first_month, today=today)
    setting = find_candidates(inputs, days, options)
    require_a_year(setting)
    best, kept, notes = _best(setting)
    dated = give_dates(kept, hubs_model(kept).chosen(best.values), seconds=options.seconds)
    if dated is None:
        message = "The dates of the programme could not be settled; allow the solver more seconds."
        raise PlannerError(message)
    visits = [Visit(site, days.slots[at]) for site, at in dated]
    _require_kept(visits, kept)
    return lay_out(kept, visits, bound=best.bound, notes=notes)


def _best(setting: Setting) -> tuple[Best, Setting, tuple[str, ...]]:
    """Find the best sites; where not as many priority areas can be visited as asked for, with as many as can be."""
    found = _maximise(setting)
    if found is not None:
        return found, setting, ()
    if not is_possible(setting):
        raise BadInputError(why_none(setting))
    most, wanted, areas = most_areas(setting), setting.areas_wanted, len(setting.inputs.areas.names)
    share = {"area_share": most / areas}
    fewer = setting.under(setting.options.model_copy(update=share))
    found = _maximise(fewer)
    if found is None:
        message = "The solver was not done in time; allow it more seconds."
        raise PlannerError(message)
    note = (
        f"{wanted} of {areas} priority areas were to be visited, and no programme of {len(setting.hub_quarters)} hubs "
        f"under these rules visits more than {most}; hold more hubs, or accept it."
    )
    return found, fewer, (note,)


def _maximise(setting: Setting) -> Best | None:
    model = hubs_model(setting)
    return maximise(whole_problem(model), model.yields, seconds=setting.options.seconds)


def _require_kept(visits: list[Visit], setting: Setting) -> None:
    """Hold the solver's answer against the rules, counted afresh."""
    wanted = setting.areas_wanted
    broken = broken_rules(visits, setting.inputs, setting.days, setting.options, areas_wanted=wanted)
    if broken:
        message = (
            f"The planner's own check of the programme failed, so it is not shown: {broken[0]} Please report this."
        )
        raise PlannerError(message)
