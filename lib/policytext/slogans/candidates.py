"""Find what could be a slogan: generously, each span once, with all that it was found by.

Nothing is judged here. A quoted span, a numeral abbreviation, a name for the place, a row of limbs
of one length, a form that stands in quotation marks elsewhere: each is a candidate, and its kinds
are among the features that `model` weighs.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from policytext import text as tx
from policytext.lexicon.abbreviations import is_distinct
from policytext.slogans.document import SloganDocument
from policytext.slogans.parallel import LIMB, closes_quote, even_rows
from policytext.slogans.reference import formula_index
from policytext.text.clean import HAN, wording
from policytext.text.patterns import Words

PLAN = re.compile("十[一二三四五六]五(?![届运个名家])")
_MARKS = re.compile("[、，,·；;]+")
_CLAUSE = re.compile(r"[^，,。；;：:\n！？!?（）()《》]+")
_CLAUSE_MARK = re.compile(r"[，,。；;：:\n！？!?（）()《》“”]")
# The second of two limbs alone, up to the end of the clause or of a modifier.
_SECOND = re.compile(rf"、({HAN}{{3,5}})(?=[，,。；;：:！!\n的]|$)")
# The end of a limb before these two; 二、 is the number of a heading.
_FURTHER = re.compile(rf"{HAN}{{2}}、")
# Words and no amount in them: most candidates are.
_PLAIN = re.compile(rf"(?:(?!亿){HAN})+")
_NO_FORMULA = re.compile(r"[\n。！？!?]|^\d+[•·./-]\d+")
# A numeral and its counting word count what stands behind the mark: “四个”坚持. With 重 and 条 they
# are names: “两重”建设, “20条”.
_COUNT_ALONE = re.compile(r"(?:[一二三四五六七八九十两]+|\d+)[大个项张种]")
_ONE_QUOTATION = re.compile("“[^“”]*”$|‘[^‘’]*’$")
_AMOUNT = re.compile(r"\d[\d.,]*(?:万|亿|%|元|平方|公里|天|分钟|个|家|人|条|米|年)|[百千万]亿")
_NONE = Words(())
_MAX_LENGTH = 60
_SHORTEST_FORM = 3
_LABEL_LENGTHS = range(4, 29)
_MAX_EDGES = 3
_MAX_LIMBS = 4
# Where a name in a clause may begin, besides behind a mark: behind a verb, behind a particle.
# No name begins with what leads to one (坚定不移 | 在新城, 建设 | 更加宜居之城), nor within
# 共建共治共享, nor with what says that a verb is done (建成了 | 书香之城, 打造成 | 陶瓷之都).
_DONE = "(?: [了过着] | 成为? (?! [都渝德效果长员] ) )?"
_LEADS = "[在让把将了过着] | 更加 | 共治 | 共享"
_VERB = rf"""
    (?: {{verb before a label | upholds | verb of holding to | verb of pushing on}} )
    {_DONE}
    (?! {_LEADS} )
    """
_BEFORE_NAME = rf"(?: {{before a name}} ) (?! {_LEADS} )"
# The look behind comes after the character, which the search can skip to.
_PARTICLE = rf"""
    [的、为和与在以让向中上] (?! {_LEADS} )
    (?: (?<! [中上] ) | (?<= {{HAN}} {{HAN}} . ) (?! {{part of a word after in or on}} ) )
    """
# What a name for the whole place ends before: a mark, what is done with it, what it has.
_LABEL = r"""
    (?: {label | position | aim | kind of place} )
    (?= [，,。；;：:\n、\s）)—和与的为“] | {behind a label} | $ )
    """
_BUILT = rf"""
    {{verb of building}} {_DONE}
    ( (?: (?! {{verb of building}} | 推动|推进|加快 ) [\u4e00-\u9fff—·] ){{3,20}} )
    (?= [，,。；;：:\n、“”为作] | $)
    """
_SPIRIT = "{upholds} ({HAN}{2,6}? 精神)"
# 坚持制造业当家: a few words that are held to, up to the end of the clause.
_HELD = r"{verb of holding to} ( {HAN}{4,8} ) (?= [，,。；;\n] | $)"
_PROGRAMME = "(?: {HAN} | [“”] ){2,14}? {kind of programme} (?! {HAN}{0,2} {kind of programme} )"
_SUBSTITUTED = "{sector} [兴强立] {part of the country} (?! [域场级区])"
# What a place keeps of its suffix at the end of a clause: 平安甲乙区、法治甲乙区.
_SUFFIXED = r"PLACE [省市区县州旗镇乡] (?= [，,。；;、：:“”\n] | 建设|品牌|创建 | $)"
# A place with a word before or behind it.
_BRANDS = {
    "brand": "(?: {brand} 新? | 新 ) WHOLE | 中国式现代化 的? PLACE 新? (?:篇章|实践|答卷)",
    "brand word and place": "{brand} WHOLE",
}
_MODIFIED = "WHOLE (?! [市省区县州人全各] | {HAN}{0,4} {kind of organisation} )"
_MODIFIER_LENGTHS = range(2, 13)
# Behind a mark a longer stretch is a clause rather than a modifier.
_SHORT_MODIFIER = 3
_NEAR = 8
_REPEATABLE = {"label", "heading", "brand", "modifier and place", "spirit", "programme", "row of 3"}
_REPEATABLE |= {"row of 4"}
_TERMS = {"extended formula", "extended numeral formula"}


class Candidate(NamedTuple):
    """A span of the text without breaks that could be a slogan, and what it was found by."""

    start: int
    end: int
    kinds: frozenset[str]

    @property
    def is_term(self) -> bool:
        """Whether it is a common term of the lexicon without marks: never more than extended."""
        return "quoted" not in self.kinds and not _TERMS.isdisjoint(self.kinds)


def candidates(
    document: SloganDocument,
    known_forms: Words = _NONE,
    listed: Iterable[tx.Span] = (),
) -> list[Candidate]:
    """The candidates of a document, in order.

    Args:
        document: As the slogan rules read it.
        known_forms: Wordings that stand quoted in other texts.
        listed: Lists that a numeral stands for.
    """
    found: dict[tx.Span, set[str]] = {}
    refused: set[tx.Span] = set()
    for kind, spans in _sources(document, known_forms):
        _take(document, kind, spans, found, refused)
    _take(document, "list of a numeral", listed, found, refused)
    _take(document, "repeated", list(_repeated(document, found)), found, refused)
    # What is built alone is a bridge or a park.
    kept = (span for span in sorted(found) if found[span] != {"built"})
    return [Candidate(*span, frozenset(found[span])) for span in kept]


def _take(
    document: SloganDocument,
    kind: str,
    spans: Iterable[tx.Span],
    found: dict[tx.Span, set[str]],
    refused: set[tx.Span],
) -> None:
    """Add the spans of one source to what is found, each judged once."""
    text = document.text
    for span in spans:
        # Without the blanks at the edges, as of a quotation “ 争先 ”.
        if text[span[0]].isspace() or text[span[1] - 1].isspace():
            span = tx.trimmed(text, *span)
        if span in found:
            found[span].add(kind)
        elif span not in refused:
            if _could_be(document, span):
                found[span] = {kind}
            else:
                refused.add(span)


def _could_be(document: SloganDocument, span: tx.Span) -> bool:
    """Whether a span is one stretch of words, with both marks of each quotation in it or none.

    Speech, dates of events (“5·12”), lists of amounts and telephone numbers are quoted too, and
    are no wordings. A quotation with its marks is the same candidate as without.
    """
    text = document.text[slice(*span)]
    if span[1] > document.glossary_start or len(text) > _MAX_LENGTH:
        return False
    if _COUNT_ALONE.fullmatch(text):
        return False
    if _PLAIN.fullmatch(text):
        return True
    return (
        text.count("“") == text.count("”")
        and text.find("“") <= text.find("”")
        and not _NO_FORMULA.search(text)
        and not _ONE_QUOTATION.match(text)
        and bool(wording(text))
        and len(_AMOUNT.findall(text)) < 2
        and (not text.isdigit() or span in document.abbreviations)
    )


def _last(places: list[int], low: int, high: int, most: int) -> list[int]:
    """The last few places from low to high, of places in order."""
    end = bisect_right(places, high)
    return [place for place in places[max(0, end - most) : end] if place >= low]


class _Edges:
    """Where a name may begin: positions in order, behind verbs, particles and marks."""

    def __init__(self, document: SloganDocument) -> None:
        expressions, text = document.expressions, document.text
        self.verbs, *particles = (
            [match.end() for match in expressions[template].finditer(text)]
            for template in (_VERB, _PARTICLE, _BEFORE_NAME)
        )
        self.clauses = [0, *[match.end() for match in _CLAUSE_MARK.finditer(text)]]
        self.inner = sorted({*self.verbs, *chain(*particles)})
        self.all = sorted({*self.inner, *self.clauses})

    def clause(self, at: int) -> int:
        """Where the clause begins that a position lies in."""
        return self.clauses[bisect_right(self.clauses, at) - 1]

    def verbs_in(self, start: int, end: int) -> list[int]:
        """The ends of the verbs in a stretch."""
        return self.verbs[bisect_right(self.verbs, start) : bisect_right(self.verbs, end)]

    def before(self, at: int, lengths: range, inner: bool) -> list[int]:
        """The last edges in the clause of a position that are so many characters before it.

        However many particles a name has in it, the last verb before it stays an edge: 建设
        人与自然和谐共生的名城.
        """
        low = max(self.clause(at - 1), at - lengths[-1])
        high = at - lengths[0]
        edges = _last(self.inner if inner else self.all, low, high, _MAX_EDGES)
        return sorted({*_last(self.verbs, low, high, 1), *edges})


def _sources(
    document: SloganDocument, known_forms: Words
) -> Iterator[tuple[str, Iterable[tx.Span]]]:
    # Neither stands (走在前列), nor pairs of limbs, nor a place before 模式: few of these are
    # slogans, and the features hardly tell them from the others.
    edges = _Edges(document)
    yield "quoted", document.quotes
    yield "numeral", document.abbreviations
    yield from _formulae(document)
    yield "plan", (match.span() for match in PLAN.finditer(document.text))
    yield "again", _again(document, {wording(document.text[a:b]) for a, b in document.quotes})
    yield "limb", _limbs_alone(document)
    yield "label", _labels(document, edges)
    yield "built", _matched(document, _BUILT)
    yield "spirit", _spirits(document)
    yield "held", _matched(document, _HELD)
    yield "heading", _headings(document, edges)
    yield "programme", _programmes(document, edges)
    yield from _brands(document, edges)
    yield "substituted", _substituted(document)
    yield from _rows(document, edges)
    yield "row of 2", _twos(document, edges)
    yield "stated", document.spans_of(known_forms)


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


def _formulae(document: SloganDocument) -> Iterator[tuple[str, list[tx.Span]]]:
    """Formulae of the lexicon that the text can use: core or not, numerals or not."""
    index = formula_index(document.lexicon)
    for start, end in document.spans_of(index.words):
        passage = document.text[start:end]
        if formula := index.known(passage, document.province, document.year):
            numeral = " numeral" if {"numeral", "code"} & set(formula.types) else ""
            kind = f"{'core' if formula.core else 'extended'}{numeral} formula"
            yield kind, [(start, end + closes_quote(document.text, start, end))]


@lru_cache(maxsize=1 << 15)
def limbs(text: str) -> tuple[str, ...]:
    """The wordings of a passage's limbs.

    >>> limbs("人无我有、人有我优")
    ('人无我有', '人有我优')
    """
    return tuple(words for words in map(wording, _MARKS.split(text)) if words)


def _limbs_alone(document: SloganDocument) -> Iterator[tx.Span]:
    """Limbs of the document's quotations, alone: not among others in a row."""
    rows = (limbs(document.text[a:b]) for a, b in document.quotes)
    forms = {limb for row in rows if len(row) > 1 for limb in row}
    for start, end in _again(document, forms):
        if document.text[start - 1 : start] != "、":
            yield start, end


