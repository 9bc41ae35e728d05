"""Slogans without quotation marks that one document shows by itself."""

import re
from collections.abc import Iterable, Iterator

from policytext import text as tx
from policytext.formulae import any_of, formula_index, is_distinct, occurrences, wording
from policytext.slogan_document import Document, Mention, Spans, mention_at
from policytext.slogan_judging import PLAN
from policytext.slogan_positions import position_mentions
from policytext.slogan_words import Words, cue_words

_HAN = r"[\u4e00-\u9fff]"
_SUBSTITUTED = re.compile(
    r"(?:科技|科教|人才|工业|制造|文化|教育|质量|生态|旅游|文旅|商贸|产业|创新|农业|海洋|品牌|项目|环境|开放"
    r"|改革|实业|创业)(?:兴|强|立)(?:区|市|县|镇|城|海|湾|岛|村|街|乡|州|旗)(?!域|场|级|区)"
)
_SPIRIT = re.compile(rf"(?:以|弘扬|传承|发扬|践行|赓续|永葆|秉承|继承){{1,4}}({_HAN}{{2,4}}?精神)")
_BEFORE_BRAND = re.compile(r"(?:[^\u4e00-\u9fff]|[的了和与]|^)$")
_LONG = 3
_WEAK = 4
_WEAK_RULES = ("before a word", "shorthand", "halves", "quoted clause")
_LONGER_NAME = re.compile("(?!建设|[和与的])[\\u4e00-\\u9fff]{0,4}[区城园]")


def bare_mentions(document: Document, quoted: Iterable[Mention]) -> Iterator[Mention]:
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


def _abbreviations(document: Document) -> Iterator[Mention]:
    """Numeral abbreviations outside quotation marks; those inside are parts of a formula."""
    quotes = Spans(document.quotes)
    for span in sorted(document.abbreviations - set(document.quotes)):
        if quotes.around(span):
            continue
        code = re.fullmatch(r"[\dNXMSV+\s]+", document.text[slice(*span)])
        yield mention_at(document, span, ("code" if code else "numeral",), "bare numeral")


def _known(document: Document) -> Iterator[Mention]:
    """Formulae of the lexicon; without quotation marks only numerals are core."""
    index = formula_index(document.lexicon)
    quotes, around = set(document.quotes), Spans(document.quotes)
    for start, end, formula in index.find(document.stripped, document.province, document.year):
        start, end = _with_marks(document.text, start, end)
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


def _with_marks(text: str, start: int, end: int) -> tx.Span:
    """Take in a quotation mark that closes where the wording ends, if it opens inside."""
    inside = text[start:end]
    if inside.count("“") > inside.count("”") and text[end : end + 1] == "”":
        end += 1
    return start, end


def _plans(document: Document) -> Iterator[Mention]:
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


def _brands(document: Document, words: Words) -> Iterator[Mention]:
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


def _spirits(document: Document, words: Words) -> Iterator[Mention]:
    """A spirit with a name of its own: 弘扬红船精神."""
    for match in _SPIRIT.finditer(document.text):
        name = match[1].removesuffix("精神")
        if "的" not in name and not any(name.endswith(word) for word in words.common_spirit):
            yield mention_at(document, match.span(1), ("spirit",), "named spirit")


def _substituted(document: Document) -> Iterator[Mention]:
    """科技兴海、人才强海: a place or sector put into a national formula."""
    run: list[int] = []
    for match in _SUBSTITUTED.finditer(document.text):
        if run and match.start() == run[1] + 1 and document.text[run[1]] in "、，, ":
            run[1] = match.end()
            continue
        yield from _run(document, run)
        run = list(match.span())
    yield from _run(document, run)


def _run(document: Document, run: list[int]) -> Iterator[Mention]:
    if run and document.quoting((run[0], run[1])) != "full":
        span = (run[0], run[1])
        text = document.text[slice(*span)]
        core = "兴" in text or "立" in text or len(text) > _LONG + 1
        types = ("borrowed_variant", "parallel") if len(text) > _LONG + 1 else ("borrowed_variant",)
        yield mention_at(document, span, types, "substituted formula", core=core)


def _repeatable(mention: Mention) -> bool:
    """Whether a form is known again bare: no common term, no count of any things (十大行动)."""
    words = wording(mention.text)
    term = mention.level and not {"numeral", "code"} & set(mention.types)
    return not term and is_distinct(words)


def _again(document: Document, known: Iterable[Mention]) -> Iterator[Mention]:
    """Every further use of a form that is core elsewhere in the document."""
    forms = {wording(m.text): m for m in known if m.core and _repeatable(m)}
    pattern = any_of(forms)
    taken = {(m.start, m.end) for m in known}
    view = document.stripped
    for match in occurrences(pattern, view.text) if pattern else ():
        span = (view.at[match.start()], view.at[match.end() - 1] + 1)
        source = forms[match[0]]
        cut = document.cuts_quote(span) or not _stands_alone(document, span, source)
        if span not in taken and not cut:
            rule = f"again: {source.rule}"
            core = document.quoting(span) == "full" or not _is_weak(source)
            yield mention_at(document, span, source.types, rule, core=core, basis="document")


def _is_weak(mention: Mention) -> bool:
    """Short forms that only their neighbours made a slogan are extended when bare."""
    return len(mention.text) <= _WEAK and mention.rule.startswith(_WEAK_RULES)


def _stands_alone(document: Document, span: tx.Span, source: Mention) -> bool:
    """A position is not the beginning of a longer name."""
    longer = _LONGER_NAME.match(document.text, span[1])
    return "positioning" not in source.types or not longer
