"""Columns of Chinese and Latin text that stand under each other, as text and as HTML."""

import unicodedata
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from policytext.spanlookup import SelectionError

_STYLES = {"left": "text-align:right", "text": "text-align:center;font-weight:bold"}


def width(text: str, ambiguous: int = 2) -> int:
    """Columns that a text takes where a Chinese character takes two.

    East-Asian width (Unicode Annex 11); combining marks take none. “ ” · … are "ambiguous": two
    columns in a Chinese font, one in a Latin one.

    >>> width("GDP增长8％"), width("“一带一路”"), width("“一带一路”", ambiguous=1)
    (10, 12, 10)
    """
    sizes = {"W": 2, "F": 2, "A": ambiguous}
    return sum(
        0
        if unicodedata.combining(character)
        else sizes.get(unicodedata.east_asian_width(character), 1)
        for character in text
    )


@dataclass(frozen=True, eq=False)
class Concordance:
    """Hits in context; ``table`` holds them, printing aligns them.

    ``table``: a span table with doc, start, end, text, left, right, author, place, part,
    paragraph.
    """

    table: pd.DataFrame

    def __len__(self) -> int:
        return len(self.table)

    def sort(self, *by: str) -> "Concordance":
        """The lines in another order.

        Args:
            by: One or more columns of the table, the first the most important. ``"right"``
                sorts by what follows the hit, ``"left"`` by what stands before it, nearest
                character first; equals keep their order. Chinese sorts by code point.

        Raises:
            SelectionError: The table has no such column.
        """
        unknown = [name for name in by if name not in self.table]
        if unknown or not by:
            names = ", ".join(self.table.columns)
            raise SelectionError(f"cannot sort by {', '.join(unknown)!r}; use one of {names}")
        keyed = {f"key {name}": _key(self.table, name) for name in by}
        ordered = self.table.assign(**keyed).sort_values(list(keyed), kind="stable")
        return Concordance(ordered.drop(columns=list(keyed)).reset_index(drop=True))

    def head(self, lines: int = 10) -> "Concordance":
        """The first lines."""
        return Concordance(self.table.head(lines))

    def to_text(self, ambiguous: int = 2) -> str:
        """One line a hit, the hits under each other in a font of fixed width.

        Args:
            ambiguous: Columns that “ ” · … take in the font; 2 in Chinese ones.
        """
        cells = [self.table[name] for name in ("left", "text", "right")]
        columns = [
            _padded(column, ambiguous, before=place == 0) for place, column in enumerate(cells)
        ]
        lines = zip(*columns, map(_place, self.table.to_dict("records")), strict=True)
        return "\n".join("  ".join(line).rstrip() for line in lines)

    def to_html(self) -> str:
        """A table of which every cell is escaped; ``left`` is set flush to the hit."""
        body = "".join(_html_row(row) for row in self.table.to_dict("records"))
        return f'<table style="white-space:nowrap">{body}</table>'

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_html()


def _key(table: pd.DataFrame, name: str) -> pd.Series:
    return table[name].map(lambda text: text[::-1]) if name == "left" else table[name]


def _padded(column: pd.Series, ambiguous: int, before: bool) -> list[str]:
    """Blanks before or after each text, so that all take the same columns."""
    widths = [width(text, ambiguous) for text in column]
    blanks = [" " * (max(widths, default=0) - size) for size in widths]
    pairs = zip(column, blanks, strict=True)
    return [blank + text if before else text + blank for text, blank in pairs]


def _place(row: dict[str, Any]) -> str:
    names = [row[name] for name in ("author", "place") if isinstance(row[name], str)]
    return " ".join([*names, f"{row['doc']}:{row['start']}–{row['end']}"])


def _html_row(row: dict[str, Any]) -> str:
    cells = [
        (row[name], _STYLES.get(name, "text-align:left")) for name in ("left", "text", "right")
    ]
    cells.append((_place(row), "text-align:left;color:#666"))
    return (
        "<tr>"
        + "".join(f'<td style="{style}">{escape(text)}</td>' for text, style in cells)
        + "</tr>"
    )
