"""Tables to read: what matters of them, heads in words, cells as one says them.

Which columns a kind of table shows at first, and what its heads say, stands in ``faces.toml``.
What the finders return is a `Table`, which shows itself so.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, partial, wraps
from html import escape
from typing import Any, ClassVar, ParamSpec

import pandas as pd

from policytext.corpus.corpus import Corpus, describe
from policytext.corpus.issues import SelectionError
from policytext.corpus.locate import in_sentence
from policytext.lexicon.lexicon import default_lexicon
from policytext.tables import NO_ROW, in_both, padded, words

P = ParamSpec("P")
_SPAN = ["doc", "start", "end"]
_FOLDED = 12  # rows that are seen before a long table is opened
_SHORT = 16  # characters of a cell that stays on one line
_PROSE = 60  # characters of a cell that needs a wide column
_WIDTHS = (9, 18)  # of a column with cells of two lines, and of prose, in letters
_LEFT = "text-align:left;vertical-align:top"
_RIGHT = "text-align:right;vertical-align:top"
SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "≈": "≈ "}
# How a number is written of which value and unit say what it comes to.
_AMOUNTS = ("cardinal", "money", "percentage", "duration", "range")
_OF_AMOUNT = frozenset("kind value value_max unit norm_unit comparator text".split())


class _OfCorpus:
    """What knows the corpus that it was found in; saved by pickle it is without its texts."""

    corpus: Corpus | None = None

    def __getstate__(self) -> Any:
        return super().__getstate__() | {"corpus": None}  # type: ignore[operator]


class Row(_OfCorpus, pd.Series):
    """A row, or a column, of a `Table`; it knows the corpus, too."""

    _metadata: ClassVar[list[str]] = [*pd.Series._metadata, "corpus"]

    @property
    def _constructor(self) -> Callable[..., "Row"]:
        return Row

    @property
    def _constructor_expanddim(self) -> Callable[..., "Table"]:
        return Table


class Table(_OfCorpus, pd.DataFrame):
    """A DataFrame that a notebook shows by its face, and that knows the corpus it was found in.

    A selection of its rows knows it too; joined to other tables, or read from a file, it has
    none. What no face knows is shown as pandas does. A notebook shows all forty rows folded, a
    terminal the first twelve.
    """

    _metadata: ClassVar[list[str]] = ["corpus"]  # what pandas hands on to a selection

    @property
    def _constructor(self) -> Callable[..., "Table"]:
        return Table

    @property
    def _constructor_sliced(self) -> Callable[..., Row]:
        return Row

    @classmethod
    def of(cls, table: pd.DataFrame, corpus: Corpus | None = None) -> "Table":
        """The table, its attrs kept, as one that was found in the corpus."""
        made = cls(table)
        made.attrs, made.corpus = table.attrs, corpus
        return made

    def __repr__(self) -> str:
        if not _kind(self):
            return super().__repr__()
        # A sentence of ten lines has no room beside other columns of a terminal.
        names = [name for name in show(self, max_rows=1).table if name != "sentence"]
        return repr(show(self, names, max_rows=_FOLDED))

    def _repr_html_(self) -> str | None:
        return show(self)._repr_html_() if _kind(self) else super()._repr_html_()


def tabled(function: Callable[P, pd.DataFrame]) -> Callable[P, Table]:
    """Make what a function returns a `Table` of the corpus that it was given."""

    @wraps(function)
    def returning(*args: P.args, **named: P.kwargs) -> Table:
        table = function(*args, **named)
        return Table.of(table, corpus_of(*args, *named.values()))

    return returning


def corpus_of(*given: object) -> Corpus | None:
    """The corpus among some arguments, or else the one that a table among them knows."""
    known = (one.corpus for one in given if isinstance(one, Table | Row))
    return next((one for one in (*given, *known) if isinstance(one, Corpus)), None)


class Shown:
    """A table that a notebook shows as HTML and a terminal as text; its cells are never markup.

    ``table`` holds the rows and columns that are shown, their values as they were.
    """

    def __init__(
        self,
        table: pd.DataFrame,
        heads: list[str],
        digits: int,
        cut: str,
        whole: Callable[[], "Shown"] | None = None,
    ) -> None:
        self.table, self._heads, self._cut, self._whole = table, heads, cut, whole
        columns = [table.iloc[:, at] for at in range(table.shape[1])]
        self._cells = [_cells(column, digits) for column in columns]
        self._numeric = [_is_number(column) for column in columns]

    def __repr__(self) -> str:
        """A terminal has no tips: a head is followed by the name that code uses."""
        names = self.table.columns.map(str)
        tops = [_both(head.split("\n")[0], name) for head, name in self._of(names)]
        columns = zip(tops, self._cells, self._numeric, strict=True)
        lines = [padded([top, *cells], before=right) for top, cells, right in columns]
        text = "\n".join("  ".join(line).rstrip() for line in zip(*lines, strict=True))
        return f"{text}\n{self._cut}" if self._cut else text

    def _repr_html_(self) -> str:
        styles = list(map(_style, self._cells, self._numeric))
        named = zip(self._of(self.table.columns.map(str)), styles, strict=True)
        head = "".join(
            f'<th title="{escape(name)}" style="{style}">{_lines(words)}</th>'
            for (words, name), style in named
        )
        rows = [_html_row(row, styles) for row in zip(*self._cells, strict=True)]
        cut = f"<p>{escape(self._cut)}</p>" if self._cut else ""
        return _folded(f"<tr>{head}</tr>", rows) + cut

    def printed(self) -> pd.DataFrame:
        """The columns shown, of all rows: heads in words, cells as one says them, numbers numbers.

        `policytext.save_table` writes this for a paper or a reader without Python.
        """
        if self._whole is not None:
            return self._whole().printed()
        columns = zip(self._cells, self._numeric, strict=True)
        table = pd.DataFrame(
            {
                at: self.table.iloc[:, at].to_numpy() if numeric else cells
                for at, (cells, numeric) in enumerate(columns)
            }
        )
        return table.set_axis([head.replace("\n", " ") for head in self._heads], axis="columns")

    def _of(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        return zip(self._heads, names, strict=True)


def show(
    table: pd.DataFrame | Corpus,
    columns: Iterable[str] | str | None = None,
    max_rows: int | None = 40,
    digits: int = 2,
    corpus: Corpus | None = None,
) -> Shown:
    """Show what matters of a table, and how much of it there is; prose is never cut.

    Heads are words; the name that code uses is shown when the pointer rests on one. What is
    behind the first twelve rows opens with a click.

    Args:
        table: Any table; its index is not shown. Of a corpus the table of its documents.
        columns: None for those that matter in a table of its kind (all, where the kind is not
            known), ``"all"``, or which, in this order. ``amount`` is the number of `find_targets`
            or `find_quantities` as it is said: ≥ 1000亿元.
        max_rows: How many rows; None for all.
        digits: Decimals of the numbers of a column of which one has any.
        corpus: Where a table of passages was found, if it does not know it; adds ``label``, the
            name of the text, and ``sentence``, in which the passage stands.

    Raises:
        SelectionError: The table has no such column, or its passages are not of the corpus.

    >>> from policytext import find_targets, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> targets = find_targets(corpus).query("is_target")
    >>> show(targets, ["doc", "indicator", "amount"], max_rows=1)
    文本 doc  指标 indicator  多少 amount
    ouhai     GDP             ≥ 1000亿元
    前 1 行，共 11 行 1 of 11 rows; all: pt.show(…, max_rows=None)
    """
    table = describe(table) if isinstance(table, Corpus) else table
    kind, size = _kind(table), len(table)
    rows = table.head(size if max_rows is None else max_rows)
    columns = columns if columns is None or isinstance(columns, str) else list(columns)
    if corpus is None:
        corpus = _own_corpus(rows, kind.get("columns") if columns is None else columns)
    rows = rows if corpus is None else _with_sentence(rows, corpus)
    if set(rows) >= _OF_AMOUNT:
        rows = rows.assign(amount=_amounts(rows))
    if {"lag_low", "lag_high"} <= set(rows):
        rows = rows.assign(lag=list(map(_lag, rows["lag_low"], rows["lag_high"])))
    if {"done", "rule", "text"} <= set(rows):
        rows = rows.assign(text=_of_import(rows))
    chosen = _chosen(rows, columns, kind)
    of_columns = table.shape[1] if columns is None else 0
    heads = [_head(name, kind) for name in chosen]
    whole = partial(show, table, columns, None, digits, corpus) if len(chosen) < size else None
    return Shown(chosen, heads, digits, _cut(chosen, size, of_columns), whole)


# --- which rows and columns -----------------------------------------------------------------------


def _kind(table: pd.DataFrame) -> dict[str, Any]:
    """The face of the first kind whose columns the table has; none of an unknown table."""
    faces = words()["faces"].values()
    return next((face for face in faces if set(face["known_by"]) <= set(table)), {})


def _head(name: Hashable, kind: dict[str, Any]) -> str:
    """A head in Chinese and English, a line each; the name itself of a column nobody foresaw."""
    head = kind.get("heads", {}).get(name) or words()["heads"].get(name)
    return "\n".join(dict.fromkeys((head["zh"], head["en"]))) if head else str(name)


def _chosen(
    table: pd.DataFrame, columns: Iterable[str] | str | None, kind: dict[str, Any]
) -> pd.DataFrame:
    """The columns to show, in their order."""
    if columns == "all" or (columns is None and not kind):
        return table
    if columns is None:
        names = [name for name in kind["columns"] if name in table]
        # Without its corpus the name of a text is not known, but place and year are, or its doc.
        no_name = "doc" in table and not {"doc", "label", "place"} & set(names)
        return table[["doc"] * no_name + names]
    names = [columns] if isinstance(columns, str) else list(columns)
    if missing := [name for name in names if name not in table]:
        there = ", ".join(map(str, table.columns))
        raise SelectionError(f"no column {missing[0]!r}; there are {there}")
    return table[names]


def _own_corpus(rows: pd.DataFrame, columns: Iterable[str] | None) -> Corpus | None:
    """The corpus that a table knows, where a column wants it and all passages are of it."""
    corpus = corpus_of(rows)
    wanted = {columns} if isinstance(columns, str) else set(columns or ())
    if corpus is None or not wanted & {"label", "sentence"} - set(rows):
        return None
    first = (passages[0][0] for passages in rows.get("passages", ()))
    docs = rows.get("doc", first)
    return corpus if set(docs) <= corpus.sources.keys() else None


def _with_sentence(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The sentence of each row, or of the first of its passages; a heading's without its mark."""
    if "passages" in table:
        first = [passages[0] for passages in table["passages"]]
        held = in_sentence(pd.DataFrame(first, table.index, _SPAN), corpus)
        table = table.assign(sentence=held["sentence"])
    elif set(_SPAN) <= set(table):
        table = in_sentence(table, corpus)
    else:
        return table
    return table.assign(sentence=table["sentence"].str.lstrip("# "))


