"""Opening hours of every kind are read, or said not to be understood; never silently open or closed."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hubs.programme.hours import DAY_ONLY, NOT_FIRM, NOT_RECORDED, NOT_UNDERSTOOD, note_for, read_hours
from geo.hubs.programme.plain_hours import as_osm

TUESDAY, SUNDAY = datetime(2026, 5, 5), datetime(2026, 5, 10)  # noqa: DTZ001 - local time of a hall
MORNING, AFTERNOON = 10, 14


def answer(text, day, hour, hours=2):
    begin = day + timedelta(hours=hour)
    return read_hours(text).on(begin, begin + timedelta(hours=hours))


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-17:00",
        "Mo-Fr 09:00-17:00; PH off",
        "Tu 10:00-11:00,11:00-12:00",
        "24/7",
        "Mon-Fri 9-5",
        "Monday to Friday, 9.00am to 5.00pm",
        "Tuesdays and Thursdays 9am - 1pm",
        "9am-5pm weekdays",
        "Mon, Tue & Fri 10am to noon; Sat 10-12",
        "Tu[1] 10:00-12:00",
    ],
)
def test_a_site_that_says_so_is_open_on_tuesday_morning(text):
    assert answer(text, TUESDAY, MORNING) == "open"


@pytest.mark.parametrize(
    "text", ["Mo-Fr 09:00-11:30", "We 09:00-17:00", "Mon 9-5", "off", "Tue 1-4pm", "Tu[2] 10:00-12:00"]
)
def test_a_site_that_shuts_before_the_session_ends_is_closed(text):
    assert answer(text, TUESDAY, MORNING) == "closed"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", NOT_RECORDED),
        ("   ", NOT_RECORDED),
        ("ring the clerk", NOT_UNDERSTOOD),
        ("Mo-Fr sunrise-sunset", NOT_UNDERSTOOD),
        ("SH Mo-Fr 09:00-17:00", NOT_UNDERSTOOD),
        ("Tue 7-9", NOT_UNDERSTOOD),
        ("closed Sundays", NOT_UNDERSTOOD),
        ("Mo-Fr", NOT_FIRM),
        ("Tu 08:00+", NOT_FIRM),
        ('Mo-Fr 09:00-17:00 "by appointment"', NOT_FIRM),
        ("mo-fr 9:00-5:00", NOT_FIRM),
        ("Tue morning; closed Mon, Sun", DAY_ONLY),
    ],
)
def test_what_is_not_known_for_sure_is_asked_of_the_host(text, why):
    hours = read_hours(text)
    begin = TUESDAY + timedelta(hours=MORNING)
    found = hours.on(begin, begin + timedelta(hours=2))
    assert found == "ask"
    assert note_for(hours, found) == why


def test_a_library_that_is_open_in_the_morning_only_is_closed_in_the_afternoon():
    text = "Tue, Sat morning; Wed all day; Thu afternoon; closed Mon, Sun"
    assert answer(text, TUESDAY, AFTERNOON) == "closed"
    assert answer(text, SUNDAY, MORNING) == "closed"
    assert answer(text, TUESDAY + timedelta(days=3), MORNING) == "ask"  # nothing is told of Friday


def test_a_bank_holiday_closes_a_site_that_says_ph_off():
    boxing_day_observed = datetime(2026, 12, 28)  # noqa: DTZ001 - a Monday
    assert answer("Mo-Fr 09:00-17:00; PH off", boxing_day_observed, MORNING) == "closed"
    assert answer("Mo-Fr 09:00-17:00", boxing_day_observed, MORNING) == "open"


@pytest.mark.parametrize(
    ("text", "osm"),
    [
        ("1-4 Tuesdays", "Tu 13:00-16:00"),
        ("Tue 12-4pm", "Tu 12:00-16:00"),
        ("Tue 7-9pm", "Tu 19:00-21:00"),
        ("Tue 10-12pm", "Tu 10:00-12:00"),
        ("Tue 06.30-18.30", "Tu 06:30-18:30"),
        ("Daily 9-5", "Mo-Su 09:00-17:00"),
        ("Mon-Fri 9am-12.30pm and 1.30pm-5pm", "Mo-Fr 09:00-12:30,13:30-17:00"),
        ("Tue 25-26", ""),
        ("Tue 10pm-2am", ""),
        ("Tue 9:75-11", ""),
        ("Mon-Fri 9-5 except August", ""),
    ],
)
def test_plain_english_is_turned_into_the_maps_own_way(text, osm):
    assert as_osm(text) == osm


@given(
    first=st.integers(0, 5),
    last=st.integers(0, 6),
    begin=st.integers(0, 21),
    length=st.integers(1, 3),
    suffix=st.booleans(),
)
def test_plain_hours_and_their_osm_form_give_the_same_answers(first, last, begin, length, suffix):
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    last = max(first, last)
    end = begin + length

    def clock(hour):
        return f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}" if suffix else f"{hour:02d}:00"

    plain = f"{days[first]} to {days[last]} {clock(begin)}-{clock(end)}"
    osm = f"{days[first][:2]}-{days[last][:2]} {begin:02d}:00-{end:02d}:00"
    for day in range(7):
        at = datetime(2026, 5, 4) + timedelta(days=day, hours=begin)  # noqa: DTZ001 - local time
        assert read_hours(plain).on(at, at + timedelta(hours=length)) in {
            read_hours(osm).on(at, at + timedelta(hours=length)),
            "ask",
        }


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_reader(text):
    assert answer(text, TUESDAY, MORNING) in {"open", "closed", "ask"}
