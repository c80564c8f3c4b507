"""What is read out of a GTFS zip, and what is said of one that cannot be used."""

import io
import zipfile

import pytest
import shapely

from geo.errors import BadInputError
from geo.places.bus_reading import read_gtfs
from tests.geo.places.buses import STOPS, TINYTOWN, gtfs, stops_table

AREA = shapely.box(640_000, 420_000, 644_000, 424_000)
TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"


def read(source=None, *, area=AREA, **tables):
    return read_gtfs(source or gtfs(**tables), name="bus.zip", area=area)


def calls(feed, *columns):
    return list(feed.calls[list(columns)].itertuples(index=False, name=None))


def test_local_buses_in_the_district_are_kept() -> None:
    feed = read()
    assert calls(feed, "trip", "stop_name", "arrive_s", "depart_s", "board", "alight") == [
        (0, "West", 32_400, 32_400, True, False),
        (0, "Middle", 33_000, 33_060, True, True),
        (0, "East", 33_600, 33_600, False, True),
        (1, "West", 36_000, 36_000, True, False),
        (1, "East", 37_200, 37_200, False, True),
    ]
    assert feed.publishers == ("Tiny Buses",)
    assert set(feed.calls["weekdays"]) == {"1111100"}
    points = feed.calls.drop_duplicates("stop_name").set_index("stop_name")[["easting", "northing"]]
    assert points.round(1).T.to_dict("list") == {name: [float(x), float(y)] for name, (x, y) in STOPS.items()}


def test_every_trip_and_every_call_is_accounted_for() -> None:
    feed = read(trips=TINYTOWN["trips"] + "1,week,elsewhere,Far\n1,never,unused,\n")
    assert feed.trips_kept + sum(feed.trips_left_out.values()) == feed.trips_read == 5
    assert feed.calls_kept + sum(feed.calls_left_out.values()) == feed.calls_read == 8
    assert feed.trips_left_out == {
        "never calls here, or is named twice": 2,
        "not a local bus (a train, a coach, a ferry, or one that must be booked)": 1,
    }
    assert feed.calls_left_out == {"at a stop beyond the area": 2, "in a trip left out, or without a time": 1}
    assert (feed.stops_read, feed.stops_kept) == (4, 3)


def test_calls_in_any_order_are_sorted_by_their_number_not_as_text() -> None:
    times = TIMES + "a,9:30:00,9:30:00,E,10\na,9:00:00,9:00:00,W,9\n"
    assert calls(read(stop_times=times), "stop_name", "arrive_s") == [("West", 32_400), ("East", 34_200)]


@pytest.mark.parametrize("number", ["inf", "1e300", "99999999999999999999"])
def test_a_number_of_a_call_that_is_none_is_no_stumbling_block(number) -> None:
    feed = read(stop_times=TIMES + f"a,09:00:00,09:00:00,W,1\na,09:20:00,09:20:00,E,{number}\n")
    assert feed.trips_kept == 1


def test_a_call_without_a_time_is_put_between_its_neighbours() -> None:
    times = TIMES + "a,09:00:00,09:00:00,W,1\na,,,M,2\na,09:20:00,,E,3\n"
    assert calls(read(stop_times=times), "arrive_s", "depart_s") == [
        (32_400, 32_400),
        (33_000, 33_000),
        (33_600, 33_600),
    ]


def test_a_call_past_midnight_stays_in_its_service_day() -> None:
    times = TIMES + "a,23:50:00,23:50:00,W,1\na,24:10:00,24:10:00,E,2\n"
    assert [seconds for (seconds,) in calls(read(stop_times=times), "arrive_s")] == [85_800, 87_000]


def test_a_trip_whose_times_run_backwards_is_left_out() -> None:
    times = (
        TIMES + "a,09:00:00,09:00:00,W,1\na,08:00:00,08:00:00,E,2\nb,09:00:00,09:00:00,W,1\nb,09:10:00,09:10:00,E,2\n"
    )
    feed = read(stop_times=times)
    assert (feed.trips_kept, feed.trips_left_out["its times run backwards"]) == (1, 1)


