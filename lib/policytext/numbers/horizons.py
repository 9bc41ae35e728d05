"""By when: the time words that govern a target, and the dates they stand for."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise, takewhile
from operator import itemgetter
from typing import NamedTuple

from policytext.corpus.document import Sentence
from policytext.lexicon.lexicon import Expressions, Lexicon, expressions
from policytext.numbers.comparators import NumberMention
from policytext.numbers.context import Reading, governor
from policytext.text.clean import fold
from policytext.text.dates import (
    DAY,
    MONTH,
    RELATIVE_MONTH,
    RELATIVE_YEAR,
    YEAR,
    arabic,
    iso_of,
    last_day,
    plan_years,
)
from policytext.text.numerals import value_of

_Y = rf"(?:(?![去前上当次]){RELATIVE_YEAR}|{YEAR}[ ]?年)"
_N = "[一二三四五六七八九十两]"
_SPAN_OF_YEARS = rf"(?:{_N}{{1,2}}|\d{{1,2}})年"
_PLAN = rf"""
    (?: (?<!{_N}) [六七八九十]五 (?=[”’]?(?:时期|期间|期末|末|计划))  # the plans before 2006
      | 第 (?:[六七八九]|十{_N}?) 个五年 (?=计划|规划)
      | 十[一二三四五六七八九]五 (?![个家项条]) )
"""
_OTHER = rf"""
    | (?:{_Y})? {{named time}}                                    # 汛期前: no date of its own
    | {_Y}? (?: 第?[一二三四1-4]季度末? | 前[一二三四1-4两]个?季度 | [上下]半年末? )
    | {YEAR}年? [-—–~～－至到] {YEAR}年
    | (?: {_Y}? {MONTH}月 | {RELATIVE_MONTH} ) (?: {DAY}[日号] | [底末初] | [上中下](?:旬|半月) )?
    | {_Y} (?: 年?[底末内] | 年?初(?![中高步级心]) | 年中 )? (?!度|远景目标)
    | (?<!{_N}|[\d岁每]) (?: 年(?: [底末内] | [初中](?=[前之以]) ) | 月[底末] ) | 全年 | 今明两年
    | {{span ahead}} {_SPAN_OF_YEARS} | (?<![第近\d]) {_SPAN_OF_YEARS}内
    | (?<![第前近这后\d]) (?<!{_N}) {_SPAN_OF_YEARS} (?={{behind a span ahead}})  # 五年翻一番
    | (?<=用|过) {_SPAN_OF_YEARS} (?={{time that is taken}})                  # 用三年时间
    | [本下]个?世纪(?: [中末]叶? | 内 | 头 {_SPAN_OF_YEARS} | ,?第[一二三]个十年 )
    | (?<=[到至]) [1-4]\d年[底末]                                # 到25年底
    | [本下]季度末? | [本下]周
