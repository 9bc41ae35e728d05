"""Colours that alone tell two things apart do so for colour-blind eyes and in grey.

Simulated with the matrices of Machado, Oliveira and Fernandes (2009, full severity), which act on
linear RGB; apart is the distance in CIELAB (CIE 1976), in grey the distance of its lightness.
"""

from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from policytext.charts.ledger import OUTCOMES
from policytext.charts.page import BLUE, GREY, INK, LIGHT_GREY
from policytext.charts.targets import FILLS
from policytext.charts.terms import PALE

EYES = {
    "as most see": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
_TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)  # sRGB, IEC 61966-2-1, with the white of D65
_WHITE = np.array([0.9505, 1.0, 1.089])
# What is told by colour alone in one figure.
ALONE = {
    "findings": [LIGHT_GREY, BLUE, INK],
    "scores": [GREY, BLUE],
    "shares": [INK, BLUE, GREY],
    "positions": [LIGHT_GREY, "#e8e8e8", "#ffffff"],
    "clouds": [INK, PALE],
    "timeline": list(FILLS.values()),
    "dumbbells": [shade for shade, _ in OUTCOMES.values()],
}
_APART, _APART_IN_GREY = 12, 7  # a just noticeable difference is about 2.3


def lab(colour: str, eyes: np.ndarray) -> np.ndarray:
    """The colour in CIELAB, as these eyes see it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = _TO_XYZ @ np.clip(eyes @ linear, 0, 1) / _WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("figure", ALONE)
def test_colours_are_told_apart(figure: str) -> None:
    for eyes, matrix in EYES.items():
        for one, two in combinations(ALONE[figure], 2):
            apart = np.linalg.norm(lab(one, matrix) - lab(two, matrix))
            assert apart > (_APART if figure != "positions" else _APART_IN_GREY), (one, two, eyes)


@pytest.mark.parametrize("figure", ALONE)
def test_colours_are_told_apart_in_grey(figure: str) -> None:
    lightness = sorted(lab(colour, EYES["as most see"])[0] for colour in ALONE[figure])
    assert min(high - low for low, high in pairwise(lightness)) > _APART_IN_GREY


def test_the_distance_is_that_of_cielab() -> None:
    assert lab("white", EYES["as most see"]) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("red", EYES["as most see"]) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
