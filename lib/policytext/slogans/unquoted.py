"""Slogans without quotation marks that one document shows by itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from policytext import text as tx
from policytext.corpus.document import Sentence
from policytext.slogans.document import (
    Mention,
    SloganDocument,
    Spans,
    Words,
    cue_words,
    mention_at,
)
from policytext.slogans.formulae import formula_index
from policytext.slogans.parallel import closes_quote
from policytext.slogans.quoted import PLAN
from policytext.text.abbreviations import is_distinct
from policytext.text.clean import HAN, wording
from policytext.text.patterns import any_of, occurrences

_AIM = re.compile(
    r"总体要求|总体思路|指导思想|总体目标|工作要求|奋斗目标|发展目标|发展定位|总的要求"
)
_TITLE_LABEL = re.compile(
    rf"""
    (?:建设|打造|共建)
    ({HAN}{{3,8}}?)
    (?:新征程|新篇章|新局面|新样板|新实践|的?答卷|新画卷)  # a new journey, page, picture of it
    """,
    re.VERBOSE,
)
# What a whole place may become; 高地 and 中心 in such a sentence are mostly an industry's.
_PLACE = re.compile(
    rf"""
    (?:打造|建设|建成|创建)
    ({HAN}{{2,10}}
      (?:城区|都市|之城|之区|城市|家园|新城|强区|名城))    # a city, a district, a home
    [。；;]?$
    """,
    re.VERBOSE,
)
_GOAL = re.compile(
    rf"""
    (?:建设|打造|建成)(?:好|成)?
    ((?:(?!建设|打造|建成|[为与以]){HAN}){{4,20}}?)
    的?(?:奋斗|发展|建设|战略)?(?:总?目标|定位)            # is the aim, the positioning
    """,
    re.VERBOSE,
)
_RUN_IN = 20
_SLOT = 8


def position_mentions(document: SloganDocument) -> Iterator[Mention]:
    """Positions where the aims of the text are stated, and labels in its title."""
    yield from _positions(document, cue_words(document.lexicon))
    yield from _title_labels(document)


def _positions(document: SloganDocument, words: Words) -> Iterator[Mention]:
    """What the whole place is to become, where the aims of the text are stated."""
    headed: list[Mention] = []
    for sentence in document.sentences:
        found = list(_in_sentence(document, sentence, words))
        if sentence.part == "heading" or _is_run_in(sentence):
            headed.extend(found)
        else:
            yield from found
    yield from _without_templates(headed)
    for match in _GOAL.finditer(document.text):
        yield from _position(document, match.span(1))


def _in_sentence(document: SloganDocument, sentence: Sentence, words: Words) -> Iterator[Mention]:
    pattern = words.building if _states_aims(document, sentence) else None
    if pattern is None and _is_run_in(sentence):
        pattern = _PLACE
    for match in pattern.finditer(document.text, sentence.start, sentence.end) if pattern else ():
        yield from _position(document, match.span(1))


def _without_templates(headed: list[Mention]) -> Iterator[Mention]:
    """Headings that put one word after the other before the same noun are extended."""
    slots: dict[str, set[str]] = {}
    for mention in headed:
        slots.setdefault(mention.text[-2:], set()).add(mention.text)
    for mention in headed:
        same = slots[mention.text[-2:]]
        template = len(same) > 2 and len(mention.text) <= _SLOT
        yield replace(mention, core=not template)


def _position(document: SloganDocument, found: tx.Span) -> Iterator[Mention]:
    span = _trimmed(document.text, *found)
    passage = document.text[slice(*span)]
    known = formula_index(document.lexicon).known(passage, document.province, document.year)
    if len(passage) >= _SLOT - 4 and not known and document.quoting(span) == "none":
        types = ("parallel", "positioning") if "、" in passage else ("positioning",)
        yield mention_at(document, span, types, "position among the aims")


def _is_run_in(sentence: Sentence) -> bool:
    """A short first sentence that heads its paragraph."""
    return sentence.opens and sentence.end - sentence.start <= _RUN_IN


def _states_aims(document: SloganDocument, sentence: Sentence) -> bool:
    """Titles, headings, and the sentences that state or stand under the general aims."""
    if sentence.part in ("title", "heading"):
        return True
    line = document.text[sentence.start : sentence.end]
    return bool(_AIM.search(line))


def _trimmed(text: str, start: int, end: int) -> tx.Span:
    """Leave out an attribute that ends in 的, except 具有…的."""
    if re.match("具有|更具|富有|拥有", text[start:end]):
        return start, end
    return text.rfind("的", start, end) + 1 or start, end


def _title_labels(document: SloganDocument) -> Iterator[Mention]:
    """A label that the title builds and the text takes up: 建设海上花园新征程."""
    for sentence in document.sentences:
        if sentence.part != "title":
            continue
        for match in _TITLE_LABEL.finditer(document.text, sentence.start, sentence.end):
            if document.text.count(match[1]) > 1:
                yield mention_at(document, match.span(1), ("place_brand",), "label in the title")


_SUBSTITUTED = re.compile(
    r"""
    (?: 科技 | 科教 | 人才 | 教育 | 文化 | 创新 | 改革 | 开放 | 创业      # by science, talent …
      | 工业 | 制造 | 商贸 | 产业 | 农业 | 海洋 | 旅游 | 文旅 | 实业      # by an industry
      | 质量 | 生态 | 品牌 | 项目 | 环境 )                                # by quality …
    (?:兴|强|立)
    (?: 区 | 市 | 县 | 镇 | 城 | 海 | 湾 | 岛 | 村 | 街 | 乡 | 州 | 旗 )  # strengthen the place
    (?!域|场|级|区)                                                       # 强市场 is another word
    """,
    re.VERBOSE,
)
_SPIRIT = re.compile(rf"(?:以|弘扬|传承|发扬|践行|赓续|永葆|秉承|继承){{1,4}}({HAN}{{2,4}}?精神)")
_BEFORE_BRAND = re.compile(r"(?:[^\u4e00-\u9fff]|[的了和与]|^)$")
_LONG = 3
_WEAK = 4
_WEAK_RULES = ("before a word", "shorthand", "halves", "quoted clause")
_LONGER_NAME = re.compile("(?!建设|[和与的])[\\u4e00-\\u9fff]{0,4}[区城园]")


def bare_mentions(document: SloganDocument, quoted: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions that stand outside quotation marks, or inside a longer quotation."""
    found = list(quoted)
    words = cue_words(document.lexicon)
    yield from _abbreviations(document)
    yield from _known(document)
    yield from _plans(document)
    yield from _brands(document, words)
    yield from _spirits(document, words)
    yield from _substituted(document)
    labels = list(position_mentions(document))
    yield from labels
    yield from _again(document, [*found, *labels])


