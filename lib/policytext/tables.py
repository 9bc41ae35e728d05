"""Tables to read in a notebook: prose to the left, numbers to the right, markup escaped."""

from collections.abc import Iterable
from html import escape

import pandas as pd

_LEFT = "text-align:left;vertical-align:top"
_RIGHT = "text-align:right;vertical-align:top"


class Shown:
    """A table that a notebook shows as HTML and a terminal as text; its cells are never markup."""

    def __init__(self, table: pd.DataFrame, digits: int) -> None:
        self._table, self._digits = table, digits

    def __repr__(self) -> str:
        wide = ("display.unicode.east_asian_width", True, "display.max_colwidth", None)
        with pd.option_context(*wide):
            return self._table.to_string(index=False, na_rep="")

    def _repr_html_(self) -> str:
        sides = [_RIGHT if pd.api.types.is_numeric_dtype(d) else _LEFT for d in self._table.dtypes]
        head = _row("th", map(str, self._table.columns), sides)
        body = (_row("td", map(self._cell, row), sides) for row in self._table.to_numpy(object))
        return f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"

    def _cell(self, value: object) -> str:
        if pd.api.types.is_scalar(value) and pd.isna(value):
            return ""
        if isinstance(value, float):
            return f"{value:,.{self._digits}f}"
        return str(value)


def _row(tag: str, cells: Iterable[str], sides: list[str]) -> str:
    marked = (
        f'<{tag} style="{side}">{escape(cell)}</{tag}>'
        for cell, side in zip(cells, sides, strict=True)
    )
    return f"<tr>{''.join(marked)}</tr>"


def show(
    table: pd.DataFrame, columns: Iterable[str] | None = None, most: int = 40, digits: int = 2
) -> Shown:
    """Show the first rows of a table for reading; long prose is wrapped, never cut.

    Args:
        table: Any table; its index is not shown.
        columns: Which columns, in which order; all by default.
        most: How many rows.
        digits: Decimals of numbers that have any.

    >>> show(pd.DataFrame({"text": ["<b>争先</b>"]}))._repr_html_().count("&lt;b&gt;")
    1
    """
    chosen = table if columns is None else table[list(columns)]
    return Shown(chosen.head(most), digits)
