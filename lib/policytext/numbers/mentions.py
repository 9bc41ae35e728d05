"""Where numeric mentions stand and how they are written; what they are there for is `status`.

One pass over a text: at each character that can begin a numeral one pattern is tried, the longest
reading first (an e-mail before a date, a date before a percentage, a percentage before a number).
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar

from policytext.lexicon.lexicon import Expressions, Lexicon, default_lexicon, expressions
from policytext.text.clean import Span
from policytext.text.dates import DATE, ERA, RELATIVE_MONTH, RELATIVE_YEAR, RELATIVE_YEARS
from policytext.text.numerals import (
    BANKER,
    NUMERAL,
    NUMERAL_START,
    folded_value,
    read_numeral,
)
from policytext.text.patterns import any_word

# 多 and its like inside a numeral: more than it says; 来 and 把 (百把人) about as much.
_MORE = "多余餘几幾来把"


class Mention(NamedTuple):
    """One numeric mention in a folded text without breaks.

    ``form`` is the way it is written: identifier, plan, date, era, ordinal, rank, percentage,
    fraction, half, ratio, number, some (数十家), digits (两位数), zero, breakthrough, fold, marker
    or word. ``value`` has 万 and 亿 multiplied out; ``more`` is the 多, 余, 几 or 来 inside the
    span; ``unit`` is as printed.
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
    ends, unit = _ends(match), _unit_of(match)
    if ends is None:
        return _some(match, unit)
    first, second = _signed(match, *ends) if match["sign"] or match["sign2"] else ends
    if unit and unit[0] == "成":
        first, unit = _tenths(first, unit), "成"
    num_end = match.end("n2" if match["n2"] else "scale" if match["scale"] else "n1")
    ranked = unit in _RANKED and _IN_FRONT.search(
        match.string, max(0, match.start() - 2), match.start()
    )
    form = "rank" if ranked else "number"
    return Mention(*match.span(), match.start(), num_end, form, first, second, unit, _more(match))


# 前10位 and 前20强 are ranks; 提前10天 and 之前10位 have another 前.
_RANKED = ("位", "名", "强")
_IN_FRONT = re.compile("(?<![之以提目空当])前$")


def _some(match: re.Match[str], unit: str | None) -> Mention:
    """数十家, 几百万: a number of things, and no value; 十百 without a sum is no number."""
    span, numeral = match.span(), (match.start(), match.end("n1"))
    return Mention(*span, *numeral, "some", None, None, unit)


def _unit_of(match: re.Match[str]) -> str | None:
    if match["with"]:  # 两个多月, 一个半小时
        return f"个{match['whole_unit']}"
    unit = (match["unit"] or "").strip() or match["currency"]
    return "℃" if unit == "度" and match["sign"] else unit


def _more(match: re.Match[str]) -> str | None:
    """The 多, 余, 几 or 来 of a number, inside its numeral or behind it."""
    around = match.group("more", "more2", "more3", "with", "behind")
    inside = "" if match["n1"].isascii() else match["n1"]
    if not inside and not any(around):
        return None
    return next((sign for sign in (*around, *inside) if sign and sign in _MORE), None)


def _ends(match: re.Match[str]) -> tuple[float, float | None] | None:
    """Both ends of a number: 10-20万, 十七八, 3.5个亿, 两年半; 二三 without a unit is no range."""
    if match["n2"]:
        return _range(match["n1"], match["n2"])
    first, second = _ends_of(match["n1"])
    if first is None:
        return None
    if match["scale"]:
        first += 0.5 * (match["more3"] == "半")  # 三个半亿
        first, second = times(first, match["scale"]), times(second, match["scale"])
    if "半" in (match["with"], match["behind"]):
        return first + 0.5, None
    if second is not None and len(match["n1"]) == 2 and not (match["unit"] or match["scale"]):
        return 10 * first + second, None
    return first, second


@lru_cache(maxsize=1 << 14)
def _ends_of(numeral: str) -> tuple[float | None, float | None]:
    read = read_numeral(numeral)
    if read is None or read.value is None:
        return None, None
    return float(read.value), None if read.value_max is None else float(read.value_max)


def _signed(match: re.Match[str], first: float, second: float | None) -> tuple[float, float | None]:
    """零下10到5度 is below zero at both ends, -5到5度 and 零下25到零上40度 are not."""
    if match["sign"] and not match["sign"].startswith("零上"):
        first = -first
    if second is None:
        return first, None
    below = match["sign2"] != "零上" if match["sign2"] else match["sign"][0] == "零"
    return min(first, -second if below else second), max(first, -second if below else second)


