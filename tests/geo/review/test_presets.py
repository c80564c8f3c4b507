"""Presets: made once, given to another council as a small file, and never holding more than names and meanings."""

import pandas as pd
import pytest

from geo.errors import BadInputError
from geo.review.columns import FIELDS
from geo.review.forgettable import BySource
from geo.review.forgetting import forget
from geo.review.intake import preview_file
from geo.review.presets.files import MAX_BYTES, parse_preset, read_preset_file, write_preset
from geo.review.presets.meanings import read_meanings, reworded
from geo.review.presets.preset import Preset
from geo.review.presets.shipped import NOT_SHIPPED, find_preset, shipped_presets
from geo.review.presets.using import columns_for, missing_from, preset_of
from tests.tinytown.council import TODAY

CODES = {"reason": {"7": "end of social rented tenancy", "9": "domestic abuse"}}
HOPE = (
    "Application Id,Household Id,PostCode (HCLIC A1.8),H-CLIC 1.22 Date homeless application made,"
    "H-CLIC 1.15 Main reason for loss of settled home,Last Name HCLIC A1.5\n"
    "1,2,ZZ1 0AG,05/05/2025,Other,Quillfeather\n"
)


def _parse(text: str) -> Preset:
    return parse_preset(text.encode(), file_name="given.toml")


def test_a_preset_that_was_saved_is_the_same_when_it_is_read_again():
    made = preset_of("Our system", {"date": "Approach Date", "postcode": "Client PC", "outcome": ""}, CODES)
    assert parse_preset(write_preset(made), file_name="our.toml") == made


def test_the_old_files_of_columns_alone_are_presets_too(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text('[columns]\npostcode = "Home PC"\noutcome = ""\n', encoding="utf-8")
    found = find_preset(str(path))
    assert found == read_preset_file(path)
    assert found.name == "ours"
    assert columns_for(found, ["home pc", "Outcome"]) == {"postcode": "home pc", "outcome": ""}


def test_of_several_names_the_first_that_the_file_has_is_used():
    preset = Preset("x", columns={"date": ("Applied", "Approached"), "postcode": ("PC",), "reason": ("PC",)})
    assert columns_for(preset, ["approached", "Applied on", "PC"]) == {"date": "approached", "postcode": "PC"}
    assert missing_from(preset, ["approached", "PC"]) == ["reason"]


@pytest.mark.parametrize("name", sorted(shipped_presets()))
def test_every_shipped_preset_names_its_public_source_and_what_nobody_verified(name):
    preset = find_preset(name.upper())
    assert preset.sources
    assert all(one.title and one.publisher and one.date for one in preset.sources)
    assert set(preset.unverified) <= set(preset.columns) <= set(FIELDS)
    assert preset.about
    assert not any(values for values in preset.meanings.values())  # no public list of codes was found


def test_the_systems_without_a_public_document_have_no_preset():
    named = " ".join(shipped_presets()).casefold()
    assert NOT_SHIPPED
    assert not any(system.split()[0].casefold() in named for system in NOT_SHIPPED)


def test_the_hope_preset_finds_its_columns_in_such_an_export():
    columns = preview_file(HOPE.encode(), file_name="hope.csv").columns
    found = columns_for(find_preset("hope extract"), columns)
    assert found["date"] == "H-CLIC 1.22 Date homeless application made"
    assert found["postcode"] == "PostCode (HCLIC A1.8)"
    assert "Last Name HCLIC A1.5" not in found.values()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns = 3", r"no table \[columns\]"),
        ("[columns", "not a TOML file"),
        ("[columns]\nname = 'Surname'", "no field here"),
        ("[columns]\ndate = 5", "no text"),
        ("[columns]\npostcode = 'SP10 1DP'", "looks like a client's data"),
        ("[columns]\ndate = 'karen@example.org'", "looks like a client's data"),
        ("[columns]\ndate = '=HYPERLINK(1)'", "formula"),
        ("[columns]\ndate = '" + "x" * 201 + "'", "longer than 200"),
        ("[columns]\ndate = 'a\\u0007b'".replace("'", '"'), "empty or longer"),
        ("[columns]\ndate = 'D'\n[rows]\na = 1", "more than a preset does"),
        ("[columns]\ndate = 'D'\n[meanings.postcode]\n1 = 'a'", "no field here"),
        ("[columns]\ndate = 'D'\n[meanings.reason]\n1 = '12 Mill Road'", "no category"),
        ("[columns]\ndate = 'D'\n[meanings.reason]\n'Domestic abuse' = 'other'", "abuse or violence"),
        ("[columns]\ndate = 'D'\n[meanings.reason]\n'\uff24\uff36' = 'other'", "abuse or violence"),
        ("[columns]\ndate = 'D'\n[meanings.reason]\n'Violent breakdown' = 'rent arrears'", "abuse or violence"),
        ("[columns]\ndate = 'D'\n[meanings]\nreason = 'x'", "no table"),
        ("[columns]\ndate = 'D'\n[preset]\nname = 'ask Karen'", "name that cannot be used"),
        ("[columns]\ndate = 'D'\n[preset]\nunverified = 'date'", "are lists"),
    ],
)
def test_a_hostile_preset_is_refused_in_a_sentence(text, said):
    with pytest.raises(BadInputError, match=said) as refused:
        _parse(text)
    assert "SP10" not in str(refused.value)
    assert "Karen" not in str(refused.value)
    assert "karen" not in str(refused.value)


