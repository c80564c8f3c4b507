"""Which file something came from: every data set in a workspace carries one of these."""

from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

Dataset = Literal[
    "gazetteer",
    "boundary",
    "wards",
    "lsoa",
    "areas",
    "households",
    "census",
    "deprivation",
    "gp_surgeries",
    "gp_branches",
    "food_banks",
    "libraries",
    "sites",
    "osm_sites",
    "land",
    "water",
    "roads",
    "settlements",
    "streets",
    "timetable",
]
SITE_DATASETS: Final[tuple[Dataset, ...]] = (
    "gp_surgeries",
    "gp_branches",
    "food_banks",
    "libraries",
    "sites",
    "osm_sites",
)
"""Those whose rows are sites."""


class Edition(BaseModel):
    """Say where a data set came from, under which licence, and how much of it was read.

    Attributes
    ----------
    dataset
        Which part of the workspace it fills.
    title
        The publisher's own name for it, such as "OS Code-Point Open".
    edition
        The publisher's edition, such as "2025.4.0" or "2025-11"; empty where the file does not say.
    licence
        Such as "OGL v3"; empty where the council made the file itself.
    attribution
        The line that every map and export must carry.
    file_name
        The name of the file as it was given, without its folder.
    sha256
        Digest of that file, in hexadecimal.
    rows
        Rows kept.
    added
        The day it was added to the workspace.
    note
        Anything an officer should know of this edition, such as the coordinate operation used.
    layout
        Which of the publisher's forms the file had, by the names of its columns; empty where it has but one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dataset: Dataset
    title: str
    edition: str = ""
    licence: str = ""
    attribution: str = ""
    file_name: str = ""
    sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    rows: int = Field(ge=0)
    added: date
    note: str = ""
    layout: str = ""
