"""Where a numeral's list is spelled out, and where headings spell out a formula."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from policytext import text as tx
from policytext.formulae import wording
from policytext.slogan_document import Document, Mention, Sentence

_DIGIT = {char: n for n, char in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2}
_NUMERALS = re.compile(r"[一二三四五六七八九十两双]+|\d+")
_NO_COUNT = re.compile(
    r"[NXM]|^\d{3,}|^十?[一二三四五六七八九]五|^[一二三四五六七八九]{2}|[、，,]|一体$|^第"
)
_COUNT_OF = re.compile(r"(?:[一二三四五六七八九十两]+|\d+)[个大项条张]")
_SEPARATED = re.compile(r"[^、]+")
_BEFORE = re.compile(r"[^，,。；;：:！？!?\n（）()“”]*$")
_OPENING = re.compile(
    r"[”’」]?[\u4e00-\u9fff]{0,6}?(?:[：:]|[（(](?:即)?|[，,]即|——|是指|指的是|包括)"
    r"(?:分别)?(?:是指|指|即|包括|主要包括|具体为)?"
)
# A list that is longer, up to its stop, is none: the longest of 282 found in reports has 207
# characters. Unbounded, text without a stop would be gone through from each numeral to its end.
_ITEMS = re.compile(r"[^。；;！？!?\n）)]{1,600}+(?![^。；;！？!?\n）)])")
_OPEN = re.compile(r"等")
_NOT_ITEM = re.compile("(?:实现|达到|推动|形成|为|的|等)$")
_AND = re.compile("(?<=.)[和与及](?=.)")
_MARK = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+[、.．章节]|[（(][一二三四五六七八九十\d]+[)）]|#+\s*)"
)
_MOST = 15
_LONGEST_ITEM = 20
_NAMELY = 5

_ByPair = dict[str, list[tx.Span]]


class Listing(NamedTuple):
    """A numeral abbreviation, what it declares, and the list found behind it."""

    numeral: tx.Span
    declared: int
    items: tuple[tx.Span, ...]
    is_open: bool
    where: str


def declared_number(passage: str) -> int | None:
    """How many things a numeral abbreviation announces; chains add up.

    None for codes with N, five-year plans, names made of two numerals (八八战略), and what begins
    with one (一件事).

    >>> declared_number("六大赋能"), declared_number("一区五岛两示范"), declared_number("七个一")
    (6, 8, 7)
    >>> declared_number("1+N"), declared_number("十四五"), declared_number("一件事")
    (None, None, None)
    """
    if _NO_COUNT.search(passage):
        return None
    counts = numerals_of(passage)
    total = sum(counts)
    return total if total > 1 else None


def numerals_of(passage: str) -> list[int]:
    """The numerals of an abbreviation one by one; in 七个一 and 六个100% the first alone counts."""
    found = [_value(match[0]) for match in _NUMERALS.finditer(passage)]
    return found[:1] if _COUNT_OF.match(passage) else found


def _value(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return sum(_DIGIT[char] for char in numeral)
    return 10 * _DIGIT.get(tens, 1) + _DIGIT.get(ones, 0)


def listings(document: Document) -> Iterator[Listing]:
    """The lists that stand at, or as headings under, the numeral abbreviations of a document."""
    headings = _by_pair(document)
    for span in sorted(document.abbreviations):
        declared = declared_number(document.text[slice(*span)])
        if declared and 2 <= declared <= _MOST:
            yield from _found(document, span, declared, headings)


def _found(
    document: Document, span: tx.Span, declared: int, headings: _ByPair
) -> Iterator[Listing]:
    before = _list_before(document.text, span, declared)
    after = _with_last(document.text, _list_after(document.text, span), declared)
    under = _headings(document, span, declared, headings)
    if before:
        yield Listing(span, declared, before, False, "before")
    elif after:
        is_open = bool(_OPEN.match(document.text, after[-1][1]))
        yield Listing(span, declared, after, is_open, "after")
    elif under:
        yield Listing(span, declared, under, False, "headings")


def _list_before(text: str, span: tx.Span, declared: int) -> tuple[tx.Span, ...]:
    """As many limbs, joined by 、, as the numeral says, right before it."""
    at = span[0]
    at -= text[at - 1 : at] in ("“", "‘")
    quoted = text[at - 1 : at] == "”"
    if quoted:
        start = text.rfind("“", max(0, at - 120), at - 1)
        limbs = [match.span() for match in _SEPARATED.finditer(text, start + 1, at - 1)]
        return tuple(limbs) if start >= 0 and len(limbs) == declared else ()
    left = _BEFORE.search(text, max(0, at - 120), at)
    limbs = [match.span() for match in _SEPARATED.finditer(text, *left.span())] if left else []
    if limbs and _NOT_ITEM.search(text, *limbs[-1]):
        return ()
    chain = len(_NUMERALS.findall(text[slice(*span)])) > 1
    if len(limbs) < declared or declared < 3 or chain:
        return ()
    return _cut_first(text, limbs[-declared:])


def _cut_first(text: str, limbs: list[tx.Span]) -> tuple[tx.Span, ...]:
    """Leave out what stands before the first item: items are of one length."""
    lengths = sorted(b - a for a, b in limbs[1:])
    length = lengths[len(lengths) // 2]
    if lengths[-1] - lengths[0] > 2 or length > _LONGEST_ITEM:
        return ()
    first = (max(limbs[0][0], limbs[0][1] - length), limbs[0][1])
    return (first, *limbs[1:])


def _list_after(text: str, span: tx.Span) -> tuple[tx.Span, ...]:
    """A list after a colon, in brackets, or after 即."""
    opening = _OPENING.match(text, span[1])
    items = _ITEMS.match(text, opening.end()) if opening else None
    if not items:
        return ()
    limbs = [match.span() for match in _SEPARATED.finditer(text, *items.span())]
    if len(limbs) < 2:
        limbs = [m.span() for m in re.compile(r"[^，,]+").finditer(text, *items.span())]
    limbs = [_without_open(text, limb) for limb in limbs]
    return tuple(limbs) if 1 < len(limbs) <= _MOST else ()


def _with_last(text: str, items: tuple[tx.Span, ...], declared: int) -> tuple[tx.Span, ...]:
    """Part the last two items, joined by 和, where just one is missing."""
    joint = _AND.search(text, *items[-1]) if len(items) == declared - 1 else None
    if not joint:
        return items
    start, end = items[-1]
    return (*items[:-1], (start, joint.start()), (joint.end(), end))


def _without_open(text: str, limb: tx.Span) -> tx.Span:
    cut = text.find("等", *limb)
    return (limb[0], cut) if cut > limb[0] else limb


def _by_pair(document: Document) -> _ByPair:
    """The headings, without their numbers, by each pair of characters that they hold."""
    text = document.text
    found: _ByPair = defaultdict(list)
    for heading in document.sentences:
        if heading.part == "heading":
            start, end = _bare_heading(text, heading)
            for pair in {text[at : at + 2] for at in range(start, end - 1)}:
                found[pair].append((start, end))
    return found


def _headings(
    document: Document, span: tx.Span, declared: int, headings: _ByPair
) -> tuple[tx.Span, ...]:
    """Headings that share the abbreviation's noun, as many as its numeral says: 六大赋能."""
    noun = re.sub(r"^[一二三四五六七八九十两\d]+[大个项条种]?", "", document.text[slice(*span)])
    if len(noun) < 2 or _NUMERALS.search(noun):
        return ()
    pairs = (noun[at : at + 2] for at in range(len(noun) - 1))
    likely = min((headings.get(pair, []) for pair in pairs), key=len)
    with_noun = ((a, b) for a, b in likely if document.text.find(noun, a, b) > a)
    spans = list(islice(with_noun, _MOST + 1))
    short = all(b - a <= _LONGEST_ITEM and "," not in document.text[a:b] for a, b in spans)
    return tuple(spans) if short and len(spans) == declared else ()


