"""Numbers rounded alike on every machine, tables saved so that no cell acts, columns of text."""

import codecs
import json
import math
import re
import tomllib
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from numbers import Complex, Integral, Number, Real
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from policytext.paths import write_whole

# A cell of an Excel sheet holds no more; what was longer was cut when it was saved.
EXCEL_CELL = 32_767

_SHEET_COLUMN = 60  # letters wide at most; longer cells wrap

DIGITS = 10
# A double holds 15 digits; of these the last is not the same on every processor.
_SHARED_DIGITS = 14
# No measure is as small; what remains where a sum of nothing was rounded is.
_NOTHING = 1e-300
# What an .xlsx file cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# In .xlsx a text stays text, whatever it looks like.
_TEXT = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_NO_DAY = datetime(1980, 1, 1)  # when a workbook was made is left open: it is the same in each run


def rounded(value: Any, digits: int = DIGITS) -> Any:
    """Round each number of a value to significant digits: of a table, a column, a list, a dict.

    A Decimal or Fraction becomes a float. All else stays as it is: integers, dates, text, missing
    values, and floats that are whole numbers, which are exact.

    >>> rounded([0.1 + 0.2, 1234567890123.0, 7, None]), rounded({"share": 2 / 3}, digits=4)
    ([0.3, 1234567890123.0, 7, None], {'share': 0.6667})
    """
    if isinstance(value, pd.DataFrame):
        return _rounded_table(value, digits)
    if isinstance(value, pd.Series):
        return value.map(lambda cell: rounded(cell, digits), na_action="ignore")
    if isinstance(value, pd.Interval):
        ends = (rounded(value.left, digits), rounded(value.right, digits))
        return pd.Interval(*ends, closed=value.closed)
    if isinstance(value, np.bool_ | np.integer):
        return value.item()
    if isinstance(value, Number) and not isinstance(value, Integral):
        return _rounded_number(value, digits)
    if isinstance(value, Mapping):
        return {rounded(key, digits): rounded(item, digits) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return rounded(value.tolist(), digits)
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(rounded(item, digits) for item in value)
    return value


def _rounded_number(value: Any, digits: int) -> Any:
    """A float of what is a float, a Decimal or a Fraction; of a complex number both parts."""
    if isinstance(value, Complex) and not isinstance(value, Real):
        parts = (value.real, value.imag)
        return complex(*(_rounded_float(float(part), digits) for part in parts))
    if isinstance(value, Decimal) and value.is_nan():
        return math.nan  # a signalling one becomes no float
    try:
        return _rounded_float(float(value), digits)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _rounded_float(value: float, digits: int) -> float:
    if value.is_integer() and abs(value) < 2**53:
        return value + 0.0  # exact; -0.0 becomes 0.0
    # In two steps: 53 mentions in 4,096 characters are 12.939453125 a thousand, half-way between
    # two numbers of ten digits. In one step the floats beside it would go to different sides.
    near = float(f"{value:.{_SHARED_DIGITS - 1}e}")
    if abs(near) < _NOTHING:
        return 0.0
    if near.is_integer() and abs(near) < 10**_SHARED_DIGITS:
        return near
    return float(f"{near:.{digits - 1}e}")


def _rounded_table(table: pd.DataFrame, digits: int) -> pd.DataFrame:
    done = table.rename(columns=lambda name: rounded(name, digits))
    for at, dtype in enumerate(table.dtypes):
        if not _is_exact(dtype):
            done.isetitem(at, rounded(table.iloc[:, at], digits))
    return done


def _is_exact(dtype: Any) -> bool:
    types = pd.api.types
    whole = types.is_integer_dtype(dtype) or types.is_bool_dtype(dtype)
    return whole or types.is_datetime64_any_dtype(dtype) or dtype == "str"


class Printed(Protocol):
    """What has a face to be saved, as what `policytext.show` returns."""

    def printed(self) -> pd.DataFrame:
        """The table with heads in words and cells as one says them."""


def save_table(
    table: pd.DataFrame | Printed, path: str | Path, caption: str = "", label: str = ""
) -> Path:
    """Write a table as .csv, .xlsx or .tex; a cell that looks like a formula stays text.

    In CSV such a cell gets an apostrophe in front, as spreadsheets do; in .xlsx it is marked as
    text. An .xlsx cell holds at most 32,767 characters and no control characters. Numbers are
    `rounded`. For LaTeX, see `to_latex`.

    Args:
        table: Any table; its index is not written. What `policytext.show` returns is written as
            it shows itself, all of its rows: ``save_table(show(targets), "targets.xlsx")``.
        path: Its ending says which kind of file; a folder that is not there is made.
        caption: Of the table in LaTeX; the other kinds have none.
        label: By which the text refers to it, likewise.

    Raises:
        ValueError: None of these kinds, a text too long for .xlsx (names the row), or more columns
            than a page of LaTeX holds.

    >>> import tempfile
    >>> path = save_table(pd.DataFrame({"text": ["=1+1"]}), tempfile.mkdtemp() + "/a.xlsx")
    >>> pd.read_excel(path)["text"][0]
    '=1+1'
    """
    path, table = Path(path), table if isinstance(table, pd.DataFrame) else table.printed()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        save_csv(table, path)
        # Without the mark Excel takes Chinese text for the machine's own encoding.
        path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    elif path.suffix == ".xlsx":
        _save_xlsx(table, path)
    elif path.suffix == ".tex":
        if table.shape[1] > _PAGE_COLUMNS:
            names = ", ".join(f'"{name}"' for name in table.columns[:3])
            raise ValueError(
                f"{path.name}: {table.shape[1]} columns, and a page holds {_PAGE_COLUMNS}; save "
                f"pt.show(table), or choose: pt.show(table, [{names}, …])"
            )
        write_whole(path, to_latex(table, caption, label))
    else:
        raise ValueError(f"{path.name}: end the name in .csv, .xlsx or .tex")
    return path


def save_csv(table: pd.DataFrame, path: Path, digits: int = DIGITS) -> None:
    """Write a table with `rounded` numbers, so that a spreadsheet takes no cell for a formula.

    A text cell that begins with = + - @ or a tab gets an apostrophe in front, as spreadsheets do.
    """
    safe = rounded(table, digits)
    for at, dtype in enumerate(safe.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype):
            safe.isetitem(at, safe.iloc[:, at].map(_plain_cell, na_action="ignore"))
    safe.to_csv(path, index=False, lineterminator="\n")


def _plain_cell(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") else cell


def save_json(content: Mapping[str, Any], path: Path) -> None:
    """Write a dict with `rounded` numbers and sorted keys.

    A missing value becomes null; what else JSON does not know, as a date or infinity, is text.
    """
    plain = json.dumps(rounded(content), default=_known_to_json)
    known = json.loads(plain, parse_constant=lambda name: None if name == "NaN" else name)
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(path, text + "\n")  # `write_index` in another notebook may be reading it


def _known_to_json(value: object) -> str | None:
    return None if value is pd.NA or value is pd.NaT else str(value)


# What LaTeX would read as a command; after the end of a row also a bracket.
_LATEX = {sign: f"\\{sign}" for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "[": "{[}",
}
_LATEX_NAMES = str.maketrans(_LATEX)
_PAGE_COLUMNS = 14
_ONE_PAGE = 30  # rows; a longer table is a longtable, which breaks across pages
_ONE_LINE = 24  # columns of a cell; longer ones wrap
_LINE, _SMALL_LINE = 69, 86  # columns of a line of 345 pt in letters of 10 pt and of 8
_GAP, _SMALL_GAP = 2.4, 1.5  # columns of the blank between two
_PROSE_SHARE = 0.66  # of a line, where other columns leave it room
_WIDEST = 72  # columns of a cell; a longer one asks for no more of the line
_SMALL = "\\footnotesize\\setlength{\\tabcolsep}{3pt}\n"
_LETTER = 1.1  # columns of a Latin letter, on the average of a word
_UNBROKEN = re.compile("[!-~]+")
_CHINESE_BLANK = re.compile("(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")  # else left out by xeCJK
_PREAMBLE = r"% \usepackage{booktabs,longtable,array}; for Chinese \usepackage{ctex} and XeLaTeX"


def to_latex(table: pd.DataFrame, caption: str = "", label: str = "", digits: int = 2) -> str:
    """A table for LaTeX with the rules of booktabs, all signs escaped, numbers to the right.

    Args:
        table: Any table; its index is left out.
        caption: Escaped as the cells are.
        label: Put in as it is.
        digits: Decimals of numbers that have any.

    Returns:
        A table, or of more than 30 rows a longtable, whose head stands on each page. Columns of
        prose wrap; together they take two thirds of the line. Where the others do not fit beside
        them, letters are small and all columns wrap.

    >>> print(to_latex(pd.DataFrame({"share_%": [0.5]})))  # doctest: +ELLIPSIS
    % ...
    \\begin{table}[htbp]
    \\centering
    \\begin{tabular}{r}
    \\toprule
    share\\_\\% \\\\
    \\midrule
    0.50 \\\\
    \\bottomrule
    \\end{tabular}
    \\end{table}
    <BLANKLINE>
    """
    cells = rounded(table).astype(object).map(lambda cell: _latex_cell(cell, digits))
    cells.columns = range(cells.shape[1])
    styled = cells.style.hide(axis="index")
    styled.format_index(lambda at: latex_escape(str(table.columns[at])), axis="columns")
    is_long = len(table) > _ONE_PAGE
    fits, column_format = _column_format(table, cells)
    text = styled.to_latex(
        column_format=column_format,
        environment="longtable" if is_long else None,
        position=None if is_long else "htbp",
        position_float=None if is_long else "centering",
        hrules=True,
        caption=latex_escape(caption) or None,
        label=label or None,
    )
    if not fits and is_long:
        text = f"{{{_SMALL}{text}}}\n"
    elif not fits:  # a float begins with letters of the usual size
        text = text.replace(r"\begin{tabular}", _SMALL + r"\begin{tabular}", 1)
    return f"{_PREAMBLE}\n{text}"


def latex_escape(text: str) -> str:
    """A text that LaTeX prints as it stands.

    >>> latex_escape("5% & R_1")
    '5\\\\% \\\\& R\\\\_1'
    """
    return _CHINESE_BLANK.sub(r"\ ", " ".join(text.translate(_LATEX_NAMES).split()))


def _latex_cell(value: object, digits: int) -> str:
    if isinstance(value, tuple | list):
        return latex_escape("、".join(map(str, value)))
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.{0 if value.is_integer() else digits}f}"
    return "" if pd.isna(value) else latex_escape(str(value))


def _column_format(table: pd.DataFrame, cells: pd.DataFrame) -> tuple[bool, str]:
    """Whether the line holds all columns, and how they are set.

    Numbers to the right, prose in paragraphs of equal width, names to the left.
    """
    heads = list(map(str, table.columns))
    longest = [int(cells[name].map(width).max()) if len(cells) else 0 for name in cells]
    is_prose = [length > _ONE_LINE for length in longest]
    is_number = [pd.api.types.is_numeric_dtype(dtype) for dtype in table.dtypes]
    whole = [max(size, width(head)) for size, head in zip(longest, heads, strict=True)]
    short = sum(size for size, wraps in zip(whole, is_prose, strict=True) if not wraps)
    prose = _PROSE_SHARE * _LINE if any(is_prose) else 0
    if short + prose + _GAP * len(heads) > _LINE:
        texts = [[head, *cells[at]] for at, head in enumerate(heads)]
        return False, _all_wrapped(texts, whole, is_number)
    share = _PROSE_SHARE / max(sum(is_prose), 1)
    wrapped = rf">{{\raggedright\arraybackslash}}p{{{share:.2f}\linewidth}}"
    kinds = zip(is_number, is_prose, strict=True)
    return True, "".join("r" if number else wrapped if wraps else "l" for number, wraps in kinds)


def _all_wrapped(texts: list[list[str]], whole: list[int], is_number: list[bool]) -> str:
    """All columns as paragraphs that fill the line: each its longest word, and a share of the rest.

    A Chinese text breaks at each character, another at its blanks.
    """
    least = [
        max([4, *(_LETTER * len(word) for text in column for word in _UNBROKEN.findall(text))])
        + _SMALL_GAP
        for column in texts
    ]
    more = [max(min(size, _WIDEST) - low, 0) for size, low in zip(whole, least, strict=True)]
    part = max(_SMALL_LINE - sum(least), 0) / max(sum(more), 1)
    sizes = [low + part * extra for low, extra in zip(least, more, strict=True)]
    return "".join(
        rf">{{\ragged{'left' if number else 'right'}\arraybackslash}}"
        rf"p{{\dimexpr{size / sum(sizes):.3f}\linewidth-2\tabcolsep}}"
        for size, number in zip(sizes, is_number, strict=True)
    )


def _save_xlsx(table: pd.DataFrame, path: Path) -> None:
    cells = rounded(table).astype(object).map(_xlsx_cell, na_action="ignore")
    cells.columns = [str(name) for name in table.columns]
    lengths = cells.map(lambda cell: len(cell) if isinstance(cell, str) else 0).to_numpy()
    if (lengths > EXCEL_CELL).any():
        row, column = np.argwhere(lengths > EXCEL_CELL)[0]
        raise ValueError(
            f"{path.name}, row {row + 2}: a text of {lengths[row, column]} characters; "
            "save the table as .csv"
        )
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": _TEXT}) as book:
        book.book.set_properties({"created": _NO_DAY})
        cells.to_excel(book, index=False, freeze_panes=(1, 0))
        wrapped = book.book.add_format({"text_wrap": True, "valign": "top"})
        for at, name in enumerate(cells):
            texts = [name, *cells.iloc[:, at].dropna().map(str)]
            wide = min(max(map(width, texts)) + 2, _SHEET_COLUMN)
            book.sheets["Sheet1"].set_column(at, at, wide, wrapped)


def _xlsx_cell(value: object) -> object:
    """A number or a text; infinity is text, or Excel would call the workbook damaged."""
    if isinstance(value, str):
        return _NO_XML.sub("\ufffd", value)
    finite = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    return value if finite else str(value)


# --- what is shown of a table ---------------------------------------------------------------------

NO_ROW = "没有这样的行 There is no such row."
EVIDENCE = frozenset(("why", "evidence", "level_evidence"))  # columns with reasons of a finder
REMARKS = frozenset(("problem", "detail", "fix", "remark"))  # and with remarks of reading
_WEIGHT = re.compile(r" [+−-]\d+\.\d+$")  # of a feature of a slogan


def width(text: str) -> int:
    """Display width: columns of a text where a Chinese character takes two.

    East-Asian width (Unicode Annex 11); combining marks take none, and “ ” · …, which it calls
    ambiguous, two, as in a Chinese font.

    >>> width("GDP增长8％"), width("“一带一路”")
    (10, 12)
    """
    printed = (character for character in text if not unicodedata.combining(character))
    return sum(1 + (unicodedata.east_asian_width(character) in "WFA") for character in printed)


def padded(cells: Iterable[str], before: bool = False) -> list[str]:
    """Cells filled up with blanks, behind or before them, to the width of the widest.

    >>> padded(["改革", "a"]), padded(["10", "7"], before=True)
    (['改革', 'a   '], ['10', ' 7'])
    """
    texts = list(cells)
    widths = list(map(width, texts))
    blanks = [" " * (max(widths, default=0) - size) for size in widths]
    pairs = zip(texts, blanks, strict=True)
    return [blank + text if before else text + blank for text, blank in pairs]


@cache
def words() -> dict[str, Any]:
    """What ``faces.toml`` holds: faces, heads, and values as they are said in Chinese."""
    return tomllib.loads(Path(__file__).with_name("faces.toml").read_text("utf-8"))


def in_both(value: str, column: Hashable = None) -> str:
    """A value of a table, or of one column, as it is said in Chinese and in English.

    >>> in_both("county"), in_both("work_item"), in_both("瓯海区")
    ('县区 county', '工作事项 work item', '瓯海区')
    >>> in_both("no target of 全国 for 2020")
    '没有全国2020年的目标 no target of 全国 for 2020'
    """
    if said := words()["values_of"].get(column, {}).get(value) or words()["values"].get(value):
        return f"{said['zh']} {said.get('en', value.replace('_', ' '))}"
    if column in EVIDENCE:
        return " ".join(dict.fromkeys(reasons(value).values()))
    if column in REMARKS:
        return " ".join(dict.fromkeys((remark_in_chinese(value), value)))
    chinese = "；".join(map(_glosses("why_none").of, value.split("; ")))
    return value if chinese == value.replace("; ", "；") else f"{chinese} {value}"


def reasons(why: str) -> dict[str, str]:
    """The reasons of a finder, parted by semicolons, as they are said in Chinese and in English.

    >>> reasons("sentence: 力争; result verb: 实现")["zh"]
    '句中：力争；表结果的动词：实现'
    >>> reasons("found as brand +0.4; limbs 1 -1.0")
    {'zh': '找法：品牌名；不利：1段', 'en': 'found as brand; against it: limbs 1'}
    """
    single = why.split("; ") if why else []
    zh = (_weighed(_glosses("reasons").of(_WEIGHT.sub("", one)), one, "不利：") for one in single)
    en = (_weighed(_WEIGHT.sub("", one), one, "against it: ") for one in single)
    return {"zh": "；".join(zh), "en": "; ".join(en)}


def _weighed(words: str, reason: str, against: str) -> str:
    """A reason without its weight, whose size says nothing to a reader, but whose sign does."""
    weight = _WEIGHT.search(reason)
    return against + words if weight and "+" not in weight[0] else words


class Glosses:
    """Sentences by a table in which … is a gap, whose words are looked up in their turn.

    >>> Glosses({"… of …": "{1}的{0}", "head": "页眉"}).of("head of 3")
    '3的页眉'
    """

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._rows = rows
        gapped = (en for en in sorted(rows, key=len, reverse=True) if "…" in en)
        self._patterns = [  # those with the most words first
            (re.compile(re.escape(en).replace("…", "(.+)"), re.DOTALL), rows[en].replace("…", "{}"))
            for en in gapped
        ]

    def of(self, sentence: str) -> str:
        """What the table says for a sentence; one that it does not know stays as it is."""
        if sentence in self._rows:
            return self._rows[sentence]
        for pattern, said in self._patterns:
            if found := pattern.fullmatch(sentence):
                return said.format(*map(self.of, found.groups()))
        return sentence


@cache
def _glosses(table: str) -> Glosses:
    return Glosses(words()[table])


def remark_in_chinese(remark: str) -> str:
    """A remark of reading or importing as it is said in Chinese.

    >>> remark_in_chinese("标题 is read as title")
    '标题读作标题'
    """
    return _glosses("remarks").of(remark)
