"""Dates, quarters and five-year plans as ISO dates, from the words and the document's year."""

import re
from calendar import monthrange

from policytext.text.numerals import UP_TO_TEN

_YEAR = re.compile(r"((?:19|20)\d\d)")
_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月")
_DAY = re.compile(r"月(\d{1,2})")
_QUARTER = re.compile("(前)?第?([一二三四1234两])个?季度")
_PLAN = re.compile(
    """
    (十?)([一二三四五六七八九])五            # the short name of a five-year plan
    | 第(十?)([一二三四五六七八九十])个五年  # the long one
    """,
    re.VERBOSE,
)


def plan_years(text: str) -> tuple[int, int] | None:
    """First and last year of a five-year plan: the nth begins in 1966 + 5(n − 3).

    >>> plan_years("十四五"), plan_years("第十五个五年规划")
    ((2021, 2025), (2026, 2030))
    """
    match = _PLAN.search(text)
    if not match:
        return None
    ten, digit = (match[1], match[2]) if match[2] else (match[3], match[4])
    number = (10 if ten else 0) + UP_TO_TEN[digit]
    first = 1966 + 5 * (number - 3)
    return first, first + 4


def iso_of(text: str, year: int | None) -> str | None:
    """A date as ISO: 2021-09-30, 2021-09, 2021 or an interval; None where the year is unknown.

    >>> iso_of("2021年9月30日", None), iso_of("2023年底", None), iso_of("一季度", 2024)
    ('2021-09-30', '2023-12-31', '2024-01-01/2024-03-31')
    """
    years = plan_years(text)
    if years:
        return f"{years[0]}-01-01/{years[1]}-12-31"
    match = _YEAR.search(text)
    year = int(match[1]) if match else year
    if year is None:
        return None
    quarter = _QUARTER.search(text)
    if quarter:
        return _quarter(year, quarter)
    if "半年" in text:
        first, last = (1, 6) if "上" in text else (7, 12)
        return f"{year}-{first:02}-01/{last_day(year, last)}"
    months = [_number(m) for m in _MONTH.findall(text)]
    if months:
        return _month(year, months[-1], text)
    if text[-1:] in "底末" or text == "年内":
        return f"{year}-12-31"
    return f"{year}"


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return sum(UP_TO_TEN[c] for c in text)


def _quarter(year: int, match: re.Match[str]) -> str:
    number = int(match[2]) if match[2].isdigit() else UP_TO_TEN[match[2]]
    first = 1 if match[1] else 3 * number - 2
    return f"{year}-{first:02}-01/{last_day(year, 3 * number)}"


def _month(year: int, month: int, text: str) -> str | None:
    if not 1 <= month <= 12:
        return None
    day = _DAY.search(text)
    if day and 1 <= int(day[1]) <= monthrange(year, month)[1]:
        return f"{year}-{month:02}-{int(day[1]):02}"
    return last_day(year, month) if text[-1] in "底末" else f"{year}-{month:02}"


def last_day(year: int, month: int) -> str:
    """The last day of a month as ISO."""
    return f"{year}-{month:02}-{monthrange(year, month)[1]:02}"
