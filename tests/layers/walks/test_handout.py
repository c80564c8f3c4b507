"""What is handed out names card, recipient and expiry, streets and times, and nothing that only the team may know."""

import io
import zipfile
from dataclasses import replace

import pypdf

from geo.review.walks.cards import keep_card
from layers.walks.handout import hand_out, handed_zip
from tests.layers.pack.pdf_reader import Read
from tests.tinytown.council import make_council
from tests.tinytown.walk_plans import BEGINS, HIDDEN, made_plan


def test_each_team_has_a_sheet_to_print_one_for_a_screen_and_one_for_a_receiver(pair):
    number = pair.card.number
    teams = [f"walk-card-{number}-team-{team}.{kind}" for team in (1, 2) for kind in ("pdf", "html", "gpx")]
    assert list(pair.files) == [f"walk-card-{number}-read-me.txt", *teams, f"walk-card-{number}-form.html"]


def test_a_team_with_nothing_to_do_has_no_sheet(give):
    assert not [name for name in give(1, teams=1).files if "team-2" in name]


def test_no_file_says_why_a_stop_is_there_or_what_was_found(pair):
    for name, said in pair.words.items():
        if not name.endswith("-form.html"):  # the form's own words and script have a test of their own
            assert not [hidden for hidden in HIDDEN if hidden.casefold() in said.casefold()], name


def test_no_file_holds_a_square_and_no_printed_one_the_plan_s_digest(pair):
    squares = {stop.square for stop in pair.card.stops}
    for name, words in pair.words.items():
        said = words.replace(" ", "")
        assert not [square for square in squares if square in said], name
        assert pair.card.digest not in said or name.endswith("-form.html"), name


def test_every_file_names_its_recipient_and_the_day_after_which_it_is_void(short):
    assert short.card.expires.isoformat() == "2025-06-09"
    for name, said in short.words.items():
        assert short.card.recipient in said, name
        assert "9 June 2025" in said, name


def test_every_page_of_the_pdf_says_card_recipient_and_expiry_at_its_foot(pair):
    foot = f"Walk card {pair.card.number}, team 2. Given to: {pair.card.recipient}. Use until Monday 9 June 2025"
    pages = Read(pair.files[f"walk-card-{pair.card.number}-team-2.pdf"]).texts
    assert len(pages) == 2
    assert all(foot in page for page in pages)


def test_a_street_that_may_be_called_after_a_refuge_is_named_nowhere(pair):
    assert not [name for name, said in pair.words.items() if "Refuge" in said]


def test_the_form_too_names_no_street_that_the_card_does_not(walked_council):
    plan = made_plan(3)
    (team,) = plan.teams
    stops = (replace(team.stops[0], street="Women's Refuge Drive"), *team.stops[1:])
    plan = replace(plan, teams=(replace(team, stops=stops),))
    said = {"recipient": "Police", "purpose": "Evening walkabout", "who": "JS", "today": BEGINS.date()}
    files = hand_out(keep_card(walked_council, plan, **said), walked_council)
    assert not [name for name, content in files.items() if name.endswith((".html", ".gpx")) and b"Refuge" in content]
    (form,) = (content.decode() for name, content in files.items() if name.endswith("-form.html"))
    assert '"street": "unnamed path, see the map"' in form
    assert '"street": "Chantry Way"' in form


def test_the_same_card_makes_the_same_files(short, walked_council):
    assert hand_out(short.card, walked_council) == short.files


def test_the_zip_holds_the_same_files(short, walked_council):
    with zipfile.ZipFile(io.BytesIO(handed_zip(short.card, walked_council))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == short.files


def test_without_typst_the_sheet_is_plain_and_says_so_in_itself_and_in_the_notes(short, walked_council, monkeypatch):
    monkeypatch.setattr("layers.walks.card_pdf.can_typeset", lambda: False)
    files = hand_out(short.card, walked_council)
    pages = pypdf.PdfReader(io.BytesIO(files[f"walk-card-{short.card.number}-team-1.pdf"])).pages
    said = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "This PDF is not accessible" in said
    assert "This PDF is not accessible" in files[f"walk-card-{short.card.number}-read-me.txt"].decode()
    assert all(short.card.recipient in " ".join(page.extract_text().split()) for page in pages)
    assert not [hidden for hidden in HIDDEN if hidden in said]


def test_a_workspace_without_streets_still_gets_its_card(give, tmp_path):
    handed = give(2, council=make_council(tmp_path / "bare"))
    assert "2 Chantry Way" in handed.words["walk-card-1-team-1.gpx"]
    assert "copyright" not in handed.words["walk-card-1-team-1.gpx"]
