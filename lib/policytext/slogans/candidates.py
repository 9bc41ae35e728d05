"""Find what could be a slogan: generously, each span once, with all that it was found by.

Nothing is judged here. A quoted span, a numeral abbreviation, a name for the place, a row of limbs
of one length, a form that stands in quotation marks elsewhere: each is a candidate, and its kinds
are among the features that `model` weighs.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from policytext import text as tx
from policytext.corpus.document import Sentence
from policytext.slogans.document import SloganDocument
from policytext.slogans.formulae import formula_index
from policytext.slogans.parallel import closes_quote, parallel_runs
from policytext.text.abbreviations import is_distinct
from policytext.text.clean import HAN, wording
from policytext.text.patterns import any_of, occurrences

PLAN = re.compile("十[一二三四五六]五(?![届运个名家])")
_MARKS = re.compile("[、，,·；;]+")
_CLAUSE = re.compile(r"[^，,。；;：:\n！？!?（）()《》]+")
# A row of limbs of three to eight characters, whatever mark parts them.
_ROW = re.compile(rf"{HAN}{{3,8}}(?:[，,、]{HAN}{{3,8}}){{1,6}}")
_LIMB = re.compile(rf"{HAN}+")
_PARTICLE = re.compile("[的、为和与]")
_NO_FORMULA = re.compile(r"[\n。！？!?]|^\d+[•·./-]\d+")
_AMOUNT = re.compile(r"\d[\d.,]*(?:万|亿|%|元|平方|公里|天|分钟|个|家|人|条|米|年)|[百千万]亿")
_MAX_LENGTH = 60
_RUN_IN = 30
_SHORTEST_FORM = 3
_LABEL_LENGTHS = range(4, 23)
_MAX_EDGES = 4
_MAX_LIMBS = 4
# What a name for the whole place ends before: a mark, what is done with it, what it has.
_AFTER_LABEL = (
    r"[，,。；;：:\n、“”\s）)—和与更的] | 建设 | 上 | 新[征篇局] | 特色 | 功能 | 作用 | $"
)
_LABEL = "{label} | {position} | {aim} | {HAN} [地区城市省都州岛港极堡湾谷圈]"
_BUILT = r"""
    (?:打造|建设|建成|创建) (?:成为|成|好)?
    ( (?: (?!打造|建设|建成|创建|推动|推进|加快) [\u4e00-\u9fff—·] ){3,20} )
    (?= [，,。；;：:\n、“”为作] | $)
    """
_SPIRIT = "{upholds} ({HAN}{2,6}? 精神)"
_SUBSTITUTED = "{sector} [兴强立] {part of the country} (?! [域场级区])"
# A place with a word before or behind it; two characters before it where they can be a word.
_BRANDS = {
    "brand": r"{brand} 新? PLACE | 新 PLACE | PLACE (?: {template} | 精神 | 之治 )"
    r"| 中国式现代化 的? PLACE 新? (?:篇章|实践|答卷)",
    "brand word and place": r"{brand} PLACE",
    "modifier and place": r"(?<= [，,。；;：:\n、“”的和与以为建打谱绘升造进设于在到] )"
    r"{HAN}{2} (?:新|美好)? PLACE (?! [市省区县州人全各] | {HAN}{0,4} {kind of organisation} )",
}
_REPEATABLE = {"label", "built", "heading", "brand", "modifier and place", "spirit"}
_REPEATABLE |= {"run of 3", "run of 4", "row of 3", "row of 4"}


class Candidate(NamedTuple):
    """A span of the text without breaks that could be a slogan, and what it was found by."""

    start: int
    end: int
    kinds: frozenset[str]


def candidates(
    document: SloganDocument, known_forms: re.Pattern[str] | None = None
) -> list[Candidate]:
    """The candidates of a document, in order.

    Args:
        document: As the slogan rules read it.
        known_forms: Wordings that stand quoted in other texts.
    """
    found: dict[tx.Span, set[str]] = defaultdict(set)
    for kind, spans in _sources(document, known_forms):
        # Without the blanks at the edges, as of a quotation “ 争先 ”.
        for span in (tx.trimmed(document.text, *span) for span in spans):
            if _could_be(document, span):
                found[span].add(kind)
    for span in list(_repeated(document, found)):
        if _could_be(document, span):
            found[span].add("repeated")
    return [Candidate(*span, frozenset(kinds)) for span, kinds in sorted(found.items())]


def _could_be(document: SloganDocument, span: tx.Span) -> bool:
    """Whether a span is one stretch of words, with both marks of each quotation in it or none.

    Speech, dates of events (“5·12”), lists of amounts and telephone numbers are quoted too, and
    are no wordings.
    """
    text = document.text[slice(*span)]
    return (
        span[1] <= document.glossary_start
        and len(text) <= _MAX_LENGTH
        and not _NO_FORMULA.search(text)
        and bool(wording(text))
        and len(_AMOUNT.findall(text)) < 2
        and (not text.isdigit() or span in document.abbreviations)
        and not document.cuts_quote(span)
    )


def _sources(
    document: SloganDocument, known_forms: re.Pattern[str] | None
) -> Iterator[tuple[str, Iterable[tx.Span]]]:
    yield "quoted", document.quotes
    yield "numeral", document.abbreviations
    yield from _formulae(document)
    yield "plan", (match.span() for match in PLAN.finditer(document.text))
    yield "again", _again(document, {wording(document.text[a:b]) for a, b in document.quotes})
    yield "limb", _again(document, _limbs_of_quotes(document))
    yield "label", _labels(document)
    yield "built", _matched(document, _BUILT)
    yield "spirit", _spirits(document)
    yield from _headings(document)
    yield from _brands(document)
    yield "substituted", _substituted(document)
    yield from _rows(document)
    if known_forms:
        yield "stated", _occurrences(document, known_forms)


def _matched(document: SloganDocument, template: str) -> Iterator[tx.Span]:
    """The first group of an expression, wherever the text matches."""
    for match in document.expressions[template].finditer(document.text):
        yield match.span(1)


def _spirits(document: SloganDocument) -> Iterator[tx.Span]:
    """A spirit with a name of its own: 红船精神, and not 企业家精神."""
    common = document.expressions["{common_spirit} 精神 $"]
    for span in _matched(document, _SPIRIT):
        if not common.search(document.text[slice(*span)]):
            yield span


def _occurrences(document: SloganDocument, pattern: re.Pattern[str]) -> Iterator[tx.Span]:
    view = document.without_marks
    for match in occurrences(pattern, view.text):
        yield view.source_span(*match.span())


def _formulae(document: SloganDocument) -> Iterator[tuple[str, list[tx.Span]]]:
    """Formulae of the lexicon that the text can use: core or not, numerals or not."""
    index, text = formula_index(document.lexicon), document.without_marks
    for start, end, formula in index.find(text, document.province, document.year):
        numeral = " numeral" if {"numeral", "code"} & set(formula.types) else ""
        kind = f"{'core' if formula.core else 'extended'}{numeral} formula"
        yield kind, [(start, end + closes_quote(document.text, start, end))]


def limbs(text: str) -> list[str]:
    """The wordings of a passage's limbs.

    >>> limbs("人无我有、人有我优")
    ['人无我有', '人有我优']
    """
    return [words for words in map(wording, _MARKS.split(text)) if words]


def _limbs_of_quotes(document: SloganDocument) -> set[str]:
    rows = (limbs(document.text[a:b]) for a, b in document.quotes)
    return {limb for row in rows if len(row) > 1 for limb in row}


def _again(document: SloganDocument, forms: Iterable[str]) -> Iterator[tx.Span]:
    """Where the text has a form again, with or without marks."""
    pattern = any_of(f for f in forms if len(f) >= _SHORTEST_FORM and is_distinct(f))
    yield from _occurrences(document, pattern) if pattern else ()


def is_head(sentence: Sentence) -> bool:
    """Whether a sentence is a title, a heading, or a short one that heads its paragraph."""
    run_in = sentence.opens and sentence.end - sentence.start <= _RUN_IN
    return sentence.part in ("title", "heading") or run_in


def _clauses(document: SloganDocument, sentence: Sentence) -> Iterator[tx.Span]:
    for match in _CLAUSE.finditer(document.text, sentence.start, sentence.end):
        yield match.span()


def _verb_ends(document: SloganDocument, start: int, end: int) -> list[int]:
    verbs = document.expressions["{verb before a label}"]
    return [match.end() for match in verbs.finditer(document.text, start, end)]


def _labels(document: SloganDocument) -> Iterator[tx.Span]:
    """Names for a place, each from every point where it may begin."""
    label, after = document.expressions[_LABEL], document.expressions[_AFTER_LABEL]
    for start, end in (c for s in document.sentences for c in _clauses(document, s)):
        for match in label.finditer(document.text, start, end):
            if match.end() == end or after.match(document.text, match.end()):
                for edge in _left_edges(document, start, match):
                    if match.end() - edge in _LABEL_LENGTHS:
                        yield edge, match.end()


def _left_edges(document: SloganDocument, start: int, label: re.Match[str]) -> list[int]:
    """Where a name in a clause may begin: behind a verb, a mark or a particle."""
    # No further back than the longest name: a clause without an end would be gone through again
    # for each label in it.
    low = max(start, label.end() - _LABEL_LENGTHS[-1])
    particles = (match.end() for match in _PARTICLE.finditer(document.text, low, label.start()))
    edges = {*particles, *_verb_ends(document, low, label.start())}
    return sorted(edges | {start} if low == start else edges)[-_MAX_EDGES:]


def _headings(document: SloganDocument) -> Iterator[tuple[str, list[tx.Span]]]:
    """Clauses of headings, and what stands in them behind a verb, up to 建设."""
    for start, end in (c for s in document.sentences if is_head(s) for c in _clauses(document, s)):
        yield "clause of a heading", [(start, end)]
        verbs = _verb_ends(document, start, end)
        tails = [(at, end) for at in verbs[:2]]
        built = document.text.rfind("建设", start + 4, end)
        if built > 0:
            tails += [(at, built) for at in (start, *[v for v in verbs if v < built][-2:])]
        yield "heading", [(a, b) for a, b in tails if b - a >= _LABEL_LENGTHS[0]]


def _brands(document: SloganDocument) -> Iterator[tuple[str, list[tx.Span]]]:
    """A word before or behind the place's name: 健康瓯海, 瓯海模式, 壮美广西."""
    for place in document.places[:2]:
        for kind, template in _BRANDS.items():
            pattern = document.expressions[template.replace("PLACE", re.escape(place))]
            yield kind, [match.span() for match in pattern.finditer(document.text)]


