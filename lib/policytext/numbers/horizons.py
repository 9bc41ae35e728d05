"""By when: the time words that govern a target, and the dates they stand for."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from policytext.corpus.document import Sentence
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.templates import Expressions, expressions
from policytext.numbers.comparators import NumberMention
from policytext.numbers.context import Reading, governor
from policytext.text.clean import fold
from policytext.text.dates import (
    DAY,
    MONTH,
    RELATIVE_YEARS,
    YEAR,
    arabic,
    iso_of,
    last_day,
    plan_years,
)
from policytext.text.numerals import value_of

_Y = rf"(?:今年|明年|本年|后年|{YEAR}[ ]?年)"
_N = "[一二三四五六七八九十两]"
_SPAN_OF_YEARS = rf"(?:{_N}{{1,2}}|\d{{1,2}})年"
_PLAN = rf"""
    (?: (?<!{_N}) [六七八九十]五 (?=[”’]?(?:时期|期间|期末|末|计划))  # the plans before 2006
      | 第 (?:[六七八九]|十{_N}?) 个五年 (?=计划|规划)
      | 十[一二三四五六七八九]五 (?![个家项条]) )
"""
_OTHER = rf"""
    | {_Y}? (?: 第?[一二三四1-4]季度末? | 前[一二三四1-4两]个?季度 | [上下]半年 )
    | {YEAR}年? [-—–~～－至到] {YEAR}年
    | {_Y}? {MONTH}月 (?:{DAY}日|底|末|[上中下]旬)?
    | {_Y} (?: [底末内] | 初(?![中高步级心]) )? (?!度|远景目标)
    | (?<!{_N}|\d) 年[底末内] | 全年 | 今明两年
    | {{span ahead}} {_SPAN_OF_YEARS} | (?<![第近\d]) {_SPAN_OF_YEARS}内
    | (?<![第前近这后\d]) (?<!{_N}) {_SPAN_OF_YEARS} (?={{behind a span ahead}})  # 五年翻一番
    | (?<=用|过) {_SPAN_OF_YEARS} (?={{time that is taken}})                  # 用三年时间
    | 本世纪[中末内]叶? | 本世纪头 {_SPAN_OF_YEARS}
