"""A council's workspace with secrets planted in it, which the team sees and nobody else may."""

import re
import shutil
import struct
from datetime import date
from pathlib import Path

from geo.evidence.counts import Selection, count_selected_areas
from geo.review.agreements import Agreement, save_agreement
from geo.review.maps import episodes_of
from geo.review.release_drafts import draft_release, make_release
from geo.review.release_tables import Ask, material_of
from geo.review.workspace import Workspace
from layers.sample import open_sample

TODAY = date(2026, 5, 1)
EXACT = 7_313
PLACE, FEED, SITE = "Quillfeather Hythe", "Ravenscourt Line", "Bittersweet Surgery"
CLIENT = "Larkspur-9921"
# As text, with a comma or without, and as Arrow writes it; not as a part of a longer number or of a path on a map.
NUMBER = rf"(?<![\d.,]){EXACT // 1000},?{EXACT % 1000}(?![\d.,])".encode() + b"|" + re.escape(struct.pack("<q", EXACT))
# The last one is the year that was given out under an agreement alone.
SECRETS = [re.escape(name.encode()) for name in (PLACE, FEED, SITE, CLIENT, "2024-25")] + [NUMBER]


def make_planted(folder: Path) -> Workspace:
    """Copy the sample district, plant the secrets and give out a table to each audience."""
    workspace = Workspace.open(Path(shutil.copytree(open_sample(today=TODAY).root, folder)))
    _plant_names(workspace)
    _plant_number(workspace)
    save_agreement(workspace, Agreement("Food banks", "The food bank", "ISA 1", "the review", date(2099, 1, 1)))
    save_agreement(workspace, Agreement(FEED, "Ravenscourt", "ISA 2", "the review"))
    material = material_of(workspace)
    for audience, period in (("partner", "2022-23"), ("public", "2023-24"), ("agreement", "2024-25")):
        draft = draft_release(workspace, Ask(audience, "ward", period), today=TODAY, material=material)
        make_release(workspace, draft, who="Lee", today=TODAY, editions=workspace.editions())
    return workspace


def _plant_names(workspace) -> None:
    edition = {one.dataset: one for one in workspace.editions()}
    places = workspace.areas("settlements")
    places.loc[places["name"] == "Dunmarrow", "name"] = PLACE
    workspace.save_areas("settlements", places, edition["settlements"])
    sites = workspace.sites()
    surgeries = sites[sites["dataset"] == "gp_surgeries"].reset_index(drop=True)
    surgeries.loc[0, "name"] = SITE
    workspace.save_sites("gp_surgeries", surgeries, edition["gp_surgeries"])
    with workspace.store.writing() as connection:
        for table in ("feeds", "records"):
            connection.execute(f"UPDATE {table} SET feed = ? WHERE feed = 'Citizens Advice'", (FEED,))  # noqa: S608 - our own tables


def _plant_number(workspace) -> None:
    """Add households until one ward's exact count of 2022-23 is one that nobody meets by chance."""
    ward, year = "Z05000004", Selection(period="2022-23")
    counted = count_selected_areas(episodes_of(workspace), year, level="ward").areas.set_index("code")
    with workspace.store.writing() as connection:
        query = "SELECT * FROM records WHERE status = 'located' AND month LIKE '2022-0%' AND ward = ? AND NOT"
        query += " (terminated OR shared_point OR institution) LIMIT 1"
        found = connection.execute(query, (ward,))
        names = [column[0] for column in found.description]
        row = dict(zip(names, found.fetchone(), strict=True))
        marks = ", ".join("?" * len(names))
        clones = (
            tuple((row | {"record": f"r{number:031d}", "household": f"h{number:031d}"}).values())
            for number in range(EXACT - int(counted.loc[ward, "count"]))
        )
        connection.executemany(f"INSERT INTO records VALUES ({marks})", clones)  # noqa: S608 - question marks
