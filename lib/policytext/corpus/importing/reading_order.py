"""The order in which the lines of a printed page are read: across, or column by column."""

import re
from collections.abc import Iterable, Iterator, Set
from functools import partial, reduce
from itertools import chain, groupby, pairwise, zip_longest
from math import inf
from operator import or_
from statistics import median
from typing import NamedTuple

# Lengths are in ems, the type of most lines of the page.
_MIN_COLUMN, _MIN_LINES = 8.0, 5
# Text fills most lines of its column, the cells of a table do not.
_FULL_LINE, _MIN_FULL = 0.8, 0.5
_MIN_SHARE, _MIN_TABLE = 0.3, 3
_LARGER = 1.2  # the type of a title
_MAX_CELL, _CELL_GAP = 0.7, 1.2  # of a column, and between two
BOX = 100  # the column of the first box beside the text
# A line that crosses the space between columns by less sticks out of its own.
_STICKS_OUT = 2.0
_MAX_EXTENT = 2000  # of a page; in damaged files lines stand far outside
# Between two words, such of which one is Chinese, and two cells.
_GAP, _GAP_WIDE, _WIDE_GAP = 0.3, 0.5, 3.0
WIDE = re.compile(r"[\u2e80-\uffef]")
# A note at the foot of a column is set in smaller type, and is short; one across has its number.
_SMALL, _MAX_NOTE = 0.92, 0.25
_NOTE = re.compile(
    r"""
      [①-⒇*＊†‡]
    | [\[〔（(]? \d{1,2} [\]〕）)]?                     # [1], 1
      (?: [ \u3000] | [.．] (?!\d) | [\u4e00-\u9fff] )
    """,
    re.VERBOSE,
)

# A short line that ends so ends a paragraph, as a cell of a table seldom does.
_STOPS = tuple("。！？；：")

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
    """Runs beside each other; ``column`` counts from 0, from ``BOX`` in boxes, None across.

    ``is_note``: it stands in smaller type at the foot of its page or column.
    """

    runs: list[Run]
    column: int | None
    is_note: bool = False

    @property
    def text(self) -> str:
        """What the row says, with a blank in each gap."""
        text = self.runs[0].text
        for before, run in pairwise(self.runs):
            gap = (run.left - before.right) / max(before.size, run.size)
            # Runs above each other beside one of larger type are two lines.
            least = _GAP_WIDE if WIDE.search(text[-1:] + run.text[:1]) else _GAP
            text += (" " if gap > least or gap < -1 else "") + run.text
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
    """A ruled line, or the upper edge of a frame that ends at ``bottom``."""

    left: float
    right: float
    y: float
    bottom: float | None = None


def in_order(runs: list[Run], rules: Iterable[Rule] = ()) -> list[Row]:
    """The rows of a page as they are read; boxes come last.

    Columns are read one after the other down to a line of text or a rule that runs across them.
    So a ruled table that fills the page is read row by row.

    >>> def column(x, letter):
    ...     return [Run(letter * 9, x, x + 90, y, y + 10, 10) for y in range(0, 90, 15)]
    >>> head = Run("h" * 21, 0, 210, -20, -10, 10)
    >>> "".join(row.text[0] for row in in_order([*column(120, "b"), head, *column(0, "a")]))
    'haaaaaabbbbbb'
    """
    rules = list(rules)
    read: list[Row] = []
    for number, box in enumerate(_boxes(runs, rules)):
        runs = [run for run in runs if run not in box]
        read += (Row(row.runs, BOX + number) for row in in_order(box))
    return (_in_columns(runs, rules) if runs else []) + read


def _boxes(runs: list[Run], rules: list[Rule]) -> Iterator[list[Run]]:
    """Text in frames beside which other text stands, as cells of a table stand beside others."""
    frames = [(rule, _inside(runs, rule)) for rule in rules if rule.bottom is not None]
    framed = {run for _, inside in frames for run in inside}
    taken: set[Run] = set()
    for rule, inside in frames:
        level = _inside(runs, rule._replace(left=-inf, right=inf))
        beside = [run for run in level if run not in inside]
        is_new = taken.isdisjoint(inside) and framed.isdisjoint(beside)
        if is_new and _is_text(inside) and _is_text(beside):
            taken.update(inside)
            yield inside


def _inside(runs: list[Run], frame: Rule) -> list[Run]:
    return [
        run
        for run in runs
        if frame.left < (run.left + run.right) / 2 < frame.right
        and frame.y < (run.top + run.bottom) / 2 < (frame.bottom or inf)
    ]


