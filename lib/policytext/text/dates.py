"""Dates and periods as ISO dates, in both scripts, from the words and the document's year.

``DATE`` and ``ERA`` are the expressions of a date and of a decade or century; `iso_of` reads both.
"""

import re
from calendar import monthrange
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache

from policytext.text.numerals import UP_TO_TEN, value_of

# The years that a word counts from the document's: 明年 is the next one.
RELATIVE_YEARS = {
    "今": 0,
    "本": 0,
    "当": 0,
    "明": 1,
    "后": 2,
    "去": -1,
    "前": -2,
    "上": -1,
    "次": 1,
    "翌": 1,
}

_TO = "[-—–~～－至到]"
_O = "〇零○0Oo"  # what is printed for 〇
_C = f"[{_O}一二三四五六七八九]"
_N = "一二三四五六七八九"
_HAN_YEAR = rf"(?:一[八九]|二[{_O}]){_C}{{2}}"
YEAR = rf"(?:(?:1[89]|20)\d\d|{_HAN_YEAR}|(?:1[ ]9|2[ ]0)[ ]\d[ ]\d)"
MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_N}])"
DAY = rf"(?:[12]\d|3[01]|0?[1-9]|三十一?|[二廿]?十?[{_N}]|二?十|廿)"
_QUARTER = "(?:第?[一二三四1-4](?:[、和至到—-]?[一二三四1-4]){0,3}|前[一二三四1-4两]个?)季度"
_PART_OF_MONTH = "(?:底|末|初|[上中下]?[上中下]旬|[上下]半月|份)"
_EARLY = "初(?![中高步级心见具显])"  # not 2021年初中, 今年初见成效
# A year and a month by their distance from the document's; not 五年后年底, 以上年末.
RELATIVE_YEAR = f"(?:(?<![年人以之])[{''.join(RELATIVE_YEARS)}]年)"
RELATIVE_MONTH = "(?:[上本当下次]个?月(?!球))"
_NUMBER = rf"(?:\d{{1,2}}|[{_N}十廿]{{1,3}})"
# The day of a month; behind a number alone 号 names more than days.
_DAY = rf"(?:{DAY}(?:日|号(?![线楼院地门矿])))"
# A year by its last two digits, where it can be no span of years: 08年, 98年5月, 九八年.
_SHORT_YEAR = rf"""
    (?<![\d.第]) (?: 0\d | [‘’']\d\d | (?<=[比自从])[4-9]\d | (?<=[到至])[1-3]\d(?=年[底末])
      | [4-9]\d (?=年(?:\d{{1,2}}月|[底末初]|不变价))
      | (?<![^。,;:!?\n(])[4-9][1-9] (?=年(?![的前后龄]|历史|风雨))
      | (?!四五|五六|六七|七八|八九)[四五六七八九{_O}]{_C} )
    (?=年(?!代|级|来|内|间|以(?!来)|期|制|多))
"""
# What comes before days that are counted, and behind them: 公示7日, 3日内.
_COUNTS_DAYS = "".join(
    f"(?<!{word})" for word in "为期 公示 连续 少于 超过 不足 满 各 共 每".split()
)
_DAYS_COUNTED = "(?!内|以|之内|均|游|常|产|处|龄|化|左右)"
_TIMES = rf"""
    \d{{1,2}}[点时]\d{{1,2}}分 | [{_N}十]{{1,3}}[点时][{_N}十]{{1,3}}分    # 9点30分, 三点二十分
  | (?<![\d:])(?<!比)(?<!比为)(?<!例为)\d{{1,2}}:\d\d(?![\d:])          # 9:30; not 比为2:40:58
  | \d{{1,2}}分\d{{1,2}}秒\d{{0,2}}                                    # 3分20秒
  | \d{{1,2}}点(?=[钟半开举播前后左])                                   # 9点钟
  | (?={_NUMBER}[点时])                                               # 上午九点半, 2月9日20时
    (?:(?<=[上下中]午)|(?<=凌晨|晚上|早上|今晚|截至)|(?<=[日天晚早晨]))
    {_NUMBER}[点时]半?(?![\d代间期光事])
"""
# Verbose in itself, so that it may stand in any other expression.
DATE = rf"""(?x:
    (?:19|20)\d\d(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}}(?!\d)     # 2021-03-05, 2021.3.5
  | {_TIMES}
  | {YEAR}[ ]年[ ]?(?:1[ ][0-2]|{MONTH})[ ]?月                        # 2021 年 3 月 5 日
    (?:[ ]?(?:[123][ ]\d|{DAY})[ ]?日)?
  | {_SHORT_YEAR}年(?:{MONTH}月{_DAY}?)?[底末初]?                       # 98年5月, 九八年底
  | (?:{YEAR}年)?{MONTH}(?:[、和]{MONTH}){{1,11}}月份?                     # 5、6月份, 2019年5、6月
  | {YEAR} (?:年?(?:{_TO}|——){YEAR})? [ ]?年度?                       # 2021年, 2021-2025年
    (?: {MONTH}月?{_TO}{MONTH}月(?:{DAY}日)?                        # 1—9月
      | {MONTH}月 {_PART_OF_MONTH}?
        (?: {DAY}(?:[日号]|{_TO}{DAY}日) (?:{_TO}(?:{MONTH}月)?{DAY}[日号])? )?
        (?: {_TO}{YEAR}年{MONTH}月(?:{DAY}[日号])? )?                 # 2020年12月—2021年3月
      | {_QUARTER}[末初]?                                             # 一季度, 前三季度
      | [上下]半年
    )?
    (?: (?<=年) 年(?:[底末]|中(?![国央])|{_EARLY}) | [底末] | {_EARLY} )?  # 2021年底, 年中
  | {RELATIVE_YEAR} (?: 年?(?:[底末](?!气|蕴)|{_EARLY}) | 年中(?![国央]) )  # 去年底, 明年年初
  | {RELATIVE_MONTH} (?: [底末] | {_EARLY} | [上中下](?:旬|半月)         # 本月15日
    | {_DAY}(?:{_TO}{_DAY})? )
  | (?:19|20)\d\d{_TO}(?:19|20)\d\d(?=学年|[)）》〉”])                  # (2021-2035), 2021-2022学年
  | {YEAR}(?={_TO}{YEAR}年)                                           # 2021 of 2021-2025年
  | {_HAN_YEAR}(?!{_C}|[十百千万亿年])                                # 一九八一、一九八二两年
  | {MONTH}(?:月(?:{DAY}日)?)?{_TO}{MONTH}月{_PART_OF_MONTH}?(?:{DAY}日)?  # 3月5日至4月2日
  | {MONTH}月{_PART_OF_MONTH}?(?:(?:{DAY}{_TO})?{_DAY}(?:{_TO}{_DAY})?)?   # 十二月, 4月1-3日
  | (?=\d\d?[日号]){_COUNTS_DAYS}(?:[12]\d|3[01]|[1-9])                # 16日, 15日至17日
    (?:日{_DAYS_COUNTED}(?:{_TO}{DAY}日)?|号(?=[起至到前晚]|开始|上午|下午|凌晨|召开|举行))
  | (?<=[“"])\d{{1,2}}·\d{{1,2}}(?=[”"])                              # “8·13”
  | {_QUARTER}[末初]?
)"""
_DECADE = rf"(?:[1-9]0|[{_N}]{{1,2}}十)"
ERA = rf"""(?x:
    (?: {_NUMBER}世纪 | [上本下]个?世纪 | 19 | 20 )?
    (?:{_DECADE}(?:年代)?(?:{_TO}|、))? {_DECADE}年代                  # 60-90年代, 六七十年代
    (?: 初期? | 中期 | 末期? | 后期 | 前期 | 以来 )?
  | (?: {_NUMBER} | [上本下]个? | (?=世纪[初中末]) )世纪
    (?: {_EARLY} | 末 | 中叶 | 中期 | [上下]半叶 )?
)"""

