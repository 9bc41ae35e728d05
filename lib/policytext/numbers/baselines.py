"""What a target starts from: 由5%提高到8%; 新增就业1.5万人（去年实际1.8万人）."""

import re
from collections.abc import Iterator
from itertools import pairwise

from policytext.numbers.comparators import TARGETS, NumberMention
from policytext.numbers.context import Reading, Verdict
from policytext.text.clean import Span
from policytext.text.dates import YEAR, iso_of

_TIME = rf"(?: {YEAR}年(?:[底末]|度)? | 十[一二三四五六七八九]五(?:末|期末)? | {{earlier time}} )"
# 由2020年的5%左右提高到8%: before the first value, between both, and behind a value.
_FROM = rf"""
    (?:由|从(?!事)|自(?={_TIME})) (?:{_TIME}|{{HAN}}{{0,6}}的)? 的? [^由从自的\d]{{0,8}} $
    | (?:现行|现有|原有) $  # 将现行5%的税率提高到8%
"""
_TO = rf"(?:以上|左右)? ,? {{HAN}}{{0,8}} [到至为成] (?:{_TIME})?的? {{HAN}}{{0,6}} $"
_AND = re.compile("(?:以上|左右)?[、和]")
_ON_TOP = "(?:以上|左右)?(?:的)?基础上"
_EARLIER = rf"(?: {_TIME} | {{is so far}} )"
# No bracket with a remark and no clause with a result is longer.
_NEAR = 60


def with_baselines(found: list[NumberMention]) -> list[NumberMention]:
    """Take what a target starts from for no target of its own."""
    based = {baseline.mention.start: target for target, baseline, _ in pairs(found)}
    return [_as_baseline(one, based.get(one.mention.start)) for one in found]


def _as_baseline(one: NumberMention, target: NumberMention | None) -> NumberMention:
    if target is None or one.verdict.status not in TARGETS:
        return one
    return one._replace(verdict=Verdict("baseline", f"baseline of: {target.context.words}"))


def pairs(found: list[NumberMention]) -> Iterator[tuple[NumberMention, NumberMention, Span]]:
    """Targets with their baselines, and the span that names the baseline: 由5%."""
    measured = _measured(found)
    for index, (one, other) in enumerate(pairwise(measured)):
        if one.context.line.start != other.context.line.start or not _alike(one, other):
            continue
        if (start := _start(one, other)) is not None:
            if other.verdict.status in TARGETS:
                yield other, one, (start, max(one.mention.end, one.bound.end))
        elif _is_over(one, other) and {one.verdict.status, other.verdict.status} <= TARGETS:
            yield other, one, (one.mention.start, one.mention.end)
        elif (start := _remark(one, other)) is not None and one.verdict.status in TARGETS:
            yield one, other, (start, other.mention.end)
        else:
            yield from _rows(measured, index)


def _rows(
    measured: list[NumberMention], index: int
) -> Iterator[tuple[NumberMention, NumberMention, Span]]:
    """Several values that each start from another: 分别从5%、7%提高到6%、8%."""
    first = measured[index]
    start = _begins(first) if _is_listed(first, measured[index + 1]) else None
    size = _listed(measured, index) if start else 1
    row = measured[index : index + 2 * size]
    if start is None or len(row) < 2 * size or _listed(row, size) < size:
        return
    last, words = row[size - 1].mention.end, first.context.reading.expressions
    if words[_TO].fullmatch(first.context.reading.text, last, row[size].mention.start):
        begin = first.context.clause + start.start()
        for target, base in zip(row[size:], row[:size], strict=True):
            if target.verdict.status in TARGETS:
                yield target, base, (begin, last)


def _begins(one: NumberMention) -> re.Match[str] | None:
    """The 由 of a value that another starts from."""
    return one.context.reading.expressions[_FROM].search(one.context.before)


def _is_listed(one: NumberMention, other: NumberMention) -> bool:
    text = one.context.reading.text
    return _AND.fullmatch(text, one.mention.end, other.mention.start) is not None


def _listed(row: list[NumberMention], index: int) -> int:
    """How many values stand in a list from one on."""
    last = index
    while last + 1 < len(row) and _is_listed(row[last], row[last + 1]):
        last += 1
    return last + 1 - index


def _measured(found: list[NumberMention]) -> list[NumberMention]:
    return [one for one in found if one.bound.comparator and one.kind not in ("date", "period")]


def _alike(one: NumberMention, other: NumberMention) -> bool:
    """Return True if two values can be of one indicator."""
    units = one.mention.unit, other.mention.unit
    if None in units or units[0] == units[1]:
        return True
    dimension = one.context.counted_dimension
    return dimension is not None and dimension == other.context.counted_dimension


def _start(one: NumberMention, other: NumberMention) -> int | None:
    """Where a value that the next starts from begins, with its 由; None if it is none."""
    reading, at = one.context.reading, one.mention.start
    words, gap = reading.expressions, reading.text[one.mention.end : other.mention.start]
    if words[_TO].fullmatch(gap) and (begins := _begins(one)):
        return at - len(one.context.before) + begins.start()
    return at if words[_ON_TOP].match(gap) else None


def _remark(one: NumberMention, other: NumberMention) -> int | None:
    """Where an earlier value in a bracket behind a target begins: (去年实际1.8万人)."""
    reading, end = one.context.reading, one.mention.end
    gap = reading.text[end : min(other.mention.start, end + _NEAR)]
    opened = gap.find("(")
    if opened < 0 or ")" in gap or end + len(gap) < other.mention.start:
        return None
    earlier = reading.expressions[_EARLIER].search(gap, opened)
    return other.mention.start if earlier else None


def baselines_of(
    found: list[NumberMention], nouns: dict[int, Span]
) -> dict[int, tuple[NumberMention, Span]]:
    """The baseline of each target that has one, with the span that names it.

    Args:
        found: The mentions of a document.
        nouns: Where the noun of each target stands, by where its number starts.
    """
    based = {target.mention.start: (base, span) for target, base, span in pairs(found)}
    for one, other in pairwise(_measured(found)):
        start, same = other.mention.start, one.context.line.start == other.context.line.start
        if start in nouns and start not in based and same and _is_earlier(one, other, nouns[start]):
            based[start] = one, (one.mention.start, one.mention.end)
    return based


def _is_earlier(one: NumberMention, other: NumberMention, noun: Span) -> bool:
    """Return True if a number says the same of a time that is over: 去年GDP增长5%,今年6%."""
    context, text = one.context, one.context.reading.text
    same = context.clause <= noun[0] < one.mention.start or text[slice(*noun)] in context.before
    return same and _is_over(one, other) and one.verdict.status not in TARGETS


def _is_over(one: NumberMention, other: NumberMention) -> bool:
    """Return True if the clause of a number begins with a year before that of the next clause."""
    context, year = one.context, one.context.reading.document.year
    if one.mention.unit != other.mention.unit or context.clause >= other.context.clause:
        return False
    time = context.reading.expressions[_EARLIER].match(context.before)
    stated = re.search(r"\d{4}", time[0]) if time else None
    return time is not None and not (stated and int(stated[0]) >= (year or 0))


def date_of(baseline: NumberMention, reading: Reading) -> str | None:
    """The time words before a baseline in its clause, as an ISO date: 2020年 is 2020."""
    year = reading.document.year
    times = list(reading.expressions[_TIME].finditer(baseline.context.before))
    if not times:
        return None
    if re.search(f"{YEAR}|五", times[-1][0], re.VERBOSE):
        return iso_of(times[-1][0], year)
    return f"{year - 1}" if year else None
