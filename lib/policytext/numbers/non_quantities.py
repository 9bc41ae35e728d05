"""Which numerals count nothing: parts of words, of names and of the names of things."""

import re
from functools import lru_cache

from policytext.numbers.context import MentionContext
from policytext.numbers.mentions import NO_ZERO
from policytext.text.clean import HAN
from policytext.text.patterns import any_word

_MAGNITUDE = re.compile(
    """
      [一二两三四五六七八九十百千] [万亿]+ [一二三四五六七八九]? $    # 三千万, 一亿二
    | [一二两三四五六七八九十百千]+ [百千] [一二三四五六七八九]? 十?  # 八百, 三千五
    """,
    re.VERBOSE,
)
_NO_MAGNITUDE = re.compile("百千万|千百|千千|万千|^亿万|(?<![一二两三四五六七八九])千万$")
# What 一 before a unit of these is: a number, and no article.
_BY_INSTRUMENT = """
    power energy voltage frequency data computing temperature volume mass point
""".split()
# No numeral in prose is longer.
_LONGEST = 40
_ROUND = 1e4
# A common word has fewer characters.
_NAME = 6
_LARGE = 1e6
_IDIOM = 4
# 千万亩 is a number of these, 百家 and 千项 are a manner of speaking.
_MEASURED = frozenset("money area mass power energy volume length".split())
_REFERENCE = re.compile(r"(?:第.{1,4}[款项])?(?:规定|的规定|之|至|到|[ ,、。;:)》]|$)")
_VERSION = re.compile(r"[1-9]\.0")  # 工业4.0, 2.0版
_BORN = re.compile("[05-9]0|05|95")  # 90后
_SIDE_BY_SIDE = re.compile("[一二三四五六七八九]{2}")  # 三七分成, 五五开
_ORDINAL_WORD = re.compile("[\u4e00-\u9fffA-Za-z]")
_SMALL = re.compile("[一二两三四五六七八九十百千万]$|百万$")
_QUOTED = re.compile("[“‘、,;][^“”‘’、,;。]{0,2}$")
_OPEN = re.compile("“[^”\n]*$")
_ENDS_A_NAME = "“[A-Za-z\u4e00-\u9fff]{1,8}$"
# 管一片、护一方、带一群: how far on either side the others may begin
_AROUND = 12
_LIMB = f"{HAN}{{1,2}}一{HAN}"
_PARALLEL = re.compile(f"(?:{_LIMB}[、,]){{2}}{_LIMB}")


def slogan_reason(context: MentionContext) -> str | None:
    """Why a numeral only decorates a formula: quoted, one of a parallel series, 百分之百的…."""
    mention, text, line = context.mention, context.reading.text, context.line
    numeral, following = text[mention.start : mention.num_end], text[mention.end : mention.end + 1]
    if mention.form == "percentage" and numeral == "百分之百":
        return "all of it" if following == "的" else None
    if text[mention.start] == "首" and mention.unit == "位":
        return None if context.search_before("{leads}{HAN}{0,6}$") else "first of all"
    if mention.form != "number":
        return None
    if mention.unit is None and text[mention.start - 1 : mention.start] + following == "“”":
        return "quoted alone"
    if named := _name_reason(context, numeral):
        return named
    if not _SMALL.fullmatch(numeral):
        return None
    if numeral == "一" and (following == "一" or _in_series(context)):
        return "parallel series"
    opened = _OPEN.search(text, max(line.start, mention.start - 24), mention.start)
    if numeral == "百万":
        campaign = context.reading.expressions["[^”]{1,14}{quoted campaign}"]
        counted = opened is not None and campaign.match(text, mention.end) is not None
    else:
        counted = mention.unit is not None
    closed = "”" in text[mention.end : mention.end + 30]
    return "quoted" if counted and opened and closed and _QUOTED.search(opened[0]) else None


