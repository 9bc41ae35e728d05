"""The list that a numeral announces, where as many items stand as it declares.

Its items are echoes of the numeral, and the declared number helps to find where they begin and
end. Whether the number holds is another question: `numeral_lists` finds lists without it.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice, pairwise
from operator import add
from typing import NamedTuple

from policytext import text as tx
from policytext.corpus.document import Sentence
from policytext.lexicon.abbreviations import COUNTING
from policytext.slogans.document import Mention, SloganDocument, mention_at
from policytext.text.clean import HAN, wording
from policytext.text.numerals import UP_TO_TEN
from policytext.text.patterns import TextIndex, Words

_LONGEST_PART = 8


def headline_mentions(document: SloganDocument) -> Iterator[Mention]:
    """A formula of the title whose parts the headings quote one by one: 谋高做深落实."""
    view = document.without_marks
    parts = _heading_quotes(document)
    if len(parts) < 2:
        return
    titles = "\n".join(
        wording(document.text[s.start : s.end]) for s in document.sentences if s.part == "title"
    )
    headlines = "\n".join([titles, *(wording(document.text[a:b]) for a, b in document.quotes)])
    whole = _whole(headlines, [wording(document.text[a:b]) for a, b in parts])
    if not whole:
        return
    parts = [span for span in parts if wording(document.text[slice(*span)]) in whole]
    for match in re.finditer(re.escape(whole), view.text):
        span, rule = view.source_span(*match.span()), "headings quote its parts"
        yield mention_at(document, span, ("parallel",), rule, quoted="none")
    of_whole = {"basis": "document", "canonical": whole, "echo": "member"}
    for span in parts:
        yield mention_at(document, span, ("parallel",), "part of the headline", **of_whole)


def _whole(text: str, parts: list[str]) -> str | None:
    """The longest row of at least two neighbouring parts that the text has in one piece."""
    pairs = [one + two for one, two in pairwise(parts)]
    # All at once: of hundreds of headings hardly a pair is in the text.
    pieces = {pair for pair, _ in TextIndex(text).places(Words(pairs))}
    held = [
        row
        for first, pair in enumerate(pairs)
        if pair in pieces
        for row in accumulate(parts[first : first + 8])
        if len(row) >= len(pair) and row in text
    ]
    return max(held, key=len, default=None)


def _heading_quotes(document: SloganDocument) -> list[tx.Span]:
    """The first quotation of each paragraph's first sentence, where it is a short one."""
    starts = [start for start, _ in document.quotes]
    found: list[tx.Span] = []
    for opening in document.sentences:
        if opening.opens and opening.part not in ("title", "glossary"):
            at = bisect_left(starts, opening.start)
            quote = document.quotes[at] if at < len(starts) else (opening.end, opening.end)
            short = quote[1] <= opening.end and quote[1] - quote[0] <= _LONGEST_PART
            # Of words and not of marks: “汰、” is a single character, “' ” none.
            if short and len(wording(document.text[slice(*quote)])) > 1:
                found.append(quote)
    return found


_NUMERALS = re.compile(r"[一二三四五六七八九十两双]+|\d+")
_NO_COUNT = re.compile(
    r"[NXM]|^\d{3,}|^十?[一二三四五六七八九]五|^[一二三四五六七八九]{2}|[、，,]|^第"
)
_ONE_BODY = re.compile("一体$")  # 三位一体: three are one, and not three and one more
_COUNT_OF = re.compile(rf"(?:[一二三四五六七八九十两]+|\d+)[{COUNTING}]")
_EDGE = re.compile(r"[，,。；;：:！？!?\n（）()“”]")
OPENING = r"""
    [”’」]? {HAN}{0,6}?                                      # what the numeral counts
    (?: [：:] | [（(]即? | [，,]即 | —— | {opens a list} )   # a mark or a verb
    (?:分别)? {names its items}?                             # which are
    """
