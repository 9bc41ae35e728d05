"""Every numeric mention of a corpus: value, unit, bound, date, and what it is there for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from policytext import text as tx
from policytext.abbreviations import find_abbreviations
from policytext.bounds import Bound, bound_of
from policytext.corpus import Corpus
from policytext.dates import iso_of
from policytext.lexicon import Lexicon, default_lexicon
from policytext.measures import Unit, normalise, unit_table
from policytext.mentions import Mention, find_mentions
from policytext.reading import Cue, Line, Reading, read
from policytext.status import Place, Verdict, judge
from policytext.wordlike import is_identifier, lexical_reason

QUANTITY_COLUMNS = [
    *("doc", "start", "end", "text", "kind", "status", "value", "value_max", "unit"),
    *("norm_value", "norm_unit", "comparator", "comparator_text", "counted", "evidence", "iso"),
]
_BREAK = re.compile("[,;:。!?]|——")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_COUNTED = re.compile("[\u4e00-\u9fff“”A-Za-z]{1,12}")
_STOP = re.compile("等|以上|左右|以内|和|及|的|与")
_KINDS = {"money": "money", "ratio": "percentage", "point": "percentage", "time": "duration"}


class Found(NamedTuple):
    """One mention of a document with all that was read off it."""

    mention: Mention
    line: Line
    clause: tuple[int, int]
    cues: list[Cue]
    verdict: Verdict
    kind: str
    bound: Bound


def find_quantities(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Every numeric mention of every document.

    Args:
        corpus: The documents.
        lexicon: Units, cue words and common words with a numeral; the default lexicon if None.

    Returns:
        A span table, columns ``QUANTITY_COLUMNS``. ``kind`` is how it is written (money,
        percentage, cardinal, ordinal, duration, date, range, period, time_deictic, rank_phrase,
        code, identifier, list_marker, lexical); ``status`` what it is there for (target,
        project_target, project_param, work_item, achievement, baseline, rule, event, period,
        slogan_number, list_marker, lexical, identifier, vague, time_deictic). ``value`` has 万
        and 亿 multiplied out; ``norm_value`` is in ``norm_unit`` (CNY, m2, m, kg, person, day,
        %, count …). ``comparator`` is one of = > >= < <= ≈ range. ``iso`` is the date of dates
        and periods. ``evidence`` says what the status rests on.

    >>> from policytext import read_corpus
    >>> table = find_quantities(read_corpus("data/wenzhou-2021").select(["cangnan-water"]))
    >>> table.loc[table["kind"] == "money", ["text", "norm_value", "comparator"]].values.tolist()
    [['4.7亿元', 470000000.0, '≈']]
    """
    lexicon = lexicon or default_lexicon()
    rows: list[tuple[object, ...]] = []
    for doc, reading in readings(corpus, lexicon):
        rows.extend(
            (doc, *quantity_row(found, reading, lexicon)) for found in mentions_of(reading, lexicon)
        )
    table = pd.DataFrame(rows, columns=QUANTITY_COLUMNS)
    for name in ("value", "value_max", "norm_value"):
        table[name] = table[name].astype(float)
    return table


def readings(corpus: Corpus, lexicon: Lexicon) -> Iterator[tuple[str, Reading]]:
    """Each document made ready, in the corpus's order."""
    groups = dict(iter(corpus.sentences.groupby("doc", sort=False)))
    for document in corpus.documents.to_dict("records"):
        doc = document["doc"]
        if doc in groups:
            yield doc, read(corpus.source(doc), groups[doc], document, lexicon)


def mentions_of(reading: Reading, lexicon: Lexicon) -> list[Found]:
    """All mentions of one document with status, kind and bound, in order."""
    text = reading.text
    units, words = unit_table(lexicon), lexicon.words("numeral_words", "word")
    abbreviations = find_abbreviations(text, lexicon)
    starts = [start for start, _ in abbreviations]
    cue_starts = [cue.start for cue in reading.cues]
    breaks: list[int] = []
    at_line = -1
    found = []
    for mention in _with_words(reading, abbreviations, lexicon):
        number = reading.line_of(mention.start)
        line = reading.lines[number]
        if number != at_line:
            breaks = [m.start() for m in _BREAK.finditer(text, line.start, line.end)]
            at_line = number
        index = bisect_right(breaks, mention.start)
        left = breaks[index - 1] + 1 if index else line.start
        right = breaks[index] if index < len(breaks) else line.end
        first, last = bisect_left(cue_starts, line.start), bisect_left(cue_starts, mention.start)
        cues = reading.cues[first:last]
        inside = bisect_right(starts, mention.start) - 1
        in_abbreviation = inside >= 0 and mention.start < abbreviations[inside][1]
        place = Place(reading, line, mention, (left, right), cues)
        verdict = _verdict(place, in_abbreviation, words, units)
        after = _cue_at(reading.cues, cue_starts, mention.end, text)
        bound = bound_of(mention, reading, cues, after)
        kind = _kind(mention, verdict.status, units)
        found.append(Found(mention, line, (left, right), cues, verdict, kind, bound))
    return found


