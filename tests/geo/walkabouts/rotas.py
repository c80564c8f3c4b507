"""Questions for rotas, and every rule written a second time, plainly, to judge the answers by."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise, product

from hypothesis import strategies as st

from geo.scenario.days_said import WEEKDAYS
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.agencies import WalkAgency
from geo.walkabouts.rota.ask import RotaAsk, Walked

TODAY = date(2026, 3, 20)
QUARTER = date(2026, 4, 1), date(2026, 6, 30)
YEAR = date(2026, 4, 1), date(2027, 3, 31)
DAY = timedelta(days=1)
OUTREACH = WalkAgency("Outreach", ("support",), 2)
POLICE = WalkAgency("Police", ("enforcement",), 1, weekdays=("Tue", "Thu", "Fri", "Sat"))
WARDENS = WalkAgency("Wardens", ("enforcement",), 1, bands=("early morning", "day"))
ALL = (OUTREACH, POLICE, WARDENS)


def ask(span=QUARTER, agencies=ALL, *, seed=1, today=TODAY, **more):
    """Ask for a rota; what is no field of the question is an option."""
    fields = {name: more.pop(name) for name in ("before", "after", "reports", "first_month") if name in more}
    options = WalkaboutOptions(**more)
    return RotaAsk(*span, agencies, options, today=today, seed=seed, **fields)


def open_days(asked):
    """List the days on which a walk may be held."""
    closed = [tuple(map(date.fromisoformat, (text.split("..") * 2)[:2])) for text in asked.options.closed]
    count = (asked.last - asked.start).days + 1
    return [
        day
        for day in (asked.start + number * DAY for number in range(count))
        if WEEKDAYS[day.weekday()] in asked.options.weekdays and not any(first <= day <= last for first, last in closed)
    ]


def lacks(asked, day, band):
    """Count what a walk then would lack."""
    able = [one for one in asked.agencies if one.can_walk(day, band)]
    powers = {power for one in able for power in one.powers}
    return len(set(asked.options.powers) - powers) + (sum(one.people for one in able) < asked.options.least_people)


def alike(asked, walks):
    """Count neighbours alike in band, and alike in day of the week."""
    last = max(asked.before, default=None)
    row = [*([(last.day, last.band)] if last else []), *walks]
    row += [(asked.after.day, asked.after.band)] if asked.after else []
    return sum((a[1] == b[1]) + (a[0].weekday() == b[0].weekday()) for a, b in pairwise(row))


def unevenness(walks):
    """Price the counts of bands, days of the week, and pairs of them."""
    bands = Counter(band for _, band in walks)
    days = Counter(day.weekday() for day, _ in walks)
    pairs = Counter((day.weekday(), band) for day, band in walks)
    return sum(
        weight * sum(count**2 for count in counts.values())
        for weight, counts in ((2_500, bands), (50, days), (1, pairs))
    )


def worth(asked, walks):
    """Say how good walks are but for the summer, which small questions do not ask for: less is better."""
    return sum(lacks(asked, day, band) for day, band in walks), alike(asked, walks), unevenness(walks)


def best_by_trying(asked, count):
    """Try every choice of so many walks."""
    choices = (
        list(zip(days, bands, strict=True))
        for days in combinations(open_days(asked), count)
        for bands in product(BANDS, repeat=count)
    )
    return min(worth(asked, choice) for choice in choices)


_NAMES = st.sampled_from(["Outreach", "Police", "Wardens", "Mind", "Church"])
_DAYS = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True).map(tuple)
_BANDS = st.lists(st.sampled_from(BANDS), min_size=1, max_size=3, unique=True).map(tuple)
_POWERS = st.sampled_from([("support",), ("enforcement",), ("support", "enforcement")])
_AWAY = st.sampled_from([(), ("2026-05-01..2026-05-31",), ("2026-06-02", "2026-08-01..2026-09-15")])
agencies = st.lists(
    st.builds(WalkAgency, _NAMES, _POWERS, st.integers(1, 4), weekdays=_DAYS, bands=_BANDS, away=_AWAY),
    max_size=4,
    unique_by=lambda one: one.name,
).map(tuple)
spans = st.sampled_from(
    [QUARTER, (date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 4, 1), date(2026, 9, 30)), (TODAY, TODAY + 9 * DAY)]
)
walked = st.lists(
    st.builds(Walked, st.dates(date(2025, 6, 1), TODAY), st.sampled_from(BANDS), st.booleans()), max_size=4
).map(tuple)
reports = st.lists(st.dates(TODAY - 50 * DAY, TODAY), max_size=12).map(tuple)


@st.composite
def questions(draw):
    """Ask for anything that a council might."""
    weekdays = draw(st.one_of(st.just(WEEKDAYS), _DAYS))
    closed = draw(st.sampled_from([(), ("2026-04-10..2026-05-20",), ("2026-07-01..2026-07-31", "2026-06-15")]))
    return ask(
        draw(spans),
        draw(agencies),
        seed=draw(st.integers(0, 2**31)),
        before=draw(walked),
        reports=draw(reports),
        first_month=draw(st.sampled_from([1, 4, 5])),
        weekdays=weekdays,
        closed=closed,
        walks_a_quarter=draw(st.integers(1, 4)),
        summer_walks_a_quarter=draw(st.integers(1, 6)),
        summer_months=draw(st.sampled_from([(6, 7, 8), (), (5, 6), (7,)])),
        step_up_walks=draw(st.integers(0, 2)),
    )
