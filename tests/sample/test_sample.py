"""The generator: the files are what the script makes, and what `truth.json` and `data/README.md` say of them."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "data" / "sample"
README = SAMPLE.parent / "README.md"


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _codepoint(edition: str) -> pd.DataFrame:
    columns = ["postcode", "quality", "easting", "northing", *"defgh", "ward"]
    return pd.read_csv(SAMPLE / f"codepoint_{edition}" / "zz.csv", header=None, names=columns, keep_default_na=False)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Every row of the three exports under common names, as text."""
    housing = pd.read_csv(SAMPLE / "referrals_housing_system.csv", dtype=str, keep_default_na=False)
    advice = pd.read_excel(SAMPLE / "referrals_citizens_advice.xlsx")
    food = pd.read_csv(
        SAMPLE / "referrals_food_banks.csv", sep=";", encoding="cp1252", dtype=str, keep_default_na=False
    )
    tables = [
        (housing, "Case Ref", "Approach Date", "%d/%m/%Y"),
        (advice, "Enquiry ref", "Date of referral", None),
        (food, "Reference", "Date", "%Y-%m-%d"),
    ]
    parts = [
        pd.DataFrame(
            {
                "feed": at,
                "id": table[key],
                "household": table["Household Ref"],
                "day": pd.to_datetime(table[day], format=form),
            }
        )
        for at, (table, key, day, form) in enumerate(tables)
    ]
    return pd.concat(parts, ignore_index=True)


def test_the_script_makes_the_files_that_are_here_to_the_last_byte(tmp_path) -> None:
    """Run under another hash seed, so that no order hangs on a set."""
    command = [sys.executable, str(HERE / "make.py"), "--out", str(tmp_path)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "271"})
    kept = {name: content for name, content in _files(SAMPLE).items() if name != ".gitattributes"}
    made = _files(tmp_path)
    assert sorted(made) == sorted(kept)
    assert [name for name in kept if made[name] != kept[name]] == []


def test_the_readme_gives_every_file_with_its_digest() -> None:
    listed = dict(
        re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in _files(SAMPLE).items()}
    digests.pop(".gitattributes")
    assert listed == digests


def test_the_sample_stays_small() -> None:
    sizes = {name: len(content) for name, content in _files(SAMPLE).items()}
    assert max(sizes.values()) < 1_400_000
    assert sum(sizes.values()) < 4_000_000


def test_every_postcode_is_of_the_unused_area_and_none_is_a_pseudo_postcode() -> None:
    for edition in ("2021-05", "2025-05"):
        compact = _codepoint(edition)["postcode"].str.replace(" ", "")
        assert compact.str.fullmatch(r"ZZ[1-9]\d[ABD-HJLNP-UW-Z]{2}").all()
        assert compact.is_unique


def test_the_district_lies_in_the_open_sea() -> None:
    """The nearest coasts, Yorkshire's and Norfolk's, are 90 km and more from this box."""
    located = _codepoint("2025-05").query("quality < 90")
    assert located["easting"].between(630_000, 670_000).all()
    assert located["northing"].between(476_000, 506_000).all()


def test_the_older_edition_knows_postcodes_that_are_gone_and_not_yet_the_newest_estate(truth) -> None:
    older, newer = _codepoint("2021-05"), _codepoint("2025-05")
    then, now = (set(edition["postcode"].str.replace(" ", "")) for edition in (older, newer))
    assert len(then - now) == truth["postcodes"]["terminated"] == 60
    assert len(now - then) == 45
    assert (newer["quality"] == 90).sum() == truth["postcodes"]["unlocated"]


def test_thirty_odd_postcodes_stand_on_the_delivery_office() -> None:
    located = _codepoint("2025-05").query("quality < 90")
    crowd = located.groupby(["easting", "northing"]).size()
    assert crowd.max() == 31
    assert (crowd >= 5).sum() == 1


def test_three_review_years_hold_some_seven_hundred_rows_each(rows, truth) -> None:
    begun = (rows["day"] - pd.DateOffset(months=3)).dt.year
    by_year = {f"{year}-{(year + 1) % 100}": count for year, count in sorted(Counter(begun).items())}
    assert by_year == truth["rows_by_year"]
    assert all(650 <= count <= 750 for count in by_year.values())


def test_households_have_some_fourteen_rows_in_ten_and_are_known_to_several_agencies(rows) -> None:
    once = rows.drop_duplicates(["feed", "id"])
    assert 1.35 < len(once) / once["household"].nunique() < 1.45
    assert once.drop_duplicates(["household", "feed"])["household"].value_counts().gt(1).sum() > 100


def test_the_food_banks_begin_in_year_two(rows) -> None:
    first = rows.groupby("feed")["day"].min()
    assert first[2] >= pd.Timestamp("2023-04-01")
    assert first[:1].max() < pd.Timestamp("2022-05-01")


def test_planted_clusters_grow_stay_and_fade(truth) -> None:
    first_to_last = {
        cluster["trend"]: cluster["households_by_year"]["2024-25"] / cluster["households_by_year"]["2022-23"]
        for cluster in truth["clusters"]
    }
    assert first_to_last["growing"] > 2
    assert 0.7 < first_to_last["steady"] < 1.4
    assert first_to_last["fading"] < 0.5
