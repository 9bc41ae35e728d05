"""What is promised: which outcome, how much at least or about, by when, how firmly, by whom."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from policytext.corpus.corpus import Corpus, LeftOut, check_corpus
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.numbers.actors import actor_of
from policytext.numbers.baselines import baselines_of, date_of
from policytext.numbers.comparators import TARGETS, Bound, NumberMention
from policytext.numbers.context import SENTENCE, Cue, MentionContext, Reading, Verdict, contexts
from policytext.numbers.coordination import phrases_of
from policytext.numbers.horizons import Dated, horizon_of, planned_years
from policytext.numbers.indicators import indicator_name, printed_part
from policytext.numbers.mentions import of_form
from policytext.numbers.numberless import Row, find_numberless, is_numbered
from policytext.numbers.phrases import Phrase, phrase_before
from policytext.numbers.predicates import NOTHING
from policytext.numbers.quantities import (
    QUANTITY_COLUMNS,
    at_of,
    mentions_of,
    quantity_row,
    table_of,
)
from policytext.text.clean import Span, fold


def commitment_of(context: MentionContext) -> Cue | None:
    """The cue of commitment that governs a mention: of its clause, or at the head of its list."""
    text = context.reading.text
    for cue in context.back("commitment", context.sentence):
        local = cue.start >= context.clause
        clause = max(text.rfind(mark, context.sentence, cue.start) for mark in ",;:。")
        leads = cue.start - max(clause + 1, context.sentence) <= 4
        spreads = leads or cue.roles["commitment"] == "forecast"
        same_part = ";" not in text[cue.end : context.mention.start]
        if _is_of_its_own(context, cue):
            continue
        if local or "目标" in cue.word or (spreads and same_part):
            return cue
    return None


# 在确保安全的前提下 makes sure of that alone; so does 确保安全, where no number stands.
_OWN_OBJECT = re.compile(r"[^,;:\d百千万亿成]{2,}?(?<![年月底末内前])(?<!目标)[,;]")


def _is_of_its_own(context: MentionContext, cue: Cue) -> bool:
    """Return True if what a word commits to stands in a frame or a clause before the number's."""
    text, at = context.reading.text, context.mention.start
    framed = context.reading.expressions["[^在,;]* {closes a frame}"].match(text, cue.end, at)
    ensures = cue.roles["commitment"] == "ensure" and cue.start < context.clause
    return bool(framed or (ensures and _OWN_OBJECT.match(text, cue.end, at)))


