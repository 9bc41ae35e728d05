"""Tables to read in a notebook: prose to the left, numbers to the right, markup escaped."""

from collections.abc import Iterable
from html import escape

import pandas as pd

from policytext.corpus import Corpus
from policytext.spanlookup import locate

_LEFT = "text-align:left;vertical-align:top"
_RIGHT = "text-align:right;vertical-align:top"


class Shown:
    """A table that a notebook shows as HTML and a terminal as text; its cells are never markup."""

    def __init__(self, table: pd.DataFrame, digits: int, rows: int) -> None:
        self._table, self._digits = table, digits
        self._cut = f"前 {len(table)} 行,共 {rows} 行 of {rows} rows" if rows > len(table) else ""

    def __repr__(self) -> str:
        wide = ("display.unicode.east_asian_width", True, "display.max_colwidth", None)
        with pd.option_context(*wide):
            text = self._table.to_string(index=False, na_rep="")
        return f"{text}\n{self._cut}" if self._cut else text

    def _repr_html_(self) -> str:
        columns = [self._table.iloc[:, i] for i in range(self._table.shape[1])]
        sides = [_RIGHT if pd.api.types.is_numeric_dtype(c) else _LEFT for c in columns]
        head = _row("th", map(str, self._table.columns), sides)
        cells = zip(*(_cells(column, self._digits) for column in columns), strict=True)
        body = "".join(_row("td", row, sides) for row in cells)
        cut = f"<p>{self._cut}</p>" if self._cut else ""
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{cut}"


def _cells(column: pd.Series, digits: int) -> list[str]:
    """The cells as they are printed; whole numbers have no decimals."""
    if pd.api.types.is_float_dtype(column):
        years = column.dropna().between(1900, 2100).all()  # years have no comma
        return [_number(x, digits, "" if years else ",") for x in column]
    return [_plain(x) for x in column]


def _number(value: float, digits: int, comma: str) -> str:
    if pd.isna(value):
        return ""
    return f"{value:{comma}.{0 if float(value).is_integer() else digits}f}"


def _plain(cell: object) -> str:
    if isinstance(cell, tuple | list):
        return "、".join(map(str, cell))
    return "" if pd.isna(cell) else str(cell)


def _row(tag: str, cells: Iterable[str], sides: list[str]) -> str:
    marked = (
        f'<{tag} style="{side}">{escape(cell)}</{tag}>'
        for cell, side in zip(cells, sides, strict=True)
    )
    return f"<tr>{''.join(marked)}</tr>"


def show(
    table: pd.DataFrame, columns: Iterable[str] | None = None, most: int = 40, digits: int = 2
) -> Shown:
    """Show the first rows of a table for reading, and how many there are; prose is never cut.

    Args:
        table: Any table; its index is not shown.
        columns: Which columns, in which order; all by default.
        most: How many rows.
        digits: Decimals of numbers that have any.

    >>> show(pd.DataFrame({"text": ["<b>争先</b>"]}))._repr_html_().count("&lt;b&gt;")
    1
    """
    chosen = table if columns is None else table[list(columns)]
    return Shown(chosen.head(most), digits, len(chosen))


def in_sentence(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """A span table with the ``sentence`` that each row stands in, and the document's ``label``.

    >>> from policytext import find_quantities, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> in_sentence(find_quantities(corpus), corpus)["sentence"].iloc[0][:5]
    '奋斗“十四'
    """
    labels = corpus.documents.set_index("doc")["label"]
    sentences = corpus.sentences["text"].to_numpy()[locate(table, corpus)]
    return table.assign(sentence=sentences, label=table["doc"].map(labels))


def without_repeats(quantities: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Leave out numbers of a title that the text below it states again.

    Args:
        quantities: Rows of `find_quantities`.
        corpus: The corpus they were found in.

    Returns:
        The rows without those in a title whose value and unit a row of the same document outside
        the title has too.

    >>> from policytext import find_quantities, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021").select(["yueqing-village"])
    >>> prize = find_quantities(corpus).query("norm_value == 700_000")
    >>> prize["text"].tolist(), without_repeats(prize, corpus)["text"].tolist()
    (['70万', '70万元'], ['70万元'])
    """
    in_title = corpus.sentences["part"].to_numpy()[locate(quantities, corpus)] == "title"
    values = quantities["norm_value"].astype(object).fillna(quantities["text"])
    facts = pd.MultiIndex.from_arrays([quantities["doc"], values, quantities["norm_unit"]])
    return quantities[~(in_title & facts.isin(facts[~in_title]))]
