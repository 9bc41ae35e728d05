"""Where numeric mentions stand and how they are written; what they are there for is `status`.

One pass over a text: at each character that can begin a numeral one pattern is tried, the longest
reading first (an e-mail before a date, a date before a percentage, a percentage before a number).
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.templates import Expressions, expressions
from policytext.text.clean import Span
from policytext.text.numerals import BANKER, NUMERAL, NUMERAL_START, folded_value
from policytext.text.patterns import any_word


class Unit(NamedTuple):
    """One row of the lexicon's table ``units``."""

    dimension: str
    factor: float
    norm: str


@lru_cache(maxsize=4)
def unit_table(lexicon: Lexicon) -> dict[str, Unit]:
    """The units of a lexicon by their printed form."""
    rows = lexicon["units"].itertuples()
    return {r.unit: Unit(r.dimension, float(r.factor or 1), r.norm_unit) for r in rows}


def convert(
    value: float | None, unit: str | None, table: dict[str, Unit]
) -> tuple[float | None, str | None]:
    """A value in the normal unit of its dimension: 4.7亿 元 → CNY, 500 亩 → m2, 3 成 → 30 %.

    A rate (公里/平方公里) keeps its own numerator's factor over the factor of its denominator.
    A unit that the table does not hold is given back as it is: nothing is guessed.

    >>> convert(3, "公顷", unit_table(default_lexicon()))
    (30000.0, 'm2')
    """
    if unit is None:
        return value, None
    head, _, per = (unit, "", "") if unit in table else unit.partition("/")
    if head not in table:
        return value, unit
    row, below = table[head], table.get(per)
    if value is None:
        return None, row.norm
    if not per:
        return _tidy(value * row.factor), row.norm
    factor = row.factor / (below.factor if below else 1)
    return _tidy(value * factor), f"{row.norm}/{below.norm if below else per}"


def _tidy(value: float) -> float:
    return round(value, 9) if abs(value) < 1 else round(value, 4)


_EITHER = re.compile("[一二两三四五六七八九]{2}[十百千万亿]*")


class Mention(NamedTuple):
    """One numeric mention in a folded text without breaks.

    ``form`` is the way it is written: identifier, plan, date, ordinal, percentage, fraction,
    number, zero, breakthrough, fold, marker or word. ``value`` has 万 and 亿 multiplied out;
    ``more`` is the 多, 余 or 几 inside the span; ``unit`` is as printed.
    """

    start: int
    end: int
    num_start: int
    num_end: int
    form: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    more: str | None = None


def of_form(form: str, span: Span, *values: Any) -> Mention:
    """A mention that is a numeral from end to end."""
    return Mention(*span, *span, form, *values)


def _number(match: re.Match[str]) -> Mention:
    if match["part"] or match["part2"] or match["under"]:
        return _fraction(match)
    first, second = folded_value(match["n1"]), None
    unit, more = match["u2"], match["more"] or match["more2"]
    num_end = match.end("n2" if match["n2"] else "n1")
    if match["n2"]:
        first, second = _range(match["n1"], match["n2"])
    elif _EITHER.fullmatch(match["n1"]):
        first, second = _either(match["n1"], first, unit)
    if match["sign"] and first is not None:
        first = -first
    if unit:
        unit = unit.strip()
        if unit[0] == "成":
            first, unit = _tenths(first, unit), "成"
    return Mention(*match.span(), match.start(), num_end, "number", first, second, unit, more)


def _either(
    numeral: str, value: float | None, unit: str | None
) -> tuple[float | None, float | None]:
    """二三十 is 20 to 30, 七八个 7 to 8; 二三 without a unit is no number of things."""
    scale = folded_value("一" + numeral[2:]) or 1
    low, high = folded_value(numeral[0]) or 0, folded_value(numeral[1]) or 0
    close = high - low in (1, 2) and (unit or len(numeral) > 2)
    return (low * scale, high * scale) if close else (value, None)


def _tenths(value: float | None, unit: str) -> float | None:
    """七成六 is 7.6 tenths, 三成半 3.5."""
    rest = unit[1:].strip()
    tail = 0.5 if rest == "半" else (folded_value(rest) or 0) / 10 if rest else 0
    return None if value is None else value + tail


def _range(low: str, high: str) -> tuple[float | None, float | None]:
    """Both ends; 万 or 亿 after the second end holds for the first: 10-20万."""
    first, second = folded_value(low), folded_value(high)
    scale = re.search("[万亿]+$", high)
    if scale and first is not None and not re.search("[万亿]", low):
        first *= folded_value("1" + scale[0]) or 1
    return first, second


def _ordinal(match: re.Match[str]) -> Mention:
    (start, end), value = match.span(), folded_value(match["nth"])
    return Mention(start, end, start, match.end("nth"), "ordinal", value, None, match["what"])


_SCALES = {"百": 1, "佰": 1, "千": 0.1, "仟": 0.1, "万": 0.01, "萬": 0.01}