"""
_DECADE = "[五六七八九]十年代 末? (?![初中前以]|后期)"
# In prose 十四五规划 is a document and 十四五开局 an occasion; in a heading both name the time.
# Few characters can begin one: all others are passed over at the first look.
_BEGINS = rf"(?= [今明本后第前上当下次翌年月全\d] | {_N} | {{span ahead}} | {{named time}} )"
_IN_PROSE = f"{_PLAN} (?![”’]?{{after a plan that is a document}})"
_TIME = f"{_BEGINS} (?: {_IN_PROSE} {_OTHER} | {_DECADE} )"
_IN_HEADING = _PLAN + _OTHER
_SPRING = ("01", "02", "03", "04")
_CENTURY = re.compile(
    rf"""
    [本下]个?世纪
    (?: [中末]叶? | 内
    | 头 (?P<years> {_N}{{1,2}} | \d{{1,2}} ) 年  # 下世纪头二十年
    | ,? 第 (?P<tens> [一二三] ) 个十年
    )
    """,
    re.VERBOSE,
)
_COUNTED_YEAR = re.compile(f"{RELATIVE_YEAR}$")
_SPAN = re.compile(rf"((?!第)\D{{0,3}}?)({_N}{{1,2}}|\d{{1,2}})年")


class Horizon(NamedTuple):
    """Time words: where they stand in what was searched, and the first and last date they mean.

    ``last`` is empty where that is in no calendar: 汛期前.
    """

    start: int
    end: int
    text: str
    first: str | None
    last: str


def horizons(
    text: str, day: int | str | None, words: Expressions, start: int = 0, end: int | None = None
) -> Iterator[Horizon]:
    """All time words of a stretch that can say by when.

    Args:
        text: Folded text.
        day: The document's year or date, which 今年, 年底 and 下月 are counted from.
        words: The expressions of a lexicon.
        start: Where to begin.
        end: Where to stop.

    >>> from policytext import default_lexicon
    >>> from policytext.lexicon.lexicon import expressions
    >>> words = expressions(default_lexicon())
    >>> [(h.text, h.last) for h in horizons("到2025年,今年三季度末,十四五", 2021, words)]
    [('2025年', '2025-12-31'), ('今年三季度末', '2021-09-30'), ('十四五', '2025-12-31')]
    """
    for match in words[_TIME].finditer(text, start, len(text) if end is None else end):
        named = words["{named time}$"].search(match[0])
        if dates := (None, "") if named else resolve(match[0], day):
            yield Horizon(*match.span(), match[0], *dates)


@lru_cache(maxsize=1024)
def heading_horizon(heading: str, day: str | None, lexicon: Lexicon) -> Horizon | None:
    """The last time a heading names that is not over: 2021 in 2020年工作回顾和2021年安排.

    The heading, and so the horizon's text, is as printed.
    """
    named = [
        Horizon(*match.span(), heading[slice(*match.span())], *dates)
        for match in expressions(lexicon)[_IN_HEADING].finditer(fold(heading))
        if (dates := resolve(match[0], day)) and not (day and dates[1][:4] < day[:4])
    ]
    return named[-1] if named else None


@lru_cache(maxsize=4096)
def resolve(words: str, day: int | str | None) -> tuple[str | None, str] | None:
    """First and last date of time words; no first date where they name a point (年底).

    Args:
        words: The time words, folded.
        day: The document's year, or its date as ISO.
    """
    plan = plan_years(words)
    if plan and re.match("[六七八九十第]", words):
        return f"{plan[0]}-01-01", f"{plan[1]}-12-31"
    words, year = arabic(words), int(str(day)[:4]) if day else None
    if year and (century := _CENTURY.fullmatch(words)):
        first = (year - 1) // 100 * 100 + 100 * (words[0] == "下")
        tens, ones = value_of(century["tens"] or ""), value_of(century["years"] or "")
        length = 10 * tens if tens else ones or (50 if "中" in words else 100)
        return None, f"{first + int(length)}-12-31"
    if year and (span := _SPAN.fullmatch(words.removesuffix("内"))) and words[0] not in "第上":
        # The coming five years follow this one, unless it has just begun; any other span begins
        # with it: 三年内, 今明两年.
        begun = str(day)[5:7] in _SPRING or span[1] in ("", "今明")
        first = year if begun else year + 1
        return f"{first}-01-01", f"{first + int(value_of(span[2]) or 1) - 1}-12-31"
    iso = iso_of(words, day)
    return _ends(words, *iso.split("/")) if iso else None


def _ends(words: str, first: str, last: str | None = None) -> tuple[str | None, str]:
    """Both ends of an ISO date; a year, a quarter and a decade begin, a month or 年初 does not."""
    if len(first) == len("2021"):
        return f"{first}-01-01", f"{first}-12-31"
    if len(first) == len("2021-01"):
        return None, last_day(int(first[:4]), int(first[5:]))
    if words.endswith("内"):
        return f"{first[:4]}-01-01", first
    begins = last and not re.search("[月旬周]|[初末]$", words)
    return first if begins else None, last or first


# A goal names its time near the beginning of its sentence.
_GOAL_SPAN = 40
_SENTENCES_BACK = 41


class Dated(NamedTuple):
    """A horizon, and its ``source``: sentence, previous (stated before), heading; or neither."""

    horizon: Horizon | None
    source: str | None


def planned_years(reading: Reading) -> list[tuple[int, Dated]]:
    """Where a report says which year its plan is for, and what it says, in order.

    That is its own year, named by a heading or at the beginning of a paragraph of the plan. It
    holds for the chapters behind it, whose headings often name no time.
    """
    document, day, found = reading.document, reading.document.date, []
    if document.kind != "report" or day is None:
        return []
    last: tuple[str | None, str | None] = (None, None)
    own = (f"{day[:4]}-01-01", f"{day[:4]}-12-31")
    for line, announced in zip(document.sentences, reading.announced, strict=True):
        frame = announced and announced.name
        if frame == "plan" and (line.opens or (line.heading, frame) != last):
            named = (one for one in _named_in(reading, line) if one.horizon)
            found += [(line.start, one) for one in named if one.horizon and one.horizon[3:] == own]
        last = line.heading, frame
    return found


def _named_in(reading: Reading, line: Sentence) -> Iterator[Dated]:
    """The times that the heading above a sentence and its first words name."""
    day, lexicon = reading.document.date, reading.lexicon
    yield Dated(heading_horizon(line.heading or "", day, lexicon), "heading")
    opening = reading.text[line.start : min(line.end, line.start + _GOAL_SPAN)]
    if named := _first_ahead(opening, day, lexicon):
        yield Dated(_moved(named, line.start), "previous")


def horizon_of(found: NumberMention, years: Callable[[], list[tuple[int, Dated]]]) -> Dated:
    """The time words of the sentence, of a goal before it, of a heading, of the paragraph.

    Args:
        found: The number.
        years: Gives what `planned_years` finds, which few documents need: where all these fail.
    """
    context, line, mention = found.context, found.context.line, found.mention
    text, day, words = (
        context.reading.text,
        context.reading.document.date,
        context.reading.expressions,
    )
    if found.kind == "date":
        # 明年6月 are two mentions, of which the first says whose June it is.
        counted = _COUNTED_YEAR.search(text, mention.start - len("明年"), mention.start)
        start = counted.start() if counted else mention.start
        own = next(horizons(text, day, words, start, mention.end), None)
        return Dated(own, "sentence") if own else Dated(None, None)
    named = horizons(text, day, words, context.sentence, context.clause_end)
    times = _bases_left_out(named, text, context.reading.lexicon)
    stated = [h for h in times if _is_ahead(h, day) and _reaches(h, found)]
    stated = [h for h in stated if not _is_remark(text, mention.end, h)]
    if stated:
        before = [h for h in stated if h.start < mention.start]
        own = _dealt_out(before, text, mention.start) or _governing(before or stated, text)
        return Dated(_in_plan(own, line), "sentence")
    earlier = _times_before(context.reading, line)
    if goal := next((h for h, opening in earlier if _is_goal(opening)), None):
        return Dated(_in_plan(goal, line), "previous")
    headings = (heading for heading in (line.heading, line.chapter) if heading)
    lexicon = context.reading.lexicon
    horizon = (heading_horizon(heading, day, lexicon) for heading in headings)
    if headed := next(filter(None, horizon), None):
        return Dated(headed, "heading")
    if above := next((h for h, _ in earlier if not _is_short(h)), None):
        return Dated(_in_plan(above, line), "previous")
    number = bisect_right(years(), line.start, key=itemgetter(0))
    return years()[number - 1][1] if number else Dated(None, None)


def _bases_left_out(times: Iterator[Horizon], text: str, lexicon: Lexicon) -> list[Horizon]:
    """Without the time of a starting point: 由今年预计的3%提高到4%, 比今年增长4%."""
    starts = expressions(lexicon)["{before a starting point}"]
    return [h for h in times if not starts.fullmatch(text, max(0, h.start - 1), h.start)]


def _governing(stated: list[Horizon], text: str) -> Horizon:
    """The last of several times; but 到2030年,五年累计 ends in 2030."""
    last = stated[-1]
    until = [h for h in stated[:-1] if text[h.start - 1 : h.start] in ("到", "至")]
    return until[-1] if until and re.fullmatch(f"{_N}年", last.text) else last


_AND = re.compile("[之以]?[前内]?[、和]")


def _dealt_out(times: list[Horizon], text: str, at: int) -> Horizon | None:
    """The own time of a number: 2025年底前、2026年6月底前分别建成3座、5座."""
    spread = text.find("分别", times[-1].end, at) if len(times) > 1 else -1
    joined = all(_AND.fullmatch(text, one.end, other.start) for one, other in pairwise(times))
    number = text.count("、", spread, at)
    return times[number] if spread >= 0 and joined and number < len(times) else None


def _is_remark(text: str, end: int, horizon: Horizon) -> bool:
    """A time behind a number that has a number of its own: 8%(其中一季度10%)."""
    between, close = text[end : horizon.start], text.find(")", horizon.end)
    behind = re.search(r"\d", text[horizon.end : close]) if close > 0 else None
    return "其中" in between or ("(" in between and ")" not in between and behind is not None)


def _reaches(horizon: Horizon, found: NumberMention) -> bool:
    """A month or quarter dates its own clause, and what has no verb of its own behind it.

    One that is all of its clause dates what follows: 6月底前,….
    """
    text, within = found.context.reading.text, horizon.start >= found.context.clause
    alone = _ALONE.match(text, horizon.end)
    return bool(within or alone or not _is_short(horizon)) or governor(found.context) is None


_ALONE = re.compile("[之以]?[前内]?,")


def _is_short(horizon: Horizon) -> bool:
    return not horizon.last or re.search("月|季度|半年|周", horizon.text) is not None


def _times_before(reading: Reading, line: Sentence) -> list[tuple[Horizon, str]]:
    """Times in the openings of earlier sentences of the paragraph, the nearest first."""
    number, day = reading.document.sentence_at(line.start), reading.document.date
    earlier = reading.document.sentences[max(0, number - _SENTENCES_BACK) : number]
    found = []
    for above in takewhile(lambda one: one.paragraph == line.paragraph, reversed(earlier)):
        opening = reading.text[above.start : min(above.end, above.start + _GOAL_SPAN)]
        if named := _first_ahead(opening, day, reading.lexicon):
            found.append((_moved(named, above.start), opening))
    return found


def _moved(horizon: Horizon, by: int) -> Horizon:
    return horizon._replace(start=horizon.start + by, end=horizon.end + by)


@lru_cache(maxsize=2 * _SENTENCES_BACK)
def _first_ahead(opening: str, day: str | None, lexicon: Lexicon) -> Horizon | None:
    """The first time of an opening that is not over; all targets of a paragraph ask for it."""
    times = _bases_left_out(horizons(opening, day, expressions(lexicon)), opening, lexicon)
    return next((h for h in times if h.last and _is_ahead(h, day)), None)


def _is_goal(opening: str) -> bool:
    """A goal stated for a time: 未来五年,…目标:."""
    return "目标" in opening or re.match("(?:力争)?到", opening) is not None


def _in_plan(horizon: Horizon, line: Sentence) -> Horizon:
    """未来五年 in a chapter on a five-year plan ends with that plan."""
    years = plan_years(line.chapter or "") if "五年" in horizon.text else None
    if years and years[0] <= int(horizon.last[:4]) <= years[1] + 2:
        return horizon._replace(first=f"{years[0]}-01-01", last=f"{years[1]}-12-31")
    return horizon


def _is_ahead(horizon: Horizon, day: str | None) -> bool:
    return day is None or not horizon.last or horizon.last[:4] >= day[:4]
