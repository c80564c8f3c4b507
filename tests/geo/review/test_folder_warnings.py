"""A folder that goes to a cloud or lies on a share is told of before a workspace is laid into it."""

from pathlib import Path

import pytest

from geo.review import folder_warnings as module
from geo.review.folder_warnings import folder_warnings


@pytest.mark.parametrize(
    ("folder", "cloud"),
    [
        ("Users/jo/OneDrive - Council/Housing/Review", "OneDrive"),
        ("Users\\jo\\OneDrive\\Review", "OneDrive"),
        ("home/jo/Dropbox (Work)/x", "Dropbox"),
        ("home/jo/Google Drive/x", "Google Drive"),
    ],
)
def test_a_folder_that_is_copied_to_a_cloud_is_named(folder, cloud) -> None:
    (said,) = folder_warnings(Path(folder), {})
    assert said.startswith(f"This folder is copied to {cloud}. Client records")


def test_the_folder_that_windows_names_counts_whatever_it_is_called(tmp_path) -> None:
    assert folder_warnings(tmp_path / "Docs" / "x", {"OneDriveCommercial": str(tmp_path / "Docs")})
    assert folder_warnings(tmp_path / "Docs 2" / "x", {"OneDriveCommercial": str(tmp_path / "Docs")}) == ()


def test_a_share_is_told_even_where_the_folder_is_yet_to_be_made(tmp_path, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(module, "journal_mode", lambda folder: asked.append(folder) or "delete")
    (said,) = folder_warnings(tmp_path / "not" / "there", {})
    assert "on a network share" in said
    assert asked == [tmp_path]


def test_a_plain_folder_is_worth_no_word(tmp_path) -> None:
    assert folder_warnings(tmp_path / "review", {}) == ()