def test_a_trip_with_one_stop_here_or_no_days_is_left_out() -> None:
    feed = read(
        trips=TINYTOWN["trips"] + "1,week,alone,\n1,gone,never,\n",
        stop_times=TINYTOWN["stop_times"] + "alone,09:00:00,09:00:00,W,1,0,0\nnever,09:00:00,09:00:00,W,1,0,0\n",
    )
    assert feed.trips_left_out["calls at one stop here or has no times"] == 1
    assert feed.trips_left_out["runs on no day"] == 1


def test_a_bus_that_leaves_the_district_and_comes_back_is_followed_through() -> None:
    times = TIMES + "a,09:00:00,09:00:00,W,1\na,09:30:00,09:30:00,F,2\na,10:00:00,10:00:00,E,3\n"
    assert calls(read(stop_times=times), "stop_name", "position") == [("West", 0), ("East", 1)]


def test_a_bus_every_ten_minutes_is_one_trip_for_each_run() -> None:
    """From 12:00 until before 12:30; the trip's first stop lies outside, an hour before West."""
    times = TIMES + "a,08:00:00,08:00:00,F,1\na,09:00:00,09:00:00,W,2\na,09:05:00,09:05:00,E,3\n"
    often = "trip_id,start_time,end_time,headway_secs\na,12:00:00,12:30:00,600\n"
    feed = read(stop_times=times, frequencies=often)
    assert [seconds / 60 for _, seconds in calls(feed, "trip", "depart_s")] == [780, 785, 790, 795, 800, 805]
    assert feed.trips_kept == 3


@pytest.mark.parametrize("line", ["a,12:00:00,12:30:00,0", "a,12:00:00,12:30:00,", "a,noon,12:30:00,600"])
def test_a_headway_that_cannot_be_read_counts_as_none(line) -> None:
    feed = read(frequencies=f"trip_id,start_time,end_time,headway_secs\n{line}\n")
    assert feed.trips_kept == 2


def test_a_headway_of_seconds_in_thousands_of_lines_is_refused() -> None:
    lines = "".join(f"a,00:00:{number % 60:02d},71:59:59,{30 + number // 60}\n" for number in range(1_500))
    with pytest.raises(BadInputError, match=r"frequencies.txt comes to over 5,000,000 calls"):
        read(frequencies="trip_id,start_time,end_time,headway_secs\n" + lines)


def test_days_added_and_taken_away_are_kept() -> None:
    days = "service_id,date,exception_type\nweek,20250608,1\nweek,20250604,2\nweek,20250699,1\n"
    feed = read(calendar_dates=days)
    assert calls(feed, "also_on", "not_on")[0] == ("20250608", "20250604")


def test_a_timetable_of_single_days_needs_no_calendar() -> None:
    feed = read(calendar="", calendar_dates="service_id,date,exception_type\nweek,20250603,1\n")
    assert calls(feed, "weekdays", "first_day", "also_on")[0] == ("0000000", "", "20250603")


def test_a_change_that_takes_longer_or_is_not_possible_is_kept() -> None:
    table = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nM,M,2,300\nM,E,3,\nM,W,1,\nM,F,2,60\nM,W,2,-5\n"
    feed = read(transfers=table)
    number = dict(calls(feed, "stop_name", "stop"))
    noted = dict(calls(feed, "stop_name", "changes"))
    assert noted == {"West": "", "East": "", "Middle": f"{number['Middle']}:300 {number['East']}:-1"}


def test_a_stop_takes_the_place_of_its_station() -> None:
    stops = "stop_id,stop_name,stop_lat,stop_lon,parent_station\n"
    station = stops_table({"Station": STOPS["West"]}).splitlines()[1]
    east = stops_table({"East": STOPS["East"]}).splitlines()[1]
    feed = read(stops=f"{stops}{station},\n{east},\nW,West,,,S\n")
    assert round(dict(calls(feed, "stop_name", "easting"))["West"]) == 641_000


def test_a_byte_order_mark_spaces_quotes_and_a_folder_do_not_matter() -> None:
    routes = '\ufeffroute_id, agency_id ,route_short_name,route_long_name,route_type\r\n1,T,"1, the fast one",, 3 \r\n'
    feed = read(gtfs(folder="gtfs/", routes=routes))
    assert set(feed.calls["line"]) == {"1, the fast one"}