# A list that is longer, up to its stop, is none. Unbounded, text without a stop would be gone
# through from each numeral to its end.
ITEMS = re.compile(r"[^。；;！？!?\n）)]{1,600}+(?![^。；;！？!?\n）)])")
_OPEN = re.compile(r"等")
_COMMA = re.compile("[，,]")
NO_ITEM = "{ends no item} $"
_AND = re.compile("(?<=.)[和与及](?=.)")
_MARK = re.compile(
    r"""
    ^ (?: 第? [一二三四五六七八九十\d]+ [、.．章节]   # 一、 第二章
    | [（(] [一二三四五六七八九十\d]+ [)）]
    | [#]+ \s* )
    """,
    re.VERBOSE,
)
MOST = 15
LONGEST_ITEM = 20
_NAMELY = 5
# One and many of anything: what of says the noun behind, by how it begins (政策, 政策措施).
_ONE_AND_MANY = re.compile(rf"1\+[NXM][”’]?的?((?![等和与及]){HAN}{{2}})")


class Listing(NamedTuple):
    """A numeral abbreviation, what it declares, and the list found behind it."""

    numeral: tx.Span
    declared: int
    items: tuple[tx.Span, ...]
    is_open: bool
    where: str


class Headings(NamedTuple):
    """The headings of a document, without their numbers: by pair of characters, and of each kind.

    ``by_pair`` has start, end and kind of number of each heading; ``kinds`` how many of each kind.
    """

    by_pair: dict[str, list[tuple[int, int, str]]]
    kinds: Counter[str]