def _abbreviations(document: SloganDocument) -> Iterator[Mention]:
    """Numeral abbreviations outside quotation marks; those inside are parts of a formula."""
    quotes = Spans(document.quotes)
    for span in sorted(document.abbreviations - set(document.quotes)):
        if quotes.around(span):
            continue
        code = re.fullmatch(r"[\dNXMSV+\s]+", document.text[slice(*span)])
        yield mention_at(document, span, ("code" if code else "numeral",), "bare numeral")


def _known(document: SloganDocument) -> Iterator[Mention]:
    """Formulae of the lexicon; without quotation marks only numerals are core."""
    index = formula_index(document.lexicon)
    quotes, around = set(document.quotes), Spans(document.quotes)
    for start, end, formula in index.find(document.without_marks, document.province, document.year):
        end += closes_quote(document.text, start, end)
        if document.cuts_quote((start, end)):
            continue
        numeral = {"numeral", "code"} & set(formula.types)
        if (start, end) in quotes or (numeral and len(wording(formula.formula)) < _LONG):
            continue
        yield mention_at(
            document,
            (start, end),
            formula.types,
            "known formula",
            core=formula.core and bool(numeral) and not around.around((start, end)),
            basis="lexicon",
            level=formula.level,
            level_basis="lexicon",
            level_evidence=formula.source,
        )