def test_broken_lines_are_counted() -> None:
    feed = read(stop_times=TINYTOWN["stop_times"] + "a,09:30:00\n")
    assert feed.calls_left_out["broken"] == 1
    assert feed.calls_kept + sum(feed.calls_left_out.values()) == feed.calls_read == 9


@pytest.mark.parametrize("table", ["stops", "routes", "trips", "stop_times", "calendar"])
def test_a_zip_without_a_table_is_no_timetable(table) -> None:
    with pytest.raises(BadInputError, match=rf"not a bus timetable in GTFS: it has no {table}\.txt"):
        read(**{table: ""})


@pytest.mark.parametrize("table", ["stops", "routes", "trips", "stop_times", "calendar"])
def test_an_empty_table_is_told_in_a_sentence(table) -> None:
    with pytest.raises(BadInputError, match=r"bus\.zip"):
        read(**{table: TINYTOWN[table].splitlines()[0] + "\n"})


def test_a_table_without_column_names_is_told_in_a_sentence() -> None:
    with pytest.raises(BadInputError, match="no readable line of column names"):
        read(trips="\n")


def test_a_zip_whose_directory_points_before_its_beginning_is_told_in_a_sentence() -> None:
    broken = bytearray(gtfs())
    end = broken.rindex(b"PK\x05\x06")
    broken[end + 16 : end + 20] = (2**30).to_bytes(4, "little")  # where the directory is said to begin
    with pytest.raises(BadInputError, match="damaged"):
        read(bytes(broken))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a zip", b"postcode,homes\nZZ1 1AA,3\n"])
def test_what_is_no_zip_is_told_in_a_sentence(content) -> None:
    with pytest.raises(BadInputError, match=r"bus\.zip cannot be read"):
        read(content or b"\0")


def test_a_damaged_zip_is_told_in_a_sentence() -> None:
    whole = bytearray(gtfs(stop_times=TINYTOWN["stop_times"] * 200))
    middle = whole.index(b"stop_times.txt") + 60
    whole[middle : middle + 40] = b"\0" * 40
    with pytest.raises(BadInputError, match="damaged"):
        read(bytes(whole))


def test_accents_are_kept_and_another_encoding_is_told_in_a_sentence() -> None:
    accents = gtfs(stops=TINYTOWN["stops"].replace("West", "Wést"))
    assert "Wést" in set(read(accents).calls["stop_name"])
    latin = TINYTOWN | {"stops": TINYTOWN["stops"].replace("West", "Wést").encode("latin-1")}
    with pytest.raises(BadInputError, match=r"bus\.zip cannot be read"):
        read(_zip_of({f"{name}.txt": text for name, text in latin.items()}))


def test_transxchange_is_told_apart() -> None:
    with pytest.raises(BadInputError, match="looks like TransXChange; ask for GTFS"):
        read(_zip_of({"1.xml": "<TransXChange/>"}))


@pytest.mark.parametrize("name", ["../stops.txt", "/stops.txt"])
def test_a_zip_that_climbs_out_of_its_folder_is_not_opened(name) -> None:
    with pytest.raises(BadInputError, match="not a safe zip"):
        read(_zip_of({name: "stop_id\n"}))


def test_a_bomb_is_not_opened() -> None:
    with pytest.raises(BadInputError, match="not a safe zip"):
        read(_zip_of({"stops.txt": "0" * 5_000_000}))


def test_the_timetable_of_another_place_is_refused() -> None:
    elsewhere = shapely.box(400_000, 300_000, 410_000, 310_000)
    with pytest.raises(BadInputError, match="has 4 stops, and none of them lies in or near the district"):
        read(area=elsewhere)


def test_a_timetable_of_coaches_alone_is_refused() -> None:
    with pytest.raises(BadInputError, match="no local bus that can be used calls in or near"):
        read(routes=TINYTOWN["routes"].replace(",3\n", ",200\n"))


def _zip_of(members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return made.getvalue()