_PLAN = re.compile(
    f"""
    (?<!{_C})(?:(十)([{_N}])?|([{_N}]))五(?![年月日号])  # the short name of a plan; not 二〇二五年
    | 第(?:(十)([{_N}])?|([{_N}]))个五年          # the long one
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
    ten, *digits = filter(None, match.groups())
    number = sum(UP_TO_TEN[digit] for digit in (ten, *digits))
    first = 1966 + 5 * (number - 3)
    return first, first + 4


_YEAR_IN_HAN = re.compile(rf"[一二12]{_C}{_C}{_C}(?=年|{_TO}|$)|[12] \d \d \d")
_HAN_NUMBER = re.compile(rf"[{_N}十廿]+(?=[月日号]|[、和至到—-][{_N}十]+月)")
_TWO_DIGITS = re.compile(rf"^[‘’']?(\d\d|{_C}{_C})(?=年(?!代))")
_TURN = 40  # two digits from here on are of the twentieth century
_YEARS = re.compile(r"\d{4}")
_SPANS = re.compile(rf"({YEAR})年?(?:{_TO}|——)({YEAR})")
_MONTH_TO_MONTH = re.compile(rf"(.+月(?:\d+[日号])?){_TO}(\d{{4}}年.+)")
_SAINT = re.compile(r"(\d{1,2})·(\d{1,2})$")  # “12·4” is a day of every year
_MONTHS = re.compile(
    rf"""
    (\d{{1,2}})
    (?: 月
    | (?= {_TO} \d{{1,2}}月 )               # 3 of 3至5月
    | (?= (?: [、和] \d{{1,2}} ){{1,11}} 月 )  # 3 of 3、5、7月
    )
    """,
    re.VERBOSE,
)
# A time of day is no date: 9:30, 三点二十分, 3分20秒.
_CLOCK = re.compile("[点时:]|分.*秒")
_DAYS = re.compile(rf"(\d{{1,2}})(?:[日号]|(?={_TO}\d{{1,2}}[日号]))")
_POINTED = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_QUARTERS = re.compile("(前)?第?([一二三四1234两])(?:[、和至到—-]?([一二三四1-4]))*个?季")
_DECADES = re.compile(rf"(?:19|20)?([1-9]0)(?!\d)|([{_N}])(?=十|[{_N}]十)")
_TEN_DAYS = re.compile("([上中下])?([上中下])旬")
_FIRST_DAYS = {"上": 1, "中": 11, "下": 21}
_HALF_MONTH = re.compile("([上下])半月")
_NAMED_YEAR = re.compile(rf"\d{{4}}|全年|{RELATIVE_YEAR}")
# What is counted from the document's month or week: 上月, 本季度, 下周, 月底.
_NEARBY = re.compile("(?P<step>[上本当下次])?个?(?P<unit>月|季度|周)(?P<rest>.*)")
_STEPS = {"上": -1, "下": 1, "次": 1}


@lru_cache(maxsize=1 << 12)
def arabic(text: str) -> str:
    """A date with its Chinese numerals as Arabic ones.

    >>> arabic("二〇二一年十二月廿五日"), arabic("1 9 9 8年")
    ('2021年12月25日', '1998年')
    """
    text = _YEAR_IN_HAN.sub(lambda match: _digits(match[0]), text).replace(" ", "")
    return _HAN_NUMBER.sub(lambda match: f"{value_of(match[0]) or 0:.0f}", text)


def _full_year(digits: str) -> str:
    """98 is 1998 and 08 is 2008."""
    year = int(_digits(digits))
    return str(year + (1900 if year >= _TURN else 2000))


def _digits(year: str) -> str:
    return "".join("0" if c in _O else str(UP_TO_TEN.get(c, c)) for c in year if c != " ")


def iso_of(text: str, day: int | str | None) -> str | None:
    """A date as ISO: 2021-09-30, 2021-09, 2021 or an interval.

    Args:
        text: The words.
        day: The year of the document, or its date as ISO, from which 上月 and 下周 are counted.

    Returns:
        None where the words name no date, or one that cannot be known without ``day``.

    >>> iso_of("2021年9月30日", None), iso_of("二〇二三年底", None), iso_of("一季度", 2024)
    ('2021-09-30', '2023-12-31', '2024-01-01/2024-03-31')
    >>> iso_of("2021年1—9月", None), iso_of("上世纪八十年代", 2021), iso_of("90年代末", 2021)
    ('2021-01-01/2021-09-30', '1980-01-01/1989-12-31', '1990-01-01/1999-12-31')
    >>> iso_of("明年2月12号", 2021), iso_of("上月", "2021-01-15"), iso_of("本周", "2021-01-15")
    ('2022-02-12', '2020-12', '2021-01-11/2021-01-17')
    """
    date = str(day or "")
    year = int(date[:4]) if date else None
    if era := _era(text, year):
        return era
    if _CLOCK.search(text):
        return None
    if years := plan_years(text):
        return f"{years[0]}-01-01/{years[1]}-12-31"
    text = arabic(_TWO_DIGITS.sub(lambda match: _full_year(match[1]), text))
    if pointed := _POINTED.match(text):
        return _day(int(pointed[1]), int(pointed[3]), int(pointed[4]))
    if saint := _SAINT.match(text):
        return _day(year, int(saint[1]), int(saint[2])) if year else None
    if ends := _MONTH_TO_MONTH.match(text):
        return _from_to(iso_of(ends[1], year), iso_of(ends[2], year))
    if span := _SPANS.match(text):
        return f"{span[1]}-01-01/{span[2]}-12-31"
    if nearby := _NEARBY.match(text):
        return _nearby(nearby, date)
    match = _YEARS.search(text)
    year = int(match[0]) if match else year + _offset(text) if year else None
    return None if year is None else _within(text, year)


def _nearby(words: re.Match[str], date: str) -> str | None:
    """上月, 本月15日, 下周, 本季度, of which the document's date says when they are."""
    step = _STEPS.get(words["step"], 0)
    if words["unit"] == "周":
        if len(date) != len("2021-01-15"):
            return None
        day = Date.fromisoformat(date)
        monday = day + timedelta(days=7 * step - day.weekday())
        return f"{monday}/{monday + timedelta(days=6)}"
    if len(date) < len("2021-01"):
        return None
    month = 12 * int(date[:4]) + int(date[5:7]) - 1
    if words["unit"] == "季度":
        year, first = divmod(3 * (month // 3 + step), 12)
        return _within(f"{first // 3 + 1}季度{words['rest']}", year)
    year, month = divmod(month + step, 12)
    return _within(f"{month + 1}月{words['rest']}", year)


def _from_to(first: str | None, last: str | None) -> str | None:
    """From the first day of one date to the last of another, months being whole."""
    if first is None or last is None:
        return None
    begin = first.partition("/")[0]
    end = last.rpartition("/")[2]
    begin += "-01" if len(begin) == 7 else ""
    return f"{begin}/{end if len(end) == 10 else last_day(int(end[:4]), int(end[5:7]))}"


def _offset(text: str) -> int:
    """明年 is the document's year and one; a word without a year is of that year."""
    return RELATIVE_YEARS.get(text[:1], 0) if text[1:2] == "年" else 0


def _within(text: str, year: int) -> str | None:
    """A date whose year is known, in Arabic numerals."""
    if quarter := _QUARTERS.search(text):
        first, last = (UP_TO_TEN.get(n) or int(n) for n in (quarter[2], quarter[3] or quarter[2]))
        if text.endswith("末"):
            return last_day(year, 3 * last)
        return months(year, 1 if quarter[1] else 3 * first - 2, 3 * last)
    if "半年" in text:
        return months(year, *((1, 6) if "上" in text else (7, 12)))
    if found := _MONTHS.findall(text):
        return _month(year, [int(month) for month in found], text)
    if text[-1:] in ("底", "末", "终", "内"):
        return f"{year}-12-31"
    if text.endswith(("年初", "年中")):
        return months(year, 1, 3) if text[-1] == "初" else f"{year}-06-30"
    return f"{year}" if _NAMED_YEAR.match(text) else None  # not a day whose month is not said


def _era(text: str, year: int | None) -> str | None:
    """A century or a decade, of which 初 and 末 are vague; a decade alone is of the twentieth."""
    now = (year - 1) // 100 + 1 if year else 21
    named = re.search(f"({_NUMBER}|[上本下]?)个?世纪|(19|20)[1-9]0年代", text)
    century = 20
    if named:
        word = named[1] or ""
        given = value_of(word) if named[1] else float(named[2] or now - 1) + 1
        century = {"上": now - 1, "下": now + 1, "本": now}.get(word, int(given or 0))
    decades = [
        int(d[0] or 10 * UP_TO_TEN[d[1]])
        for d in _DECADES.findall(text.partition("世纪")[2] or text)
    ]
    if not decades or "年代" not in text:
        half = re.search("([上下])半叶", text)
        first = 100 * (century - 1) + (51 if half and half[1] == "下" else 1)
        last = 100 * century - (50 if half and half[1] == "上" else 0)
        return f"{first}-01-01/{last}-12-31" if named else None
    first, last = (100 * (century - 1) + end for end in (decades[0], decades[-1]))
    return f"{first}-01-01/{last + 9}-12-31"


def _month(year: int, found: list[int], text: str) -> str | None:
    """Days of one month or of two, a part of a month, a month, or several."""
    first, last = found[0], found[-1]
    if not 1 <= first <= last <= 12:
        return None
    if days := [int(day) for day in _DAYS.findall(text)]:
        begin, end_day = _day(year, first, days[0]), _day(year, last, days[-1])
        if len(days) == 1:
            return begin
        return f"{begin}/{end_day}" if begin and end_day and begin <= end_day else None
    if ten := _TEN_DAYS.search(text):
        begin_day = _FIRST_DAYS[ten[1] or ten[2]]
        end = monthrange(year, last)[1] if ten[2] == "下" else _FIRST_DAYS[ten[2]] + 9
        return f"{year}-{last:02}-{begin_day:02}/{year}-{last:02}-{end:02}"
    if half := _HALF_MONTH.search(text):
        ends = (1, 15) if half[1] == "上" else (16, monthrange(year, last)[1])
        return "/".join(f"{year}-{last:02}-{day:02}" for day in ends)
    if first != last:
        return months(year, first, last)
    if text[-1] == "初":
        return f"{year}-{last:02}-01/{year}-{last:02}-10"
    return last_day(year, last) if text[-1] in "底末" else f"{year}-{last:02}"


def _day(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12:
        return None
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None


def months(year: int, first: int, last: int) -> str:
    """An interval of whole months as ISO."""
    return f"{year}-{first:02}-01/{last_day(year, last)}"


def last_day(year: int, month: int) -> str:
    """The last day of a month as ISO."""
    return f"{year}-{month:02}-{monthrange(year, month)[1]:02}"