def _again(document: SloganDocument, forms: Iterable[str]) -> list[tx.Span]:
    """Where the text has a form again, with or without marks."""
    long = (form for form in forms if len(form) >= _SHORTEST_FORM)
    return document.spans_of(Words(w for w in long if is_distinct(w, document.lexicon)))


def _labels(document: SloganDocument, edges: _Edges) -> Iterator[tx.Span]:
    """Names for a place, each from every point where it may begin."""
    for match in document.expressions[_LABEL].finditer(document.text):
        start, end = match.span()
        for edge in edges.before(end, _LABEL_LENGTHS, inner=True):
            if edge <= start:
                yield edge, end


def _headings(document: SloganDocument, edges: _Edges) -> Iterator[tx.Span]:
    """What stands in headings behind a verb, up to the end of the clause or up to 建设."""
    leads = document.expressions[_LEADS]
    clauses = (
        match.span()
        for sentence in map(document.sentences.__getitem__, sorted(document.heads))
        for match in _CLAUSE.finditer(document.text, sentence.start, sentence.end)
    )
    for start, end in clauses:
        verbs = edges.verbs_in(start, end)
        tails = [(at, end) for at in verbs[:2]]
        built = document.text.rfind("建设", start + 4, end)
        if built > 0:
            begins = [] if leads.match(document.text, start) else [start]
            tails += [(at, built) for at in (*begins, *[v for v in verbs if v < built][-2:])]
        yield from ((a, b) for a, b in tails if b - a >= _LABEL_LENGTHS[0])