@lru_cache(maxsize=4)
def strength_table(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    """Strength by commitment and bound, the lexicon's table ``strength``."""
    return {(r.commitment, r.bound): r.strength for r in lexicon["strength"].itertuples()}


def nature_of(context: MentionContext) -> str:
    """约束性 (binding), 预期性 or 预期目标 (expected), or unstated."""
    end = min(context.line.end, context.mention.end + SENTENCE)
    sentence = context.reading.text[context.sentence : end]
    if "约束性" in sentence:
        return "binding"
    return "expected" if "预期" in sentence else "unstated"


# The columns that targets have beside those of quantities.
_ADDED = """
    is_target target_kind indicator indicator_name action baseline baseline_unit
    baseline_text baseline_date actor actor_basis speaker commitment commitment_text bound
    strength nature measure horizon_text horizon_start horizon_end horizon_source
    indicator_at action_at baseline_at actor_at speaker_at commitment_at horizon_at
"""
TARGET_COLUMNS = [*QUANTITY_COLUMNS, *_ADDED.split()]
_KINDS = {"date": "date", "ordinal": "rank"}
_FLOORS = {">": "floor", ">=": "floor", "<": "ceiling", "<=": "ceiling"}
_BOUND = {**_FLOORS, "≈": "approximate", "range": "range"}


def find_targets(
    corpus: Corpus, lexicon: Lexicon | None = None, quantities: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The quantities, dates and ranks that an actor promises.

    Args:
        corpus: The documents.
        lexicon: Cue words, units, indicators and the table ``strength``; the default if None.
        quantities: What `find_quantities` found in these documents: its values and statuses are
            taken as they are, so that one can correct them; found again if None.

    Raises:
        KeyError: ``quantities`` lacks a column of `find_quantities`.

    Returns:
        A span table, columns ``TARGET_COLUMNS``: those of `find_quantities`, then ``is_target``
        (a value or a date of its own that can be checked), ``target_kind`` (value, date, rank;
        reference, directional, paired without a number), ``indicator`` (the noun phrase as
        printed, with a noun that it shares with the number before), ``indicator_name`` (its name
        in the lexicon's table; of several parted by a bar; else missing), ``action`` (the verb),
        ``baseline``, ``baseline_unit``, ``baseline_text``, ``baseline_date`` (the value that it
        starts from, where said), ``actor`` with ``actor_basis`` (document: its place; sentence: a
        firm or village that it is about; speaker: whose office the person quoted has),
        ``speaker``, ``commitment`` (ensure, strive, plan, forecast, none) with
        ``commitment_text``, ``bound`` (floor, ceiling, approximate, point, range), ``strength``
        (from both, by the table), ``nature`` (binding, expected, unstated), ``measure`` (change
        or level, by the verb), the horizon as printed and as ISO dates with its source (sentence,
        previous, heading), and the offsets ``start:end`` of each part. The columns that end in
        ``text`` are as printed, without breaks.

    >>> from policytext import read_corpus
    >>> table = find_targets(read_corpus("data/wenzhou-2021").select(["ouhai"]))
    >>> row = table[table["text"] == "10万元"].iloc[0]
    >>> row["indicator"], row["comparator"], row["horizon_end"], row["commitment"], row["bound"]
    ('人均GDP', '>', '2025-12-31', 'strive', 'floor')
    """
    check_corpus(corpus)
    given = None if quantities is None else _by_document(quantities)
    return table_of(
        corpus,
        lexicon or default_lexicon(),
        LeftOut("find_targets"),
        lambda reading: _rows(reading, given),
        TARGET_COLUMNS,
    ).astype({"is_target": bool})


Cells = dict[str, Any]


def _by_document(quantities: pd.DataFrame) -> dict[str, list[Cells]]:
    """The measured rows of a table of quantities, by document."""
    table = quantities[QUANTITY_COLUMNS].astype(object)
    kept = table["comparator"].notna() | table["status"].isin(TARGETS)
    table = table.where(table.notna(), None)[kept]
    groups = table.sort_values("start", kind="stable").groupby("doc", sort=False)
    return {str(doc): rows.to_dict("records") for doc, rows in groups}


def _mentions(reading: Reading, rows: list[Cells]) -> Iterator[NumberMention]:
    """The mentions that rows of a table of quantities stand for."""
    place = reading.document.clean.position
    spans = [(place(row["start"]), place(row["end"] - 1) + 1) for row in rows]
    amounts = [(row["value"], row["value_max"], row["unit"]) for row in rows]
    forms = [_form(fold(row["text"]), row["kind"]) for row in rows]
    mentions = [of_form(*each) for each in zip(forms, spans, strict=True)]
    mentions = [
        one._replace(value=value, value_max=top, unit=unit)
        for one, (value, top, unit) in zip(mentions, amounts, strict=True)
    ]
    for context, row in zip(contexts(reading, mentions), rows, strict=True):
        at = [int(part) for part in (row["comparator_at"] or "").split(":") if part]
        said = (place(at[0]), place(at[1] - 1) + 1) if at else NOTHING
        bound, verdict = Bound(row["comparator"], *said), Verdict(row["status"], row["evidence"])
        yield NumberMention(context.mention, context, verdict, row["kind"], bound)


def _form(printed: str, kind: str) -> str:
    """How a mention is written, as far as a target asks: 翻一番, 两位数."""
    if printed.endswith("位数"):
        return "digits"
    return "fold" if printed.startswith("翻") else kind


def _rows(reading: Reading, given: dict[str, list[Cells]] | None) -> Iterator[tuple[object, ...]]:
    """The rows of one document."""
    rows = [] if given is None else given.get(reading.document.doc, [])
    mentions = mentions_of(reading) if given is None else list(_mentions(reading, rows))
    cells = {
        one.mention.start: tuple(row.values()) for one, row in zip(mentions, rows, strict=False)
    }
    phrases = phrases_of(mentions, lambda one: one.verdict.status in TARGETS)
    based = baselines_of(mentions, {start: phrase.noun for start, phrase in phrases.items()})
    phrase, line, years = None, 0, cache(lambda: planned_years(reading))
    for found, (kind, measure) in promises(reading, mentions):
        start = found.mention.start
        # 增长7%以上、争取更好结果 has the noun of the number before.
        same = phrase if kind == "paired" and line == found.context.line.start else None
        phrase = (phrases.get(start) if is_numbered(found) else same) or phrase_before(found)
        line = found.context.line.start
        base, named = based.get(start, (None, NOTHING))
        parts = (*_parts(reading, phrase), *_baseline(reading, base))
        actor = actor_of(found.context, reading.document.place, phrase.noun)
        who = (actor.name, actor.basis, reading.passage(*actor.speaker))
        checked = kind in ("value", "date") or (is_numbered(found) and kind != "rank")
        spans = (phrase.noun, phrase.action, named, actor.at, actor.speaker)
        quantity = cells.get(start) if is_numbered(found) else None
        quantity = quantity or quantity_row(found, phrase)
        dated = horizon_of(found, years)
        promise = _promise(found, dated, measure or phrase.measure, spans)
        yield (*quantity, checked, kind, *parts, *who, *promise)


def _baseline(reading: Reading, base: NumberMention | None) -> tuple[object, ...]:
    """The value, its unit, the words and the date that a target starts from."""
    if base is None:
        return (None,) * 4
    mention = base.mention
    text = reading.passage(mention.start, mention.end)
    return mention.value, mention.unit, text, date_of(base, reading)


def _parts(reading: Reading, phrase: Phrase) -> tuple[str | None, str | None, str | None]:
    """The indicator as printed, its canonical name, and the verb."""
    spans = (phrase.modifier, phrase.indicator, phrase.shared)
    printed = [reading.passage(*span) for span in spans]
    indicator = "".join(filter(None, printed)) or None
    read, verb = (
        "".join(reading.document.text[slice(*one)] for one in part)
        for part in (spans, [phrase.action])
    )
    name = indicator_name(read, verb, reading.lexicon, phrase.item)
    action = reading.passage(*phrase.action)
    indicator = indicator and printed_part(indicator, reading.lexicon, phrase.item)
    return indicator, name, action


def promises(reading: Reading, mentions: list[NumberMention]) -> list[tuple[NumberMention, Row]]:
    """The promises of one document with their ``target_kind`` and measure, in order."""
    found = [one for one in mentions if one.verdict.status in TARGETS]
    numbered = [(one, Row(_kind(one), "")) for one in found]
    both = [*numbered, *find_numberless(reading)]
    return sorted(both, key=lambda pair: pair[0].mention.start)


def _kind(found: NumberMention) -> str:
    """What kind of target a number makes: 两位数增长 has a direction and a floor."""
    return "directional" if found.mention.form == "digits" else _KINDS.get(found.kind, "value")


def _promise(
    found: NumberMention, by: Dated, measure: str, parts: tuple[Span, ...]
) -> tuple[object, ...]:
    """How firmly, how much and by when: the columns from ``commitment`` on."""
    context, reading = found.context, found.context.reading
    cue, (horizon, source) = commitment_of(context), by
    commitment = cue.roles["commitment"] if cue else "none"
    numbered = is_numbered(found)
    bound = _BOUND.get(found.bound.comparator or "=", "point") if numbered else "none"
    strength = strength_table(reading.lexicon).get((commitment, bound), "none")
    said = (cue.start, cue.end) if cue else (0, 0)
    dated = (horizon.start, horizon.end) if horizon and source != "heading" else (0, 0)
    offsets = [at_of(reading, span) for span in (*parts, said, dated)]
    firmness = (
        commitment,
        reading.passage(*said),
        bound,
        strength,
        nature_of(context),
        measure,
    )
    if horizon is None:
        return (*firmness, None, None, None, source, *offsets)
    words = reading.passage(*dated) or horizon.text
    return (*firmness, words, horizon.first, horizon.last or None, source, *offsets)
