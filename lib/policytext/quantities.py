"""Every numeric mention of a corpus: value, unit, bound, date, and what it is there for."""

import re
from itertools import chain
from typing import NamedTuple

import pandas as pd

from policytext import text as tx
from policytext.annotate import Found, each_reading, mentions_of
from policytext.corpus import Corpus
from policytext.dates import iso_of
from policytext.lexicon import Lexicon, default_lexicon
from policytext.measures import Unit, convert, unit_table
from policytext.problems import LeftOut
from policytext.provenance import signed
from policytext.reading import Reading

QUANTITY_COLUMNS = [
    *("doc", "start", "end", "text", "kind", "status", "value", "value_max", "unit"),
    *("norm_value", "norm_unit", "comparator", "comparator_text", "counted", "evidence", "iso"),
]
# Named: a table without rows would have none, and could not be filtered, joined or added to.
QUANTITY_TYPES = {"doc": "str", "start": int, "end": int, "text": "str"} | dict.fromkeys(
    ("value", "value_max", "norm_value"), float
)
# Statuses of mentions that measure nothing: 六比争先, 一、, 一体化, a telephone number, 今年.
NOT_MEASURED = ("slogan_number", "list_marker", "lexical", "identifier", "time_deictic", "vague")
_COUNTED = re.compile("[\u4e00-\u9fff“”A-Za-z]{1,12}")
_COUNTED_BEFORE = re.compile("[\u4e00-\u9fff”A-Za-z]{1,12}$")
_STOP = re.compile("等|以上|左右|以内|和|及|的|与")
_NO_VALUE = frozenset(
    {"relative", "date", "lexical", "identifier", "code", "time_deictic", "rank_phrase", "period"}
)
_BANDS = ("方阵", "梯队", "极")
_RANK_UNITS = (None, "位", "名")


