"""What a report says was delivered: on which basis, and in its own judgement."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, cast

import pandas as pd

from policytext.corpus.corpus import Corpus, LeftOut, check_corpus
from policytext.corpus.document import Sentence
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import LEVELS
from policytext.numbers.comparators import TARGETS, NumberMention
from policytext.numbers.context import Reading
from policytext.numbers.coordination import phrases_of
from policytext.numbers.indicators import indicator_name, indicator_names
from policytext.numbers.phrases import Phrase
from policytext.numbers.quantities import mentions_of, quantity_row, table_of
from policytext.text.patterns import any_word
from policytext.years.outcome_times import Paragraph, is_over, paragraphs, time_of

OUTCOME_COLUMNS = """
    doc start end text indicator indicator_name measure value value_max unit norm_value norm_unit
    comparator comparator_text comparator_at year span basis price said said_gap said_start said_end
""".split()
SPANS = ("year", "average of years", "several years", "part of a year", "no number")
BASES = ("final", "preliminary", "estimate")
PRICES = ("real", "nominal")
SAID = ("above", "better", "below", "reached", "not reached")
_AMOUNTS = ("percentage", "money", "cardinal", "range")

_BASES = (("estimate", "{first estimate}"), ("preliminary", "{first accounts}"))
_PRICES = (("real", "{at constant prices}"), ("nominal", "{at current prices}"))
_SHARE = "(?: ^ | (?<=[、,万亿元%]) ) 占 [^,;、。占]{2,14}? 的? (?:比重|比例)"  # 、占生产总值比重达
# What is a part of some whole, or comes to each of many: 占全国1/10, 每平方公里产出生产总值4亿元.
_OF_OTHERS = r"(?: 占 [^\d,;、。占]{1,8} | 每 (?![年月日天]) [^\d,;。、]{1,14} ) $"
_PASSED = "{passes a mark} [^,;。]* , [^,;。]{0,6} $"  # 突破千亿大关,同比增长
_FALLS = "{falls} (?! [^,;。]* [到至为] ) [^,;。\\d]{0,6} $"  # 回落到2.6% is a level

# The text's own judgement: 高出预期目标1.2个百分点, 低于13%左右的预期目标, 预期增长目标未能实现.
_FROM = re.compile(r"[由从] [^,;。由从\d]{0,6} (?: \d+年?[^,;。\d]{0,3} )? $", re.VERBOSE)
_TO = re.compile("(?:以上|左右)?,?[^,;。\\d]{0,8}[到至为成]")
# What stands above a report's place, as it is said there.
_ABOVE = {"provincial": "全国", "prefectural": "全[国省]", "county": "全[国省市]"}
_GOAL = "(?: {goal of the year} )* {goal} (?!任务|责任)"  # 目标任务 is all that was to be done
_GOAL_BEHIND = f"(?:左右|以上|以内|以下)? 的 {_GOAL}"
_SAID = rf"""
    (?: (?P<above> {{is above}} ) | (?P<better> {{is better}} ) | (?P<below> {{is below}} )
      | (?P<failed> {{is not reached}} ) | (?P<reached> {{is reached}} ) )
    (?P<what> [^,;。]{{0,60}}? ) {_GOAL} (?: (?P<gap> [\d.]+ ) 个? (?: 百分)? 点 )?
  | {_GOAL} [^,;。]{{0,6}}? (?P<behind> {{is not reached}} )
  | (?P<apart> {_GOAL} (?: (?!{{is not certain}}) [^,;。] ){{0,6}}? {{is a gap}} )
