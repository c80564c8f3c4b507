"""The screens' kit: calm errors, uploads in memory, text that cannot become markup."""

import doctest
import importlib
import logging
import pkgutil

import pandas as pd
import pytest
from starlette.formparsers import MultiPartParser
from streamlit.testing.v1 import AppTest

import pages.kit
from geo.review.register_words import CATEGORY
from geo.review.workspace import Workspace
from layers.sample import sample_folder
from pages.kit import session, tables, uploads, words


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(pages.kit.__path__)])
def test_the_examples_of_the_kit_are_true(name) -> None:
    assert doctest.testmod(importlib.import_module(f"pages.kit.{name}")).failed == 0


def test_an_unforeseen_error_is_told_calmly_and_logged_without_its_words(caplog) -> None:
    def screen() -> None:
        from pages.kit.frame import calm_errors  # noqa: PLC0415 - AppTest runs this function's text by itself

        with calm_errors():
            message = "Maud Quillfeather, SP10 1DP"
            raise ZeroDivisionError(message)

    with caplog.at_level(logging.ERROR, logger="planner"):
        app = AppTest.from_function(screen, default_timeout=60).run()
    assert "did not expect" in app.error[0].value
    assert "ZeroDivisionError" in caplog.text
    assert "Quillfeather" not in caplog.text + app.error[0].value


def test_a_planner_error_is_shown_letter_by_letter() -> None:
    def screen() -> None:
        from geo.errors import BadRowsError  # noqa: PLC0415 - AppTest runs this function's text by itself
        from pages.kit.frame import calm_errors  # noqa: PLC0415 - as above

        with calm_errors():
            message = "Column '**[x](http://x.invalid)**' is not there."
            raise BadRowsError(message, samples=((14, "SP10 1A"),))

    app = AppTest.from_function(screen, default_timeout=60).run()
    assert app.error[0].value == "Column '\\*\\*\\[x\\]\\(http\\://x.invalid\\)\\*\\*' is not there."
    assert app.dataframe[0].value["Found"].tolist() == ["SP10 1A"]


def test_uploads_up_to_the_limit_stay_in_memory(monkeypatch) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1)
    uploads.keep_uploads_in_memory()
    assert MultiPartParser.spool_max_size > 50 * 1024 * 1024


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_download_never_holds_a_formula(start) -> None:
    written = tables.to_csv(pd.DataFrame({"place": [f"{start}cmd|' /C calc'!A0"]})).decode("utf-8-sig")
    assert written.splitlines()[1].lstrip('"').startswith("'")


def test_every_code_word_of_the_tables_has_its_plain_words() -> None:
    from geo import schema  # noqa: PLC0415 - only this test needs it
    from geo.review.columns import FIELDS  # noqa: PLC0415 - as above
    from geo.review.institutions import INSTITUTION_KINDS  # noqa: PLC0415 - as above

    assert set(words.STATUS) == set(schema.STATUSES)
    assert set(words.FLAG) == set(schema.FLAGS)
    assert set(words.KIND) == set(schema.KINDS)
    assert set(words.ADDRESS_KIND) == set(schema.ADDRESS_KINDS)
    assert set(words.DATE_KIND) == set(schema.DATE_KINDS)
    assert set(CATEGORY) == set(schema.SITE_CATEGORIES)
    assert set(words.FIELD) == set(FIELDS)
    assert set(words.INSTITUTION) == set(INSTITUTION_KINDS)


def test_the_fictional_district_is_known_through_a_link_too(monkeypatch, tmp_path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk", target_is_directory=True)
    monkeypatch.setenv("PLANNER_CACHE_DIR", str(tmp_path / "link"))
    assert session.is_sample(Workspace(sample_folder()))
    assert session.is_sample(Workspace(sample_folder().resolve()))
    assert not session.is_sample(Workspace(tmp_path / "disk" / "Test Valley"))
