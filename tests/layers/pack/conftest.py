"""The whole pack, once for each audience, and what a second reader finds in its report."""

import pytest

from layers.pack.document import report_html, report_pdf
from tests.layers.pack.full_pack import full_pack
from tests.layers.pack.pdf_reader import Read


@pytest.fixture(scope="session")
def team():
    return full_pack("team")


@pytest.fixture(scope="session")
def partner():
    return full_pack("partner")


@pytest.fixture(scope="session")
def report(team):
    return report_pdf(team)


@pytest.fixture(scope="session")
def read(report):
    return Read(report.pdf)


@pytest.fixture(scope="session")
def page(team):
    return report_html(team)
