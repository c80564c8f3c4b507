"""A motivated intruder, written apart from the planner: he has the tables as given out, the atoms and a solver."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csr_array, vstack

SELF = ("route", "self")
NOWHERE = {"h3_7": 0, "h3_8": 0, "ward": "", "lsoa": "", "area": ""}  # where clients without a place are counted


class Intruder:
    """Bounds hidden counts by integer programming over atoms x months x routes.

    Every other hidden figure's reason is given to him; of the figure he is after he knows only that it is hidden.
    """

    def __init__(self, tables, external, atoms):
        """Put all that is known into rows `low <= sum <= high`."""
        self.atoms = [*atoms.to_dict("records"), NOWHERE]
        self.months = sorted({edge for topic in _topics(tables, external) for edge in _edges(topic)})
        self.rows, self.known, self.free, self.names = [], [], [], []
        for number, table in enumerate(tables):
            for figure in (*table.figures, table.total):
                codes = [figure.code] if figure is not table.total else [other.code for other in table.figures]
                self._learn(table.topic, codes, _interval(figure, table.rule), _unexplained(figure), (number, figure))
        for other in external:
            for figure in other.figures:
                half, value = figure.rounded_to // 2, figure.value
                span = (max(value - half, 0), value - half + figure.rounded_to - 1)
                self._learn(other.topic, [figure.code], span, None, None)

    def _learn(self, topic, codes, known, free, name):
        self.rows.append(self._row(topic, codes))
        self.known.append(known)
        self.free.append(free)
        self.names.append(name)

    def _row(self, topic, codes):
        """Mark the pieces that a figure adds up; a piece is one atom, one stretch between two month edges,
        and one route."""
        level, first, last = topic.geography.level, *topic.period.months
        where = [level == "district" or _code(atom, level) in codes for atom in self.atoms]
        when = [start >= first and end <= last + 1 for start, end in zip(self.months, self.months[1:], strict=False)]
        assert topic.filters in ((), (SELF,))
        whom = [not topic.filters, True]  # those who came by another route, and by themselves
        return np.einsum("i,j,k->ijk", where, when, whom).ravel().astype(float)

    def targets(self):
        """List the distinct hidden sums."""
        found = {}
        for number, free in enumerate(self.free):
            if free is not None:
                found.setdefault(self.rows[number].tobytes(), []).append(number)
        return list(found.values())

    def ranges(self):
        """Find the smallest and largest value of every hidden figure, all in one integer programme."""
        targets = self.targets()
        if not targets:
            return []
        blocks, costs, lows, highs = [], [], [], []
        matrix = np.array(self.rows)
        for same in targets:
            low, high = self._bounds(same)
            for sign in (1, -1):
                blocks.append(csr_array(matrix))
                costs.append(sign * self.rows[same[0]])
                lows.append(low)
                highs.append(high)
        found = milp(
            np.concatenate(costs),
            integrality=np.ones(len(costs) * matrix.shape[1]),
            bounds=Bounds(0, 400),
            constraints=LinearConstraint(block_diag(blocks, format="csr"), np.concatenate(lows), np.concatenate(highs)),
            options={"mip_rel_gap": 0.0},
        )
        assert found.status == 0, "what was given out must agree with itself"
        values = (np.array(costs) * found.x.reshape(len(costs), -1)).sum(axis=1).round().astype(int)
        return [(same, values[2 * i], -values[2 * i + 1]) for i, same in enumerate(targets)]

    def can_be(self, same, value):
        """Say whether a hidden figure can have exactly this value."""
        low, high = self._bounds(same)
        matrix = vstack([csr_array(np.array(self.rows)), csr_array(self.rows[same[0]][None, :])])
        found = milp(
            np.zeros(matrix.shape[1]),
            integrality=np.ones(matrix.shape[1]),
            bounds=Bounds(0, 400),
            constraints=LinearConstraint(matrix, np.append(low, value), np.append(high, value)),
        )
        return found.status == 0

    def _bounds(self, same):
        low = np.array([span[0] for span in self.known], dtype=float)
        high = np.array([span[1] for span in self.known], dtype=float)
        for number in same:
            low[number], high[number] = self.free[number], np.inf
        return low, high


def successes(tables, external, atoms, *, smallest=1, largest=7):
    """List the hidden figures that he can bound more tightly than 1 to 7."""
    intruder = Intruder(tables, external, atoms)
    return [intruder.names[same[0]] for same, low, high in intruder.ranges() if low > smallest or high < largest]


def gaps(tables, external, atoms):
    """List the hidden figures that cannot have some value from 1 to 7, asked one by one."""
    intruder = Intruder(tables, external, atoms)
    return [same for same in intruder.targets() if not all(intruder.can_be(same, value) for value in range(1, 8))]


def _topics(tables, external):
    return [table.topic for table in (*tables, *external)]


def _edges(topic):
    first, last = topic.period.months
    return first, last + 1


def _code(atom, level):
    return f"{atom[level]:x}" if atom[level] and level.startswith("h3") else atom[level] or ""


def _interval(figure, rule):
    if figure.value is None:
        nought = 0 if figure.may_be_nought else 1
        spans = {"few": (nought, rule.threshold), "few_homes": (0, np.inf)}
        return spans.get(figure.why, (rule.threshold + 1, np.inf))
    if figure.value == 0:
        return 0, 0
    return max(figure.value - rule.round_to // 2, rule.threshold + 1), figure.value + (rule.round_to - 1) // 2


def _unexplained(figure):
    return None if figure.value is not None else (0 if figure.may_be_nought else 1)
