"""Draw random numbers and smooth noise that are the same on every machine."""

import math
import zlib
from collections.abc import Sequence
from typing import Final, TypeVar

import numpy as np

SEED: Final = 20250331
Point = tuple[float, float]
T = TypeVar("T")


class Draws:
    """One named stream of draws: a change in one part of the district leaves the others as they were.

    Only uniform doubles are taken from the generator and only plain arithmetic is done with them, for the
    transcendental functions differ in their last digit from one machine to another.
    """

    def __init__(self, label: str) -> None:
        self._generator = np.random.Generator(np.random.PCG64([SEED, zlib.crc32(label.encode())]))

    def unit(self) -> float:
        return float(self._generator.random())

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.unit()

    def below(self, count: int) -> int:
        return int(self.unit() * count)

    def chance(self, share: float) -> bool:
        return self.unit() < share

    def bell(self) -> float:
        """Draw from nearly a standard normal: twelve uniforms less six."""
        return sum(self.unit() for _ in range(12)) - 6

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[T], weights: Sequence[float]) -> T:
        mark = self.unit() * sum(weights)
        for choice, weight in zip(choices, weights, strict=True):
            mark -= weight
            if mark < 0:
                return choice
        return choices[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed


class Noise:
    """Smooth noise between -1 and 1 over the plane, with hills about `scale` metres across."""

    _SIDE = 97

    def __init__(self, label: str, scale: float) -> None:
        draws = Draws(label)
        self._scale = scale
        self._lattice = [[draws.between(-1, 1) for _ in range(self._SIDE)] for _ in range(self._SIDE)]

    def at(self, point: Point) -> float:
        x, y = point[0] / self._scale, point[1] / self._scale
        column, row = math.floor(x), math.floor(y)
        across, up = _ease(x - column), _ease(y - row)
        low = _mix(self._value(row, column), self._value(row, column + 1), across)
        high = _mix(self._value(row + 1, column), self._value(row + 1, column + 1), across)
        return _mix(low, high, up)

    def _value(self, row: int, column: int) -> float:
        return self._lattice[row % self._SIDE][column % self._SIDE]


class Warp:
    """Bend the plane: straight lines become gentle curves, and lines that met still meet."""

    def __init__(self, label: str, scale: float, amplitude: float) -> None:
        self._east = Noise(label + " east", scale)
        self._north = Noise(label + " north", scale)
        self._amplitude = amplitude

    def at(self, point: Point) -> Point:
        return (
            point[0] + self._amplitude * self._east.at(point),
            point[1] + self._amplitude * self._north.at(point),
        )


def _ease(share: float) -> float:
    return share * share * (3 - 2 * share)


def _mix(low: float, high: float, share: float) -> float:
    return low + (high - low) * share