def _plans(document: SloganDocument) -> Iterator[Mention]:
    """Five-year plans that the lexicon need not know."""
    for match in PLAN.finditer(document.text):
        if (
            document.quoting(match.span()) != "full"
            and document.text[match.start() - 1] not in "第二三"
        ):
            yield mention_at(
                *(document, match.span(), ("numeral", "policy_name"), "five-year plan"),
                level="central",
                level_basis="lexicon",
                level_evidence="五年规划 five-year plan",
            )


def _brands(document: SloganDocument, words: Words) -> Iterator[Mention]:
    """健康 or 美丽 before the place's own name."""
    quotes, text = Spans(document.quotes), document.text
    for place in any_of(document.places).finditer(text) if document.places else ():  # type: ignore[union-attr]
        for length in (2, 1):
            start = place.start() - length
            if start < 0 or text[start : place.start()] not in words.brands:
                continue
            before = text[max(0, start - 2) : start]
            free = before in words.verbs or _BEFORE_BRAND.search(before)
            if free and not quotes.around((start, place.end()), True):
                span = (start, place.end())
                yield mention_at(document, span, ("place_brand",), "brand word and place")


def _spirits(document: SloganDocument, words: Words) -> Iterator[Mention]:
    """A spirit with a name of its own: 弘扬红船精神."""
    for match in _SPIRIT.finditer(document.text):
        name = match[1].removesuffix("精神")
        if "的" not in name and not any(name.endswith(word) for word in words.common_spirit):
            yield mention_at(document, match.span(1), ("spirit",), "named spirit")


def _substituted(document: SloganDocument) -> Iterator[Mention]:
    """科技兴海、人才强海: a place or sector put into a national formula."""
    runs: list[tx.Span] = []
    for match in _SUBSTITUTED.finditer(document.text):
        start, end = match.span()
        if runs and start == runs[-1][1] + 1 and document.text[start - 1] in "、，, ":
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    for span in runs:
        text = document.text[slice(*span)]
        row = len(text) > _LONG + 1
        core = row or "兴" in text or "立" in text
        types = ("borrowed_variant", "parallel") if row else ("borrowed_variant",)
        if document.quoting(span) != "full":
            yield mention_at(document, span, types, "substituted formula", core=core)


def _repeatable(mention: Mention) -> bool:
    """Whether a form is known again bare: no common term, no count of any things (十大行动)."""
    words = wording(mention.text)
    term = mention.level and not {"numeral", "code"} & set(mention.types)
    return not term and is_distinct(words)


def _again(document: SloganDocument, known: Iterable[Mention]) -> Iterator[Mention]:
    """Every further use of a form that is core elsewhere in the document."""
    forms = {wording(m.text): m for m in known if m.core and _repeatable(m)}
    pattern = any_of(forms)
    taken = {(m.start, m.end) for m in known}
    view = document.without_marks
    for match in occurrences(pattern, view.text) if pattern else ():
        span = view.source_span(*match.span())
        source = forms[match[0]]
        cut = document.cuts_quote(span) or not _stands_alone(document, span, source)
        if span not in taken and not cut:
            rule = f"again: {source.rule}"
            core = document.quoting(span) == "full" or not _is_weak(source)
            yield mention_at(document, span, source.types, rule, core=core, basis="document")


def _is_weak(mention: Mention) -> bool:
    """Short forms that only their neighbours made a slogan are extended when bare."""
    return len(mention.text) <= _WEAK and mention.rule.startswith(_WEAK_RULES)


def _stands_alone(document: SloganDocument, span: tx.Span, source: Mention) -> bool:
    """A position is not the beginning of a longer name."""
    longer = _LONGER_NAME.match(document.text, span[1])
    return "positioning" not in source.types or not longer