def _of_import(rows: pd.DataFrame) -> list[str]:
    """An import's remarks and guesses in Chinese, too; words of texts as they are."""
    kinds = {"remark": "remark", "guessed": None}
    return [
        in_both(text, kinds[done] or rule) if done in kinds and isinstance(text, str) else text
        for done, rule, text in rows[["done", "rule", "text"]].itertuples(index=False)
    ]


def _cut(chosen: pd.DataFrame, rows: int, columns: int) -> str:
    """How much of the table is shown, and how to see all of it; nothing if all is shown."""
    if not rows:
        return NO_ROW
    zh, en, how = [], [], []
    if len(chosen) < rows:
        zh, en = [f"前 {len(chosen)} 行，共 {rows} 行"], [f"{len(chosen)} of {rows} rows"]
        how = ["max_rows=None"]
    if chosen.shape[1] < columns:
        zh.append(f"{chosen.shape[1]} 列，共 {columns} 列")
        en.append(f"{chosen.shape[1]} of {columns} columns")
        how.insert(0, 'columns="all"')
    if not how:
        return ""
    return f"{'；'.join(zh)} {', '.join(en)}; all: pt.show(…, {', '.join(how)})"


# --- cells ----------------------------------------------------------------------------------------


def _is_number(column: pd.Series) -> bool:
    types = pd.api.types
    return types.is_numeric_dtype(column) and not types.is_bool_dtype(column)


