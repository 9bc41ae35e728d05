"""What the whole place is to become, and the labels its title gives it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from policytext import text as tx
from policytext.formulae import formula_index
from policytext.slogan_document import Document, Mention, Sentence, mention_at
from policytext.slogan_words import Words, cue_words

_HAN = r"[\u4e00-\u9fff]"
_AIM = re.compile(
    r"总体要求|总体思路|指导思想|总体目标|工作要求|奋斗目标|发展目标|发展定位|总的要求"
)
_TITLE_LABEL = re.compile(
    rf"(?:建设|打造|共建)({_HAN}{{3,8}}?)(?:新征程|新篇章|新局面|新样板|新实践|的?答卷|新画卷)"
)
# What a whole place may become; 高地 and 中心 in such a sentence are mostly an industry's.
_PLACE = re.compile(
    rf"(?:打造|建设|建成|创建)({_HAN}{{2,10}}"
    "(?:城区|都市|之城|之区|城市|家园|新城|强区|名城))[。；;]?$"
)
_GOAL = re.compile(
    rf"(?:建设|打造|建成)(?:好|成)?((?:(?!建设|打造|建成|[为与以]){_HAN}){{4,20}}?)"
    "的?(?:奋斗|发展|建设|战略)?(?:总?目标|定位)"
)
_RUN_IN = 20
_SLOT = 8


def position_mentions(document: Document) -> Iterator[Mention]:
    """Positions where the aims of the text are stated, and labels in its title."""
    yield from _positions(document, cue_words(document.lexicon))
    yield from _title_labels(document)


def _positions(document: Document, words: Words) -> Iterator[Mention]:
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


def _in_sentence(document: Document, sentence: Sentence, words: Words) -> Iterator[Mention]:
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


def _position(document: Document, found: tx.Span) -> Iterator[Mention]:
    span = _trimmed(document.text, *found)
    passage = document.text[slice(*span)]
    known = formula_index(document.lexicon).known(passage, document.province, document.year)
    if len(passage) >= _SLOT - 4 and not known and document.quoting(span) == "none":
        types = ("parallel", "positioning") if "、" in passage else ("positioning",)
        yield mention_at(document, span, types, "position among the aims")


def _is_run_in(sentence: Sentence) -> bool:
    """A short first sentence that heads its paragraph."""
    return sentence.opens and sentence.end - sentence.start <= _RUN_IN


def _states_aims(document: Document, sentence: Sentence) -> bool:
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


def _title_labels(document: Document) -> Iterator[Mention]:
    """A label that the title builds and the text takes up: 建设海上花园新征程."""
    for sentence in document.sentences:
        if sentence.part != "title":
            continue
        for match in _TITLE_LABEL.finditer(document.text, sentence.start, sentence.end):
            if document.text.count(match[1]) > 1:
                yield mention_at(document, match.span(1), ("place_brand",), "label in the title")