def declared_number(passage: str) -> int | None:
    """How many things a numeral abbreviation announces; chains add up.

    None for codes with N, five-year plans, names made of two numerals (八八战略), and what begins
    with one (一件事).

    >>> [declared_number(name) for name in ("六大赋能", "一区五岛两示范", "七个一", "三位一体")]
    [6, 8, 7, 3]
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
    found = [_value(numeral) for numeral in _numerals(passage)]
    return found[:1] if _COUNT_OF.match(passage) else found


def _numerals(passage: str) -> list[str]:
    return _NUMERALS.findall(_ONE_BODY.sub("", passage))


def _value(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return sum(UP_TO_TEN[char] for char in numeral)
    return 10 * UP_TO_TEN.get(tens, 1) + UP_TO_TEN.get(ones, 0)


def listings(document: SloganDocument) -> Iterator[Listing]:
    """The lists at numeral abbreviations, or headings under them, as long as they declare."""
    headings = heading_index(document)
    for span in sorted(document.abbreviations):
        declared = declared_number(document.text[slice(*span)])
        if declared and 2 <= declared <= MOST:
            lists = _found(document, span, declared, headings)
            yield from islice((one for one in lists if is_whole(document, one)), 1)


def _found(
    document: SloganDocument, span: tx.Span, declared: int, headings: Headings
) -> Iterator[Listing]:
    """What may be the list, before the numeral, after it and in headings."""
    before, begins_open = _list_before(document, span, declared)
    yield Listing(span, declared, before, begins_open, "before")
    after = _with_last(document.text, _list_after(document, span), declared)
    ends_open = bool(after and _OPEN.match(document.text, after[-1][1]))
    yield Listing(span, declared, after, ends_open, "after")
    spans, _ = headings_with(document.text, noun_of(document.text, span), headings)
    yield Listing(span, declared, spans, False, "headings")


def is_whole(document: SloganDocument, listing: Listing) -> bool:
    """Whether a list has as many items as its numeral, or each of its numerals, declares.

    Behind a code it may spell out one number alone, or count once more: 1+3 is 甲、乙、丙 or
    1个中心、3个基地.
    """
    text, number = document.text, len(listing.items)
    numeral = text[slice(*listing.numeral)]
    counts = numerals_of(numeral)
    if number == listing.declared or {number} == set(counts):
        return True
    if "+" not in numeral or listing.where != "after" or number < 2:
        return False
    counted = [_NUMERALS.match(text, *item) for item in listing.items]
    return number in counts or [_value(one[0]) for one in counted if one] == counts


def _list_before(
    document: SloganDocument, span: tx.Span, declared: int
) -> tuple[tuple[tx.Span, ...], bool]:
    """The limbs, joined by 、, that stand right before a numeral, and whether 等 leaves them open.

    Quoted, as in “甲、乙、丙”三大工程, or behind a verb, as in 推进甲、乙、丙三大工程.
    """
    text, no_item = document.text, document.expressions[NO_ITEM]
    quoted = text[span[0] - 1 : span[0]] in ("“", "‘")
    at = span[0] - quoted
    if text[at - 1 : at] == "”":
        line = text.rfind("\n", 0, at) + 1
        start = text.rfind("“", max(line, at - 120), at - 1)
        limbs = tx.between(text, start + 1, at - 1, "、") if start >= 0 else []
        # “甲、乙”“三大工程” may as well be neighbours in a row.
        is_list = len(limbs) == declared if quoted else len(limbs) > 1
        return tuple(limbs) if is_list else (), False
    low, end = max(0, at - 120), at - (text[at - 1 : at] == "的")
    is_open = text[end - 1 : end] == "等"
    end -= is_open
    low = max((edge.end() for edge in _EDGE.finditer(text, low, end)), default=low)
    limbs = tx.between(text, low, end, "、") if "、" in text[low:end] else []
    chain = len(_numerals(text[slice(*span)])) > 1
    if len(limbs) < 3 or declared < 3 or chain or no_item.search(text, *limbs[-1]):
        return (), is_open
    return _cut_first(limbs, declared), is_open


def _cut_first(limbs: list[tx.Span], declared: int) -> tuple[tx.Span, ...]:
    """Take as many characters of the first limb as the others have; what is before leads to it.

    Where the first limb is longer than the others, it may as well be no item at all. Both counts
    are possible then, and the declared one is taken if it is one of them.
    """
    lengths = sorted(b - a for a, b in limbs[1:])
    length = lengths[len(lengths) // 2]
    if lengths[-1] - lengths[0] > 2 or length > LONGEST_ITEM:
        return ()
    if len(limbs) == declared + 1 and limbs[0][1] - limbs[0][0] > lengths[-1]:
        return tuple(limbs[1:])
    first = (max(limbs[0][0], limbs[0][1] - length), limbs[0][1])
    return (first, *limbs[1:])


def _list_after(document: SloganDocument, span: tx.Span) -> tuple[tx.Span, ...]:
    """A list after a colon, in brackets, or after 即."""
    text, opening = document.text, document.expressions[OPENING].match(document.text, span[1])
    items = ITEMS.match(text, opening.end()) if opening else None
    if not items:
        return ()
    limbs = tx.between(text, *items.span(), "、")
    if len(limbs) < 2:
        limbs = tx.between(text, *items.span(), "，,")
    limbs = [_without_open(text, limb) for limb in limbs]
    return tuple(limbs) if 1 < len(limbs) <= MOST else ()


def _with_last(text: str, items: tuple[tx.Span, ...], declared: int) -> tuple[tx.Span, ...]:
    """The declared number of items: the last two parted, or the last without what follows it."""
    joint = _AND.search(text, *items[-1]) if len(items) == declared - 1 else None
    if not joint:
        return _without_rest(text, items) if len(items) == declared else items
    start, end = items[-1]
    last_two = (start, joint.start()), (joint.end(), end)
    return (*items[:-1], *(tx.trimmed(text, *item) for item in last_two))


def _without_rest(text: str, items: tuple[tx.Span, ...]) -> tuple[tx.Span, ...]:
    """Items without the clause behind the last: 问难处、问用工、问资金，帮扶企业一百户."""
    start, end = items[-1]
    comma = _COMMA.search(text, start, end)
    return (*items[:-1], (start, comma.start())) if comma else items


def _without_open(text: str, limb: tx.Span) -> tx.Span:
    cut = text.find("等", *limb)
    return (limb[0], cut) if cut > limb[0] else limb


def heading_index(document: SloganDocument) -> Headings:
    """The headings by each pair of characters that they hold, so that none is tried in vain."""
    text, by_pair, kinds = document.text, defaultdict(list), Counter[str]()
    for heading in document.sentences:
        if heading.part == "heading":
            (start, end), kind = _bare_heading(text, heading), _mark_kind(text, heading)
            kinds[kind] += 1
            for pair in {*map(add, text[start:end], text[start + 1 : end])}:
                by_pair[pair].append((start, end, kind))
    return Headings(by_pair, kinds)


def noun_of(text: str, span: tx.Span) -> str:
    """What a numeral abbreviation counts: 赋能 of 六大赋能."""
    return re.sub(rf"^[一二三四五六七八九十两\d]+[{COUNTING}]?", "", text[slice(*span)])


def headings_with(text: str, noun: str, headings: Headings) -> tuple[tuple[tx.Span, ...], bool]:
    """Short headings that hold a noun, and whether every heading of their kind does."""
    if len(noun) < 2 or _NUMERALS.search(noun):
        return (), False
    pairs = (noun[at : at + 2] for at in range(len(noun) - 1))
    likely = min((headings.by_pair.get(pair, []) for pair in pairs), key=len)
    having = ((a, b, kind) for a, b, kind in likely if text.find(noun, a, b) > a)
    found = list(islice(having, MOST + 1))
    if not all(b - a <= LONGEST_ITEM and "," not in text[a:b] for a, b, _ in found):
        return (), False
    kinds = {kind for _, _, kind in found}
    every = len(kinds) == 1 and len(found) == headings.kinds[found[0][2]]
    return tuple((a, b) for a, b, _ in found), every


def _mark_kind(text: str, heading: Sentence) -> str:
    """How a heading is numbered, with its number left out: 、 for 二、 and （） for （二）."""
    mark = _MARK.match(text[heading.start : heading.end])
    return re.sub(r"[一二三四五六七八九十\d\s]", "", mark[0]) if mark else ""


def _bare_heading(text: str, heading: Sentence) -> tx.Span:
    """A heading without its number and its stop."""
    line = text[heading.start : heading.end]
    mark = _MARK.match(line)
    start = heading.start + (mark.end() if mark else 0)
    return tx.trimmed(text, start, heading.start + len(line.rstrip("。；;：: ")))


def list_mentions(document: SloganDocument, lists: Iterable[Listing]) -> Iterator[Mention]:
    """Each list behind a numeral is an expansion of it; so is each heading that is an item."""
    for listing in lists:
        clean = is_clean if listing.where == "after" else is_whole
        if not clean(document, listing):
            continue
        one_by_one = listing.where == "headings"
        whole = (listing.items[0][0], listing.items[-1][1])
        for span in listing.items if one_by_one else (whole,):
            yield mention_at(
                document,
                span,
                ("numeral",),
                f"list {listing.where} its numeral",
                quoted="full" if document.quoting(span) == "full" else "none",
                basis="document",
                canonical=document.text[slice(*listing.numeral)],
                echo="expansion",
                items=_wordings(document, listing),
            )


def items_of_lists(document: SloganDocument, lists: Iterable[Listing]) -> dict[str, str]:
    """The wordings of the items of clean lists, with the numeral that stands for each."""
    return {
        wording(document.text[a:b]): document.text[slice(*listing.numeral)]
        for listing in lists
        if is_clean(document, listing)
        for a, b in listing.items
        if b - a > _NAMELY
    }


def items_of_numerals(
    document: SloganDocument, lists: Iterable[Listing]
) -> dict[tx.Span, tuple[str, ...]]:
    """By numeral, the wordings of its list; of 1+N the noun, which tells as much.

    “1+N”政策 is a set of plans, “1+N”服务体系 one of offices.
    """
    nouns = {
        span: (noun[1],)
        for span in document.abbreviations
        if (noun := _ONE_AND_MANY.match(document.text, span[0]))
    }
    return nouns | {
        one.numeral: _wordings(document, one) for one in lists if is_clean(document, one)
    }


def _wordings(document: SloganDocument, listing: Listing) -> tuple[str, ...]:
    return tuple(wording(document.text[a:b]) for a, b in listing.items)


def is_clean(document: SloganDocument, listing: Listing) -> bool:
    """Whether it is a list and no explanation: short items, no sentence, as many as declared."""
    items = [document.text[a:b] for a, b in listing.items]
    short = all(len(item) <= LONGEST_ITEM and not re.search("[，,“”]", item) for item in items)
    return short and is_whole(document, listing)
