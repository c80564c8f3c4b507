"""Two editions of a list of sites: the second marks one place of the first as a refuge, or has lost where it is."""

import shutil
from dataclasses import dataclass

import osmium

from geo.review.safe_keeping import add_places, read_places
from geo.review.safe_officers import name_officers
from tests.privacy.safe_worlds import LAT, LON, NAME, OFFICER, PLACE, POINT, UNKNOWN, World

ELSEWHERE = (643_700, 423_200)  # too far from its postcode's point to be known by it
ID, NODE = "rosemary-7", 4_711
HEAD = "code,name,category,postcode,easting,northing,notes"
OTHERS = (
    "S1,Village Hall,village hall,ZZ1 1AA,640500,420500,\n"
    "S2,St Mary,church,ZZ1 2AA,643000,421000,\n"
    "S3,Mill Hall,village hall,ZZ1 1AB,641000,421000,\n"
    "S4,West Hall,village hall,ZZ1 1AD,641500,423500,\n"
)
PLAIN = f"{ID},{NAME},other,{PLACE},{POINT[0]},{POINT[1]},"
LOST = f"{ID},{NAME},other,{UNKNOWN},,,"


@dataclass(frozen=True)
class Way:
    """How the second edition tells: both files, and whether the postcode is on the council's own list."""

    first: bytes
    second: bytes
    file: str = "own.csv"
    listed: bool = False


def own(row, others=OTHERS):
    """A council's own table."""
    return f"{HEAD}\n{others}{row}\n".encode()


def codeless(name, notes="", postcode=PLACE):
    """The same without codes."""
    lines = [line.split(",", 1)[1] for line in (HEAD, *OTHERS.splitlines())]
    return "\n".join([*lines, f"{name},other,{postcode},,,{notes}", ""]).encode()


def osm(folder, tags):
    """Halls of OpenStreetMap, one of them with these tags."""
    path = folder / "made.osm"
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (name, east) in enumerate((("Hall", 0.01), ("Barn", 0.02), ("Store", 0.025), ("Shed", 0.03)), 1):
            kept = {"amenity": "community_centre", "name": name}
            spot = (float(LON) - east, float(LAT) - east / 3)
            writer.add_node(osmium.osm.mutable.Node(id=number, location=spot, tags=kept))
        writer.add_node(osmium.osm.mutable.Node(id=NODE, location=(float(LON), float(LAT)), tags=tags))
    return path.read_bytes()


def ways(folder):
    """Every way in which a newer file can mark a place."""
    hall = {"amenity": "community_centre", "name": NAME}
    whom = {"social_facility:for": "woman"}
    first = osm(folder, hall)
    tagged = {
        "tags": hall | whom,
        "private": hall | whom | {"access": "private"},
        "another thing": {"name": NAME, "amenity": "social_facility", "social_facility": "shelter"},
    }
    nameless = f"{ID},{NAME},other,,{ELSEWHERE[0]},{ELSEWHERE[1]},"
    return {
        "words": Way(own(PLAIN), own(f"{PLAIN}a women's refuge")),
        "renamed": Way(codeless(NAME), codeless("Rosemary Women's Refuge")),
        "noted": Way(codeless(NAME), codeless(NAME, "a women's refuge")),
        "list": Way(own(nameless), own(PLAIN), listed=True),
        **{f"osm {how}": Way(first, osm(folder, told), "town.osm") for how, told in tagged.items()},
    }


def make_world(template, folder, way):
    """Copy a council, with its list of safe places."""
    shutil.copytree(template, folder / "council")
    (folder / "in").mkdir()
    world = World(folder, {})
    name_officers(world.workspace, [OFFICER, "Sam"])
    if way.listed:
        add_places(world.workspace, read_places(PLACE))
    return world


def add(world, way, content):
    """Add an edition by the command, as anybody would."""
    (world.folder / "in" / way.file).write_bytes(content)
    return world.planner("add", "sites", f"in/{way.file}", "--json")


SHORT = (("changes",), ("changes", "--json"), ("sites", "list", "--json"))
LOOKS = (
    *SHORT,
    ("sites", "list"),
    ("sites", "export", "--out", "register.xlsx"),
    ("sites", "directory", "--out", "directory.csv"),
    ("sites", "same", "list", "--json"),
    ("decisions", "list", "--json"),
    ("actions", "list", "--json"),
    ("catalogue",),
    ("catalogue", "--json"),
    ("audit", "--json"),
    ("dpia", "--out", "dpia.md"),
)


def look(world, words_said=SHORT):
    """What tells of sites, in short or all of it."""
    for words in words_said:
        assert world.planner(*words) in {0, 2}, words