def _cells(column: pd.Series, digits: int) -> list[str]:
    """Format the cells of a column: all with decimals, or all without where none has any."""
    if not pd.api.types.is_float_dtype(column):
        cells = [_plain(cell) for cell in column]
        is_coded = column.name in words()["coded"]
        return [in_both(cell, column.name) for cell in cells] if is_coded else cells
    is_year = column.dropna().between(1900, 2100).all()
    digits *= bool((column % 1).dropna().any())
    return ["" if pd.isna(x) else _number(float(x), digits, "" if is_year else ",") for x in column]


def _number(value: float, digits: int, comma: str) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    # A p of 3e-12 is not 0.00.
    is_small = 0 < abs(value) < 0.5 / 10**digits
    return f"{value:.{digits}g}" if is_small else f"{value:{comma}.{digits}f}"


def _plain(cell: object) -> str:
    if isinstance(cell, tuple | list):
        return "、".join(map(str, cell))
    if pd.isna(cell):
        return ""
    if cell is True or cell is False:
        return "✓" if cell else "✗"
    return str(cell)


def _amounts(table: pd.DataFrame) -> pd.Series:
    """Numbers as they are said: 1000亿元 and not 1e11 CNY, 500亩 and not 333,333 m2."""
    rows = table[sorted(_OF_AMOUNT)].astype(object).where(table.notna(), None)
    said = [amount(row) for row in rows.to_dict("records")]
    return pd.Series(said, table.index, object)