"""
_DECADE = "[五六七八九]十年代 (?![初中前以]|后期)"
# In prose 十四五规划 is a document and 十四五开局 an occasion; in a heading both name the time.
# Few characters can begin one: all others are passed over at the first look.
_BEGINS = rf"(?= [今明本后第前上下年全\d] | {_N} | {{span ahead}} )"
_IN_PROSE = f"{_PLAN} (?![”’]?{{after a plan that is a document}})"
_TIME = f"{_BEGINS} (?: {_IN_PROSE} {_OTHER} | {_DECADE} )"
_IN_HEADING = _PLAN + _OTHER
_SPAN = re.compile(rf"(\D{{0,3}}?)({_N}{{1,2}}|\d{{1,2}})年")
_RANGE = re.compile("\\d{4}年?[-—–~～－至到]\\d{4}")


class Horizon(NamedTuple):
    """Time words: where they stand in what was searched, and the first and last date they mean."""

    start: int
    end: int
    text: str
    first: str | None
    last: str


def horizons(
    text: str, year: int | None, words: Expressions, start: int = 0, end: int | None = None
) -> Iterator[Horizon]:
    """All time words of a stretch that can say by when.

    Args:
        text: Folded text.
        year: The document's year, which 今年, 年底 and 三季度 are counted from.
        words: The expressions of a lexicon.
        start: Where to begin.
        end: Where to stop.

    >>> from policytext import default_lexicon
    >>> from policytext.lexicon.templates import expressions
    >>> words = expressions(default_lexicon())
    >>> [(h.text, h.last) for h in horizons("到2025年,今年三季度末,十四五", 2021, words)]
    [('2025年', '2025-12-31'), ('今年三季度末', '2021-09-30'), ('十四五', '2025-12-31')]
    """
    for match in words[_TIME].finditer(text, start, len(text) if end is None else end):
        dates = resolve(match[0], year)
        if dates:
            yield Horizon(*match.span(), match[0], *dates)


@lru_cache(maxsize=1024)
def heading_horizon(heading: str, year: int | None, lexicon: Lexicon) -> Horizon | None:
    """The last time a heading names that is not over: 2021 in 2020年工作回顾和2021年安排.

    The heading, and so the horizon's text, is as printed.
    """
    named = [
        Horizon(*match.span(), heading[slice(*match.span())], *dates)
        for match in expressions(lexicon)[_IN_HEADING].finditer(fold(heading))
        if (dates := resolve(match[0], year)) and (year is None or int(dates[1][:4]) >= year)
    ]
    return named[-1] if named else None


@lru_cache(maxsize=4096)
def resolve(words: str, year: int | None) -> tuple[str | None, str] | None:
    """First and last date of time words; no first date where they name a point (年底)."""
    plan = plan_years(words)
    if plan and re.match("[六七八九十第]", words):
        return f"{plan[0]}-01-01", f"{plan[1]}-12-31"
    if "年代" in words:
        return tuple(str(iso_of(words, year)).split("/"))  # type: ignore[return-value]
    words = arabic(words)
    if year and words.startswith("本世纪"):
        length = value_of(words[4:-1]) if "头" in words else 50 if "中" in words else 100
        return None, f"{(year - 1) // 100 * 100 + int(length or 100)}-12-31"
    if _RANGE.match(words):
        return tuple(str(iso_of(words, year)).split("/"))  # type: ignore[return-value]
    stated = re.search(r"\d{4}", words)
    base = int(stated[0]) if stated else year
    if base is None:
        return None
    if not stated and words[1:2] == "年" and words[0] in RELATIVE_YEARS:
        base, words = base + RELATIVE_YEARS[words[0]], words[2:] or "全年"
    if span := _SPAN.match(words):
        # The coming five years follow this one; any other span begins with it: 三年内, 今明两年.
        first = base + (span[1] not in ("", "今明"))
        return f"{first}-01-01", f"{first + int(value_of(span[2]) or 1) - 1}-12-31"
    return _within(words, base)


def _within(words: str, year: int) -> tuple[str | None, str]:
    if "季度" in words or "半年" in words:
        first, last = str(iso_of(words, year)).split("/")
        return (None if words.endswith("末") else first), last
    month = re.search(r"(\d{1,2})月", words)
    if month and 1 <= int(month[1]) <= 12:
        day = iso_of(words, year) or ""
        if "旬" in words:
            return None, day[-10:]
        return None, day if len(day) == 10 else last_day(year, int(month[1]))
    if words[-1] == "初":
        return None, f"{year}-03-31"
    return (None if words[-1] in "底末" else f"{year}-01-01"), f"{year}-12-31"


# A goal names its time near the beginning of its sentence.
_GOAL_SPAN = 40
_SENTENCES_BACK = 41


def horizon_of(found: NumberMention) -> tuple[Horizon | None, str | None]:
    """The time words of the sentence, of a goal before it, of a heading, of the paragraph."""
    context, line, mention = found.context, found.context.line, found.mention
    text, year, words = (
        context.reading.text,
        context.reading.document.year,
        context.reading.expressions,
    )
    if found.kind == "date":
        # 明年6月 is a mention without its 明年, which says whose June it is.
        start = mention.start - 2 * text.startswith("明年", mention.start - 2)
        own = next(horizons(text, year, words, start, mention.end), None)
        return (own, "sentence") if own else (None, None)
    times = horizons(text, year, words, context.sentence, context.clause_end)
    stated = [h for h in _bases_left_out(times, text) if _is_ahead(h, year) and _reaches(h, found)]
    stated = [h for h in stated if not _is_remark(text, mention.end, h)]
    if stated:
        before = [h for h in stated if h.start < mention.start]
        return _in_plan(_governing(before or stated, text), line), "sentence"
    earlier = _times_before(context.reading, line)
    if goal := next((h for h, opening in earlier if _is_goal(opening)), None):
        return _in_plan(goal, line), "previous"
    headings = (heading for heading in (line.heading, line.chapter) if heading)
    lexicon = context.reading.lexicon
    horizon = (heading_horizon(heading, year, lexicon) for heading in headings)
    if named := next(filter(None, horizon), None):
        return named, "heading"
    above = next((h for h, _ in earlier if not _is_short(h)), None)
    return (_in_plan(above, line), "previous") if above else (None, None)


def _bases_left_out(times: Iterator[Horizon], text: str) -> list[Horizon]:
    """Without the time of a starting point: 由今年预计的3%提高到4%, 比今年增长4%."""
    return [h for h in times if text[h.start - 1 : h.start] not in ("由", "比", "较")]


def _governing(stated: list[Horizon], text: str) -> Horizon:
    """The last of several times; but 到2030年,五年累计 ends in 2030."""
    last = stated[-1]
    until = [h for h in stated[:-1] if text[h.start - 1 : h.start] in ("到", "至")]
    return until[-1] if until and re.fullmatch(f"{_N}年", last.text) else last


def _is_remark(text: str, end: int, horizon: Horizon) -> bool:
    """A time behind a number that has a number of its own: 8%(其中一季度10%)."""
    between, close = text[end : horizon.start], text.find(")", horizon.end)
    behind = re.search(r"\d", text[horizon.end : close]) if close > 0 else None
    return "其中" in between or ("(" in between and ")" not in between and behind is not None)


def _reaches(horizon: Horizon, found: NumberMention) -> bool:
    """A month or quarter dates its own clause, and what has no verb of its own behind it."""
    within = horizon.start >= found.context.clause
    return within or not _is_short(horizon) or governor(found.context) is None


def _is_short(horizon: Horizon) -> bool:
    return re.search("月|季度|半年", horizon.text) is not None


def _times_before(reading: Reading, line: Sentence) -> list[tuple[Horizon, str]]:
    """Times in the openings of earlier sentences of the paragraph, the nearest first."""
    number, year = reading.document.sentence_at(line.start), reading.document.year
    earlier = reading.document.sentences[max(0, number - _SENTENCES_BACK) : number]
    found = []
    for above in takewhile(lambda one: one.paragraph == line.paragraph, reversed(earlier)):
        opening = reading.text[above.start : min(above.end, above.start + _GOAL_SPAN)]
        if named := _first_ahead(opening, year, reading.lexicon):
            start, end = above.start + named.start, above.start + named.end
            found.append((named._replace(start=start, end=end), opening))
    return found


@lru_cache(maxsize=2 * _SENTENCES_BACK)
def _first_ahead(opening: str, year: int | None, lexicon: Lexicon) -> Horizon | None:
    """The first time of an opening that is not over; all targets of a paragraph ask for it."""
    times = _bases_left_out(horizons(opening, year, expressions(lexicon)), opening)
    return next((h for h in times if _is_ahead(h, year)), None)


def _is_goal(opening: str) -> bool:
    """A goal stated for a time: 未来五年,…目标:."""
    return "目标" in opening or re.match("(?:力争)?到", opening) is not None


def _in_plan(horizon: Horizon, line: Sentence) -> Horizon:
    """未来五年 in a chapter on a five-year plan ends with that plan."""
    years = plan_years(line.chapter or "") if "五年" in horizon.text else None
    if years and years[0] <= int(horizon.last[:4]) <= years[1] + 2:
        return horizon._replace(first=f"{years[0]}-01-01", last=f"{years[1]}-12-31")
    return horizon


def _is_ahead(horizon: Horizon, year: int | None) -> bool:
    return year is None or int(horizon.last[:4]) >= year
