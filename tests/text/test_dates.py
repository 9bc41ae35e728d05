"""Any date is read back from both scripts; ranges, quarters, ten days, decades and centuries."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.text.dates import DATE, ERA, iso_of, last_day
from policytext.text.numerals import chinese

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
ZERO = st.sampled_from("〇零○0O")


def digits(year: int, zero: str = "〇") -> str:
    return "".join(zero if d == "0" else "一二三四五六七八九"[int(d) - 1] for d in str(year))


def read(text: str, year: int | str | None = None) -> str | None:
    assert re.fullmatch(DATE, text) or re.fullmatch(ERA, text), text
    return iso_of(text, year)


@given(DAYS, ZERO)
def test_days_in_all_scripts(day: date, zero: str) -> None:
    han = f"{digits(day.year, zero)}年{chinese(day.month)}月{chinese(day.day)}日"
    arabic = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
    ]
    pointed = [f"{day:%Y-%m-%d}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y/%m/%d}"]
    assert {read(text) for text in [han, *arabic, *pointed]} == {day.isoformat()}
    assert read(han.partition("年")[2], day.year) == day.isoformat()


@given(DAYS, st.sampled_from([("今年", 0), ("明年", 1), ("后年", 2), ("去年", -1), ("前年", -2)]))
def test_days_of_a_year_by_its_distance(day: date, counted: tuple[str, int]) -> None:
    word, distance = counted
    words = {f"{word}{day.month}月{day.day}号", f"{word}{chinese(day.month)}月{chinese(day.day)}日"}
    assert {iso_of(text, day.year - distance) for text in words} == {day.isoformat()}
    assert iso_of(f"{word}底", day.year - distance) == f"{day.year}-12-31"


@given(DAYS, st.integers(1, 28))
def test_days_of_a_month_by_its_distance(day: date, number: int) -> None:
    assert read(f"本月{number}日", day.isoformat()) == day.replace(day=number).isoformat()
    before, behind = (str(iso_of(word, day.isoformat())) for word in ("上月", "下月"))
    assert before < day.isoformat()[:7] < behind
    assert iso_of("月底", day.isoformat()) == last_day(day.year, day.month)
    monday, sunday = str(iso_of("本周", day.isoformat())).split("/")
    assert monday <= day.isoformat() <= sunday


@given(st.integers(1941, 2039), st.integers(1, 12))
def test_years_by_two_digits(year: int, month: int) -> None:
    assert iso_of(f"{year % 100:02}年{month}月", None) == f"{year}-{month:02}"


@given(st.integers(1900, 2090), st.integers(1, 9), st.sampled_from("-—至到～"))
def test_ranges(year: int, more: int, to: str) -> None:
    years = f"{year}-01-01/{year + more}-12-31"
    assert read(f"{year}{to}{year + more}年") == years
    assert read(f"{year}年{to}{year + more}年") == years
    assert read(f"{digits(year)}年{to}{digits(year + more)}年") == years
    months = f"{year}-01-01/{last_day(year, more + 1)}"
    assert read(f"{year}年1{to}{more + 1}月") == months
    assert read(
        f"{digits(year)}年一月{to}{chinese(more + 1)}月"[len(digits(year)) + 1 :], year
    ) == (months)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021年一季度", "2021-01-01/2021-03-31"),
        ("第4季度", "2024-10-01/2024-12-31"),
        ("前三季度", "2024-01-01/2024-09-30"),
        ("二〇二一年上半年", "2021-01-01/2021-06-30"),
        ("2月下旬", "2024-02-21/2024-02-29"),
        ("2月底", "2024-02-29"),
        ("3月5日至4月2日", "2024-03-05/2024-04-02"),
        ("2021年3月5日至8日", "2021-03-05/2021-03-08"),
        ("1 9 9 8年", "1998"),
        ("90年代初", "1990-01-01/1999-12-31"),
        ("本世纪二十年代", "2020-01-01/2029-12-31"),
        ("十九世纪", "1801-01-01/1900-12-31"),
        ("二十一世纪", "2001-01-01/2100-12-31"),
        ("9:30", None),
        ("三点二十分", None),
        ("2021年2月30日", None),
        ("2月28日至2月30日", None),
    ],
)
def test_parts_of_years_and_eras(text: str, iso: str | None) -> None:
    assert read(text, 2024) == iso