def _programmes(document: SloganDocument, edges: _Edges) -> Iterator[tx.Span]:
    """Names of programmes that head a chapter or stand among the aims: 强城行动."""
    programme = document.expressions[_PROGRAMME]
    for number in sorted(document.heads | document.aims):
        start, end, *_ = document.sentences[number]
        for at in edges.verbs_in(start, end):
            match = programme.match(document.text, at, end)
            if match:
                yield match.span()


def _brands(document: SloganDocument, edges: _Edges) -> Iterator[tuple[str, Iterable[tx.Span]]]:
    """A word before or behind the place's name: 健康瓯海, 瓯海模式, 壮美广西, 现代化新重庆."""
    begins = set(edges.all)
    for place in document.places[:2]:
        spans = [match.span() for match in re.finditer(re.escape(place), document.text)]
        for kind, template in _BRANDS.items():
            pattern = document.expressions[_of_place(template, place)]
            matches = (_match_over(pattern, document.text, span) for span in spans)
            found = [span for span in matches if span]
            yield kind, found
            yield "brand within a clause", [span for span in found if span[0] not in begins]
        # Before the name of the place above mostly stands who visited it or spoke of it.
        if place == document.places[0]:
            yield "modifier and place", _modified(document, edges, place, spans)


def _modified(
    document: SloganDocument, edges: _Edges, place: str, spans: list[tx.Span]
) -> Iterator[tx.Span]:
    """A place with what stands before it from an edge on: 壮美广西, 现代化新重庆."""
    pattern = document.expressions[_of_place(_MODIFIED, place)]
    inner = set(edges.inner)
    for start, _ in spans:
        match = pattern.match(document.text, start) if start not in inner else None
        if match:
            for edge in edges.before(start, _MODIFIER_LENGTHS, inner=False):
                if edge in inner or start - edge <= _SHORT_MODIFIER:
                    yield edge, match.end()


