"""The list at a numeral, found by its form alone.

No function that looks for a list knows how many items the numeral declares, nor is it shown the
numeral: a list that was fitted to the number could not show that the number is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from policytext import text as tx
from policytext.lexicon.lexicon import Lexicon
from policytext.slogans.document import SloganDocument
from policytext.slogans.lists import (
    ITEMS,
    LONGEST_ITEM,
    MOST,
    NO_ITEM,
    OPENING,
    Headings,
    declared_number,
    heading_index,
    headings_with,
    noun_of,
)
from policytext.text.patterns import any_of

_EDGE = re.compile(r"[，,。；;：:！？!?\n（）()“”]")
_COMMA = re.compile("[，,]")
# 平等 and 高等 are words; 等级 is one.
_OPEN = re.compile("(?<![平同高中初上下相对])等(?!级)")
_JOINT = re.compile("(?<=.)(?:以及|和|与|及)(?=.)")
_ROW = re.compile("(?:和|与|及|、)$")
# Of a row of numerals the list may belong to another: “六稳”、“六保”：稳就业.
_IN_A_ROW = re.compile("[”’][、和与及]?[“‘]?$")
_GOES_ON = re.compile(r"[；;][^。；;！？!?\n“：:]{0,100}、")
# Marks of a sentence, and what explains one part of an abbreviation: 三山指银湖山.
_NO_ITEM = re.compile(r"[，,、“”：:（()）]|^[一二三四五六七八九十\d][^、]{1,3}指(?![标导挥南数])")
_REACH = 240
_LEAD = 6
_NEAR = 2


class Row(NamedTuple):
    """Items, whether 等 leaves them open, and whether their form says which they are."""

    items: tuple[tx.Span, ...] = ()
    is_open: bool = False
    is_sure: bool = False


class Found(NamedTuple):
    """A numeral abbreviation, the list found at it, and where: before, after or headings."""

    numeral: tx.Span
    where: str
    items: tuple[tx.Span, ...]
    is_open: bool
    is_sure: bool


class _Make(NamedTuple):
    """What the items of a list have in common: how they end or begin, or how long they are."""

    suffix: str
    prefix: str
    lengths: range

    def has(self, piece: str) -> bool:
        """Whether a piece could be one of the items."""
        if self.suffix:
            return piece.endswith(self.suffix) and piece != self.suffix
        return piece.startswith(self.prefix) if self.prefix else len(piece) in self.lengths


def lists_by_form(document: SloganDocument) -> Iterator[Found]:
    """The list at each numeral abbreviation of a document that has one."""
    headings = heading_index(document)
    for numeral in sorted(document.abbreviations):
        declared = declared_number(document.text[slice(*numeral)])
        # Longer lists are not looked for, so nothing can be said of a higher number.
        if declared and declared <= MOST:
            yield from _best(document, numeral, headings)


def _best(document: SloganDocument, numeral: tx.Span, headings: Headings) -> Iterator[Found]:
    """The list whose form is sure; of several the one that is marked most plainly."""
    text, (start, end), verbs = document.text, numeral, _verbs(document.lexicon)
    in_a_row = _IN_A_ROW.search(text, max(0, start - 3), start)
    behind = after(text, end, verbs, document.expressions[OPENING])
    rows = {
        "quoted": quoted_before(text, start, verbs),
        "after": behind._replace(is_sure=behind.is_sure and not in_a_row),
        "before": before(text, start, verbs, document.expressions[NO_ITEM]),
        "headings": Row(under_headings(text, noun_of(text, numeral), headings), is_sure=True),
    }
    held = sorted((not row.is_sure, at) for at, row in enumerate(rows.values()) if row.items)
    for _, at in held[:1]:
        where, row = list(rows.items())[at]
        yield Found(numeral, where.replace("quoted", "before"), *row)


@lru_cache(maxsize=8)
def _verbs(lexicon: Lexicon) -> re.Pattern[str]:
    """The verbs that lead to a list: 推进, 打造."""
    words = lexicon.words("slogan_words", "word", kind="verb")
    return any_of(words | lexicon.words("cues", "cue", role="verb")) or re.compile("(?!)")


def quoted_before(text: str, at: int, verbs: re.Pattern[str]) -> Row:
    """The limbs of a quotation right before what stands at an offset: “甲、乙、丙”三大工程.

    “甲、乙、丙”“三大工程” may as well be neighbours in a row.
    """
    end = _without_mark(text, at)
    low = max(text.rfind("\n", 0, end) + 1, end - _REACH)
    start = text.rfind("“", low, end - 1) if text[end - 1 : end] == "”" else -1
    limbs = tx.between(text, start + 1, end - 1, "、") if start >= 0 else []
    row = _judged(text, limbs, verbs) if len(limbs) > 1 else Row()
    if end == at:
        return row
    return Row(row.items) if row.is_sure and len(row.items) > 2 else Row()


def before(text: str, at: int, verbs: re.Pattern[str], no_item: re.Pattern[str]) -> Row:
    """The limbs right before what stands at an offset, as in 推进甲、乙、丙三大工程."""
    end = _without_mark(text, at)
    is_open = text[end - 1 : end] == "等"
    low, end = max(0, end - _REACH), end - is_open
    start = max((edge.end() for edge in _EDGE.finditer(text, low, end)), default=low)
    limbs = tx.between(text, start, end, "、")
    if len(limbs) < 2 or no_item.search(text, *limbs[-1]) or _ROW.search(text, start, end):
        return Row()
    row = _judged(text, limbs, verbs)
    words = [text[a:b] for a, b in row.items]
    if len(words) < 3 or not _is_of_one_make(words[1:]):
        return Row()
    is_cut = (start == low > 0) or text[start - 1 : start] == "”"
    doubt = (is_cut or _is_mixed(words, verbs)) and not _make_of(words).suffix
    return Row(row.items, is_open, row.is_sure and not doubt)


def _is_mixed(words: list[str], verbs: re.Pattern[str]) -> bool:
    """Whether a word within may lead to the list, or one behind it to its numeral.

    面向未来、推进甲、乙; and 项目化、责任化、时序化分解“两重”, where the last is the longest.
    """
    led = sum(bool(verbs.match(word)) for word in words[1:])
    return 0 < led < len(words) - 1 or len(words[-1]) > max(map(len, words[:-1]))


def after(text: str, at: int, verbs: re.Pattern[str], opening: re.Pattern[str]) -> Row:
    """A list after a colon, in brackets, or after 即, from an offset on.

    等 ends it, and so does a comma with a verb behind it: 甲、乙、丙，推进丁. What else stands
    behind a comma may be items.
    """
    opened = opening.match(text, at)
    body = ITEMS.match(text, opened.end()) if opened else None
    if not body:
        return Row()
    start, end = body.span()
    etc = _OPEN.search(text, start + 1, end)
    close = etc.start() if etc else end
    comma = _COMMA.search(text, start, close)
    if comma and "、" in text[start : comma.start()]:
        limbs = tx.between(text, start, comma.start(), "、")
        row = _closed(text, limbs, end, False, verbs)
        return row if verbs.match(text, comma.end()) else row._replace(is_sure=False)
    limbs = tx.between(text, start, close, "，," if comma else "、")
    row = _closed(text, limbs, end, etc is not None, verbs)
    make = _make_of([text[a:b] for a, b in row.items])
    plain = comma is None or bool(make.suffix or make.prefix)
    return row._replace(is_sure=row.is_sure and plain)


def _closed(
    text: str, limbs: list[tx.Span], end: int, is_open: bool, verbs: re.Pattern[str]
) -> Row:
    """The row of some limbs, in doubt where what follows, up to the stop, may be further items."""
    if not 1 < len(limbs) <= MOST:
        return Row()
    row = _judged(text, limbs, verbs)
    make = _make_of([text[a:b] for a, b in row.items])
    rest = [] if is_open else tx.between(text, limbs[-1][1], end, "、，,")
    like = [make.has(text[a:b]) for a, b in rest]
    goes_on = any(like) if make.suffix or make.prefix else bool(like) and all(like)
    goes_on = goes_on or _GOES_ON.match(text, end) is not None
    return Row(row.items, is_open, row.is_sure and not goes_on)


def under_headings(text: str, noun: str, headings: Headings) -> tuple[tx.Span, ...]:
    """Headings that have the noun, if every heading of their kind has it.

    Otherwise some other heading may be an item in other words.
    """
    spans, every = headings_with(text, noun, headings)
    return spans if every and 2 < len(spans) <= MOST else ()


def _without_mark(text: str, at: int) -> int:
    """Where the quotation mark before an offset stands; the offset if there is none."""
    return at - (text[at - 1 : at] in ("“", "‘"))


def _judged(text: str, limbs: list[tx.Span], verbs: re.Pattern[str]) -> Row:
    """The items that limbs are, the first without the verb before it, and whether that is sure."""
    words = [text[a:b] for a, b in limbs]
    make = _make_of(words)
    lead, is_led = _lead(words, make, verbs)
    last, is_ended = _parted(limbs[-1], words[-1], make)
    items = [(limbs[0][0] + lead, limbs[0][1]), *limbs[1:-1], *last]
    items = [tx.trimmed(text, *item) for item in items]
    joined = any(_joints(word, make) for word in words[:-1])
    alike = _is_of_one_make([text[a:b] for a, b in items])
    if is_led and is_ended and alike and not joined:
        return Row(tuple(items), is_sure=True)
    return Row((limbs[0], *items[1:]))


def _make_of(words: Sequence[str]) -> _Make:
    """What items have in common, whatever leads to the first and whatever hangs on the last."""
    inner = [len(word) for word in words[1:-1]]
    return _Make(
        _beginning([word[::-1] for word in words])[::-1],
        _beginning(words[1:] if len(words) > 2 else words),
        range(min(inner), max(inner) + 1) if inner else range(0),
    )


def _beginning(words: Sequence[str]) -> str:
    """The characters with which all words begin."""
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in same)


def _lead(words: list[str], make: _Make, verbs: re.Pattern[str]) -> tuple[int, bool]:
    """How many characters lead to the first item, and whether it is sure that it is one."""
    first, others = words[0], words[1:]
    lengths = [len(word) for word in others[:-1] or others]
    longest = max(lengths) + _NEAR
    if make.prefix and first.startswith(make.prefix):
        # Much longer than the others, it may hold two: 一个街道配备一辆快检车、一间快检室.
        return 0, bool(make.suffix) or len(first) <= longest
    at = first.rfind(make.prefix) if make.prefix else -1
    if 0 <= at <= _LEAD and len(first) - at <= longest:
        return at, True
    likely = range(min(lengths), max(lengths) + 1)
    ends = [
        at for at in map(re.Match.end, verbs.finditer(first)) if len(first[at:].strip()) in likely
    ]
    if ends and not any(map(verbs.match, others)):
        return ends[-1], True
    return 0, bool(make.suffix) or len(first) <= max(lengths)


def _parted(limb: tx.Span, word: str, make: _Make) -> tuple[list[tx.Span], bool]:
    """The last limb, or the two items that 和 joins in it, and whether that is sure."""
    if not _JOINT.search(word):
        return [limb], True
    joints = _joints(word, make)
    if len(joints) == 1 and (make.suffix or make.prefix or not make.has(word)):
        start, (end, begin) = limb[0], joints[0]
        return [(start, start + end), (start + begin, limb[1])], True
    return [limb], not joints and make.has(word)


def _joints(word: str, make: _Make) -> list[tx.Span]:
    """Each 和 between what could be two items."""
    joints = (joint.span() for joint in _JOINT.finditer(word))
    return [(a, b) for a, b in joints if make.has(word[:a]) and make.has(word[b:])]


def _is_of_one_make(words: Sequence[str]) -> bool:
    """Whether short words end or begin alike or are about as long; of two that says less."""
    make, lengths = _make_of(words), [len(word) for word in words]
    if max(lengths) > LONGEST_ITEM or any(map(_NO_ITEM.search, words)):
        return False
    if {make.suffix, make.prefix} & set(words):
        return False
    near = max(lengths) - min(lengths) <= _NEAR
    if len(words) == 2:
        return max(len(make.suffix), len(make.prefix)) > (0 if near else 1)
    if make.suffix or make.prefix:
        return True
    # 甲工程、乙工程、久久为功: where only the last ends otherwise, it may be no item.
    return near and len(_make_of(words[:-1]).suffix) < _NEAR
