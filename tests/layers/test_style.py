"""Looks that can be read by everybody: contrast, shapes, classes."""

import itertools
import re

import numpy as np
import pytest

from geo.schema import KINDS, SITE_CATEGORIES
from layers.marks import HUB_PX, MARK_PX, MARKS
from layers.style import KIND_LABELS, KIND_LOOKS, PAPER, count_classes, rate_classes


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _on_paper(colour: str, opacity: float) -> str:
    mixed = [
        round(int(colour[at : at + 2], 16) * opacity + int(PAPER[at : at + 2], 16) * (1 - opacity)) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{value:02x}" for value in mixed)


PRINTED = [look for look in (*count_classes(10).looks, *KIND_LOOKS.values()) if look.text]


@pytest.mark.parametrize("look", PRINTED, ids=lambda look: look.colour)
def test_figures_on_shapes_can_be_read(look) -> None:
    assert _contrast(look.text, _on_paper(look.colour, look.opacity)) >= 4.5


@pytest.mark.parametrize("look", [*count_classes(10).looks, *KIND_LOOKS.values()], ids=lambda look: look.colour)
def test_every_shape_has_an_outline_that_shows_on_paper(look) -> None:
    assert _contrast(look.line, PAPER) >= 3


def test_classes_grow_darker_in_clear_steps() -> None:
    shades = [_luminance(look.colour) for look in count_classes(10).looks[1:]]
    assert all(lighter > darker * 1.3 for lighter, darker in itertools.pairwise(shades))


def test_hot_and_cold_differ_by_more_than_colour() -> None:
    assert set(KIND_LOOKS) == set(KIND_LABELS) == set(KINDS)
    assert all(bool(KIND_LOOKS[kind].hatch) == kind.startswith("cold") for kind in KINDS)
    for side in ("hot", "cold"):
        widths = [KIND_LOOKS[f"{side}{level}"].line_px for level in (90, 95, 99)]
        assert widths == sorted(set(widths))


def test_every_category_has_a_mark_of_its_own_that_is_large_enough_to_touch() -> None:
    assert set(MARKS) == set(SITE_CATEGORIES)
    assert len({mark.letter for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.shape for mark in MARKS.values()}) >= 8
    assert min(MARK_PX, HUB_PX) >= 24


@pytest.mark.parametrize("mark", MARKS.values(), ids=lambda mark: mark.label)
def test_the_letter_of_a_mark_can_be_read(mark) -> None:
    assert _contrast(mark.colour, "#ffffff") >= 4.5


@pytest.mark.parametrize("maximum", [0, 1, 24, 25, 79, 80, 199, 500, 5_000, 1_000_000])
def test_every_count_falls_into_one_class_and_few_classes_do(maximum) -> None:
    classes = count_classes(maximum)
    index = classes.index(np.arange(min(maximum, 2000) + 1))
    assert index[0] == 0
    assert (np.diff(index) >= 0).all()
    assert len(classes.labels()) == len(classes.looks) == 6
    assert classes.index([maximum])[0] < len(classes.looks)


def test_the_labels_of_classes_say_what_falls_into_them() -> None:
    classes = count_classes(20)
    assert classes.labels() == ["0", "1-2", "3-4", "5-9", "10-19", "20 or more"]
    for count in range(1, 25):
        label = classes.labels()[int(classes.index([count])[0])]
        bounds = [int(number) for number in re.findall(r"\d+", label)]
        assert bounds[0] <= count
        assert len(bounds) == 1 or count <= bounds[1]


@pytest.mark.parametrize("look", rate_classes(13).looks, ids=lambda look: f"{look.colour}{look.hatch}{look.dash}")
def test_a_rate_can_be_read_and_its_shape_seen(look) -> None:
    assert _contrast(look.line, PAPER) >= 3
    assert not look.text or _contrast(look.text, _on_paper(look.colour, look.opacity)) >= 4.5
    assert bool(look.text) == (not look.hatch)


def test_rates_grow_darker_in_clear_steps_and_are_not_taken_for_counts() -> None:
    looks = rate_classes(13).looks[:5]
    shades = [_luminance(look.colour) for look in looks]
    assert all(lighter > darker * 1.3 for lighter, darker in itertools.pairwise(shades))
    assert not {look.colour for look in looks} & {look.colour for look in count_classes(10).looks}


@pytest.mark.parametrize("mean", [0, 0.0004, 0.7, 1, 13.2, 1_234.5, 1e6])
def test_every_rate_falls_into_the_class_whose_label_says_so(mean) -> None:
    classes = rate_classes(mean)
    assert sorted(set(classes.lows)) == list(classes.lows)
    rates = np.array([*classes.lows, 1e9])
    index = classes.index(rates, hatched=np.zeros(6, dtype=bool), newer=np.zeros(6, dtype=bool))
    assert index.tolist() == [0, 1, 2, 3, 4, 4]
    assert len(set(classes.labels())) == 5
    assert not any("nan" in label or "e" in label.replace("more", "") for label in classes.labels() if mean < 1e5)


def test_a_hatch_a_blank_and_a_newer_place_have_looks_of_their_own() -> None:
    classes = rate_classes(13)
    index = classes.index([50, 50, np.nan, 50], hatched=[False, True, True, True], newer=[False, False, False, True])
    assert [classes.looks[at].hatch for at in index] == ["", "lines", "dots", "lines"]
    assert [bool(classes.looks[at].dash) for at in index] == [False, False, False, True]
