"""Small districts drawn at random, and the tables a council might want to give out of each, in some order."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geo.disclosure.atoms import find_atoms
from geo.disclosure.external import EVERYWHERE, ExternalFigure, ExternalTable
from geo.disclosure.rules import HOUSE_DEFAULT, rule_for
from geo.disclosure.suppress import suppress
from geo.disclosure.topics import Geography, Period, Topic

PUBLIC = rule_for("public", HOUSE_DEFAULT)
SELF = ("route", "self")
YEARS = (2022, 2023, 2024)
WITHOUT_A_PLACE = 0.5
FIRST_CELL = 0x871942A4CFFFFFF  # any index will do: an atom is a tuple of names


def year(first, last=None):
    """Write a review year, or several."""
    last = first if last is None else last
    name = f"{first}-{(first + 1) % 100}" if first == last else f"{first}-{first + 1 - 2000}..{last}-{last + 1 - 2000}"
    return Period(name, f"{first}-04", f"{last + 1}-03")


@dataclass
class District:
    """Clients by atom, review year and route, which the council knows and nobody else."""

    atoms: pd.DataFrame
    clients: (
        np.ndarray
    )  # atoms x years x (other routes, by themselves); a last row where those without a place are told
    homes: np.ndarray  # of atoms
    years: tuple = YEARS
    external: list = field(default_factory=list)

    def counted(self, topic):
        """Count by the areas and months of a topic."""
        first, last = topic.period.months
        inside = [first <= 12 * start + 3 and last >= 12 * (start + 1) + 2 for start in self.years]
        level = topic.geography.level
        code = [f"{cell:x}" if level.startswith("h3") else cell for cell in self.atoms[level].tolist()]
        chosen = self.clients[:, inside][:, :, 1:] if topic.filters else self.clients[:, inside]
        count, homes = chosen.sum(axis=(1, 2)), self.homes
        if len(count) > len(code):
            code, homes = [*code, ""], np.append(homes, homes.sum())
        codes, which = np.unique(code, return_inverse=True)
        count, homes = (np.bincount(which, weights=values) for values in (count, homes))
        return pd.DataFrame({"code": codes, "name": "", "count": count.astype("int64"), "homes": homes})

    def draft(self, topic, *, audience="public", rule=PUBLIC):
        """Suppress by the rule alone."""
        return suppress(self.counted(topic), topic, audience=audience, rule=rule)


def draw_district(rng):
    """Draw a district of two to five wards and two to four hexagons that cut one another."""
    wards, hexagons = rng.integers(2, 6), rng.integers(2, 5)
    pairs = [(ward, cell) for ward in range(wards) for cell in range(hexagons)]
    kept = [pair for pair in pairs if rng.random() < 0.6] or pairs[:1]
    atoms = find_atoms(
        pd.DataFrame(
            {
                "h3_7": [FIRST_CELL + cell for _, cell in kept],
                "h3_8": 0,
                "ward": [f"E0500000{ward}" for ward, _ in kept],
                "lsoa": "",
                "area": "",
            }
        ).astype({"ward": "str", "lsoa": "str", "area": "str"})
    )
    mean = rng.gamma(0.8, 5.0, len(atoms))
    years = YEARS[: rng.integers(2, 4)]
    if rng.random() < WITHOUT_A_PLACE:
        mean = np.append(mean, 6.0)
    whole = rng.poisson(mean[:, None], (len(mean), len(years)))
    alone = rng.binomial(whole, rng.choice([0.4, 0.8]))
    clients = np.stack([whole - alone, alone], axis=2)
    district = District(atoms, clients, rng.choice([20.0, 60.0, 300.0, 900.0], len(atoms), p=[0.1, 0.1, 0.3, 0.5]))
    district.years = years
    district.external = draw_external(rng, district)
    return district


def draw_external(rng, district):
    """Draw what others have published: totals of the district, exact or rounded, and one ward in a newspaper."""
    found = []
    for number, first in enumerate(district.years):
        if rng.random() < 0.3:
            rounding = int(rng.choice([1, 5, 10]))
            value = int((district.clients[:, number].sum() + rounding // 2) // rounding * rounding)
            topic = Topic(Geography("district"), year(first))
            found.append(ExternalTable(f"H-CLIC {first}", topic, (ExternalFigure(EVERYWHERE, value, rounding),)))
    return found


def draw_wishes(rng, district):
    """List what the council wishes to give out, in a random order."""
    first, last = district.years[0], district.years[-1]
    spans = [(start, start) for start in district.years] + [(first, last), (last - 1, last)]
    geography = [Geography("ward"), Geography("h3_7")]
    mixed = rng.random() < 0.6
    wishes = [
        Topic(geography[rng.integers(2) if mixed else 0], year(*span), filters)
        for span in dict.fromkeys(spans)
        for filters in ((), (SELF,))
        if rng.random() < (0.3 if filters else 0.8)
    ]
    return [wishes[number] for number in rng.permutation(len(wishes))]
