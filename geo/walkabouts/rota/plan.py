"""Plan the rota of walkabouts of a quarter or a year: on which day, in which band, by whom.

The rules, the gravest first: each quarter and each summer has its walks (geo/walkabouts/rota/needs.py), and as many
more as reports ask for (geo/walkabouts/rota/step_up.py); on each walk are people enough and an agency with each power;
no two in a row are in the same band or on the same day of the week, nor is the first like the walk before the rota.
Among the rotas that break the fewest, bands are used as evenly as can be, then days of the week, then pairs of them:
so much is proved by an integer programme. Among the equally even ones the draw prefers even weeks between walks, then
what was walked least before, and is otherwise at random (geo/walkabouts/rota/draw.py). Where no rota meets every rule,
the nearest one is given, with what is not met. Bank holidays are days like any other, and marked.
"""

from collections.abc import Sequence
from datetime import UTC, date, timedelta

import numpy as np

from geo.scenario.days_said import WEEKDAYS
from geo.walkabouts.bands import BANDS, LONDON, Band, start_of
from geo.walkabouts.rota.ask import RotaAsk, Walked
from geo.walkabouts.rota.days import RotaDays, bank_holiday, rota_days
from geo.walkabouts.rota.draw import Chosen, draw_rota
from geo.walkabouts.rota.model import RotaModel
from geo.walkabouts.rota.needs import needs_of
from geo.walkabouts.rota.places import Place, Places, place_walks
from geo.walkabouts.rota.result import Covered, Reason, Rota, RotaWalk
from geo.walkabouts.rota.rows import Aim, Found, solve_in_turn
from geo.walkabouts.rota.step_up import StepUp, step_up_due
from geo.walkabouts.rota.words import alike, lacking, missing_in_summer, missing_walks, never, walk_lacks


def plan_rota(ask: RotaAsk) -> Rota:
    """Plan a rota; the same question gives the same one.

    Parameters
    ----------
    ask
        The span, who can walk, the rules, what was before, and the seed.

    Raises
    ------
    BadInputError
        The span is over, ends before it begins, or is longer than a year.

    Examples
    --------
    >>> from geo.scenario.walkabouts import WalkaboutOptions
    >>> from geo.walkabouts.rota.agencies import WalkAgency
    >>> both = WalkAgency("Outreach and police", ("support", "enforcement"), people=3)
    >>> ask = RotaAsk(date(2026, 4, 1), date(2026, 9, 30), (both,), WalkaboutOptions(), date(2026, 3, 9), seed=5)
    >>> plan_rota(ask).headline
    '4 walks from 1 April 2026 to 30 September 2026. Every rule is met.'
    """
    ask.check()
    days, needs = rota_days(ask), needs_of(ask)
    step_up = step_up_due(ask.reports, ask.before, ask.options, today=ask.today)
    places = place_walks(ask, days, needs, step_up)
    model = RotaModel(ask, days, places.places, needs)
    chosen, proved = _choose(model)
    walks = tuple(_walk(model, number, *one) for number, one in enumerate(chosen))
    return Rota(
        first=ask.start,
        last=ask.last,
        walks=walks,
        coverage=covered(walks, ask.before),
        asked=tuple(need.told for need in needs),
        unmet=_unmet(model, places, walks),
        notes=_notes(ask, days, walks, step_up),
        step_up=step_up,
        proved=proved,
        seed=ask.seed,
    )


def _choose(model: RotaModel) -> tuple[Chosen, bool]:
    """Choose days and bands: first strictly, and where that cannot be, with as little broken as can be."""
    if not model.places:
        return [], True
    rows, uneven = model.rows(), Aim(model.uneven())
    found = solve_in_turn(rows, [uneven], model.most(strict=True), model.whole)
    if found is None:
        broken = [Aim(model.broken(what)) for what in ("summer", "walkers", "alike")]
        found = solve_in_turn(rows, [*broken, uneven], model.most(strict=False), model.whole)
    start = model.chosen(found.values) if found else [(place.target, 0) for place in model.places]
    return draw_rota(model, start), _proved(found)


def _proved(found: Found | None) -> bool:
    return found is not None and found.proved


def _walk(model: RotaModel, number: int, at: int, band_at: int) -> RotaWalk:
    ask, day, band = model.ask, model.days.days[at], BANDS[band_at]
    walkers, begins = model.days.walkers[at][band_at], start_of(day, band, ask.options)
    ends = (begins.astimezone(UTC) + timedelta(minutes=ask.options.walk_minutes)).astimezone(LONDON)
    holiday = bank_holiday(day)
    return RotaWalk(
        number=number + 1,
        day=day,
        weekday=WEEKDAYS[day.weekday()],
        band=band,
        begins=begins,
        ends=ends,
        agencies=walkers.names,
        people=walkers.people,
        powers=walkers.powers,
        reason=_reason(ask, model.places[number], day),
        explore_share=ask.options.explore_share,
        seed=_seed_of(ask.seed, day, band),
        unmet=walk_lacks(walkers, ask.options.least_people),
        notes=(f"bank holiday: {holiday}",) if holiday else (),
    )


def _reason(ask: RotaAsk, place: Place, day: date) -> Reason:
    if place.stepped:
        return "stepped up"
    return "more in summer" if day.month in ask.options.summer_months else "due each quarter"


def _seed_of(seed: int, day: date, band: Band) -> int:
    """Draw a walk's own seed: another for each day, and the same when the rota is made again."""
    return int(np.random.default_rng([seed, day.toordinal(), BANDS.index(band)]).integers(2**31))


def covered(walks: tuple[RotaWalk, ...], before: Sequence[Walked]) -> tuple[Covered, ...]:
    """Count the walks of every band and day of the week, those of a rota and those before it."""
    return tuple(
        Covered(
            band,
            weekday,
            planned=sum(walk.band == band and walk.weekday == weekday for walk in walks),
            held=sum(one.band == band and WEEKDAYS[one.day.weekday()] == weekday for one in before),
        )
        for band in BANDS
        for weekday in WEEKDAYS
    )


def _unmet(model: RotaModel, places: Places, walks: tuple[RotaWalk, ...]) -> tuple[str, ...]:
    ask, days = model.ask, model.days
    short = (*missing_walks(places.missing, days), *missing_in_summer(model.needs, walks))
    who = _of_walks(ask, walks)
    return (*short, *(never(ask, days) if who else ()), *who)


def _of_walks(ask: RotaAsk, walks: tuple[RotaWalk, ...]) -> tuple[str, ...]:
    return (*lacking(walks), *alike(walks, before=ask.last_walked, after=ask.after))


def _notes(ask: RotaAsk, days: RotaDays, walks: tuple[RotaWalk, ...], step_up: StepUp | None) -> tuple[str, ...]:
    notes = [step_up.told] if step_up else []
    if step_up and step_up.walks and step_up.by < ask.start:
        notes.append("That is before this rota begins: make a rota of those days for it.")
    if walks and not _of_walks(ask, walks):
        notes += never(ask, days)
    if not walks:
        notes.append("No walk is planned in this span.")
    return tuple(notes)