"""
_VERDICTS = ("above", "better", "below", "reached")
_OF_A_PLAN = re.compile("规划|五年|提前|十[一二三四五]五")  # and so not of a year
# A subject stands at most so far before the judgement on it.
_NEAR = 60


class Said(NamedTuple):
    """What a text says of a goal itself, where, of which indicators, and by how many points.

    ``verdict``: above or below the goal, better, reached, not reached; ``span``: the year, or
    several years where the goal is a plan's.
    """

    verdict: str
    span: str
    start: int
    end: int
    names: tuple[str, ...]
    gap: float | None


def find_outcomes(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """What was delivered, for each indicator that the lexicon has a name for.

    Args:
        corpus: Reports with a place and a year; a report reviews the year before its own.
        lexicon: Indicators, units and cue words; the default if None.

    Returns:
        A span table, columns ``OUTCOME_COLUMNS``: the number with its ``indicator`` as printed,
        ``indicator_name``, ``measure`` (change or level; of a fall the value is negative),
        ``unit`` and ``comparator``; the ``year`` that it ends with and its ``span`` (year,
        average of years, several years, part of a year; no number where a review only names
        the indicator); ``basis`` (final, preliminary: 初步核算, estimate: 预计);
        ``price`` (real, nominal) where said; what the text says of its goal (``said``: above,
        better, below, reached, not reached), the points that it names (``said_gap``) and where.
        A judgement without a number, as 预期增长目标未能实现, is a row without ``value``; of a goal
        that has no name in the lexicon ``indicator_name`` is missing.

    >>> from policytext import read_corpus
    >>> found = find_outcomes(read_corpus("data/wenzhou-2021"))
    >>> list(found.columns) == OUTCOME_COLUMNS
    True
    """
    check_corpus(corpus)
    given = lexicon or default_lexicon()
    table = table_of(corpus, given, LeftOut("find_outcomes"), _rows, OUTCOME_COLUMNS)
    return table.astype({"year": "Int64", "said_start": "Int64", "said_end": "Int64"})


Cells = tuple[Any, ...]


class _Found(NamedTuple):
    """A delivered number with its name, and its cells without what the text says of its goal."""

    name: str
    start: int
    end: int
    cells: Cells


def _rows(reading: Reading) -> Iterator[Cells]:
    """The rows of one document: its numbers, then the judgements that no number bears."""
    said = list(judgements(reading))
    borne, told = set[tuple[int, str]](), set[str]()
    for found in _delivered(reading):
        if any(one.start <= found.start < one.end for one in said):
            continue  # 6% of 低于6%左右的预期目标
        own = next((one for one in said if one.span == "year" and _is_on(one, found)), None)
        if own:
            borne.add((own.start, found.name))
        told.add(found.name)
        yield (*found.cells, *_said_cells(reading, own))
    for one in said:
        for name in one.names or ("",):
            if (one.start, name) not in borne:
                told.add(name)
                yield _without_number(reading, one, name or None)
    yield from _in_words(reading, told)


def _in_words(reading: Reading, told: set[str]) -> Iterator[Cells]:
    """Where a review first names an indicator of which it has no number: 进出口实现正增长."""
    known = indicator_names(reading.lexicon)
    for found in _names(reading.lexicon).finditer(reading.text):
        frame = reading.announced[reading.document.sentence_at(found.start())]
        if known[found[0]] not in told and frame is not None and frame.name == "review":
            told.add(known[found[0]])
            only = Said("", "no number", *found.span(), (), None)
            yield _without_number(reading, only, known[found[0]])


def _delivered(reading: Reading) -> Iterator[_Found]:
    """The delivered numbers that have a name."""
    mentions = mentions_of(reading)
    phrases = phrases_of(mentions, lambda one: one.kind in _AMOUNTS)
    opened = paragraphs(reading)
    last: tuple[str, str, Sentence] | None = None
    for one in mentions:
        phrase = phrases.get(one.mention.start)
        if phrase is None:
            continue
        noun, name = _named(phrase, one)
        near = last if last and last[2] == one.context.line else None
        if _is_goal(one) or _is_start(one):  # 增长8%的目标未能实现,增长7.2%: the noun of both
            last = (noun, name, one.context.line) if name and "|" not in name else near
            continue
        if not _is_delivered(one, opened):
            continue
        if _is_elsewhere(one, phrase):
            last = None
            continue
        share = one.context.search_before(_SHARE)
        if share and "占" not in noun[1:]:
            # 研发经费支出260亿元、占生产总值比重达3.1% is no product.
            noun = (near[0] if near else "") + share[0]
            name = indicator_name(noun, None, reading.lexicon)
        elif "占" not in noun and one.context.search_before(_OF_OTHERS):
            continue
        elif name is None and near and _goes_on(noun, one):
            noun, name = near[:2]
        if name and "|" not in name and is_over(one, opened):
            last = (noun, name, one.context.line)
            yield _Found(name, *one.mention[:2], _cells(one, phrase, noun, name, opened))


def _is_goal(one: NumberMention) -> bool:
    """Whether a number is the goal that a text speaks of: 增长8%的预期目标未能实现."""
    return bool(one.context.reading.expressions[_GOAL_BEHIND].match(one.context.after))


def _is_start(one: NumberMention) -> bool:
    """Whether a number is what the next one comes from: 由3.8%降至3.2%."""
    context = one.context
    return bool(_FROM.search(context.before) and _TO.match(context.after))


def _is_elsewhere(one: NumberMention, phrase: Phrase) -> bool:
    """Whether a number is of a place above that of its report: 全国生产总值增长6%,我市…."""
    reading = one.context.reading
    above = _ABOVE.get(reading.document.level or "", "")
    if reading.document.level == LEVELS[-2] and (reading.document.place or "").endswith("市"):
        above = _ABOVE[LEVELS[-3]]
    named = phrase.indicator if phrase.indicator[0] < phrase.indicator[1] else phrase.shared
    begin = max(reading.text.rfind(mark, 0, named[0] + 1) for mark in ",;。\n") + 1
    clause = reading.text[begin : one.mention.start]
    found = re.search(f"(?<![占比于较居在]){above}", clause) if above else None
    return bool(found and _names(reading.lexicon).match(clause, found.end()))


def _goes_on(noun: str, one: NumberMention) -> bool:
    """Whether a rate has the noun of a number before, beyond the nearest.

    生产总值62164亿元、突破1万亿美元,增长8.5%; 生产总值1080亿元,历史性突破千亿大关,增长14%;
    经济增速一季度2%,全年增速3%.
    """
    if one.kind not in ("percentage", "range"):
        return False
    words, rate = one.context.reading.expressions, "(?: {a whole year} )? {rate of change}"
    return not noun or bool(
        words[rate].fullmatch(noun) or words[_PASSED].search(one.context.sentence_before[-_NEAR:])
    )


def _cells(
    one: NumberMention, phrase: Phrase, noun: str, name: str, opened: dict[int, Paragraph]
) -> Cells:
    """The cells of a number, those that say when, on which basis and at which prices behind."""
    row = quantity_row(one, phrase)
    value, value_max, unit, norm, norm_unit, *bound = cast(tuple[Any, ...], row[6:14])
    rate = one.context.reading.expressions["{rate of change} $"].search(noun)
    measure = "change" if rate and one.kind == "percentage" else phrase.measure
    sign = -1 if measure == "change" and _falls(one, phrase) and (value or 0) > 0 else 1
    value, value_max, norm = (end and sign * end for end in (value, value_max, norm))
    # Jobs of a review of five years are those of all five; a level is reached in the last.
    time = time_of(one, opened, is_sum=measure == "change" and one.kind != "percentage")
    before = one.context.reading.text[one.context.sentence : one.mention.start]
    # Behind a goal 实际 is what came of it, and no price: 增长8%的目标未能实现,实际增长7%.
    met = one.context.reading.expressions[f"% {_GOAL_BEHIND}"].search(before)
    prices = () if met else _PRICES
    stated = (_first_of(_BASES, one, before) or "final", _first_of(prices, one, before[-20:]))
    amount = (value, value_max, unit, norm, norm_unit, *bound)
    return (*row[:4], noun, name, measure, *amount, time.year, time.span, *stated)


def _first_of(rows: tuple[tuple[str, str], ...], one: NumberMention, text: str) -> str | None:
    """The first of some readings whose words stand in a text."""
    words = one.context.reading.expressions
    return next((name for name, template in rows if words[template].search(text)), None)


def _falls(one: NumberMention, phrase: Phrase) -> bool:
    """Whether a change goes down, by its verb or by a word before the number."""
    reading = one.context.reading
    verb = reading.text[slice(*phrase.action)]
    return bool(reading.expressions["{falls}"].match(verb) or one.context.search_before(_FALLS, 12))


def _named(phrase: Phrase, one: NumberMention) -> tuple[str, str | None]:
    """The noun of a number and its name; without the date before and the start behind it."""
    document, lexicon = one.context.reading.document, one.context.reading.lexicon
    spans = (phrase.modifier, phrase.indicator, phrase.shared)
    noun = "".join(document.text[slice(*span)] for span in spans)
    noun = one.context.reading.expressions[_AROUND].sub("", noun)
    end = max(span[1] for span in spans)
    between = document.text[end : one.mention.start] if noun else ""
    # 生产总值2860亿元,人均5.4万元,增长7.5% has lost its 人均.
    noun = "人均" + noun if "人均" in between else noun
    return noun, indicator_name(noun, document.text[slice(*phrase.action)], lexicon, phrase.item)


# 1-11月工业增加值, 国内生产总值从54万亿元, 居民收入实际, 粮食产量首次, 价格指数年均涨幅
_AROUND = r"""
    ^ (?: [\d ]+年 | {part of a year} ) | {average of years}
  | [从由] .* $ | {sets a record} .{0,9} $
  | (?: 实际 | 名义 | 平均值? | 均值 | {falls} | {between indicator and number} )+ $
