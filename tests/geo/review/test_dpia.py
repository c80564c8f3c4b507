"""The DPIA facts say what is kept and ask what only the council can answer; no client is in them."""

import re
import tomllib
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from geo.errors import BadInputError, WorkspaceError
from geo.review import dpia as dpia_module
from geo.review.agreements import Agreement, save_agreement
from geo.review.documents import Block, Document, Grid, as_html, as_markdown
from geo.review.dpia import dpia_document, write_dpia
from geo.review.forgettable import ByReference
from geo.review.forgetting import forget
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from geo.schema import RECORDS
from tests.tinytown.council import TODAY, boundary, edition, export, row

STEPS = [
    "Step 1: Identify the need for a DPIA",
    "Step 2: Describe the processing",
    "Step 3: Consultation process",
    "Step 4: Assess necessity and proportionality",
    "Step 5: Identify and assess risks",
    "Step 6: Identify measures to reduce risk",
    "Step 7: Sign off and record outcomes",
]


class Page(HTMLParser):
    """Reads a page: its elements in order, and which are open."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def text_of(workspace, today=TODAY):
    return as_markdown(dpia_document(workspace, today=today))


def test_the_headings_are_the_ico_s_in_the_ico_s_order(council):
    steps = [block.text for block in dpia_document(council, today=TODAY).blocks if block.kind == "step"]
    assert steps[:7] == STEPS
    assert steps[7:] == ["Wording for the privacy notice, to adapt"]


def test_every_column_that_is_kept_is_explained():
    wording = tomllib.loads(Path(dpia_module.__file__).with_name("dpia.toml").read_text(encoding="utf-8"))
    assert set(wording["fields"]) == set(RECORDS.columns)


def test_numbers_periods_kinds_and_places_are_filled_in(council, add):
    add(export(row(1), row(2, day="31/03/2025"), row(3, postcode="ZZ2 1AA")), address_kind="at_approach")
    said = text_of(council)
    assert (
        "3 rows are kept, of May 2024 to March 2025; different households with a reference: 3; rows without one: 0."
        in said
    )
    assert "2 rows lie in the district; without a place on its map, for whatever reason: 1." in said
    assert "| Housing | 3 | 2024-05 to 2025-03 | at approach | not stated | 1, the last on 1 June 2025 |" in said
    assert str(council.root).replace("_", "\\_") in said
    assert "6 years from the month of the record (0 rows are older by now)" in said
    assert "in PLANNER\\_KEY" in said
    assert "pseudonymised personal data" in said
    assert "Art. 6(1)(e)" in said
    assert "| wards | Tinytown | 1 June 2025 | own |" in said


def test_an_agreement_is_named_and_a_missing_one_is_asked_for(council, add):
    add(export(row(1)))
    add(export(row(2)), feed="Food bank")
    save_agreement(council, Agreement("food bank", "Both, jointly", "DSA 12", "the review", date(2027, 3, 31)))
    said = text_of(council)
    assert "| Food bank | Both, jointly | DSA 12 | the review | 31 March 2027 |" in said
    assert "| Housing | not recorded |" in said
    assert "No agreement is recorded for: Housing" in said


def test_who_worked_on_it_comes_from_the_audit_log(council):
    signer = Signer("jo", lambda: datetime(2025, 5, 2, 9, tzinfo=UTC))
    signed = Workspace.open(council.root, signer=signer)
    signed.note("sign-in", "officer")
    signed.note("release", "public, wards, 2022-23..2024-25")
    said = text_of(signed)
    assert "1 named user. Signed in to a shared planner: 1 of them." in said
    assert "| jo | 2 | 2025-05-02 | 2025-05-02 | sign-in, release |" in said
    assert "| 2025-05-02 | jo | public, wards, 2022-23..2024-25 |" in said


def test_what_was_erased_and_what_is_too_old_is_said(council, add):
    add(export(row(1), row(2, day="01/02/2018")))
    forget(council, ByReference("H1", council.key()), today=TODAY)
    said = text_of(council)
    assert "So far 1 row was erased." in said
    assert "(1 row is older by now)" in said


def test_sources_that_tell_of_health_offences_or_abuse_are_counted_not_named(council, add):
    rows = [row(number, source="Probation Service") for number in range(1, 7)]
    add(export(*rows))
    assert "of 2 sources and referring agencies 1 have a name that tells of them." in text_of(council)


def test_no_value_of_a_row_is_in_it(council, add):
    add(export(row(7731, postcode="ZZ1 2AB", reason="Quillfeather", outcome="Marrowgate"), row(2)))
    said = text_of(council) + as_html(dpia_document(council, today=TODAY))
    hashes = {*council.records()["record"], *council.records()["household"]} - {""}
    for value in ("7731", "ZZ1 2AB", "ZZ12AB", "Quillfeather", "Marrowgate", *hashes):
        assert value not in said


def test_rows_withheld_for_somebody_s_safety_do_not_show(council, add):
    add(export(row(1), row(2), row(3, postcode="")))
    before = text_of(council)
    with council.store.writing() as connection:
        connection.execute("UPDATE records SET status = 'withheld' WHERE status = 'missing'")
    assert text_of(council) == before


def test_a_new_workspace_has_questions_and_no_numbers(tmp_path):
    made = Workspace.create(tmp_path / "w", name="", boundary=boundary(), boundary_edition=edition())
    said = text_of(made)
    assert said.startswith("# Facts for the data protection impact assessment: w\n")
    assert "No records are kept yet." in said
    assert "Sources of the records: none yet." in said
    assert said.count("**Question for the council:**") >= 15
    assert not re.search(r"\bnan\b|None|\{\w+\}", said)


def test_without_a_limit_the_council_is_asked_to_set_one(council):
    keeping = council.scenario.keeping.model_copy(update={"keep_years": 0})
    council.save_scenario(council.scenario.model_copy(update={"keeping": keeping}))
    assert "No limit is set" in text_of(council)


def test_the_page_is_whole_and_reads_well_aloud(council, add):
    add(export(row(1)))
    page = Page(as_html(dpia_document(council, today=TODAY)))
    assert page.open == []
    tags = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"]["lang"] == "en-GB"
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tags.count("caption") == tags.count("table") > 5
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    assert not {"script", "link", "img", "iframe"} & set(tags)


NASTY = "<script>alert(1)</script> | [x](javascript:1) *b* `c`"


def test_a_name_with_marks_stays_what_it_says():
    grid = Grid(NASTY, ("A", NASTY), ((NASTY, "1\n2"),))
    document = Document(NASTY, (Block("item", "- 1"), Block("item", "2. x"), Block("table", grid=grid)))
    assert "<script" not in as_html(document)
    text = as_markdown(document)
    assert "<script" not in text.replace("\\<", "")
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in table] == [3, 3, 3]
    assert "- \\- 1\n- 2\\. x" in text


def test_a_district_with_marks_in_its_name_stays_what_it_says(council):
    council.save_scenario(council.scenario.model_copy(update={"name": "{x} " + NASTY}))
    document = dpia_document(council, today=TODAY)
    assert document.title.endswith("{x} " + NASTY)
    assert "<script>alert" not in as_html(document)


def test_it_is_written_as_markdown_or_html_and_nothing_else(council, tmp_path):
    for name in ("dpia.md", "DPIA.HTML"):
        write_dpia(council, tmp_path / name, today=TODAY)
        assert "Step 7" in (tmp_path / name).read_text(encoding="utf-8")
    with pytest.raises(BadInputError, match=r"neither \.md nor \.html"):
        write_dpia(council, tmp_path / "dpia.docx", today=TODAY)
    with pytest.raises(WorkspaceError, match="missing"):
        write_dpia(council, tmp_path / "nowhere" / "dpia.md", today=TODAY)