def _tenths(value: float, unit: str) -> float:
    """七成六 is 7.6 tenths, 三成半 3.5."""
    rest = unit[1:].strip()
    return value + (0.5 if rest == "半" else (folded_value(rest) or 0) / 10 if rest else 0)


def _range(low: str, high: str) -> tuple[float, float | None] | None:
    """Both ends; 万 or 亿 after the second end holds for the first: 10-20万."""
    first, second = folded_value(low), folded_value(high)
    scale = re.search("[万亿]+$", high)
    if first is not None and scale and not re.search("[万亿]", low):
        first = times(first, scale[0])
    return None if first is None else (first, second)


Value = TypeVar("Value", float, float | None)


def times(value: Value, scale: str) -> Value:
    """A value times 万, 亿 or both; None stays None."""
    return None if value is None else float(Decimal(str(value)) * int(folded_value(scale) or 1))


def _ordinal(match: re.Match[str]) -> Mention:
    (start, end), value = match.span(), folded_value(match["nth"])
    last = folded_value(match["nth2"]) if match["nth2"] else None
    num_end = match.end("nth2" if match["nth2"] else "nth")
    return Mention(start, end, start, num_end, "ordinal", value, last, match["what"])


_SHARES = {"百": "1", "佰": "1", "千": "0.1", "仟": "0.1", "万": "0.01", "萬": "0.01"}


def _percentage(match: re.Match[str]) -> Mention:
    scale = Decimal(_SHARES[match["of"]]) * (1000 if match["kilo"] else 1)
    read = read_numeral(match["p1"])
    low, high = read[:2] if read else (None, None)
    if match["p2"] and (top := read_numeral(match["p2"])):
        high = top.value
    scale = -scale if match["minus"] else scale
    first, second = (None if end is None else float(end * scale) for end in (low, high))
    more = next((sign for sign in match["p1"] if sign in _MORE), None)
    return of_form("percentage", match.span(), first, second, "%", more)


def _fraction(match: re.Match[str]) -> Mention:
    """Part over whole, with whole ones before it; two signs make none."""
    mixed = match["part2"] or match["over1"]
    ones = (folded_value(match["n1"]) or 0) if mixed else 0
    part = mixed or match["part"] or match["n1"]
    whole = match["whole"] or match["under"] or match["n1"]
    above, below = folded_value(part), folded_value(whole)
    value = ones + above / below if below and above is not None else None
    if value is not None and match["sign"] and not re.search("[负負]", match[0][1:]):
        value = -value
    return of_form("fraction", match.span(), value)


def _fold(match: re.Match[str]) -> Mention:
    """翻一番 is twice, 翻两番 four times, 翻一番半 three times; 翻番 and 翻倍 are twice."""
    times, half = match["times"], 1.5 if match["and_half"] else 1.0
    count = folded_value(times[0]) or 1
    value = 2.0**count * half if times[-1] == "番" else count + (times[0] == "倍")
    return of_form("fold", match.span(), value, None, "倍", match["over"])


def _opening(form: str, value: int, match: re.Match[str], unit: str | None = None) -> Mention:
    """A mention whose first character is its numeral: 首家, 零突破."""
    start, end = match.span()
    return Mention(start, end, start, start + 1, form, value, None, unit)


def _rank(match: re.Match[str]) -> Mention:
    """前三 without a unit: the first three; 前 bounds it and stands outside."""
    return of_form("rank", match.span(), folded_value(match[0]))


def _digits(match: re.Match[str]) -> Mention:
    """两位数 is ten at least, of a growth ten per cent."""
    value = 10.0 ** ((folded_value(match["places"]) or 2) - 1)
    return of_form("digits", match.span(), value, None, "%")


READERS: dict[str, Callable[[re.Match[str]], Mention]] = {
    "number": _number,
    "ordinal": _ordinal,
    "rank": _rank,
    "first": lambda match: _opening("ordinal", 1, match, match["what1"]),
    "percentage": _percentage,
    "digits": _digits,
    "half": lambda match: of_form("half", match.span(), 50.0, None, "%"),
    "fold": _fold,
    "breakthrough": partial(_opening, "breakthrough", 1),
    "zero": partial(_opening, "zero", 0),
}

