"""What is promised: which outcome, how much at least or about, by when, how firmly, by whom."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import pandas as pd

from policytext.corpus.corpus import Corpus, LeftOut
from policytext.lexicon.lexicon import Lexicon, default_lexicon, signed
from policytext.numbers.comparators import Bound, Found
from policytext.numbers.context import CLAUSE, CUES, SENTENCE, Cue, Place, Reading
from policytext.numbers.horizons import Horizon, horizon_of
from policytext.numbers.indicators import indicator_of
from policytext.numbers.mentions import Mention
from policytext.numbers.quantities import (
    QUANTITY_COLUMNS,
    QUANTITY_TYPES,
    RowTables,
    each_reading,
    mentions_of,
    quantity_row,
    row_tables,
)
from policytext.numbers.status import Verdict
from policytext.text.patterns import any_word


class Commitment(NamedTuple):
    """How firmly: the class of the cue, its words and where they stand."""

    name: str
    cue: Cue | None


def commitment_of(found: Found, reading: Reading) -> Commitment:
    """The cue that governs a mention: of its clause, or one that leads its list or sentence."""
    text = reading.text
    cues, (first, end) = reading.cues, found.place.cues
    for index in range(end - 1, first - 1, -1):
        if cues.starts[index] < found.place.sentence:
            break
        name = cues.roles[cues.words[index]].get("commitment")
        if not name:
            continue
        cue = cues[index]
        local = cue.start >= found.place.clause
        gap = text[cue.end : found.mention.start]
        clause = max(text.rfind(mark, found.place.sentence, cue.start) for mark in ",;:。")
        leads = cue.start - max(clause + 1, found.place.sentence) <= 4
        aims = "目标" in cue.word
        spreads = (leads or name == "forecast") and ";" not in gap
        if local or aims or spreads:
            return Commitment(name, cue)
    return Commitment("none", None)


@lru_cache(maxsize=4)
def strength_table(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    """Strength by commitment and bound, the lexicon's table ``strength``."""
    return {(r.commitment, r.bound): r.strength for r in lexicon["strength"].itertuples()}


def nature_of(found: Found, reading: Reading) -> str:
    """约束性 (binding), 预期性 or 预期目标 (expected), or unstated."""
    place = found.place
    end = min(place.line.end, found.mention.end + SENTENCE)
    sentence = reading.text[place.sentence : end]
    if "约束性" in sentence:
        return "binding"
    return "expected" if "预期" in sentence else "unstated"


_CLAUSE = re.compile("[,;:。!?]|——")
_GOALS = re.compile("目标[是为:]|目标如下|预期目标")


class Relatives(NamedTuple):
    """The table ``relative_targets``: anchors to look for, one pattern, the kind of each row."""

    anchors: re.Pattern[str]
    pattern: re.Pattern[str]
    kinds: tuple[str, ...]


@lru_cache(maxsize=4)
def relatives(lexicon: Lexicon) -> Relatives:
    """The patterns of a lexicon, compiled once."""
    rows = lexicon["relative_targets"]
    anchors = {word for cell in rows["anchor"] for word in cell.split("|")}
    alternatives = (f"(?P<r{number}>{pattern})" for number, pattern in enumerate(rows["pattern"]))
    pattern = re.compile("|".join(alternatives))
    return Relatives(re.compile(any_word(anchors)), pattern, tuple(rows["target_kind"]))


def find_numberless(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[Found, str]]:
    """The numberless targets of one document, each with its kind."""
    table, text = relatives(lexicon), reading.text
    numbers = {
        reading.document.sentence_at(match.start()) for match in table.anchors.finditer(text)
    }
    for number in sorted(numbers):
        line, announced = reading.document.sentences[number], reading.announced[number]
        if announced and announced.name in ("review", "definition"):
            continue
        goals = _GOALS.search(text, line.start, line.end)
        for match in table.pattern.finditer(text, line.start, line.end):
            kind = table.kinds[int((match.lastgroup or "r0")[1:])]
            place = _place(reading, number, match)
            if place.stance.name == "plan" and (goals or _promised(place, kind)):
                why = "goal" if goals else "commitment"
                verdict = Verdict("target", f"{place.stance.basis}; {kind}: {why}")
                yield Found(place.mention, place, verdict, "relative", Bound(None)), kind


def _promised(place: Place, kind: str) -> bool:
    """Away from a list of goals a reference counts, and a direction with a commitment before it."""
    if kind == "directional":
        return place.last("commitment", place.clause) is not None
    return True


def _place(reading: Reading, number: int, match: re.Match[str]) -> Place:
    line = reading.document.sentences[number]
    start, end = match.span()
    near = max(line.start, start - CLAUSE)
    marks = [m.end() for m in _CLAUSE.finditer(reading.text, near, start)]
    behind = _CLAUSE.search(reading.text, end, min(line.end, end + CLAUSE))
    right = behind.start() if behind else line.end
    last = reading.cues.first_from(start)
    first = max(reading.cues.first_from(line.start), last - CUES)
    mention = Mention(start, end, start, end, "relative")
    return Place(reading, number, mention, (marks[-1] if marks else near, right), (first, last))