def _name_reason(context: MentionContext, numeral: str) -> str | None:
    """“人才新政40条” is a name, and 千亿工程, but not 六大百亿工程, which are counted."""
    unit, digits = context.mention.unit, numeral.isascii()
    bare = unit is None and digits and (context.mention.value or 0) < _ROUND
    closes = context.after.startswith("”") and context.search_before(_ENDS_A_NAME)
    if closes and (bare or unit == "条"):
        return "ends a name"
    counted = digits or context.before.endswith(("大", "个"))
    named = unit is None and not counted and context.match_after("{campaign}")
    return "name of a campaign" if named else None


@lru_cache(maxsize=4)
def _common(words: frozenset[str]) -> re.Pattern[str]:
    """One pattern of the common words; longer ones are names."""
    return re.compile(any_word(word for word in words if len(word) < _NAME))


def _in_series(context: MentionContext) -> bool:
    """Whether 一 stands in one of three short clauses that all have one: 管一片、护一方、带一群."""
    mention, left = context.mention, max(context.line.start, context.mention.start - _AROUND)
    around = context.reading.text[left : mention.end + _AROUND]
    return any(found.start() <= _AROUND + 3 for found in _PARALLEL.finditer(around))


def lexical_reason(context: MentionContext, words: frozenset[str]) -> str | None:
    """Why a numeral counts nothing: a common word, a name, no unit. None if it counts."""
    mention, text = context.mention, context.reading.text
    start, end, unit = mention.start, mention.end, mention.unit
    if mention.form == "word":
        return "no numeral of its own"
    # 一点 in 一点五亿, 四季 in 四季度 and 十一 in 十一个 are no words: the number goes on behind.
    common = _common(words).match(text, start)
    longest = common.end() - start if common else 0
    if text[start] == "一" and end - start == _IDIOM - 2:  # 这一千载难逢的机会
        longest = max(longest, _IDIOM * (text[start + 1 : start + 1 + _IDIOM] in words))
    if longest >= max(2, end - start) and unit != "期" and not text[start].isdigit():
        return "common word"
    before, after = text[start - 1 : start], text[end : end + 1]
    named = before and before.isascii() and (before.isalpha() or before in "._")
    if named:
        return "part of a Latin name"
    if mention.form == "ordinal":
        return _ordinal_reason(context)
    if mention.form != "number":
        return None
    numeral = text[start : mention.num_end]
    if unit is None and _VERSION.fullmatch(numeral):
        return "version"
    if unit is None and after == "后" and _BORN.fullmatch(numeral):
        return "generation"
    if unit is None and after.isascii() and after.isalpha() and numeral[0].isdigit():
        return "part of a Latin name"
    graded = unit == "类" and context.reading.expressions["{grade of water}"].match(text, end)
    small = (mention.value or 0) < _ROUND
    if graded or (small and (unit == "级" or context.dimension == "grade")):
        return "grade"
    if numeral[0].isdigit() or mention.value_max is not None:
        return None
    return _numeral_reason(context, numeral)


def _has_half(context: MentionContext) -> bool:
    """一个半小时 holds more than its numeral 一."""
    return (context.mention.value or 0) % 1 == 0.5


def _numeral_reason(context: MentionContext, numeral: str) -> str | None:
    """Why a Chinese numeral counts nothing."""
    unit = context.mention.unit
    if unit is None:
        if numeral[-1:] in "亿万" and "个" in numeral:  # 一个亿
            return None
        if len(numeral) > 1 and (context.mention.value or 0) >= _ROUND and _is_bounded(context):
            return None
        short = len(numeral) < _LONGEST
        counts = short and _MAGNITUDE.search(numeral) and not _NO_MAGNITUDE.search(numeral)
        return None if counts else "no unit"
    if numeral == "零":  # 事故零起
        counts = context.is_unit("counted down to zero") and context.before[-1:] not in NO_ZERO
        return None if counts else "no count"
    if _SIDE_BY_SIDE.fullmatch(numeral):
        return "digits of no number"
    if numeral == "一":
        return _one_reason(context, unit)
    if unit == "里" and context.match_after("(?! 以 | 左右 | 多 | 长 | 的 | 和 ) {HAN}"):
        return "part of a name"  # 八百里画廊
    if numeral in "百千万亿" and not _is_made(context) and not _is_bounded(context):
        measured = len(numeral) > 1 and context.dimension in _MEASURED
        plain = numeral in "万亿" and unit in ("元", "人", "吨")
        return None if measured or plain else "round word"
    return None