_TO = "[-—–~～－至到]"
_D = "一二三四五六七八九十"
# A minus, and 负 where it is one: not in 减负582亿元.
# 增长-3.5% is negative: behind a Chinese character where a share or a temperature follows.
_SIGN = (
    r"(?:(?<![减担肩抱自胜税欠背债不辜])[负負] ?|零[下上] ?|(?<![\w)%-])-"
    r"|(?<=[\u4e00-\u9fff])[-–](?=[\d.]+ ?(?:%|个?百分点|℃|摄氏度)))?"
)
_OVER = " {0,2}分 {0,2}之 {0,2}"
# 五分之一, 三又二分之一, 3/5, 1 3/5: all behind their first number; 4/5G, 2024/2025 are none.
_FRACTION = (
    rf"(?:{_OVER}{_SIGN}(?P<part>{NUMERAL})"
    rf"| ?又 ?(?P<whole>{NUMERAL}){_OVER}(?P<part2>{NUMERAL})"
    r"|(?: (?P<over1>\d{1,4}))?/(?<!(?:19|20)\d\d/)(?P<under>\d{1,4})(?![\d/.A-Za-z]))"
)
# 成 as a tenth: 三成, 七成六, 三成半; not in 成立, 成为.
_TENTH = (
    r"成 ?(?:[一二三四五六七八九](?![\u4e00-\u9fff])|半(?![年天径]))?"
    r"(?:(?<=[近超约过逾占达至到—–~～-][一二三四五六七八九两\d]成)(?![立为功员])"
    r"|(?<=[^\dA-Za-z-]\d成)(?![立为功都员绩果品])"  # 3成企业, and 三成企业 is left to its context
    r"|(?<=[三四五六七八][四五六七八九]成)(?![立为功])|(?=[以左上多的,。;、和)]|$))"
)

