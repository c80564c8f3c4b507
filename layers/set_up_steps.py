"""The data sets of a district's set-up, in a sensible order, and which of them have arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from geo.editions import Dataset, Edition
from geo.review.workspace import Workspace
from layers.fetchers import Name

Topic = Literal[
    "postcodes", "wards", "lsoa", "homes", "gp", "food-banks", "libraries", "sites", "streets", "deprivation", "census",
    "buses", "institutions", "backdrop",
]  # fmt: skip
Need = Literal["needed", "advised", "optional"]
Asked = Name | Literal[""]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the set-up's checklist.

    Attributes
    ----------
    topic
        Its short name.
    title
        Its name for people.
    why
        What it is for, and what a file of it is.
    datasets
        Which data sets it fills; one is enough.
    need
        Whether the planner can do without it.
    asked
        What is fetched for it; "" where a file is the only way.
    publisher
        Who is asked.
    """

    topic: Topic
    title: str
    why: str
    datasets: tuple[Dataset, ...]
    need: Need = "advised"
    asked: Asked = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class StepState:
    """A step and what has arrived for it.

    Attributes
    ----------
    editions
        Of its data sets, as the workspace holds them.
    listed
        Institutions on the council's list, for the step that has no edition.
    """

    step: Step
    editions: tuple[Edition, ...]
    listed: int = 0

    @property
    def here(self) -> bool:
        """Whether something has arrived."""
        return bool(self.editions or self.listed)

    @property
    def told(self) -> str:
        """Say what is there: title, edition, rows."""
        if self.listed:
            return f"{self.listed:,} postcodes listed"
        return "; ".join(_told(edition) for edition in self.editions)


STEPS: Final[tuple[Step, ...]] = (
    Step(
        "postcodes",
        "Postcodes",
        "Where each postcode is. OS Code-Point Open (zip), ONSPD or NSPL. Nothing can be mapped without it.",
        ("gazetteer",),
        "needed",
        "gazetteer",
        "Ordnance Survey",
    ),
    Step(
        "wards",
        "Wards",
        "Names everybody knows. A map file of ONS or of your GIS officer.",
        ("wards",),
        asked="wards",
        publisher="ONS",
    ),
    Step(
        "lsoa",
        "Small census areas (LSOA)",
        "Homes and deprivation are counted by them. A map file of ONS.",
        ("lsoa",),
        asked="lsoa",
        publisher="ONS",
    ),
    Step(
        "homes",
        "Homes and people",
        "The yardstick of rates: Census 2021 by postcode, or your own table by postcode or LSOA.",
        ("households",),
        asked="homes",
        publisher="Nomis (ONS)",
    ),
    Step(
        "gp",
        "GP surgeries",
        "NHS ODS epraccur, and ebranchs for branch surgeries.",
        ("gp_surgeries", "gp_branches"),
        asked="gp",
        publisher="NHS England",
    ),
    Step("food-banks", "Food banks", "Give Food's list.", ("food_banks",), asked="food-banks", publisher="Give Food"),
    Step(
        "libraries",
        "Libraries",
        "The Arts Council's list of libraries.",
        ("libraries",),
        asked="libraries",
        publisher="Libraries Hacked",
    ),
    Step(
        "sites",
        "Community sites",
        "Halls, centres and places of worship: your own table, or OpenStreetMap.",
        ("sites", "osm_sites"),
        "optional",
        "sites",
        "OpenStreetMap (Overpass)",
    ),
    Step(
        "streets",
        "Streets",
        "Journeys are then measured along streets: .osm or .osm.pbf of your county.",
        ("streets",),
        "optional",
        "streets",
        "OpenStreetMap (Overpass)",
    ),
    Step(
        "deprivation",
        "Deprivation",
        "Indices of Deprivation, File 7. It needs the small census areas.",
        ("deprivation",),
        "optional",
        "deprivation",
        "the government (gov.uk)",
    ),
    Step("census", "Groups of people", "Census table TS007: are all groups reached?", ("census",), "optional"),
    Step("buses", "Bus timetable", "GTFS of your area, from the Bus Open Data Service.", ("timetable",), "optional"),
    Step("institutions", "Institutions", "Your own table of postcode and kind: hostels, hospitals.", (), "optional"),
    Step(
        "backdrop",
        "Map backdrop",
        "Roads, water, land and names of towns, so that a map looks like one.",
        ("roads", "water", "land", "settlements"),
        "optional",
    ),
)
BY_TOPIC: Final[Mapping[Topic, Step]] = {step.topic: step for step in STEPS}


def set_up_states(workspace: Workspace) -> list[StepState]:
    """Tell of every step what has arrived: the workspace itself is the set-up's memory."""
    editions = workspace.editions()
    listed = len(workspace.institutions())
    return [
        StepState(
            step,
            tuple(edition for edition in editions if edition.dataset in step.datasets),
            listed if step.topic == "institutions" else 0,
        )
        for step in STEPS
    ]


def step_of(dataset: str) -> Step | None:
    """Find the step that a data set, or a file of OpenStreetMap or of institutions, belongs to."""
    topic: dict[str, Topic] = {"osm": "streets", "institutions": "institutions"}
    if dataset in topic:
        return BY_TOPIC[topic[dataset]]
    return next((step for step in STEPS if dataset in step.datasets), None)


def _told(edition: Edition) -> str:
    named = " ".join(part for part in (edition.title, edition.edition) if part)
    return f"{named}, {edition.rows:,} row{'s' * (edition.rows != 1)}"
