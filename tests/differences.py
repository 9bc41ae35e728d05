"""What differs between two files, and where: for the message of a test that compares them."""

import csv
from itertools import zip_longest
from pathlib import Path

import numpy as np
from matplotlib.image import imread


def difference(one: Path, two: Path) -> str:
    """Which file differs and where, the version of ``one`` first; empty where both are equal."""
    if one.read_bytes() == two.read_bytes():
        return ""
    compare = {".png": _pixels, ".pdf": _bytes, ".csv": _cells}.get(one.suffix, _lines)
    return f"{one.name}: {compare(one, two) or _bytes(one, two)}"


def _pixels(one: Path, two: Path) -> str:
    first, second = imread(one), imread(two)
    if first.shape != second.shape:
        return f"{first.shape[:2]} rows and columns of pixels, not {second.shape[:2]}"
    apart = (first != second).any(axis=-1)
    rows, columns = np.nonzero(apart)
    if not len(rows):
        return ""
    where = f"rows {rows.min()}-{rows.max()}, columns {columns.min()}-{columns.max()}"
    return f"{len(rows)} of {apart.size} pixels differ, {where}"


def _bytes(one: Path, two: Path) -> str:
    first, second = one.read_bytes(), two.read_bytes()
    at = next(
        (at for at, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(second)),
    )
    sides = [side[at : at + 16] for side in (first, second)]
    return f"from byte {at} of {len(first)} on: {sides[0]!r}, not {sides[1]!r} of {len(second)}"


def _cells(one: Path, two: Path) -> str:
    first, second = _rows(one), _rows(two)
    nothing: list[str] = []
    for number, (row, other) in enumerate(zip_longest(first, second, fillvalue=nothing), start=1):
        for at, (cell, cell2) in enumerate(zip_longest(row, other)):
            if cell != cell2:
                column = first[0][at] if at < len(first[0]) else f"{at + 1}"
                return f"row {number}, column {column}: {cell!r}, not {cell2!r}"
    return ""


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _lines(one: Path, two: Path) -> str:
    sides = (path.read_text(encoding="utf-8").splitlines() for path in (one, two))
    pairs = list(enumerate(zip_longest(*sides, fillvalue=""), start=1))
    apart = [(number, pair) for number, pair in pairs if pair[0] != pair[1]]
    if not apart:
        return ""
    number, pair = apart[0]
    at = next(at for at, (a, b) in enumerate(zip_longest(*pair)) if a != b)
    parts = [line[max(0, at - 30) : at + 30] for line in pair]
    return (
        f"{len(apart)} of {len(pairs)} lines differ; line {number}, column {at + 1}: "
        f"{parts[0]!r}, not {parts[1]!r}"
    )
