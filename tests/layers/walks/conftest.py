"""Cards of Tinytown, with everything that is handed out with them, made once."""

from dataclasses import dataclass
from functools import cached_property

import pytest

from geo.review.walks.cards import WalkCard, keep_card
from layers.walks.handout import hand_out
from tests.layers.pack.pdf_reader import Read
from tests.tinytown.council import make_council
from tests.tinytown.walk_plans import BEGINS, add_streets, made_plan


@dataclass(frozen=True)
class Handed:
    """A card with its files."""

    card: WalkCard
    files: dict[str, bytes]

    @cached_property
    def words(self) -> dict[str, str]:
        """What each file says, a PDF as another program reads it."""
        return {
            name: Read(content).words if name.endswith(".pdf") else content.decode()
            for name, content in self.files.items()
        }


@pytest.fixture(scope="session")
def walked_council(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("walked") / "w")
    add_streets(council)
    return council


@pytest.fixture(scope="session")
def give(walked_council):
    def give(stops, *, teams=1, recipient="Tinytown Police, neighbourhood team", council=walked_council):
        plan = made_plan(stops, teams=teams)
        said = {"purpose": "Evening walkabout", "who": "JS", "today": BEGINS.date()}
        card = keep_card(council, plan, recipient=recipient, **said)
        return Handed(card, hand_out(card, council))

    return give


@pytest.fixture(scope="session")
def short(give):
    return give(3)


@pytest.fixture(scope="session")
def pair(give):
    return give(12, teams=2, recipient='<b>Outreach</b> & "Sons" service')