def _percentage(match: re.Match[str]) -> Mention:
    scale = _SCALES[match["of"]] * (1000 if match["kilo"] else 1)
    low, high = (folded_value(match[name] or "") for name in ("p1", "p2"))
    if high is None and _EITHER.fullmatch(match["p1"]):
        low, high = _either(match["p1"], low, "%")
    first, second = (None if end is None else end * scale for end in (low, high))
    return of_form("percentage", match.span(), first, second, "%")


def _fraction(match: re.Match[str]) -> Mention:
    """Part over whole, with whole ones before it; two signs make none."""
    mixed = match["part2"] or match["over"]
    ones = (folded_value(match["n1"]) or 0) if mixed else 0
    part = mixed or match["part"] or match["n1"]
    whole = match["whole"] or match["under"] or match["n1"]
    above, below = folded_value(part), folded_value(whole)
    value = ones + above / below if below and above is not None else None
    if value is not None and match["sign"] and not re.search("[负負]", match[0][1:]):
        value = -value
    return of_form("fraction", match.span(), value)


def _fold(match: re.Match[str]) -> Mention:
    """翻一番 is twice, 翻两番 four times; 翻番 and 翻倍 are twice."""
    times = match["times"]
    count = folded_value(times[0]) or 1
    value = 2.0**count if times.endswith("番") else count + (0 if times[0] != "倍" else 1)
    return of_form("fold", match.span(), value, None, "倍")


def _opening(form: str, value: int, match: re.Match[str], unit: str | None = None) -> Mention:
    """A mention whose first character is its numeral: 首家, 零突破."""
    start, end = match.span()
    return Mention(start, end, start, start + 1, form, value, None, unit)


READERS: dict[str, Callable[[re.Match[str]], Mention]] = {
    "number": _number,
    "ordinal": _ordinal,
    "first": lambda match: _opening("ordinal", 1, match, match["what1"]),
    "percentage": _percentage,
    "fold": _fold,
    "breakthrough": partial(_opening, "breakthrough", 1),
    "zero": partial(_opening, "zero", 0),
}

_TO = "[-—–~～－至到]"
_YEAR = r"(?:(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})"
_D = "一二三四五六七八九十"
# A minus, and 负 where it is one: not in 减负582亿元.
_SIGN = r"(?:(?<![减担肩抱自胜])[负負] ?|(?<![\w)%])-)?"
_OVER = " {0,2}分 {0,2}之 {0,2}"
# 五分之一, 三又二分之一, 3/5, 1 3/5: all behind their first number.
_FRACTION = (
    rf"(?:{_OVER}{_SIGN}(?P<part>{NUMERAL})"
    rf"| ?又 ?(?P<whole>{NUMERAL}){_OVER}(?P<part2>{NUMERAL})"
    r"|(?: (?P<over>\d{1,4}))?/(?P<under>\d{1,4})(?![\d/.]))"
)
# 成 as a tenth: 三成, 七成六, 三成半; not in 成立, 成为.
_TENTH = r"成 ?(?:[一二三四五六七八九半](?![\u4e00-\u9fff]))?(?=[以左上多的,。;、和)]|$)"
_END = "(?:底|末|初|中旬|上旬|下旬|份)"

_IDENTIFIER = (
    r"(?<=@)\d+|\d{3,4}-\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)"  # e-mail, telephone, mobile
    r"|400-?\d{3,4}-?\d{3,4}(?!\d)"  # service number of a firm
    r"|(?:12345|12[0-9]{3}|110|119|120)"  # hotline of an office, police, fire, ambulance
)
_PLAN = (
    rf"十[{_D[:9]}]五(?![{_D}百千万亿个家项条所])"  # 十四五; not 十五个
    rf"|第[{_D}]+个五年规划|[七八九]五(?=[”’]?(?:计划|时期|规划期))"
)
_DATE = (
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"  # 2021-03-05
    r"|\d{1,2}点\d{1,2}分|\d{1,2}:\d\d(?!\d)"  # 9点30分, 9:30
    r"|\d{1,2}点(?=[钟半开举播到前后左至])|\d{1,2}分\d{1,2}秒\d{0,2}|"  # 9点钟, 3分20秒
    rf"{_YEAR}(?:{_TO}{_YEAR})?年度?"  # 2021年, 2021-2025年, 2021年度
    rf"(?:\d{{1,2}}(?:{_TO}\d{{1,2}})?月{_END}?(?:\d{{1,2}}[日号])?)?"  # 3月, 3-5月, 3月底, 3月5日
    rf"(?:[底末]|初(?![中高步级心]))?"  # 2021年底; not 2021年初中
    rf"|{_YEAR}(?={_TO}{_YEAR}年)"  # 2021 of 2021-2025年
    rf"|\d{{1,2}}(?:月\d{{1,2}}日)?{_TO}\d{{1,2}}月{_END}?(?:\d{{1,2}}日)?"  # 3月5日至4月2日
    rf"|(?:\d{{1,2}}|十[一二]?|[{_D}])月{_END}?(?:\d{{1,2}}日)?"  # 十二月, 3月中旬
    rf"|(?<=[“\"])\d{{1,2}}·\d{{1,2}}(?=[”\"])"  # “8·13”
    rf"|(?:第?[一二三四1-4]|前[一二三四1-4两]个?)季度[末初]?"
)
_MARKER = (
    r"(?<![^\n])\d{1,3}(?=[.、)](?!\d))"  # 1.
    r"|(?<=[\[〔])\d{1,3}(?=[\]〕])|(?<=[(])\d{1,2}(?=[)])"  # [1], (1)
    rf"|(?:(?<=[(])|(?<![^\n]))[{_D}]{{1,3}}(?=[)、])"  # 一、 (一)
    rf"|(?<![^\n。；;,，:：、 ])其?[{_D}](?=[是要]|则)"  # 一是, 其一则
)
_TRIGGER = re.compile(rf"{NUMERAL_START}|[双首第前其翻]|[负負](?={NUMERAL_START})|-(?=[\d.])")