"""


def _is_delivered(one: NumberMention, opened: dict[int, Paragraph]) -> bool:
    """Whether a number is reported as done, also in a chapter that plans.

    过去一年,成绩很大。生产总值增长10.3% stands among the goals of some reports.
    """
    if one.verdict.status not in TARGETS:
        return one.verdict.status == "achievement"
    reading, at = one.context.reading, opened[one.context.line.paragraph].start
    text = reading.text[at : one.context.clause_end]
    # 比上年 is what a goal is measured by, too.
    past = next(
        reversed(list(reading.expressions["(?<![比较与]){a whole year}"].finditer(text))), None
    )
    return past is not None and not reading.expressions["{goal} | [今本]年"].search(
        text, past.end()
    )


# --- what the text says of its goals ---------------------------------------------------------


@lru_cache(maxsize=4)
def _names(lexicon: Lexicon) -> re.Pattern[str]:
    """The names of indicators, without those that are parts of a ratio: 占国内生产总值."""
    names = any_word(indicator_names(lexicon))
    return re.compile(rf"(?<!占|均)(?<!单位|万元)(?<!占地区|占国内)(?:{names})(?!占)")


def judgements(reading: Reading) -> Iterator[Said]:
    """What a text says itself of goals that were set before, where it does not plan."""
    for found in reading.expressions[_SAID].finditer(reading.text):
        verdict = next((kind for kind in _VERDICTS if found[kind]), "not reached")
        names = _subjects(reading, found)
        # 离发展目标还有差距 without an indicator is no judgement on a year.
        needs_name = verdict != "not reached" or found["apart"]
        if _plans(reading, found) or (needs_name and not names):
            continue
        span = "several years" if _OF_A_PLAN.search(found[0]) else "year"
        yield Said(
            verdict, span, *found.span(), names, float(found["gap"]) if found["gap"] else None
        )


def _plans(reading: Reading, found: re.Match[str]) -> bool:
    """Whether a goal is still ahead: in a chapter that plans, or behind 确保 and 力争."""
    frame = reading.announced[reading.document.sentence_at(found.start())]
    clause = max(reading.text.rfind(mark, 0, found.start()) for mark in ",;。\n") + 1
    ahead = reading.cues.back("commitment", 0, reading.cues.first_from(found.start()), clause)
    return bool(frame and frame.name != "review") or next(ahead, None) is not None


def _subjects(reading: Reading, found: re.Match[str]) -> tuple[str, ...]:
    """The indicators that a judgement is on: named in it, else in its clauses before.

    Right before the goal a name may lack its rate: of 物价调控目标 it is that of 物价涨幅.
    """
    named, known = _names(reading.lexicon), indicator_names(reading.lexicon)
    begin = reading.text.rfind("。", 0, found.start()) + 1
    begin = max(begin, found.start() - _NEAR, reading.text.rfind(";", 0, found.start()) + 1)
    inside = named.findall(found["what"] or "")
    clauses = list(filter(None, reading.text[begin : found.start()].split(",")))
    outside = next(filter(None, (named.findall(each) for each in reversed(clauses[-2:]))), [])
    short = _short_names(reading.lexicon, reading.expressions["{rate of change} $"])
    nearest = re.split(r"[和及、\s]", found["what"] or "".join(clauses[-1:]))[-1]
    named_short = [short[nearest]] if nearest in short else []
    return tuple(dict.fromkeys([*(known[name] for name in inside or outside), *named_short]))


@lru_cache(maxsize=4)
def _short_names(lexicon: Lexicon, rate: re.Pattern[str]) -> dict[str, str]:
    """The indicators whose name ends in a rate, by what stands before it."""
    known = indicator_names(lexicon)
    return {short: known[name] for name in known if (short := rate.sub("", name)) not in known}


def _is_on(said: Said, found: _Found) -> bool:
    """Whether a judgement stands beside a number of its indicator."""
    return found.name in said.names and 0 <= said.start - found.end <= _NEAR // 2


def _said_cells(reading: Reading, said: Said | None) -> Cells:
    if said is None:
        return (None,) * 4
    return (said.verdict, said.gap, *reading.document.span(said.start, said.end))


def _without_number(reading: Reading, said: Said, name: str | None) -> Cells:
    """The row of a judgement on a goal whose outcome has no number beside it."""
    document, span = reading.document, (said.start, said.end)
    where = (document.doc, *document.span(*span), document.passage(*span))
    year = document.year and document.year - 1
    stated = (year, said.span, "final", None)
    own = said if said.verdict else None
    return (*where, None, name, None, *(None,) * 8, *stated, *_said_cells(reading, own))