_IDENTIFIER = (
    r"(?<=@)\d+|\d{3,4}-\d{7,8}(?!\d)"  # e-mail, telephone
    r"|(?:1[3-9]\d{9}|400-?\d{3,4}-?\d{3,4})(?![\d亿万元多余亩人吨])"  # mobile, a firm's service
    r"|(?<=[〔\[(])(?:19|20)\d\d(?=[〕\])]\d+号)"  # the year of a document's number
    r"|(?:12345|12[0-9]{3}|110|119|120)"  # hotline of an office, police, fire, ambulance
)
_PLAN = (
    rf"十[{_D[:9]}]五(?![{_D}百千万亿个家项条所])"  # 十四五; not 十五个
    rf"|第[{_D}]+个五年(?:规划|计划)"
    rf"|(?:[{_D[:9]}]|十[{_D[:9]}]?)五(?=[”’]?(?:计划|时期|规划期|期间|期末))"
    rf"|(?<=[“‘])(?:[{_D[:9]}]|十)五(?=[”’](?:以来|末|和|至|规划|、))"  # “九五”以来
)
_MARKER = (
    r"(?<![^\n])\d{1,3}(?=[.、)](?!\d))"  # 1.
    r"|(?<=[\[〔])\d{1,3}(?=[\]〕])|(?<=[(])\d{1,2}(?=[)])"  # [1], (1)
    rf"|(?:(?<=[(])|(?<![^\n]))[{_D}]{{1,3}}(?=[)、])(?!、[{_D}]季度)"  # 一、 (一)
    rf"|(?<![^\n。;:!?])第[{_D}]{{1,3}}(?=[,、:])"  # 第一, at the head of a sentence
    r"|(?<=[—–-] )\d{1,3}(?= [—–-](?!\d))"  # — 22 —
    rf"|(?<![^\n。；;,，:：、 ])其?[{_D}](?=[是要]|则)"  # 一是, 其一则
)
_RANK = (
    rf"(?<=前)(?<![之以提目空当跟眼]前)(?:\d{{1,3}}|[{_D}百]{{1,4}})"
    r"(?=[列的甲]|行列|方阵|水平|[,。;、)”’]|$)"
)
# 两位数增长, 增长保持两位数; not 三位数的密码
_DIGITS = "(?P<places>[双两二三])位数(?=[”’]?(?:及?以上)?的?(?:快速|高速)?(?:增|[,。;]|$))"
# 2:40:58, 3:2, and two parts of two digits where a proportion is named before.
_PART = r"\d+(?:\.\d+)?"
_RATIO = rf"""(?x:
    \d{{1,3}} (?:\.\d+)? 比 \d{{1,3}} (?:\.\d+)? (?! [\d.年月日万亿个家%] )  # 3比2
    | (?= {_PART}: )
    (?: \d{{1,3}} (?:\.\d+)? : \d (?:\.\d+)?                            # 3:2
    |   {_PART} (?: :{_PART} ){{2,}}                                      # 2:40:58
    |   \d+\.\d+ : {_PART}
    |   (?: 2[5-9] | [3-9]\d | \d{{3}} ) : \d{{1,3}} (?:\.\d+)?            # no hour has it
    |   (?: (?<=比) | (?<=比为) | (?<=例为) | (?<=调整为) | (?<=优化为) ) {_PART}:{_PART}
    ) (?! [\d:] )
)"""
_COUNTED = "下" + "".join(RELATIVE_YEARS)  # 今 of 今年
# Behind these 零 is a part of a word: 清零, 社零.
NO_ZERO = "清破批整近归永冠飘社"
_TO_ZERO = "(?<=[为至到])零(?=[,。;、)]|的?目标|$)"  # 新增债务为零
_CURRENCY = r"(?:US\$|HK\$|RMB|USD|[¥$€])"
_TRIGGER = re.compile(
    rf"""
      {NUMERAL_START} | [双首第前其翻] | 数(?=以[十百千万亿])
    | [负負] (?={NUMERAL_START}) | [-–] (?=[\d.]) | {_CURRENCY} (?=[ ]?\d)
    | [上本下] (?=个?世纪) | 世 (?=纪[初末中]) | [’'‘] (?=\d\d年)
    | (?= {RELATIVE_YEAR} [年底末初] | {RELATIVE_MONTH} [{_D}\d底末初上中下] ) [{_COUNTED}]
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=4)
def _pattern(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """The pattern of a lexicon's numbers with units, and what must stand near some units.

    In brackets stand the units of which words near them make others: a temperature of 度.
    """
    # 成 has a pattern of its own, since it is a verb more often than a tenth.
    rows = [row for row in lexicon["units"].itertuples() if row.unit not in ("成", *"¥$€")]
    unit = _by_first({row.unit: _unit(row.unit, row.not_before) for row in rows}) or "(?!)"
    plain = any_word(row.unit for row in rows)
    whole = any_word(row.unit[1:] for row in rows if row.unit[0] == "个" and row.unit[1:])
    parts = _parts(f"(?:{unit})", f"(?:{plain})", f"(?:{whole})", expressions(lexicon))
    near = {row.unit: re.compile(any_word(row.near.split("|"))) for row in rows if row.near}
    near["(度)"] = expressions(lexicon)["{temperature}"]
    near["(方)"] = expressions(lexicon)["{floor space}"]
    return re.compile("|".join(f"(?P<{name}>{part})" for name, part in parts)), near


def _by_first(units: dict[str, str]) -> str:
    """The units grouped by their first character, longest first: fewer to try."""
    groups: dict[str, list[str]] = {}
    for unit in sorted(units, key=len, reverse=True):
        first = re.escape(unit[0])
        groups.setdefault(first, []).append(units[unit].removeprefix(first))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())


_MEASURES = frozenset("名家个位支起所座条件场次台套部")


def _unit(unit: str, not_before: str) -> str:
    """A unit, unless what follows makes another word of it: 人 in 人才, 家 in 家庭."""
    if unit.isascii() and unit[-1].isalpha():
        return re.escape(unit) + "(?![A-Za-z])"
    if not not_before:
        return re.escape(unit)
    veto = f"(?![{re.escape(not_before)}])"
    # Behind digits a measure word is one: 46名校长, but 名校; 21万名妇女, but 3万家庭.
    signs = r"\d多余百千万亿" if unit in "名个" else r"\d"
    return f"{unit}(?:{veto}|(?<=[{signs}]{unit}))" if unit in _MEASURES else re.escape(unit) + veto


def _parts(unit: str, plain: str, whole: str, words: Expressions) -> Iterator[tuple[str, str]]:
    service, band = words["{service with a number}"], words["{band of a ranking}"]
    yield "identifier", f"{_IDENTIFIER}(?=[”’]?{service.pattern})"
    yield "marker", _MARKER
    yield "era", ERA
    yield "plan", _PLAN
    yield "ratio", _RATIO
    yield "date", DATE
    # 成千上万, 数以百万计: a number of things, and no value
    yield "some", rf"(?<=成)[百千]上[千万](?:{unit})?|数以[十百千万亿]{{1,2}}计"
    yield "breakthrough", "零的?突破|零(?=[”’]的突破)"
    times = "(?P<times>[一两二三四1-4]番|[一两二三四五六2-9]?倍|番)"
    yield "fold", f"翻[了上]?{times}(?P<and_half>半)?(?P<over>多)?"
    share = rf"(?P<of>[百千万佰仟萬]){_OVER}(?P<p1>百|{NUMERAL}|[{BANKER}])(?P<kilo>[kK](?!\w))?"
    minus = "(?P<minus>(?<![不辜减])[负負])?"
    yield "percentage", rf"{minus}{share}(?:{_TO}(?:[百千万]分之)?(?P<p2>{NUMERAL}))?"
    last = rf"(?:{_TO}第?(?P<nth2>{NUMERAL})(?={unit}|{band.pattern}))?"
    yield "ordinal", rf"第(?P<nth>{NUMERAL}){last}(?P<what>{band.pattern}|会|{unit})?"
    yield "first", rf"首(?P<what1>{plain})"
    yield "rank", _RANK
    yield "digits", _DIGITS
    yield "half", "一半|半数(?=以上)|(?<=[超过])半数|(?<=减)半"
    word = words["{part of a word after zero}|[一二三四五六七八九十百千万]"].pattern
    yield "zero", rf"(?<![{NO_ZERO}])零(?![上下]|{word})[\u4e00-\u9fff]{{2}}|{_TO_ZERO}"
    first = (
        rf"(?P<sign>{_SIGN})(?:(?P<currency>{_CURRENCY}) ?)?"
        rf"(?P<n1>{NUMERAL}|半(?=[年天成亩吨]|公[顷里斤]|个?小时|个(?:月|百分点|亿)|个多?世纪))"
    )
    yield "number", f"{first}(?:{_FRACTION}|{_rest(unit, whole)})"
    yield "word", "[首双半]"


# 3个亿 is money; 10个亿元以上项目 and 11个百亿级产业 are things of a size.
_NO_CLASS = "(?=元|[,。;、)!的以左]|$)(?!元?(?:级|及?以上的?[\u4e00-\u9fff“]))"


def _rest(unit: str, whole: str) -> str:
    """What may stand behind a plain number: 多, 个 before 亿, a second end, a unit, a half."""
    # 万元/人左右: a denominator that is no unit ends before a bounding word.
    other = r"[\u4e00-\u9fff]{1,4}?(?=以|左右|上下|的|分别|[和与及至到提增降调]|[^\u4e00-\u9fff]|$)"
    per = rf"(?:/(?:{unit}|[a-zA-Z]+|{other}))?"
    return (
        rf"(?:好(?=[几幾]))?(?P<more>[多余餘几幾]|(?:来|(?<=[百千万])把)(?={unit}))?"
        rf"(?:(?P<u1>{unit}|%)?{_TO}(?P<sign2>零[上下]|负|-)?(?P<n2>{NUMERAL})(?P<more2>[多余])?)?"
        rf"(?:个(?P<with>[多半])(?P<whole_unit>{whole})"  # 两个多月, 一个半小时
        rf"|(?:个(?P<more3>[多半])?(?P<scale>亿|[百千]?万){_NO_CLASS})?"  # 3.5个亿
        rf"(?:(?P<unit> ?[%‰]| ?{_TENTH}| ?{unit}{per})"
        r"(?P<behind>(?<=[年月天周时倍米斤亩里])半(?![载年月天价程小])"  # 两年半
        r"|(?<=[年月天周时倍成里吨斤米亩])多(?![元媒种样项边家个少重]))?)?)"  # 三年多, 三成多
    )


def find_mentions(text: str, lexicon: Lexicon | None = None) -> Iterator[Mention]:
    """All numeric mentions of a folded text, in order, without overlap.

    >>> text = "新增2万多吨,增长6.5-7%,2023年底投用,第三极,三大任务,一体化,首家,零突破"
    >>> [text[m.start:m.end] for m in find_mentions(text)]
    ['2万多吨', '6.5-7%', '2023年底', '第三极', '三大', '一', '首家', '零突破']
    """
    pattern, near = _pattern(lexicon or default_lexicon())
    at = 0
    for trigger in _TRIGGER.finditer(text):
        match = pattern.match(text, trigger.start()) if trigger.start() >= at else None
        if match:
            form = match.lastgroup or ""
            found = READERS[form](match) if form in READERS else of_form(form, match.span())
            yield _near(found, text, near) if found.unit in near else found
            at = match.end()


# 度 of a temperature, 方 of a building
_OTHERWISE = {"度": "℃", "方": "平方"}


def _near(mention: Mention, text: str, near: dict[str, re.Pattern[str]]) -> Mention:
    """A unit that needs certain words near it: 度 is a unit of energy where 电 stands by it."""
    unit = mention.unit or ""
    around = text[max(0, mention.start - 16) : mention.start], text[mention.end : mention.end + 4]
    said = around[0].rpartition(",")[2] + "|" + around[1]
    if unit in _OTHERWISE and near[f"({unit})"].search(said):
        return mention._replace(unit=_OTHERWISE[unit])
    if near[unit].search("|".join(around)):
        return mention
    # 6个点 without growth are six points: what is left of the unit counts them.
    kept = unit[0] if unit[0] == "个" else None
    end = mention.end - len(unit) + len(kept or "")
    return mention._replace(end=end, unit=kept)
