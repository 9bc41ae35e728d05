"""Which years a number of a review is of: the last words for a time before it say so."""

import re
from typing import NamedTuple

from policytext.numbers.comparators import NumberMention
from policytext.numbers.context import Reading
from policytext.text.dates import YEAR, arabic

_RECORD = "[^,;。]{0,6}? (?: {sets a record} | 最 | 新[高低] )"
# The last of these before a number says which time it is of.
_TIMES = rf"""
    (?P<none> [由从自比较与和] (?!于) [^,;。\d]{{0,4}} {{part of a year}}  # 由一季度的5%收窄到2%
      | [从自]? (?: {YEAR}年以来 | {{several years}} (?<=以来) ) {_RECORD}  # “十三五”以来首次
      | {YEAR}年 (?:不变|可比)价 )                         # 1990年不变价
  | (?P<part> {{part of a year}} )                       # 前三季度, 1-11月
  | (?P<span> [由从自] {YEAR}年 [^;。]*? [到至] (?P<till> {YEAR} ) 年 )  # 由2016年5亿升至2020年8亿
  | (?P<base> [比与较从自由] (?P<from> {YEAR}) 年 )       # 比2005年增长86%: its years follow
  | (?P<years> {{several years}} )                       # 五年来, “十三五”时期
  | (?P<year> (?P<named> {YEAR}) 年 | {{a whole year}} )  # 2016年, 去年, 全年, 比上年
"""
_OPENS = rf"[^,;。\n]{{0,6}} (?: {_TIMES} )"
_LEAD = 2  # 今年前三季度, “十三五”时期: no more stands before what heads a sentence
_CHANGES = re.compile("(?:增长|增加|下降|减少)[^,;。]{0,3}$")
_ADDED_UP = re.compile("累计[^,;。\\d]{0,12}$")
_AVERAGE = "{average of years} [^,;。]{0,9} $"


class Time(NamedTuple):
    """Which years an outcome is of: ``span`` is one of the spans of `find_outcomes`."""

    span: str
    year: int | None


class Paragraph(NamedTuple):
    """Where a paragraph starts, and whether a sum that names no time in it is of several years."""

    start: int
    of_years: bool


def paragraphs(reading: Reading) -> dict[int, Paragraph]:
    """The paragraphs of a document by their number.

    五年来 at the head of one holds for those that follow in its chapter, until another time heads
    a paragraph: 2023年是极不平凡的一年.
    """
    found: dict[int, Paragraph] = {}
    chapter, of_years = None, False
    for line in reading.document.sentences:
        if line.paragraph in found:
            continue
        if line.chapter != chapter:
            chapter, of_years = line.chapter, False
        head = reading.expressions[_OPENS].match(reading.text, line.start)
        if head:
            of_years = bool(head["years"])
        found[line.paragraph] = Paragraph(line.start, of_years)
    return found


def time_of(one: NumberMention, opened: dict[int, Paragraph], is_sum: bool = False) -> Time:
    """The time of a number: of the last words for a time in its paragraph before it.

    Args:
        one: The number.
        opened: What `paragraphs` says of its document.
        is_sum: It is an amount that grows from year to year, as jobs that are created.
    """
    context = one.context
    words, year = context.reading.expressions, context.reading.document.year
    last = year - 1 if year else None
    if words[_AVERAGE].search(context.before):
        return Time("average of years", last)
    paragraph = opened[context.line.paragraph]
    text = context.reading.text[paragraph.start : one.mention.start]
    found = _last_time(one, text, is_sum)
    # 累计新增就业: of the years of a term, where its sentence names no year.
    if _ADDED_UP.search(text) and not (found and found["year"] and "。" not in text[found.end() :]):
        return Time("several years", last)
    if found and found["span"] and not _CHANGES.search(text):
        return Time("year", _year(found["till"]))  # 8亿元 is of 2020
    if found is None:
        return Time("several years" if is_sum and paragraph.of_years else "year", last)
    return _time(found, last)


def _last_time(one: NumberMention, text: str, is_sum: bool) -> re.Match[str] | None:
    """The last words for a time before a number, of those that hold as far as it.

    Part of a year and several years hold beyond their sentence where they head it: 前三季度,….
    """
    here = _head(text, len(text))
    for found in reversed(list(one.context.reading.expressions[_TIMES].finditer(text))):
        head, frames = _head(text, found.start()), found["part"] or found["years"]
        if found["none"] or (frames and head < here and found.start() > head + _LEAD):
            continue
        return None if _starts_anew(one, text, found, is_sum) else found
    return None


def _head(text: str, end: int) -> int:
    """Where the sentence of a place in a text starts."""
    at = text.rfind("。", 0, end) + 1
    return at + len(text[at:end]) - len(text[at:end].lstrip())


def _starts_anew(one: NumberMention, text: str, found: re.Match[str], is_sum: bool) -> bool:
    """Whether a first account behind words for a time is of the report's year.

    初步核算 at the head of a sentence is, and so is 预计 behind a part of the year.
    """
    words, head = one.context.reading.expressions, _head(text, len(text))
    if found["part"]:
        return words["{first estimate}"].search(text, found.end()) is not None
    anew = words["{first estimate} | {first accounts}"].match(text, head)
    return anew is not None and found.end() <= head and not is_sum


def _time(found: re.Match[str], last: int | None) -> Time:
    """What words for a time mean in a report on the year ``last``."""
    if found["base"]:
        # 比2019年 in a report on 2020 is 比上年.
        base = _year(found["from"])
        return Time("several years" if last and base < last - 1 else "year", last)
    if found["year"]:
        return Time("year", _year(found["named"]) if found["named"] else last)
    return Time("part of a year" if found["part"] else "several years", last)


def _year(digits: str) -> int:
    return int(arabic(digits + "年")[:4])


def is_over(one: NumberMention, opened: dict[int, Paragraph]) -> bool:
    """Whether the time of a number is not ahead, nor that of a year that has just begun."""
    time, year = time_of(one, opened), one.context.reading.document.year
    return not (time.year and year) or time.year < year