def amount(row: Mapping[str, Any]) -> str:
    """The value with its sign and unit; where there is none, as in a rank or a date, the text.

    Args:
        row: Of `find_quantities` or `find_targets`; what is missing is None.
    """
    if row["kind"] not in _AMOUNTS or row["value"] is None:
        return str(row["text"])
    ends = [row["value"], row["value_max"]]
    size = "–".join(_in_myriads(float(end)) for end in ends if end is not None)
    return f"{SIGNS.get(row['comparator'], '')}{size}{_unit(row['unit'], row['norm_unit'])}"


def _lag(low: Any, high: Any) -> str:
    """From how many months behind to how many: ahead where it is negative, no end where missing."""
    ends = [int(end) for end in (low, high) if not pd.isna(end)]
    if not ends or ends == [0, 0]:
        return "同月 the same month" if ends else ""
    if min(ends) < 0 < max(ends):
        return f"早 {-ends[0]} 至晚 {ends[1]} 个月 from {-ends[0]} months ahead to {ends[1]} behind"
    ahead = min(ends) < 0
    zh, en = ("早", "ahead") if ahead else ("晚", "behind")
    sizes = "–".join(map(str, sorted({abs(end) for end in ends})))
    months = f"{sizes} month{'s' * (sizes != '1')} {en}"
    if len(ends) == 2:
        return f"{zh} {sizes} 个月 {months}"
    least = pd.isna(low) == ahead  # an open beginning may lie farther ahead, an open end behind
    return (
        f"至{'少' if least else '多'}{zh} {sizes} 个月 at {'least' if least else 'most'} {months}"
    )


def _in_myriads(value: float) -> str:
    """A number with 万 and 亿, the only powers that Chinese names.

    >>> _in_myriads(1e11), _in_myriads(12_500), _in_myriads(1800), _in_myriads(6.5)
    ('1000亿', '1.25万', '1800', '6.5')
    """
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.10g}{name}"
    return f"{value:.10g}"


def _unit(printed: str | None, norm: str | None) -> str:
    """The printed unit, for the one that stands for it where none is; 元/人 where each gets it."""
    names = [_unit_names().get(part, part) for part in norm.split("/")] if norm else [""]
    per = names[1:] if "/" not in (printed or "") else []
    return "/".join([printed or names[0], *per])


@cache
def _unit_names() -> dict[str, str]:
    """The Chinese name of each base unit, the first of the lexicon's; things counted have none."""
    units = default_lexicon()["units"]
    is_base = pd.to_numeric(units["factor"], errors="coerce") == 1
    base = units[is_base].drop_duplicates("norm_unit")
    return dict(zip(base["norm_unit"], base["unit"], strict=True)) | {"count": ""}


# --- text and HTML --------------------------------------------------------------------------------


def _both(head: str, name: str) -> str:
    return name if head == name else f"{head} {name}"


def _lines(head: str) -> str:
    return "<br>".join(map(escape, head.split("\n")))


def _style(cells: list[str], is_number: bool) -> str:
    """Numbers to the right; prose wraps where there is room, names and other short cells do not."""
    longest = max(map(len, cells), default=0)
    if is_number:
        return _RIGHT
    if longest <= _SHORT:
        return f"{_LEFT};white-space:nowrap"
    # Or the columns beside it would leave it a few characters a line.
    return f"{_LEFT};min-width:{_WIDTHS[longest > _PROSE]}em"


def _html_row(cells: Iterable[str], styles: Iterable[str]) -> str:
    pairs = zip(cells, styles, strict=True)
    inside = (f'<td style="{style}">{escape(cell)}</td>' for cell, style in pairs)
    return f"<tr>{''.join(inside)}</tr>"


def _folded(head: str, rows: list[str]) -> str:
    """The first rows as a table, and the others as one that opens with a click."""
    first, more = rows[:_FOLDED], rows[_FOLDED:]
    shown = _html_table(head, first)
    if not more:
        return shown
    summary = f"<summary>另 {len(more)} 行 {len(more)} more rows</summary>"
    return f"{shown}<details>{summary}{_html_table(head, more)}</details>"


def _html_table(head: str, rows: list[str]) -> str:
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
