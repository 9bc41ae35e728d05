"""Which rows of a table are its header, and what its columns are called."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from policytext.corpus.issues import Issue

AGAIN = " ({})"  # behind the name of a column that another has too
# A title may stand in the first rows, the header below it; a heading is short.
TOP, _LONGEST_HEADING = 4, 20
_VALUE = re.compile(r"[。！？；]|^[\d.,%/-]+$")  # no name of a column


def below_title(
    file: str, lines: Mapping[int, Sequence[object]]
) -> tuple[list[str], dict[int, Sequence[object]], list[Issue]]:
    """The header, the rows below it that hold anything, and notes on what else was its part.

    >>> lines = {1: ["报告", None], 2: ["题目", "正文"], 3: ["甲", "乙"]}
    >>> below_title("a.csv", lines)[:2]
    (['题目', '正文'], {3: ['甲', '乙']})
    """
    filled = {number: cells for number, cells in lines.items() if any(map(holds, cells))}
    if not filled:
        return [], {}, []
    at = first = min(filled)
    if sum(map(holds, filled[first])) == 1 and _mostly_wide(filled.values()):
        heads = [number for number in list(filled)[:TOP] if _heads(filled[number])]
        # Who made the table, and when, may stand between its title and the header.
        at = max(heads, key=lambda number: sum(map(holds, filled[number])), default=first)
    notes = []
    if at > first:
        found = f"row {at} is read as the header, what stands above it as a title"
        notes = [Issue(file, None, "guess", "header", found, "if it is not, delete those rows")]
    header = list(filled[at])
    below = {number: cells for number, cells in filled.items() if number > at}
    if len(below) > 1 and _goes_on(header, below[second := min(below)]):
        header = _joined(header, below.pop(second))
        found = f"rows {at} and {second} are read as one header"
        fix = f"if row {second} is none, name the columns of row {at} that have no name"
        notes.append(Issue(file, None, "guess", "header", found, fix))
    return header_of(header), below, notes


def _goes_on(header: Sequence[object], below: Sequence[object]) -> bool:
    """Whether a row goes on with the header: it names the columns that a heading spans."""
    pairs = list(zip(header, below, strict=False))
    spanned = any(not holds(over) and holds(name) for over, name in pairs[1:])
    named = all(holds(over) or holds(name) for over, name in pairs)
    return spanned and named and _heads(below) and not any(map(_VALUE.search, map(str, below)))


def _joined(header: Sequence[object], below: Sequence[object]) -> list[object]:
    """One header of two: the lower names, below what spans them where several are the same."""
    joined: list[object] = []
    over: object = None
    for heading, name in zip(header, below, strict=False):
        over = heading if holds(heading) else over
        is_clear = holds(name) and list(below).count(name) == 1
        joined.append(name if is_clear else f"{over} {name}" if holds(name) else over)
    return joined


def _mostly_wide(lines: Iterable[Sequence[object]]) -> bool:
    """Whether many rows have several cells: a comma in a table of one column makes none."""
    wide = [sum(map(holds, cells)) > 1 for cells in lines]
    return 2 * sum(wide) >= max(len(wide), 4)


def holds(cell: object) -> bool:
    """Whether a cell has anything in it."""
    return cell is not None and cell != ""


def _heads(cells: Sequence[object]) -> bool:
    """Whether a row looks like a header: two names or more, all of them short."""
    names = [str(cell) for cell in cells if holds(cell)]
    return len(names) > 1 and all(len(name) <= _LONGEST_HEADING for name in names)


def header_of(cells: Iterable[object]) -> list[str]:
    """The names of the columns: a number for one that has none or another's."""
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    named = [name or f"column {number}" for number, name in enumerate(names, start=1)]
    seen: Counter[str] = Counter()
    for at, name in enumerate(named):
        seen[name] += 1
        named[at] += AGAIN.format(seen[name]) if seen[name] > 1 else ""
    return named


def spanned(
    header: Sequence[str], ranges: Iterable[Any], lines: Mapping[int, Sequence[object]]
) -> list[str]:
    """The header with its cells over several columns as the name of each: 指标, 指标 (2).

    ``ranges``: the cells of the sheet that are one; ``lines``: its cells by the number of the row.
    """
    named = list(header)
    for merged in ranges:
        columns = range(merged.min_col - 1, min(merged.max_col, len(named)))
        cells = lines.get(merged.min_row, ())
        # A title is merged as well.
        if not columns or columns[0] >= len(cells) or named[columns[0]] != cells[columns[0]]:
            continue
        for count, at in enumerate(columns[1:], start=2):
            if named[at] == f"column {at + 1}":
                named[at] = named[columns[0]] + AGAIN.format(count)
    return named