@lru_cache(maxsize=4)
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Compile the pattern of a lexicon's numbers with units."""
    # 成 has a pattern of its own, since it is a verb more often than a tenth.
    rows = [row for row in lexicon["units"].itertuples() if row.unit != "成"]
    rows.sort(key=lambda row: len(row.unit), reverse=True)
    unit = "|".join(_unit(row.unit, row.not_before) for row in rows) or "(?!)"
    plain = any_word(row.unit for row in rows)
    parts = _parts(f"(?:{unit})", f"(?:{plain})", expressions(lexicon))
    return re.compile("|".join(f"(?P<{name}>{part})" for name, part in parts))


def _unit(unit: str, not_before: str) -> str:
    """A unit, unless what follows makes another word of it: 人 in 人才, 家 in 家庭."""
    if unit.isascii() and unit[-1].isalpha():
        return re.escape(unit) + "(?![A-Za-z])"
    return re.escape(unit) + (f"(?![{re.escape(not_before)}])" if not_before else "")


def _parts(unit: str, plain: str, words: Expressions) -> Iterator[tuple[str, str]]:
    service, band = words["{service with a number}"], words["{band of a ranking}"]
    yield "identifier", f"{_IDENTIFIER}(?=[”’]?{service.pattern})"
    yield "marker", _MARKER
    yield "plan", _PLAN
    yield "date", _DATE
    yield "breakthrough", "零的?突破|零(?=[”’]的突破)"
    yield "fold", "翻(?P<times>[一两二三四]番|[一两二三四五六]?倍|番)"
    share = rf"(?P<of>[百千万佰仟萬]){_OVER}(?P<p1>百|{NUMERAL}|[{BANKER}])(?P<kilo>[kK](?!\w))?"
    yield "percentage", rf"{share}(?:{_TO}(?:[百千万]分之)?(?P<p2>{NUMERAL}))?"
    yield "ordinal", rf"第(?P<nth>{NUMERAL})(?P<what>{band.pattern}|会|{unit})?"
    yield "first", rf"首(?P<what1>{plain})"
    word = words["{part of a word after zero}|[一二三四五六七八九十百千万]"].pattern
    yield "zero", rf"零(?!{word})[\u4e00-\u9fff]{{2}}"
    first = rf"(?P<sign>{_SIGN})(?P<n1>{NUMERAL}|半(?=[年天成]|小时|个月))"
    yield "number", f"{first}(?:{_FRACTION}|{_rest(unit)})"
    yield "word", "[首双半]"


def _rest(unit: str) -> str:
    """What may stand behind a plain number: 多, a second end, a unit."""
    per = r"(?:/(?:[\u4e00-\u9fff]{1,4}|[a-zA-Z]+))?"
    return (
        rf"(?P<more>[多余几])?"
        rf"(?:(?P<u1>{unit}|%)?{_TO}(?P<n2>{NUMERAL})(?P<more2>[多余])?)?"
        rf"(?P<u2> ?[%‰]| ?{_TENTH}| ?{unit}{per})?"
    )


def find_mentions(text: str, lexicon: Lexicon | None = None) -> Iterator[Mention]:
    """All numeric mentions of a folded text, in order, without overlap.

    >>> text = "新增2万多吨,增长6.5-7%,2023年底投用,第三极,三大任务,一体化,首家,零突破"
    >>> [text[m.start:m.end] for m in find_mentions(text)]
    ['2万多吨', '6.5-7%', '2023年底', '第三极', '三大', '一', '首家', '零突破']
    """
    pattern = _pattern(lexicon or default_lexicon())
    at = 0
    for trigger in _TRIGGER.finditer(text):
        match = pattern.match(text, trigger.start()) if trigger.start() >= at else None
        if match:
            form = match.lastgroup or ""
            yield READERS[form](match) if form in READERS else of_form(form, match.span())
            at = match.end()
