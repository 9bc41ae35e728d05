"""The check of a lexicon's tables against their schema.

What a fault says is read by people who edit tables, so it shows the cell and what to write instead.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import product

from policytext.lexicon.cells import FREE, KINDS, damage, is_sound
from policytext.lexicon.schema import HINTS, Column, Fault, Sheet, Table

# For so many faults the nearest value of another table is looked up; no more are shown.
SHOWN = 10
# What a cell may not hold.
_UNSEEN = re.compile(
    r"""
      [\x00-\x1f\x7f-\x9f]                                # control characters
    | [\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f]      # what has no width
    | [\u2028-\u202f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]
    | [\ufff9-\uffff]                                    # what a failed decoding leaves
    | [\ue000-\uf8ff\U000e0000-\U0010ffff]               # private use: marks of the dictionary
    """,
    re.VERBOSE,
)

Wrong = tuple[str, str]  # what is wrong with a cell, and what to write instead


def kept(cell: str, column: Column) -> str:
    """A cell in the form in which it is kept: without blanks around it or its parts.

    >>> kept(" 经济建设 ｜政治建设", Column("items", parts="|"))
    '经济建设|政治建设'
    """
    form = KINDS[column.kind].kept(cell)
    if column.parts == "|":
        return "|".join(part.strip() for part in form.replace("｜", "|").split("|"))
    return " ".join(form.split()) if column.parts else form.strip()


def faults(sheet: Sheet, table: Table) -> Iterator[Fault]:
    """Check a table by itself, whatever other tables hold."""
    found = [fault for column in table.columns for fault in _in_column(sheet, column)]
    yield from found
    yield from _repeated(sheet, table)
    if not found:
        yield from table.rule(sheet)
        yield from _lacking(sheet, table)


def _in_column(sheet: Sheet, column: Column) -> Iterator[Fault]:
    if column.given[0]:
        yield from _dependent(sheet, column)
        return
    cells = sheet.columns[column.name]
    looked_at = set(cells)
    if _is_free(column):  # at once: the longest table has 58,000 words
        looked_at = {cell for cell in looked_at if not is_sound(cell)}
    wrong = {cell: fault for cell in looked_at if (fault := wrong_cell(cell, column))}
    for row, cell in zip(sheet.rows, cells, strict=True) if wrong else ():
        if cell in wrong:
            yield Fault(row, column.name, *wrong[cell])


def _is_free(column: Column) -> bool:
    """Return True if a column takes any Chinese word."""
    listed = column.allowed or column.parts or column.given[0]
    return not listed and column.minimum == 1 and column.kind in FREE


def _dependent(sheet: Sheet, column: Column) -> Iterator[Fault]:
    """A column whose closed list depends on another column."""
    other, lists = column.given
    for row, (cell, value) in zip(sheet.rows, sheet.records(column.name, other), strict=True):
        if value not in lists and cell:
            wrong = f"{cell!r} stands beside the {other} {value!r}, which takes none"
            yield Fault(row, column.name, wrong, "leave it empty, or write another " + other)
        elif value in lists:
            fault = wrong_cell(cell, Column(column.name, allowed=lists[value]))
            if fault:
                yield Fault(row, column.name, *fault)


def wrong_cell(cell: str, column: Column) -> Wrong | None:
    """Say what is wrong with one cell and what to write instead; None if nothing is.

    >>> wrong_cell("hrad", Column("strength", allowed=("hard", "soft")))
    ("'hrad' is not one of its values", 'write hard (hard, soft)')
    """
    if not cell:
        return None if column.empty else ("is empty", f"{_instead(column)}, or delete the row")
    if cell == column.alone:
        return None
    if hidden := _UNSEEN.search(cell):
        return _hidden(cell, hidden[0])
    parts = cell.split(column.parts) if column.parts else [cell]
    if len(set(parts)) < len(parts) or "" in parts:
        what = "an empty part" if "" in parts else "a part twice"
        return f"{cell!r} has {what}", f"part the parts with one {column.parts!r}, each once"
    faults = (_wrong_part(part, column) for part in parts)
    return next((fault for fault in faults if fault), None)


def _hidden(cell: str, character: str) -> Wrong:
    if character in "\r\n":
        return f"{cell[:40]!r} has a line break in it", "take it out, or close the quotation mark"
    wrong = f"{cell!r} has the invisible character U+{ord(character):04X}"
    return wrong, "delete the cell and type it"


def _wrong_part(part: str, column: Column) -> Wrong | None:
    if column.allowed:
        wrong = f"{part!r} is not one of its values"
        return None if part in column.allowed else (wrong, _nearest(part, column.allowed))
    if len(part) < column.minimum:
        return f"{part!r} is too short", f"write {column.minimum} characters or more"
    if found := damage(part):
        return f"{part!r} {found[0]}", found[1]
    wrong = KINDS[column.kind].wrong(part)
    return (f"{part!r} {wrong}", _instead(column)) if wrong else None


def _instead(column: Column) -> str:
    return _nearest("", column.allowed) if column.allowed else HINTS[column.kind]


def _nearest(cell: str, allowed: Sequence[str]) -> str:
    """The nearest of the values that are allowed, and all of them."""
    lower = {value.casefold(): value for value in allowed}
    near = get_close_matches(cell.casefold(), lower, 1)
    listed = ", ".join(allowed)
    return f"write {lower[near[0]]} ({listed})" if near else f"write one of {listed}"


def _repeated(sheet: Sheet, table: Table) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    for row, cells in zip(sheet.rows, sheet.records(*table.key), strict=True):
        key = tuple(map(table.same, cells))
        if any(cells) and first.setdefault(key, row) != row:
            wrong = f"{'/'.join(filter(None, cells))!r} is in row {first[key]} already"
            yield Fault(row, table.key[0], wrong, "keep one of the two rows")


def _lacking(sheet: Sheet, table: Table) -> Iterator[Fault]:
    """Find the rows that must be there and are not."""
    if table.filled and not sheet.rows:
        yield Fault(None, "", "has no row under the header", "copy the table from data/lexicon")
    if table.complete:
        lists = [table.column(name).allowed for name in table.key]
        there = set(sheet.records(*table.key))
        lacking = [", ".join(key) for key in product(*lists) if key not in there]
        if lacking:
            more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
            wrong = f"no row for {'; '.join(lacking[:3])}{more} ({', '.join(table.key)})"
            yield Fault(None, "", wrong, "add the row")


def unknown(sheet: Sheet, table: Table, sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Cells that name a row of another table that is not there."""
    for column in table.columns:
        name, _, other = column.among.partition(".")
        if name in sheets:
            known = dict.fromkeys(sheets[name].columns[other])
            for number, (row, part) in enumerate(_not_among(sheet, column, known)):
                near = get_close_matches(part, known, 1) if number < SHOWN else []
                wrong = f"{part!r} is not in the column {other} of {name}.csv"
                instead = f"write {near[0] if near else 'one that is'}, or add it there"
                yield Fault(row, column.name, wrong, instead)


def _not_among(
    sheet: Sheet, column: Column, known: Mapping[str, object]
) -> Iterator[tuple[int, str]]:
    for row, cell in zip(sheet.rows, sheet.columns[column.name], strict=True):
        if cell not in ("", column.alone):
            parts = cell.split(column.parts) if column.parts else [cell]
            yield from ((row, part) for part in parts if part not in known)