def _is_text(runs: list[Run]) -> bool:
    return len(_rows(runs)) >= _MIN_TABLE and any(run.text.endswith(_STOPS) for run in runs)


def _in_columns(runs: list[Run], rules: list[Rule]) -> list[Row]:
    em = median(run.size for run in runs)
    split = _split(runs, em)
    rows = _rows(runs)
    if split is None:
        return list(_with_notes([Row(row, None) for row in rows]))
    heads = {run for row in _heads(rows, em) for run in row}
    return list(_with_notes(list(_by_columns(runs, split, rules, em, heads))))


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


class _Split(NamedTuple):
    """An empty stretch between columns, and those in what stands left and right of it."""

    place: float
    left: "_Split | None"
    right: "_Split | None"

    @property
    def places(self) -> list[float]:
        """The places of all of them."""
        sides = (side.places for side in (self.left, self.right) if side)
        return [self.place, *chain(*sides)]

    @property
    def columns(self) -> int:
        """How many columns they part."""
        return len(self.places) + 1


def _split(runs: list[Run], em: float) -> _Split | None:
    """Where columns part the runs: at the place that most lines have text on both sides of."""
    first, last = min(run.left for run in runs), max(run.right for run in runs)
    height = max(run.bottom for run in runs) - min(run.top for run in runs)
    if max(last - first, height) > _MAX_EXTENT * em:
        return None
    steps = int((last - first - 2 * _MIN_COLUMN * em) / em * 4)
    places = [first + (_MIN_COLUMN + step / 4) * em for step in range(steps + 1)]
    heights = _heights(runs, em)
    scores = [_both(heights, place).bit_count() for place in places]
    best = max(scores, default=0)
    if best < _MIN_LINES:
        return None
    # The middle of the widest stretch that parts as many.
    stretches = groupby(zip(places, scores, strict=True), key=lambda pair: pair[1] == best)
    widest = max(([place for place, _ in group] for held, group in stretches if held), key=len)
    return _checked(heights, widest[len(widest) // 2], em)


def _checked(heights: "_Heights", place: float, em: float) -> _Split | None:
    """The split at a place if there are columns on both sides."""
    both = _both(heights, place)
    lines = reduce(or_, (narrow for _, narrow, _ in heights))
    # Few lines may be those of a table; text tells itself by its stops.
    few = both.bit_count() < _MIN_SHARE * lines.bit_count()
    splits = []
    for is_right in (False, True):
        side = [
            one for one in heights if (one[0].left >= place if is_right else one[0].right <= place)
        ]
        split = _split([run for run, *_ in side], em)
        held = [run for run, _, wide in side if wide & both]
        if not split and not _is_column(held, em):
            return None
        if few and not any(run.text.endswith(_STOPS) for run in held):
            return None
        splits.append(split)
    return _Split(place, *splits)


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


def _is_column(runs: list[Run], em: float) -> bool:
    rows = _rows(runs)
    if len(rows) < _MIN_LINES:
        return False
    width = max(run.right for run in runs) - min(run.left for run in runs)
    if width < (_MIN_COLUMN - 1) * em:
        return False
    filled = [
        sum(run.right - run.left for run in row) >= _FULL_LINE * width
        or row[-1].text.endswith(_STOPS)
        for row in rows
    ]
    return sum(filled) >= _MIN_FULL * len(rows)


def _by_columns(
    runs: list[Run],
    split: _Split | None,
    rules: list[Rule],
    em: float,
    heads: Set[Run] = frozenset(),
    first: int = 0,
) -> Iterator[Row]:
    """Down to each row or rule across a gutter what is left of it, then what is right of it.

    ``first`` is the number of the column on the left, ``heads`` are across in any case.
    """
    if split is None or not runs:
        yield from (Row(row, first) for row in _rows(runs))
        return
    across = heads | _across(runs, split, em)
    rest = [run for run in runs if run not in across]
    cuts: dict[float, list[Run]] = {
        round(rule.y): []
        for rule in rules
        if rule.left < split.place - em and rule.right > split.place + em
    }
    cuts |= {row[0].top: row for row in _rows(run for run in runs if run in across)}
    for y in [*sorted(cuts), inf]:
        above = [run for run in rest if (run.top + run.bottom) / 2 < y]
        rest = [run for run in rest if (run.top + run.bottom) / 2 >= y]
        left = [run for run in above if (run.left + run.right) / 2 < split.place]
        right = [run for run in above if (run.left + run.right) / 2 >= split.place]
        yield from _by_columns(left, split.left, rules, em, first=first)
        behind = first + (split.left.columns if split.left else 1)
        yield from _by_columns(right, split.right, rules, em, first=behind)
        if cuts.get(y):
            yield Row(cuts[y], None)


def _across(runs: list[Run], split: _Split, em: float) -> set[Run]:
    """What crosses the space between columns, what stands beside that, and rows of tables."""
    rows = _rows(runs)
    crossing = [run for run in runs if _crosses(run, split.place, em)]
    crossing += [row[0] for row in rows if _is_heading(row, runs, split, em)]
    across = {run for run in runs if any(_beside(one, run) for one in crossing)}
    widest = _MAX_CELL * (max(run.right for run in runs) - min(run.left for run in runs))
    of_table = partial(_is_of_table, split=split, widest=widest / split.columns, em=em)
    for is_table, group in groupby(rows, key=lambda row: row[0] in across or of_table(row)):
        found = list(group)
        if is_table and len(found) >= _MIN_TABLE:
            across |= {run for row in found for run in row}
    return across


def _is_heading(row: list[Run], runs: list[Run], split: _Split, em: float) -> bool:
    """Whether a row has no text beside it, and runs over a gutter or stands in the middle."""
    left, right = min(one.left for one in runs), max(one.right for one in runs)
    first, last = row[0].left, max(run.right for run in row)
    is_inset = abs(first + last - left - right) < 2 * em < first - left and _is_close(row, em)
    if any(first < place < last for place in split.places):
        is_heading = len(row) == 1 or is_inset
    else:
        is_heading = is_inset and row[0].size > _LARGER * em
    top, bottom = row[0].top, row[0].bottom
    beside = (one for one in runs if one.top < bottom and one.bottom > top)
    return is_heading and all(one in row for one in beside)


def _is_close(row: list[Run], em: float) -> bool:
    return all(run.left - before.right < _CELL_GAP * em for before, run in pairwise(row))


def _is_of_table(row: list[Run], split: _Split, widest: float, em: float) -> bool:
    """Whether short cells stand on both sides; columns of text are seldom so for long."""
    begin = row[0].left
    for run, after in zip_longest(row, row[1:]):
        if after is None or after.left - run.right > _CELL_GAP * em:
            if run.right - begin > widest or run.text.endswith(_STOPS):
                return False
            begin = after.left if after else inf
    return row[0].right < split.place < row[-1].left


def _crosses(run: Run, gutter: float, em: float) -> bool:
    before, behind = sorted((gutter - run.left, run.right - gutter))
    return before > 0 and not (before < _STICKS_OUT * em and behind > _MIN_COLUMN * em)


def _heads(rows: list[list[Run]], em: float) -> Iterator[list[Run]]:
    """Running heads, page numbers, and titles that stand above all columns."""
    for row, below in pairwise(rows):
        gap = min(run.top for run in below) - max(run.bottom for run in row)
        is_title = len(row) == 1 and row[0].size > _LARGER * em and gap > 0
        if not is_title and not (gap > em and _is_short(row, em)):
            break
        yield row
    above = max((run.bottom for row in rows[:-1] for run in row), default=-inf)
    if _is_short(rows[-1], em) and min(run.top for run in rows[-1]) > above + em:
        yield rows[-1]


def _is_short(row: list[Run], em: float) -> bool:
    return all(run.right - run.left < _MIN_COLUMN * em for run in row)


def _with_notes(rows: list[Row]) -> Iterator[Row]:
    for column, group in groupby(rows, key=lambda row: row.column):
        lines = list(group)
        notes = range(*_notes(lines, is_marked=column is None))
        yield from (row._replace(is_note=at in notes) for at, row in enumerate(lines))


def _notes(lines: list[Row], is_marked: bool) -> tuple[int, int]:
    """Where the notes at the foot of a column begin and end; below them may stand its number."""
    usual = median(row.size for row in lines)
    end = len(lines)
    if is_marked and end > 1 and lines[-1].right - lines[-1].left < _MIN_COLUMN * usual:
        end -= 1
    begin = end
    while begin and lines[begin - 1].size < _SMALL * usual and lines[begin - 1].is_prose:
        begin -= 1
    while is_marked and begin < end and not _NOTE.match(lines[begin].text):
        begin += 1
    return (begin, end) if end - begin <= _MAX_NOTE * len(lines) else (end, end)