def _substituted(document: SloganDocument) -> Iterator[tx.Span]:
    """科技兴海、人才强海: a place or sector put into a national formula, alone and in a row."""
    pattern = document.expressions[_SUBSTITUTED]
    spans = [match.span() for match in pattern.finditer(document.text)]
    yield from spans
    row: list[tx.Span] = []
    for span in spans:
        joined = row and document.text[row[-1][1] : span[0]] in ("、", "，", ",")
        row = [*row, span] if joined else [span]
        if joined:
            yield row[0][0], span[1]


def _rows(document: SloganDocument) -> Iterator[tuple[str, list[tx.Span]]]:
    """Rows of limbs of one length: parted by 、 (runs), or by any mark."""
    text = document.text
    for run in parallel_runs(text):
        if min(len(wording(text[a:b])) for a, b in run.limbs) >= _SHORTEST_FORM:
            yield f"run of {min(len(run.limbs), _MAX_LIMBS)}", [(run.start, run.end)]
    for match in _ROW.finditer(text):
        spans = [limb.span() for limb in _LIMB.finditer(text, *match.span())]
        first = 0
        for last, (one, two) in enumerate(pairwise([*spans, (0, 0)])):
            if one[1] - one[0] != two[1] - two[0]:
                if last > first:
                    count = min(last - first + 1, _MAX_LIMBS)
                    yield f"row of {count}", [(spans[first][0], one[1])]
                first = last + 1


def _repeated(document: SloganDocument, found: dict[tx.Span, set[str]]) -> Iterator[tx.Span]:
    """Every further place of a label, a heading's tail or a row."""
    spans = [span for span, kinds in found.items() if kinds & _REPEATABLE]
    forms = {wording(document.text[slice(*span)]) for span in spans}
    for form in sorted(form for form in forms if len(form) > _SHORTEST_FORM):
        for span in document.places_of(form):
            if span not in found:
                yield span