def test_a_preset_as_large_as_data_is_refused():
    with pytest.raises(BadInputError, match="larger than"):
        parse_preset(b"#" * (MAX_BYTES + 1), file_name="big.toml")
    many = "\n".join(f"'{number}' = 'other'" for number in range(501))
    with pytest.raises(BadInputError, match="more than 500 values"):
        _parse(f"[columns]\ndate = 'D'\n[meanings.reason]\n{many}")


def test_a_name_that_is_neither_a_preset_nor_a_file_lists_the_presets(tmp_path):
    with pytest.raises(BadInputError, match="h-clic questions"):
        find_preset("northgate")
    with pytest.raises(BadInputError, match="no preset file"):
        find_preset(str(tmp_path / "gone.toml"))


def test_what_says_domestic_abuse_is_never_given_another_meaning():
    violent = {"violent breakdown of relationship": "non-violent relationship breakdown with partner"}
    assert reworded(pd.Series(list(violent)), {"reason": violent}, "reason").to_list() == list(violent)
    texts = pd.Series(["Fleeing DV", "7"])
    assert reworded(texts, {"reason": {"fleeing dv": "other", "7": "other"}}, "reason").to_list() == [
        "Fleeing DV",
        "other",
    ]


def _coded(*codes: str) -> bytes:
    lines = [f"{number},H{number},05/05/2025,ZZ1 0AG,{code}" for number, code in enumerate(codes, start=1)]
    return ("Case Ref,Household Ref,Approach Date,Postcode,Reason\n" + "\n".join(lines) + "\n").encode()


def test_codes_become_categories_and_are_remembered_for_the_next_export(council, add):
    add(_coded("7", "9"), meanings=CODES)
    assert read_meanings(council.store, "Housing") == CODES
    add(_coded("7", "9", "7"))
    reasons = council.records()["reason"].astype(str).value_counts().to_dict()
    assert reasons == {"end of social rented tenancy": 2, "domestic abuse": 1}


def test_a_code_of_domestic_abuse_keeps_its_row_off_every_map(council, add):
    add(_coded("9"), meanings=CODES)
    record = council.records().iloc[0]
    add(_coded("Domestic abuse"), feed="In words")
    words = council.records().query("feed == 'In words'").iloc[0]
    assert (record["h3_8"], record["reason"], record["status"]) == (words["h3_8"], words["reason"], words["status"])


def test_forgetting_a_source_forgets_what_its_codes_mean(council, add):
    add(_coded("7"), meanings=CODES)
    forget(council, BySource("Housing"), today=TODAY)
    assert read_meanings(council.store, "Housing") == {}


def test_without_new_meanings_those_of_the_last_file_can_be_taken_back(council, add):
    add(_coded("7"), meanings=CODES)
    add(_coded("7"), meanings={})
    assert read_meanings(council.store, "Housing") == {}
    assert council.records()["reason"].astype(str).to_list() == ["other"]