_ROW_COLUMNS = [
    *QUANTITY_COLUMNS,
    *("is_target", "target_kind", "commitment", "commitment_text", "bound", "strength", "nature"),
    *("horizon_text", "horizon_start", "horizon_end", "horizon_source"),
    *("commitment_at", "comparator_at", "horizon_at", "indicator", "actor", "measure"),
]
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


def find_targets(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """The quantities, dates and ranks that an actor promises.

    Args:
        corpus: The documents.
        lexicon: Cue words, units, indicators and the table ``strength``; the default if None.

    Returns:
        A span table, columns ``TARGET_COLUMNS``: those of `find_quantities`, then ``is_target``
        (a value or a date of its own that can be checked), ``target_kind`` (value, date, rank),
        ``indicator`` (its name in the lexicon's table, or the noun phrase around the number with
        widths folded), ``actor`` (the document's place), ``commitment`` (ensure, strive, plan,
        forecast, none) with ``commitment_text``, ``bound`` (floor, ceiling, approximate, point,
        range), ``strength`` (from both, by the table), ``nature`` (binding, expected, unstated),
        ``measure`` (change or level), the horizon as printed and as ISO dates with its source
        (sentence, previous, heading), and the offsets ``start:end`` of each part. The columns
        that end in ``text`` are as printed, without breaks.

    >>> from policytext import read_corpus
    >>> table = find_targets(read_corpus("data/wenzhou-2021").select(["ouhai"]))
    >>> row = table[table["text"] == "10万元"].iloc[0]
    >>> row["indicator"], row["comparator"], row["horizon_end"], row["commitment"], row["bound"]
    ('人均GDP', '>', '2025-12-31', 'strive', 'floor')
    """
    lexicon = lexicon or default_lexicon()
    places = dict(zip(corpus.documents["doc"], corpus.documents["place"], strict=True))
    tables, left = row_tables(lexicon), LeftOut("find_targets")

    def rows_of(reading: Reading) -> list[tuple[object, ...]]:
        doc = reading.document.doc
        return [(doc, *cells, places[doc], how) for *cells, how in _rows(reading, lexicon, tables)]

    rows = chain.from_iterable(each_reading(corpus, lexicon, rows_of, left))
    table = pd.DataFrame(rows, columns=_ROW_COLUMNS)[TARGET_COLUMNS]
    table = signed(table.astype(QUANTITY_TYPES | {"is_target": bool}), lexicon)
    return left.record(table, corpus)


def _rows(reading: Reading, lexicon: Lexicon, tables: RowTables) -> Iterator[tuple[object, ...]]:
    """The rows of one document without doc and actor; the last cell is ``measure``."""
    above: tuple[int, str | None] = (-1, None)
    for found, kind in promises(reading, lexicon):
        indicator, measure = indicator_of(found, lexicon)
        if indicator is None and above[0] == found.place.line.start:
            indicator = above[1]  # 增长6.5%以上,力争7%
        above = (found.place.line.start, indicator)
        yield (*_row(found, kind, reading, lexicon, tables), indicator, measure)


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
    found: Found, kind: str, reading: Reading, lexicon: Lexicon, tables: RowTables
) -> tuple[object, ...]:
    commitment = commitment_of(found, reading)
    bound = bound_of_target(found, kind)
    horizon, source = horizon_of(found, reading)
    cue = commitment.cue
    return (
        *quantity_row(found, reading, tables),
        *(kind in ("value", "date"), kind, commitment.name),
        *(reading.document.passage(cue.start, cue.end) if cue else None, bound),
        strength_table(lexicon).get((commitment.name, bound), "none"),
        nature_of(found, reading),
        *_horizon_cells(reading, horizon, source),
        _at(reading, cue.start, cue.end) if cue else None,
        _at(reading, found.bound.start, found.bound.end) if found.bound.end else None,
        _at(reading, horizon.start, horizon.end) if horizon and source != "heading" else None,
    )


def bound_of_target(found: Found, kind: str) -> str:
    """floor, ceiling, approximate, point or range; none for a target without a number."""
    if kind not in ("value", "date", "rank"):
        return "none"
    return _BOUND.get(found.bound.comparator or "=", "point")


def _horizon_cells(
    reading: Reading, horizon: Horizon | None, source: str | None
) -> tuple[object, ...]:
    if horizon is None:
        return (None, None, None, None)
    in_heading = source == "heading"
    words = horizon.text if in_heading else reading.document.passage(horizon.start, horizon.end)
    return (words, horizon.first, horizon.last, source)


def _at(reading: Reading, start: int, end: int) -> str:
    return "{}:{}".format(*reading.document.span(start, end))


def _target_kind(found: Found) -> str:
    if found.kind == "date":
        return "date"
    return "rank" if found.kind == "ordinal" else "value"
