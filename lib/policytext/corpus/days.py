"""The day that a text, a field or a file's name states, as an ISO date."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from policytext.text.clean import fold
from policytext.text.dates import arabic, iso_of
from policytext.text.numerals import value_of

_N, _POINT = "一二三四五六七八九", r"./．／－\-"  # digits; marks between year, month and day
DAY = re.compile(
    rf"""
      (?<![vV\d]) (?:19|20)\d{{2}} (?: \s* 年 | (?<!\d\.\d{{4}}) \s* [{_POINT}] )  # not V2021.3.5
        \s* (?:\d{{1,2}}|元) \s* [月{_POINT}] \s* \d{{1,2}} (?!\d|\.\d)   # 2021年2月3日, 2021-2-3
    | [〇○零{_N}]{{4}} 年 [1元{_N}十]{{1,2}} 月 [{_N}十]{{1,3}} (?=日)   # 二〇二一年二月三日
    """,
    re.VERBOSE,
)
# 20210203, as files are named, P020210203…, as a government's site names what is attached to a
# page; not the number behind the code of a telephone.
_RUN_DAY = re.compile(
    r"""
    (?: (?<!\d) (?<!(?<!\d)0\d\d-) (?<!(?<!\d)0\d\d\d-) | (?<=\bP0) (?=\d{15}) )
    ((?:19|20)\d{2}) (0[1-9]|1[0-2]) (0[1-9]|[12]\d|3[01]) (?: (?!\d) | (?<=\bP0\d{8}) )
    """,
    re.VERBOSE,
)
# From one day to another.
_SPAN = re.compile(
    rf"""
    (?P<first> {DAY.pattern} | {_RUN_DAY.pattern} ) 日? \s* (?: [至到] | [-—–~～－]+ ) \s*
    (?P<last>
        (?:19|20)\d{{2}} [年./-] \s* \d{{1,2}} \s* [月./-] \s* \d{{1,2}}  # 2021-2-3
      | (?:19|20)\d{{6}} (?!\d)                                       # 20210203
      | \d{{1,2}} [月.] \d{{1,2}} (?!\d)                                # 2月3日, 2.3
      | \d{{1,2}} (?=日)                                              # 3日
    )
    """,
    re.VERBOSE,
)
# A meeting takes so many days; what takes more is a period, as a month that is reported on.
_FEW_DAYS = 14
# Years since 1912, as in Taiwan; 元年 is the first.
_REPUBLIC = re.compile(
    r"""
    (?:中[華华])? 民[国國] \s*
    ( \d{1,3} | [元一二三四五六七八九十百]{1,5} ) \s* 年   # 112年, 元年, 一百一十年
    """,
    re.VERBOSE,
)
# Cells of a table: 2021年2月3日, 21-2-3; a month with all digits of its year, or with 年.
_DAY_CELL = re.compile(
    r"""
    ( (?:19|20)? \d\d ) [年/.-]   # year
    ( \d{1,2} ) [月/.-]           # month
    ( \d{1,2} ) [日号]?           # day
    """,
    re.VERBOSE,
)
_MONTH_CELL = re.compile(
    r"""
    ( (?:19|20) \d\d (?=[年/.-]) | \d\d (?=年) ) [年/.-]   # year
    ( 0?[1-9] | 1[0-2] ) 月?                               # month
    """,
    re.VERBOSE,
)
_CLOCK = re.compile(r"[\sT]+\d{1,2}:[\d:.]+$")


def day_of(text: str) -> str | None:
    """The first day that is named in a text, as an ISO date.

    Of the days of a meeting the first; not a day that no calendar has or that lies years ahead, nor
    the ends of a longer span.

    >>> day_of("2021/2/3"), day_of("二〇二一年元月三日"), day_of("20210203-a"), day_of("2021年")
    ('2021-02-03', '2021-01-03', '2021-02-03', None)
    >>> day_of("2021-13-45"), day_of("20210230"), day_of("20210203-20210305值班")
    (None, None, None)
    >>> day_of("中華民國110年3月5日"), day_of("2021年3月5日至8日")
    ('2021-03-05', '2021-03-05')
    """
    text = _SPAN.sub(lambda span: span["first"] if _is_short(span) else "", in_our_era(fold(text)))
    named = [re.split(r"[年月./\s-]+", match[0]) for match in DAY.finditer(text)]
    named += [list(match.groups()) for match in _RUN_DAY.finditer(text)]
    days = (iso_of("{}年{}月{}日".format(*parts), None) for parts in named)
    return next((day for day in days if day and int(day[:4]) <= last_year()), None)


def _is_short(span: re.Match[str]) -> bool:
    """Whether a span of days ends in the month in which it begins, a few days later."""
    first, last = (re.findall(r"\d+", span[end]) for end in ("first", "last"))
    same_month = len(first) == 3 and last[-2:-1] in ([], first[1:2])
    return same_month and 0 < int(last[-1]) - int(first[2]) < _FEW_DAYS


def days_named(text: str) -> str:
    """The days of a meeting that a text names, of which `day_of` is the first; "" if it does not.

    >>> days_named("（2021年3月5日至8日）"), days_named("2021年3月5日至6月8日")
    ('2021年3月5日至8日', '')
    """
    spans = (span for span in _SPAN.finditer(in_our_era(fold(text))) if _is_short(span))
    return next((span[0] + "日" * ("日" in span[0]) for span in spans), "")


_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def years_in(name: str) -> set[str]:
    """The years that a name has in four digits.

    >>> sorted(years_in("2020-2021年报告"))
    ['2020', '2021']
    """
    return set(_ANY_YEAR.findall(fold(name)))


def named_date(name: str) -> str | None:
    """The day or the one year that a file or a folder is called after.

    >>> named_date("20210203报告"), named_date("瓯海区2021"), named_date("2020-2021年")
    ('2021-02-03', '2021', None)
    """
    years = years_in(name)
    day = day_of(name) or (years.pop() if len(years) == 1 else None)
    return day if day and int(day[:4]) <= last_year() else None


def in_our_era(text: str) -> str:
    """A text in which years of the Republic are those of our era, and 元月 is the first month.

    >>> in_our_era("中華民國110年"), in_our_era("民国元年元月")
    ('2021年', '1912年1月')
    """
    text = _REPUBLIC.sub(lambda match: f"{1911 + int(value_of(match[1]) or 1)}年", text)
    return text.replace("元月", "1月")


def full_year(digits: str) -> str:
    """The year of two digits: 21 is 2021 and 98 is 1998.

    >>> full_year("21"), full_year("98"), full_year("2021")
    ('2021', '1998', '2021')
    """
    return digits if len(digits) == 4 else ("20" if digits < "50" else "19") + digits


def as_iso(cell: str) -> str:
    """A day or a month of a table as ISO, so that days sort; what is neither stays as it is.

    >>> as_iso("2021年10月"), as_iso("二〇二一年二月三日"), as_iso("21-2-3 8:00")
    ('2021-10', '2021-02-03', '2021-02-03')
    >>> as_iso("2021年2月30日"), as_iso("2021年"), as_iso("不详")
    ('2021年2月30日', '2021年', '不详')
    """
    bare = re.sub(r"^[(\[【](.*)[)\]】]$", r"\1", fold(cell).strip())
    if _RUN_DAY.fullmatch(bare):
        return day_of(bare) or cell
    words = arabic(in_our_era(_CLOCK.sub("", bare)))
    if found := _DAY_CELL.fullmatch(words):
        return iso_of(f"{full_year(found[1])}年{found[2]}月{found[3]}日", None) or cell
    found = _MONTH_CELL.fullmatch(words)
    return f"{full_year(found[1])}-{int(found[2]):02}" if found else cell


def last_year() -> int:
    """The last year that a document may bear: the next one."""
    return dt.date.today().year + 1


# Two digits of a year, with the month and perhaps the day: 21-2-1, 98年3月.
_SHORT_YEAR = re.compile(r"\s*(\d{2})(?:[-/.]\d{1,2}[-/.]\d{1,2}|年)")


def year(row: Mapping[str, Any]) -> str | None:
    """The year of a document's date, however the date is written.

    >>> year({"date": "二〇二一年二月"}), year({"date": "20120702"}), year({"date": None})
    ('2021', '2012', None)
    >>> year({"date": "21-2-1"}), year({"date": "98年3月"}), year({"date": "2-1"})
    ('2021', '1998', None)
    """
    date = arabic(in_our_era(fold(str(row.get("date") or ""))))
    if found := re.search(r"(?:19|20)\d{2}", date):
        return found[0]
    short = _SHORT_YEAR.match(date)
    return full_year(short[1]) if short else None


# Written as ISO, and written with marks or without any, of which no other sense can be made.
_ISO = re.compile(r"\d{4}(?:-\d\d){1,2}")
_POINTED = re.compile(r"\d{5}|\d{4}[-/.]\d")


def is_date(cell: str) -> bool:
    """Whether a cell, as `as_iso` leaves it, is a day, a month, a year or a span of them.

    >>> [is_date(cell) for cell in ("2021-02-03", "2021年", "2020—2021", "2021年上半年")]
    [True, True, True, True]
    >>> [is_date(cell) for cell in ("不详", "2021年2月30日", "2021-13-01", "20210230", "3021")]
    [False, False, False, False, False]
    """
    iso = iso_of(arabic(in_our_era(fold(cell))), None)
    if not iso or int(iso[:4]) > last_year():
        return False
    return bool(_ISO.fullmatch(cell)) or "/" in iso or not _POINTED.search(cell)
