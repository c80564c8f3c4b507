"""Every page on councils that know hardly anything: an answer or a plain sentence, never a surprise or a nonsense."""

import re

import pytest

from tests.tinytown.council import make_council
from tests.tinytown.little import SITUATIONS

PAGES = ("start", "map", "priorities", "trends", "gaps", "hubs", "quarter", "releases", "data")


@pytest.fixture(scope="module", params=SITUATIONS, ids=lambda situation: situation.__name__)
def council(request, _own_environment, tmp_path_factory):
    """Made once for all pages: to look changes no record."""
    workspace = make_council(tmp_path_factory.mktemp("little") / "council")
    fewer = workspace.scenario.scan.model_copy(update={"replicates": 999})
    workspace.save_scenario(workspace.scenario.model_copy(update={"scan": fewer}))
    request.param(workspace)
    return workspace


@pytest.mark.parametrize("page", PAGES)
def test_the_page_answers(council, open_page, words, page) -> None:
    app = open_page(page, council)
    said = words(app)
    assert [failure.value for failure in app.exception] == []
    assert "did not expect" not in said
    assert not re.search(r"\b(nan|inf|NaN|NaT)\b", said), said