def find_quantities(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Every numeric mention of every document.

    Args:
        corpus: The documents.
        lexicon: Units, cue words and common words with a numeral; the default lexicon if None.

    Returns:
        A span table, columns ``QUANTITY_COLUMNS``. ``text``, ``comparator_text`` and ``counted``
        are as printed, without breaks; ``unit`` and the words in ``evidence`` have folded widths.
        ``kind`` is how it is written (money, percentage, cardinal, ordinal, duration, date, range,
        period, time_deictic, rank_phrase, code, identifier, list_marker, lexical); ``status``
        what it is there for (target, project_target, project_param, work_item, achievement,
        baseline, rule, event, period, slogan_number, list_marker, lexical, identifier, vague,
        time_deictic). ``value`` has 万 and 亿 multiplied out; ``norm_value`` is in ``norm_unit``
        (CNY, m2, m, kg, person, day, %, count …). ``comparator`` is one of = > >= < <= ≈ range.
        ``iso`` is the date of dates and periods. ``evidence`` says what the status rests on.

    >>> from policytext import read_corpus
    >>> table = find_quantities(read_corpus("data/wenzhou-2021").select(["cangnan-water"]))
    >>> table.loc[table["kind"] == "money", ["text", "norm_value", "comparator"]].values.tolist()
    [['4.7亿元', 470000000.0, '≈']]
    """
    lexicon = lexicon or default_lexicon()
    tables, left = row_tables(lexicon), LeftOut("find_quantities")

    def rows_of(doc: str, reading: Reading) -> list[tuple[object, ...]]:
        found = mentions_of(reading, lexicon)
        return [(doc, *quantity_row(one, reading, tables)) for one in found]

    rows = chain.from_iterable(each_reading(corpus, lexicon, rows_of, left))
    table = pd.DataFrame(rows, columns=QUANTITY_COLUMNS)
    return left.record(signed(table.astype(QUANTITY_TYPES), lexicon), corpus)


def measured(quantities: pd.DataFrame) -> pd.DataFrame:
    """Keep the mentions that are quantities, ranks or dates.

    Left out are numerals of slogans, list marks, words that hold a numeral (长三角), identifiers,
    words for a time without a date (今年) and vague ranks: what is counted as a number of a text.

    >>> from policytext import read_corpus
    >>> table = find_quantities(read_corpus("data/wenzhou-2021"))
    >>> len(table), len(measured(table))
    (270, 101)
    """
    return quantities[~quantities["status"].isin(NOT_MEASURED)]


class RowTables(NamedTuple):
    """What a row is written with: units, and the words that imply a unit left out."""

    units: dict[str, Unit]
    omitted: re.Pattern[str]
    fillers: dict[str, str]


def row_tables(lexicon: Lexicon) -> RowTables:
    """The tables of a lexicon that `quantity_row` needs."""
    rows = lexicon["omitted_units"]
    fillers = dict(zip(rows["word"], rows["norm_unit"], strict=True))
    return RowTables(unit_table(lexicon), re.compile(tx.any_word(fillers)), fillers)


def quantity_row(found: Found, reading: Reading, tables: RowTables) -> tuple[object, ...]:
    """One row of the table, without ``doc``."""
    mention, bound = found.mention, found.bound
    start, end = reading.joined.back(mention.start, mention.end)
    value, top, unit = mention.value, mention.value_max, mention.unit
    if found.kind in _NO_VALUE:
        value = top = unit = None
    norm, norm_unit = _normal(found, value, unit, tables)
    return (
        *(start, end, reading.joined.passage(mention.start, mention.end)),
        *(found.kind, found.verdict.status),
        *(value, top, unit, norm, norm_unit, bound.comparator),
        reading.joined.passage(bound.start, bound.end) if bound.end else None,
        _counted(found, reading) if norm_unit == "count" else None,
        found.verdict.evidence,
        _iso(found, reading),
    )


def _iso(found: Found, reading: Reading) -> str | None:
    if found.kind not in ("date", "period"):
        return None
    return iso_of(reading.text[found.mention.start : found.mention.end], reading.year)


def _normal(
    found: Found, value: float | None, unit: str | None, tables: RowTables
) -> tuple[float | None, str | None]:
    """The value in its normal unit; a unit left out is filled in from the words around."""
    if found.kind == "date":
        return None, None if found.verdict.status == "period" else "date"
    if value is None:
        return None, None
    if found.kind == "ordinal":
        return value, _ordinal_unit(found)
    if found.mention.form in ("zero", "breakthrough"):
        return value, "count"
    if (unit is None or unit == "级") and value >= 1e4:
        return value, _omitted(found, tables)
    norm, norm_unit = convert(value, unit, tables.units)
    if norm_unit == "CNY" and re.search("人均|每人", found.place.before[-20:]):
        norm_unit = "CNY/person"
    return norm, norm_unit


def _ordinal_unit(found: Found) -> str:
    if found.mention.unit in _BANDS:
        return "rank_band"
    named = found.verdict.status in ("event", "work_item")
    return "rank" if found.mention.unit in _RANK_UNITS and not named else "ordinal"


def _omitted(found: Found, tables: RowTables) -> str | None:
    """The unit that the words of the clause imply: 千亿GDP is money, 人才超20万 is persons."""
    pattern, names = tables.omitted, tables.fillers
    behind = pattern.search(re.split("[、和]", found.place.after[:8])[0])
    ahead = list(pattern.finditer(found.place.before[-10:]))
    direct = behind is not None and behind.start() <= 4
    if behind and (direct or not ahead):
        return names[behind[0]]
    return names[ahead[-1][0]] if ahead else None


def _counted(found: Found, reading: Reading) -> str | None:
    """What is counted: the noun behind the classifier, else the one before the number."""
    text, start = reading.text, found.mention.end
    behind = _COUNTED.match(text, start, found.place.clause_end)
    if behind and not _STOP.match(behind[0]):
        return reading.joined.passage(start, start + len(_STOP.split(behind[0])[0]))
    before = _COUNTED_BEFORE.search(text, found.place.clause, found.mention.start)
    return reading.joined.passage(*before.span()) if before else None
