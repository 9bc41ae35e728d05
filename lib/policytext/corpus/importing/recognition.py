"""Recognise the text of a page that is a picture, with a program that the user has installed."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from policytext.corpus.importing.reading_order import Run

# 200 dots an inch, which programs for recognition are made for.
_SCALE = 200 / 72


class Recognised(NamedTuple):
    """A line in a picture: its box in pixels, y downwards, and how sure the program is, 0 to 1."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    confidence: float


# Gets a picture as an array of height, width and three colours.
Recogniser = Callable[[Any], Iterable[Recognised]]


def installed() -> Recogniser:
    """The recogniser of the extra ``ocr``, RapidOCR, which brings its models for Chinese along.

    Raises:
        ImportError: It is not installed.
    """
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise ImportError(
            f"no {error.name} to recognise text with; pip install -r requirements-ocr.txt"
        ) from None
    engine = RapidOCR(params={"Global.log_level": "critical"})

    def recognise(picture: Any) -> list[Recognised]:
        found = engine(picture)
        boxes = found.boxes if found.boxes is not None else []
        lines = zip(found.txts or (), boxes, found.scores or (), strict=True)
        return [_line(text, box, float(score)) for text, box, score in lines]

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return recognise


def _line(text: str, box: Any, score: float) -> Recognised:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    return Recognised(text, min(xs), max(xs), min(ys), max(ys), score)


def recognised(page: Any, recognise: Recogniser) -> tuple[list[Run], list[float]]:
    """The lines in the picture of a PDF's page, and how sure the recogniser is of each."""
    lines = list(recognise(page.render(scale=_SCALE).to_numpy()))
    runs = [Run(*line[:5], size=line.bottom - line.top) for line in lines]
    return runs, [line.confidence for line in lines]
