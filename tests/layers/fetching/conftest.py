"""A publisher of our own, and how it is asked: with small timeouts, and pauses that are noted rather than waited."""

import random
from datetime import date

import pytest

from layers.fetching.source import Limits, Means, Source
from tests.layers.fetching.provider import Provider

TODAY = date(2026, 5, 30)
QUICK = Limits(connect_s=2, read_s=5, deadline_s=200, min_bytes_s=500, slow_after_s=0.3, tries=3, pause_s=4)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """No proxy of the machine that runs the tests stands between."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def provider():
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def told() -> list[tuple[str, float]]:
    return []


@pytest.fixture
def means(slept, told) -> Means:
    return Means(
        sleep=slept.append,
        progress=lambda *step: told.append(step),
        rng=random.Random(1),  # noqa: S311 - spreads pauses, keeps no secret
        today=TODAY,
        limits=QUICK,
    )


@pytest.fixture
def table(provider) -> Source:
    """A table that the publisher offers."""
    provider.files["/table.csv"] = b"name,postcode\n" + b'"Hall","SP10 1DP"\n' * 5000
    return Source(
        f"{provider.url}/table.csv",
        "table.csv",
        "The table",
        "csv",
        10_000_000,
        page="https://example.org/tables",
        by_hand="planner add sites FILE",
    )