def _bare_heading(text: str, heading: Sentence) -> tx.Span:
    """A heading without its number and its stop."""
    line = text[heading.start : heading.end]
    mark = _MARK.match(line)
    start = heading.start + (mark.end() if mark else 0)
    return start, heading.start + len(line.rstrip("。；;：: "))


def list_mentions(document: Document, lists: Iterable[Listing]) -> Iterator[Mention]:
    """Each list behind a numeral is an expansion of it; so is each heading that is an item."""
    for listing in lists:
        if listing.where == "after" and not is_clean(document, listing):
            continue
        spans = (
            listing.items
            if listing.where == "headings"
            else ((listing.items[0][0], listing.items[-1][1]),)
        )
        name = document.text[slice(*listing.numeral)]
        for start, end in spans:
            yield Mention(
                *(start, end, document.text[start:end]),
                *(True, ("numeral",), f"list {listing.where} its numeral"),
                quoted="full" if document.quoting((start, end)) == "full" else "none",
                basis="document",
                canonical=name,
                echo="expansion",
            )


def items_of_lists(document: Document, lists: Iterable[Listing]) -> dict[str, str]:
    """The wordings of the items of clean lists, with the numeral that stands for each."""
    return {
        wording(document.text[a:b]): document.text[slice(*listing.numeral)]
        for listing in lists
        if is_clean(document, listing)
        for a, b in listing.items
        if b - a > _NAMELY
    }


def is_clean(document: Document, listing: Listing, of_any_length: bool = False) -> bool:
    """Whether it is a list and no explanation: short items, no sentence, as many as declared.

    Args:
        document: Where the list stands.
        listing: The list.
        of_any_length: Ask for short items of one make only, however many they are.
    """
    items = [document.text[a:b] for a, b in listing.items]
    short = all(len(item) <= _LONGEST_ITEM and not re.search("[，,“”]", item) for item in items)
    if of_any_length:
        return short and len({len(item) for item in items}) <= 2 and len(items) > 2
    counts = numerals_of(document.text[slice(*listing.numeral)])
    return short and (len(items) == listing.declared or {len(items)} == set(counts))