def _cue_at(cues: list[Cue], starts: list[int], at: int, text: str) -> Cue | None:
    """The bounding word right behind a mention."""
    at += text[at : at + 1] in ("”", " ")
    index = bisect_left(starts, at)
    if index < len(cues) and cues[index].start == at and "after" in cues[index].roles:
        return cues[index]
    return None


def _with_words(
    reading: Reading, abbreviations: list[tx.Span], lexicon: Lexicon
) -> Iterator[Mention]:
    """Mentions with a numeral, codes as one, and the time and rank words of the cue table."""
    text = reading.text
    mentions = list(find_mentions(text, lexicon))
    codes = [Mention(a, b, a, b, "code") for a, b in abbreviations if _is_code(text[a:b])]
    words = [
        Mention(c.start, c.end, c.start, c.end, "deictic" if "deictic" in c.roles else "vague")
        for c in reading.cues
        if "deictic" in c.roles or "vague" in c.roles
    ]
    end = -1
    ranked = sorted(
        [*codes, *words, *mentions], key=lambda m: (m.start, m.form not in ("code", "vague"))
    )
    for mention in ranked:
        if mention.start >= end:
            yield mention
            end = mention.end


def _is_code(passage: str) -> bool:
    return bool(re.fullmatch(r"\d{3,6}|[\dN][\d+NXMS\s]*\+[\d+NXMSV\s]*", passage))


def _verdict(
    place: Place, in_abbreviation: bool, words: frozenset[str], units: dict[str, Unit]
) -> Verdict:
    mention, text = place.mention, place.reading.text
    simple = {"code": "slogan_number", "deictic": "time_deictic", "vague": "vague"}
    simple |= {"identifier": "identifier", "marker": "list_marker"}
    if mention.form in simple:
        return Verdict(simple[mention.form], mention.form)
    if mention.form == "plan":
        return judge(place)
    if in_abbreviation:
        return Verdict("slogan_number", "abbreviation")
    reason = lexical_reason(mention, text, words)
    if reason:
        return Verdict("lexical", reason)
    row = units.get(mention.unit or "")
    if is_identifier(mention, text, row.dimension if row else None):
        return Verdict("identifier", "number of a thing")
    if row and row.dimension == "name":
        return Verdict("slogan_number", "name of a ranking")
    if mention.unit is None and _YEAR.match(text[mention.start : mention.end]):
        return judge(
            Place(
                place.reading,
                place.line,
                mention._replace(form="date", unit="event"),
                (place.clause, place.clause_end),
                place.cues,
            )
        )
    return judge(place)


def _kind(mention: Mention, status: str, units: dict[str, Unit]) -> str:
    if status in ("lexical", "identifier", "list_marker", "time_deictic"):
        return status
    if mention.form in ("code", "ordinal", "percentage", "date"):
        return mention.form
    if mention.form in ("plan", "vague"):
        return {"plan": "period", "vague": "rank_phrase"}[mention.form]
    if mention.value_max is not None:
        return "range"
    if (
        mention.unit is None
        and mention.value
        and _YEAR.match(str(int(mention.value)))
        and status in ("event", "period")
    ):
        return "date"
    row = units.get((mention.unit or "").partition("/")[0])
    return _KINDS.get(row.dimension, "cardinal") if row else "cardinal"


def quantity_row(found: Found, reading: Reading, lexicon: Lexicon) -> tuple[object, ...]:
    mention, status = found.mention, found.verdict.status
    start, end = reading.joined.back(mention.start, mention.end)
    text = reading.text[mention.start : mention.end]
    value, top, unit = mention.value, mention.value_max, mention.unit
    iso = iso_of(text, reading.year) if found.kind in ("date", "period") else None
    if found.kind in (
        "date",
        "lexical",
        "identifier",
        "code",
        "time_deictic",
        "rank_phrase",
        "period",
    ):
        value = top = unit = None
    norm, norm_unit = normalise(value, unit, lexicon)
    bound = found.bound
    word = reading.text[bound.start : bound.end] or None
    comparator = bound.comparator if status not in _NO_BOUND else None
    counted = _counted(found, reading.text) if norm_unit == "count" else None
    return (
        *(start, end, text, found.kind, status, value, top, unit, norm, norm_unit),
        *(comparator, word if comparator else None, counted, found.verdict.evidence, iso),
    )


_NO_BOUND = frozenset({"lexical", "identifier", "time_deictic", "vague", "period"})


def _counted(found: Found, text: str) -> str | None:
    """What is counted: the noun behind the classifier, else the one before the number."""
    behind = _COUNTED.match(text, found.mention.end, found.clause[1])
    if behind and not _STOP.match(behind[0]):
        return _STOP.split(behind[0])[0] or None
    before = re.search("[\u4e00-\u9fff”A-Za-z]{1,12}$", text[found.clause[0] : found.mention.start])
    return before[0] if before else None