def _of_place(template: str, place: str) -> str:
    """An expression with a place in it: PLACE has no suffix, WHOLE has one where it is printed."""
    whole = f"(?: {_SUFFIXED} | PLACE )"
    return template.replace("WHOLE", whole).replace("PLACE", re.escape(place))


def _match_over(pattern: re.Pattern[str], text: str, span: tx.Span) -> tx.Span | None:
    """The match of an expression around a span that is known to be in it."""
    for match in pattern.finditer(text, max(0, span[0] - _NEAR), span[1] + _NEAR):
        if match.start() <= span[0] and span[1] <= match.end():
            return match.span()
    return None


def _substituted(document: SloganDocument) -> Iterator[tx.Span]:
    """科技兴海、人才强海: a place or sector put into a national formula, alone and in a row."""
    pattern = document.expressions[_SUBSTITUTED]
    spans = [match.span() for match in pattern.finditer(document.text)]
    yield from spans
    row: list[tx.Span] = []
    for span in spans:
        joined = row and document.text[row[-1][1] : span[0]] in ("", "、", "，", ",")
        row = [*row, span] if joined else [span]
        if joined:
            yield row[0][0], span[1]


def _rows(document: SloganDocument, edges: _Edges) -> Iterator[tuple[str, list[tx.Span]]]:
    """Rows of three and more limbs of one length: 多作贡献、能快则快、争先进位."""
    begins = {document.sentences[number].start for number in document.heads}
    for start, end in even_rows(document.text, begins.union(edges.inner)):
        count = len(_MARKS.findall(document.text, start, end)) + 1
        if count > 2:
            yield f"row of {min(count, _MAX_LIMBS)}", [(start, end)]


def _twos(document: SloganDocument, edges: _Edges) -> Iterator[tx.Span]:
    """Two limbs of one length alone, from an edge to the end of the clause: 向海图强、开放发展."""
    text, begins = document.text, set(edges.all)
    for match in _SECOND.finditer(text):
        start = match.start() - len(match[1])
        whole = start in begins and not _FURTHER.match(text, max(0, start - 3))
        if whole and LIMB.fullmatch(text, start, match.start()):
            yield start, match.end()


def _repeated(document: SloganDocument, found: dict[tx.Span, set[str]]) -> Iterator[tx.Span]:
    """Every further place of a label, a heading's tail or a row."""
    spans = [span for span, kinds in found.items() if not kinds.isdisjoint(_REPEATABLE)]
    words = {wording(document.text[slice(*span)]) for span in spans}
    forms = sorted(form for form in words if len(form) > _SHORTEST_FORM)
    return (span for span in document.places_of(forms) if span not in found)
