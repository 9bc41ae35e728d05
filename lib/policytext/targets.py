"""What is promised: which outcome, how much at least or about, by when, how firmly, by whom."""

import re
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from policytext.annotate import Found, mentions_of, readings
from policytext.corpus import Corpus
from policytext.cues import Cue
from policytext.dates import plan_years
from policytext.horizons import Horizon, heading_horizon, horizons
from policytext.indicators import indicator_of
from policytext.lexicon import Lexicon, default_lexicon
from policytext.numberless import find_numberless
from policytext.quantities import QUANTITY_COLUMNS, RowTables, quantity_row, row_tables
from policytext.reading import Line, Reading
from policytext.verbs import governor

TARGET_COLUMNS = [
    *QUANTITY_COLUMNS,
    *("is_target", "target_kind", "indicator", "actor", "commitment", "commitment_text", "bound"),
    *("strength", "nature", "measure", "horizon_text", "horizon_start", "horizon_end"),
    *("horizon_source", "commitment_at", "comparator_at", "horizon_at"),
]
_BOUND = {
    ">": "floor",
    ">=": "floor",
    "<": "ceiling",
    "<=": "ceiling",
    "≈": "approximate",
    "range": "range",
}
_LEADS = re.compile("[\u4e00-\u9fff]{0,3}$")
_GROWTH = re.compile("增长|下降|提高|降低|减少|增加|新增|上升|压减|提升|递增|增速")


# A goal names its time near the beginning of its sentence.
_GOAL_SPAN = 40


class Commitment(NamedTuple):
    """How firmly: the class of the cue, its words and where they stand."""

    name: str
    cue: Cue | None


