"""A sign-in that was ended stays ended whatever happens to the server, and is let go when it is too old to matter."""

from datetime import UTC, datetime, timedelta

from geo.review.sign_ins import remember_sign_in, sign_in_state
from geo.review.workspace import Workspace

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


def test_a_sign_in_is_new_then_noted_then_ended_for_every_program_that_asks(council):
    assert sign_in_state(council.store, "ola 1") == ""
    remember_sign_in(council.store, "ola 1", "noted", now=NOW)
    assert sign_in_state(council.store, "ola 1") == "noted"
    remember_sign_in(council.store, "ola 1", "ended", now=NOW + timedelta(hours=1))
    assert sign_in_state(Workspace.open(council.root).store, "ola 1") == "ended"
    assert sign_in_state(council.store, "ola 2") == ""


def test_what_cannot_last_any_more_is_let_go(council):
    remember_sign_in(council.store, "ola 1", "ended", now=NOW)
    remember_sign_in(council.store, "pat 1", "noted", now=NOW + timedelta(hours=24))
    assert sign_in_state(council.store, "ola 1") == "ended"  # a list may let one last 24 hours
    remember_sign_in(council.store, "pat 2", "noted", now=NOW + timedelta(hours=26))
    assert sign_in_state(council.store, "ola 1") == ""
    assert sign_in_state(council.store, "pat 1") == "noted"


def test_no_name_is_kept_and_no_cache_goes_stale(council):
    before = council.fingerprint()
    remember_sign_in(council.store, "ola@council.gov.uk 1", "noted", now=NOW)
    assert "ola" not in council.store.meta("sign_ins")
    assert council.fingerprint() == before
