"""The order in which the lines of a printed page are read: across, or column by column."""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import groupby, pairwise
from math import inf
from operator import or_
from statistics import median
from typing import NamedTuple

# Lengths are in ems, the height of most lines of the page.
_MIN_COLUMN, _MIN_LINES = 8.0, 5
# Text fills most lines of its column, the cells of a table do not; and a page in columns has a
# third of its lines in them.
_FULL_LINE, _MIN_FULL, _MIN_SHARE = 0.8, 0.5, 0.3
# A line that crosses the space between columns by less sticks out of its own.
_STICKS_OUT = 2.0
_MAX_EXTENT = 2000  # of a page; in damaged files lines stand far outside
_GAP, _WIDE_GAP = 0.3, 3.0  # between two words, two cells
# A note at the foot of a column is set in smaller type, and is short.
_SMALL, _MAX_NOTE = 0.92, 0.25

_LEADER = re.compile(r"(?:[.·…]\s?){4}")


class Run(NamedTuple):
    """Characters on one line without a gap; y grows downwards, ``size`` is that of the type."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


class Row(NamedTuple):
    """Runs beside each other; ``column`` counts from 0, None for a row across all of them."""

    runs: list[Run]
    column: int | None

    @property
    def text(self) -> str:
        """What the row says, with a blank in each gap."""
        text = self.runs[0].text
        for before, run in pairwise(self.runs):
            gap = (run.left - before.right) / max(before.size, run.size)
            # Runs above each other beside one of larger type are two lines.
            text += (" " if gap > _GAP or gap < -1 else "") + run.text
        return text.strip()

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(run.right for run in self.runs)

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        return max(self.runs, key=lambda run: len(run.text)).size

    @property
    def is_prose(self) -> bool:
        """Whether no wide gap is in it, as in tables and running heads, and no row of dots."""
        if _LEADER.search(self.text):
            return False
        gaps = (run.left - before.right for before, run in pairwise(self.runs))
        return all(gap < _WIDE_GAP * self.size for gap in gaps)

    def ends_with(self, other: "Row") -> bool:
        """Whether another long row of its column ends at the same place."""
        long = self.right - self.left > 2 * _MIN_COLUMN * self.size
        here = self is not other and self.column == other.column
        return here and long and abs(self.right - other.right) < _GAP * self.size


class Rule(NamedTuple):
    """A ruled line."""

    left: float
    right: float
    y: float


def in_order(runs: list[Run], rules: Iterable[Rule] = ()) -> list[Row]:
    """The rows of a page as they are read; notes at the foot of a column come last.

    Columns are read one after the other down to a line of text or a rule that runs across them.
    So a ruled table that fills the page is read row by row.

    >>> def column(x, letter):
    ...     return [Run(letter * 9, x, x + 90, y, y + 10, 10) for y in range(0, 90, 15)]
    >>> head = Run("h" * 21, 0, 210, -20, -10, 10)
    >>> "".join(row.text[0] for row in in_order([*column(120, "b"), head, *column(0, "a")]))
    'haaaaaabbbbbb'
    """
    if not runs:
        return []
    em = median(run.bottom - run.top for run in runs) or 1.0
    gutters = _gutters(runs, em)
    if not gutters:
        return [Row(row, None) for row in _rows(runs)]
    return _notes_last(list(_by_columns(runs, gutters, list(rules), em)))


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs of about the same height, from above, each row from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
        if rows and _beside(max(rows[-1], key=lambda one: one.bottom - one.top), run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _beside(one: Run, other: Run) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _gutters(runs: list[Run], em: float) -> list[float]:
    """Where the empty stretches between columns lie, from the left."""
    gutter = _gutter(runs, em)
    if gutter is None:
        return []
    left = [run for run in runs if run.right <= gutter]
    right = [run for run in runs if run.left >= gutter]
    return [*_gutters(left, em), gutter, *_gutters(right, em)]


def _gutter(runs: list[Run], em: float) -> float | None:
    """The place that most lines have text on both sides of, as columns have it."""
    first, last = min(run.left for run in runs), max(run.right for run in runs)
    height = max(run.bottom for run in runs) - min(run.top for run in runs)
    if max(last - first, height) > _MAX_EXTENT * em:
        return None
    steps = int((last - first - 2 * _MIN_COLUMN * em) / em * 4)
    places = [first + (_MIN_COLUMN + step / 4) * em for step in range(steps + 1)]
    heights = _heights(runs, em)
    scores = [_both(heights, place).bit_count() for place in places]
    best, all_lines = max(scores, default=0), reduce(or_, (narrow for _, narrow, _ in heights))
    if not best or best < _MIN_SHARE * all_lines.bit_count():
        return None
    # The middle of the widest stretch that parts as many.
    stretches = groupby(zip(places, scores, strict=True), key=lambda pair: pair[1] == best)
    widest = max(([place for place, _ in group] for held, group in stretches if held), key=len)
    gutter = widest[len(widest) // 2]
    both = _both(heights, gutter)
    held = [run for run, _, wide in heights if wide & both]
    left = [run for run in held if run.right <= gutter]
    right = [run for run in held if run.left >= gutter]
    return gutter if _is_column(left) and _is_column(right) else None


# A run, and as bits which stretches of an em it touches: by itself, and with half an em around.
_Heights = list[tuple[Run, int, int]]


def _heights(runs: list[Run], em: float) -> _Heights:
    top = min(run.top for run in runs)
    return [
        (
            run,
            _bits((run.top - top) / em, (run.bottom - top) / em),
            _bits((run.top - top) / em - 0.5, (run.bottom - top) / em + 0.5),
        )
        for run in runs
    ]


def _bits(top: float, bottom: float) -> int:
    first, last = max(0, int(top)), max(0, int(bottom))
    return (1 << (last + 1)) - (1 << first)


def _both(heights: _Heights, place: float) -> int:
    """The heights at which text stands left and right of a place, and none crosses it."""
    left = right = across = 0
    for run, narrow, wide in heights:
        if run.right <= place:
            left |= wide
        elif run.left >= place:
            right |= wide
        else:
            across |= narrow
    return left & right & ~across


def _is_column(runs: list[Run]) -> bool:
    rows = _rows(runs)
    if len(rows) < _MIN_LINES:
        return False
    width = max(run.right for run in runs) - min(run.left for run in runs)
    filled = [sum(run.right - run.left for run in row) >= _FULL_LINE * width for row in rows]
    return sum(filled) >= _MIN_FULL * len(rows)


def _by_columns(
    runs: list[Run], gutters: list[float], rules: list[Rule], em: float
) -> Iterator[Row]:
    """Down to each row or rule across all columns one column after the other."""
    across = _across(runs, gutters, em)
    rest = [run for run in runs if run not in across]
    cuts: dict[float, list[Run]] = {
        round(rule.y): []
        for rule in rules
        if any(rule.left < gutter - em and rule.right > gutter + em for gutter in gutters)
    }
    cuts |= {row[0].top: row for row in _rows(run for run in runs if run in across)}
    for y in [*sorted(cuts), inf]:
        columns: dict[int, list[Run]] = defaultdict(list)
        for run in (run for run in rest if (run.top + run.bottom) / 2 < y):
            columns[bisect(gutters, (run.left + run.right) / 2)].append(run)
        rest = [run for run in rest if (run.top + run.bottom) / 2 >= y]
        for number in sorted(columns):
            yield from (Row(row, number) for row in _rows(columns[number]))
        if cuts.get(y):
            yield Row(cuts[y], None)


def _across(runs: list[Run], gutters: list[float], em: float) -> set[Run]:
    """Running heads, what crosses the space between columns, and what stands beside that."""
    rows = _rows(runs)
    heads = {run for row in (rows[0], rows[-1]) if _is_apart(row, runs, em) for run in row}
    crossing = [run for run in runs if any(_crosses(run, gutter, em) for gutter in gutters)]
    return heads | {run for run in runs if any(_beside(one, run) for one in crossing)}


def _crosses(run: Run, gutter: float, em: float) -> bool:
    before, behind = sorted((gutter - run.left, run.right - gutter))
    return before > 0 and not (before < _STICKS_OUT * em and behind > _MIN_COLUMN * em)


def _is_apart(row: list[Run], runs: list[Run], em: float) -> bool:
    """Whether a row is a running head or a page number: short, and away from the text."""
    top, bottom = min(run.top for run in row), max(run.bottom for run in row)
    near = any(run.bottom > top - em and run.top < bottom + em for run in runs if run not in row)
    return not near and all(run.right - run.left < _MIN_COLUMN * em for run in row)


def _notes_last(rows: list[Row]) -> list[Row]:
    text: list[Row] = []
    notes: list[Row] = []
    for column, group in groupby(rows, key=lambda row: row.column):
        lines = list(group)
        foot = len(lines)
        while lines[foot - 1].size < _SMALL * median(row.size for row in lines):
            foot -= 1
        if column is None or len(lines) - foot > _MAX_NOTE * len(lines):
            foot = len(lines)
        text += lines[:foot]
        notes += lines[foot:]
    return text + notes