def _is_made(context: MentionContext) -> bool:
    """Return True if the number says how many were built, added or begun."""
    start = context.mention.start
    made = context.reading.expressions["{made}$"]
    return made.search(context.reading.text[max(0, start - 3) : start]) is not None


def _is_bounded(context: MentionContext) -> bool:
    """Return True if something bounds a round number: 上百家, 千余名, 千万亩以上, 万亿级."""
    mention, reading = context.mention, context.reading
    cue, behind = context.last("before", context.clause), reading.cues.at(mention.end)
    bounded = behind is not None and "after" in behind.roles
    large = mention.unit == "级" and (mention.value or 0) >= _LARGE
    return bool(mention.more) or bounded or large or (cue is not None and cue.end == mention.start)


def _one_reason(context: MentionContext, unit: str) -> str | None:
    """Why 一 before a classifier is an article; 一年 is a span, 新建一所 a count."""
    text, start = context.reading.text, context.mention.start
    before = text[max(0, start - 3) : start]
    if context.is_unit("span of time"):
        described = context.reading.expressions["{describes a year}$"].search(before)
        return "a year described" if unit == "年" and described else None
    if context.is_unit("classifier of one") and _is_made(context):
        return None
    if context.dimension in _BY_INSTRUMENT or _has_half(context) or context.mention.more:
        return None
    if unit in ("倍", "成"):  # 增长一倍 is a change of 100 %, 占一成 a tenth
        counts = context.search_before("(?:{change} | {makes a share})[了近约超]?$")
        return None if counts else "article"
    of_each = unit == "届" and before.endswith(("年", "月", "每"))
    return None if unit == "期" or of_each else "article"


def _ordinal_reason(context: MentionContext) -> str | None:
    mention, text = context.mention, context.reading.text
    if mention.unit is not None:
        law = text[mention.start] == "第" and context.is_unit("part of a law")
        named = law and _REFERENCE.match(text, mention.end)
        return "generation" if mention.unit == "代" else "part of a law" if named else None
    if context.match_after("{institution with an ordinal}"):
        return "name with an ordinal"
    if text[mention.start] == "首" or not _ORDINAL_WORD.match(text, mention.end):
        return None
    ranked = context.reading.expressions["{before a rank without a unit}"]
    before = text[mention.start - 1 : mention.start]
    return None if ranked.fullmatch(before) else "name with an ordinal"


# Codes and models beside lines and roads: 5G, 4/5G, 3×5.
_IN_NAME = r"{named by a number} | [A-Za-z×*] | /\d+[A-Za-z] | :\d{4,}"


# 歼-15, COVID-19, and the scale of a map: 1:10000
_MODEL = re.compile(r"[A-Za-z\u4e00-\u9fff]-$|1:$")


def is_identifier(context: MentionContext) -> bool:
    """Return True if a number names a thing: a line, a road, a part of a Latin name."""
    mention, text = context.mention, context.reading.text
    bare = mention.form == "number" and mention.unit is None and text[mention.start].isdigit()
    named = bare and context.reading.expressions[_IN_NAME].match(text, mention.end)
    model = _MODEL.search(text, max(0, mention.start - 3), mention.start) if bare else None
    if model or (bare and context.search_before("{names a number}$")):
        return True
    road = bare and context.search_before(r"{road with a number} (?: \d+ 、 )* $", 24)
    return context.dimension == "identifier" or bool(named or road)