def find_targets(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """The quantities, dates and ranks that an actor promises.

    Args:
        corpus: The documents.
        lexicon: Cue words, units, indicators and the table ``strength``; the default if None.

    Returns:
        A span table, columns ``TARGET_COLUMNS``: those of `find_quantities`, then ``is_target``
        (a value or a date of its own that can be checked), ``target_kind`` (value, date, rank),
        ``indicator``, ``actor`` (the document's place), ``commitment`` (ensure, strive, plan,
        forecast, none) with ``commitment_text``, ``bound`` (floor, ceiling, approximate, point,
        range), ``strength`` (from both, by the table), ``nature`` (binding, expected, unstated),
        ``measure`` (change or level), the horizon as printed and as ISO dates with its source
        (sentence, previous, heading), and the offsets ``start:end`` of each part.

    >>> from policytext import read_corpus
    >>> table = find_targets(read_corpus("data/wenzhou-2021").select(["ouhai"]))
    >>> row = table[table["text"] == "10万元"].iloc[0]
    >>> row["indicator"], row["comparator"], row["horizon_end"], row["commitment"], row["bound"]
    ('人均GDP', '>', '2025-12-31', 'strive', 'floor')
    """
    lexicon = lexicon or default_lexicon()
    places = dict(zip(corpus.documents["doc"], corpus.documents["place"], strict=True))
    tables = row_tables(lexicon)
    rows: list[tuple[object, ...]] = []
    for doc, reading in readings(corpus, lexicon):
        for found, kind in promises(reading, lexicon):
            rows.append((doc, *_row(found, kind, reading, places[doc], lexicon, tables)))
    table = pd.DataFrame(rows, columns=TARGET_COLUMNS)
    return table.astype(dict.fromkeys(("value", "value_max", "norm_value"), float))


def promises(reading: Reading, lexicon: Lexicon) -> list[tuple[Found, str]]:
    """The promises of one document with their ``target_kind``, in order."""
    numbered = [
        (found, _target_kind(found))
        for found in mentions_of(reading, lexicon)
        if found.verdict.status in ("target", "project_target")
    ]
    both = [*numbered, *find_numberless(reading, lexicon)]
    return sorted(both, key=lambda pair: pair[0].mention.start)


def _row(
    found: Found,
    kind: str,
    reading: Reading,
    actor: str | None,
    lexicon: Lexicon,
    tables: RowTables,
) -> tuple[object, ...]:
    quantity = quantity_row(found, reading, tables)
    commitment = commitment_of(found, reading)
    bound = bound_of_target(found, kind)
    horizon, source = horizon_of(found, reading)
    indicator, measure = indicator_of(found, lexicon)
    cue = commitment.cue
    return (
        *quantity,
        kind in ("value", "date"),
        kind,
        indicator,
        actor,
        commitment.name,
        cue.word if cue else None,
        bound,
        strength_table(lexicon).get((commitment.name, bound), "none"),
        nature_of(found, reading),
        measure,
        *_horizon_cells(horizon, source),
        _at(reading, cue.start, cue.end) if cue else None,
        _at(reading, found.bound.start, found.bound.end) if found.bound.end else None,
        _at(reading, horizon.start, horizon.end) if horizon and source != "heading" else None,
    )


def bound_of_target(found: Found, kind: str) -> str:
    """floor, ceiling, approximate, point or range; none for a target without a number."""
    if kind not in ("value", "date", "rank"):
        return "none"
    return _BOUND.get(found.bound.comparator or "=", "point")


def _horizon_cells(horizon: Horizon | None, source: str | None) -> tuple[object, ...]:
    if horizon is None:
        return (None, None, None, None)
    return (horizon.text, horizon.first, horizon.last, source)


def _at(reading: Reading, start: int, end: int) -> str:
    return "{}:{}".format(*reading.joined.back(start, end))


def _target_kind(found: Found) -> str:
    if found.kind == "date":
        return "date"
    return "rank" if found.kind == "ordinal" else "value"


@lru_cache(maxsize=4)
def strength_table(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    """Strength by commitment and bound, the lexicon's table ``strength``."""
    return {(r.commitment, r.bound): r.strength for r in lexicon["strength"].itertuples()}


def commitment_of(found: Found, reading: Reading) -> Commitment:
    """The cue that governs a mention: of its clause, or one that leads its list or sentence."""
    text = reading.text
    cues, (first, end) = reading.cues, found.place.cues
    for index in range(end - 1, first - 1, -1):
        name = cues.roles[cues.words[index]].get("commitment")
        if not name:
            continue
        cue = cues[index]
        local = cue.start >= found.place.clause
        gap = text[cue.end : found.mention.start]
        clause = max(text.rfind(mark, found.place.line.start, cue.start) for mark in ",;:。")
        leads = cue.start - max(clause + 1, found.place.line.start) <= 4
        aims = "目标" in cue.word
        spreads = (leads or name == "forecast") and ";" not in gap
        if local or aims or spreads:
            return Commitment(name, cue)
    return Commitment("none", None)


def horizon_of(found: Found, reading: Reading) -> tuple[Horizon | None, str | None]:
    """The time words of the sentence, else of a goal before it, else of a heading."""
    text, year, line, mention = reading.text, reading.year, found.place.line, found.mention
    if found.kind == "date":
        own = next(horizons(text, year, mention.start, mention.end), None)
        return (own, "sentence") if own else (None, None)
    stated = [
        h
        for h in horizons(text, year, line.start, found.place.clause_end)
        if _ahead(h, year) and _reaches(h, found)
    ]
    before = [h for h in stated if h.start < mention.start]
    if stated:
        return _in_plan((before or stated)[-1], line), "sentence"
    goal = _goal_before(reading, line)
    if goal:
        return _in_plan(goal, line), "previous"
    for heading in (line.heading, line.chapter):
        named = heading_horizon(heading, year) if heading else None
        if named:
            return named, "heading"
    return None, None


def _reaches(horizon: Horizon, found: Found) -> bool:
    """A month or quarter dates its own clause, and what has no verb of its own behind it."""
    short = re.search("月|季度|半年", horizon.text) is not None
    return not short or horizon.start >= found.place.clause or governor(found.place) is None


def _goal_before(reading: Reading, line: Line) -> Horizon | None:
    """A goal stated for a time in an earlier sentence of the paragraph: 未来五年,…目标:."""
    number = reading.line_of(line.start) - 1
    while number >= 0 and reading.lines[number].paragraph == line.paragraph:
        above = reading.lines[number]
        opening = reading.text[above.start : min(above.end, above.start + _GOAL_SPAN)]
        if "目标" in opening or re.match("(?:力争)?到", opening):
            named = [h for h in horizons(opening, reading.year) if _ahead(h, reading.year)]
            if named:
                at = above.start
                return named[0]._replace(start=at + named[0].start, end=at + named[0].end)
        number -= 1
    return None


def _in_plan(horizon: Horizon, line: Line) -> Horizon:
    """未来五年 in a chapter on a five-year plan ends with that plan."""
    years = plan_years(line.chapter or "") if "五年" in horizon.text else None
    if years and re.search("十[一二三四五六七八九]五", line.chapter or ""):
        return horizon._replace(first=f"{years[0]}-01-01", last=f"{years[1]}-12-31")
    return horizon


def _ahead(horizon: Horizon, year: int | None) -> bool:
    return year is None or int(horizon.last[:4]) >= year


def nature_of(found: Found, reading: Reading) -> str:
    """约束性 (binding), 预期性 or 预期目标 (expected), or unstated."""
    sentence = reading.text[found.place.line.start : found.place.line.end]
    if "约束性" in sentence:
        return "binding"
    return "expected" if "预期" in sentence else "unstated"
