"""Tables of one made-up district, checkable by hand."""

import numpy as np
import pandas as pd

from geo.disclosure.atoms import NO_ATOMS
from geo.disclosure.differencing import check_release
from geo.disclosure.external import EVERYWHERE, ExternalFigure, ExternalTable
from geo.disclosure.rules import HOUSE_DEFAULT, rule_for
from geo.disclosure.suppress import suppress
from geo.disclosure.topics import Geography, Period, Topic

PUBLIC = rule_for("public", HOUSE_DEFAULT)
WARDS = Geography("ward")
DISTRICT = Geography("district")


def year(first, last=None):
    """Write a review year, or several."""
    last = first if last is None else last
    names = [f"{start}-{(start + 1) % 100:02d}" for start in (first, last)]
    return Period(names[0] if first == last else "..".join(names), f"{first}-04", f"{last + 1}-03")


def wards(period=None, filters=()):
    return Topic(WARDS, period or year(2024), filters)


def counted(counts, homes=2000.0, codes="ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
    """Give areas A, B, C ... their counts."""
    homes = np.broadcast_to(np.array(homes, dtype=float), len(counts))
    codes = list(codes)[: len(counts)]
    table = pd.DataFrame({"code": codes, "name": [f"Ward {code}" for code in codes], "count": counts, "homes": homes})
    return table.astype({"code": "str", "name": "str", "count": "int64"})


def hexagons(period=None):
    return Topic(Geography("h3_7"), period or year(2024))


def draft(counts, topic=None, *, homes=2000.0, audience="public", rule=PUBLIC):
    """Suppress by the rule alone; hexagons are called 7, 8, 9."""
    topic = topic or wards()
    codes = "789" if topic.geography.level == "h3_7" else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return suppress(counted(counts, homes, codes), topic, audience=audience, rule=rule)


def check(new, earlier=(), external=(), atoms=NO_ATOMS):
    return check_release(new, earlier, external, atoms=atoms)


def total_of(value, period=None, *, rounded_to=1, name="H-CLIC", filters=()):
    topic = Topic(DISTRICT, period or year(2024), filters)
    return ExternalTable(name, topic, (ExternalFigure(EVERYWHERE, value, rounded_to),))


def texts(published):
    return [figure.text for figure in published.figures]


def atoms_of(*pairs):
    """Make atoms of (hexagon of resolution 7, ward)."""
    table = pd.DataFrame({"h3_7": [cell for cell, _ in pairs], "h3_8": 0, "ward": [ward for _, ward in pairs]})
    return table.assign(lsoa="", area="").astype({"ward": "str", "lsoa": "str", "area": "str"})
