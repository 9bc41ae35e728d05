"""Which numerals count nothing: parts of words, of names and of the names of things."""

import re

from policytext.numbers.context import MentionContext
from policytext.numbers.mentions import Mention

_MAGNITUDE = re.compile(
    "[一二两三四五六七八九十百千][万亿]+$|[一二两三四五六七八九十百千]+[百千][一二三四五六七八九]?十?"
)
_NO_MAGNITUDE = re.compile("百千万|千百|千万$")
_IN_NAME = re.compile("国道|省道|高速|热线|地块|大街|大道|号(?!召)|线|部队|平台|[A-Za-z]|×|\\*")
# No numeral in prose is longer.
_LONGEST = 40
_ROUND = 1e4
_TIME = ("年", "个月", "天", "周", "小时", "个小时", "分钟", "个工作日", "周年", "秒", "月")
_MADE = re.compile("(?:新建|建成|新增|开工|引进|建设|完成|打造|创建|达|超|仅|不到|不超过|每)$")
_EVERY = ("年", "月", "每")
_ONE_OF = frozenset("所座家处栋间名位套台人次届户倍期")
_ORDINAL_WORD = re.compile("[\u4e00-\u9fffA-Za-z]")
_SMALL = re.compile("[一二两三四五六七八九十百千万]$|百万$")
_CAMPAIGN = re.compile("[^”]{1,14}(?:行动|计划|工程|战略|[聚汇进入][\u4e00-\u9fff]{1,4}”)")
_QUOTED = re.compile("[“‘、,;][^“”‘’、,;。]{0,2}$")
_OPEN = re.compile("“[^”\n]*$")
_PARALLEL = re.compile(
    r"""
    (?:[\u4e00-\u9fff]{1,2}一[\u4e00-\u9fff][、,]){2}  # 管一片、护一方、
    [\u4e00-\u9fff]{1,2}一[\u4e00-\u9fff]              # 带一群
    """,
    re.VERBOSE,
)
_GRADED = re.compile("水|标准|以上水|[\u4e00-\u9fff]{1,4}\\d")
_LEADING = re.compile("(?:居|列|占|保持|[全本][市省国区县球])[\u4e00-\u9fff]{0,6}$")


def slogan_reason(context: MentionContext) -> str | None:
    """Why a numeral only decorates a formula: quoted, one of a parallel series, 百分之百的…."""
    mention, text = context.mention, context.reading.text
    numeral = text[mention.num_start : mention.num_end]
    if mention.form == "percentage" and numeral == "百分之百":
        return "all of it" if text.startswith("的", mention.end) else None
    if text[mention.start] == "首" and mention.unit == "位":
        return None if _LEADING.search(context.before) else "first of all"
    alone = text[mention.start - 1 : mention.start] + text[mention.end : mention.end + 1]
    if mention.form == "number" and mention.unit is None and alone == "“”":
        return "quoted alone"
    if mention.form != "number" or not _SMALL.fullmatch(numeral) or text[mention.start].isdigit():
        return None
    around = text[max(context.line.start, mention.start - 12) : mention.end + 12]
    if numeral == "一" and text[mention.end : mention.end + 1] == "一":
        return "parallel series"
    if numeral == "一" and any(m.start() <= 12 + 3 for m in _PARALLEL.finditer(around)):
        return "parallel series"
    opened = _OPEN.search(text, max(context.line.start, mention.start - 24), mention.start)
    if numeral == "百万" and not (opened and _CAMPAIGN.match(text, mention.end)):
        return None
    counted = mention.unit is not None or numeral == "百万"
    closed = "”" in text[mention.end : mention.end + 30]
    return "quoted" if counted and opened and closed and _QUOTED.search(opened[0]) else None


def lexical_reason(mention: Mention, text: str, words: frozenset[str]) -> str | None:
    """Why a numeral counts nothing: a common word, a name, no unit. None if it counts."""
    start, end = mention.start, mention.end
    if mention.form == "word":
        return "no numeral of its own"
    if mention.unit != "期" and not text[start].isdigit() and _is_word(text, start, words):
        return "common word"
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and before.isascii() and (before.isalpha() or before in "._"):
        return "part of a Latin name"
    if mention.form == "ordinal":
        return _ordinal_reason(mention, text)
    if mention.form != "number":
        return None
    numeral = text[start : mention.num_end]
    if mention.unit is None and after.isascii() and after.isalpha() and numeral[0].isdigit():
        return "part of a Latin name"
    graded = mention.unit == "类" and _GRADED.match(text, mention.end)
    if graded or (mention.unit == "级" and (mention.value or 0) < _ROUND):
        return "grade"
    if numeral[0].isdigit() or mention.value_max is not None:
        return None
    if mention.unit is None:
        short = len(numeral) < _LONGEST
        counts = short and _MAGNITUDE.search(numeral) and not _NO_MAGNITUDE.search(numeral)
        return None if counts else "no unit"
    if numeral == "零":
        return "no count"
    if numeral == "一":
        return _one_reason(mention, text)
    if numeral in "百千万亿" and not _MADE.search(text[start - 3 : start]):
        return None if numeral in "万亿" and mention.unit in ("元", "人", "吨") else "round word"
    return None


def _is_word(text: str, start: int, words: frozenset[str]) -> bool:
    return any(text[start : start + length] in words for length in (2, 3, 4, 5))


def _one_reason(mention: Mention, text: str) -> str | None:
    """Why 一 before a classifier is an article; 一年 is a span, 新建一所 a count."""
    unit, before = mention.unit or "", text[max(0, mention.start - 3) : mention.start]
    if unit in _TIME:
        described = unit == "年" and before.endswith(("的", "关键", "重要"))
        return "a year described" if described else None
    if unit in _ONE_OF and _MADE.search(before):
        return None
    return None if unit == "期" or (unit == "届" and before.endswith(_EVERY)) else "article"


def _ordinal_reason(mention: Mention, text: str) -> str | None:
    if mention.unit is not None:
        return "generation" if mention.unit == "代" else None
    if text[mention.start] == "首":
        return None
    named = _ORDINAL_WORD.match(text, mention.end)
    ranked = text[mention.start - 1 : mention.start] in frozenset("市省国区县球名位列居")
    return "name with an ordinal" if named and not ranked else None


def is_identifier(context: MentionContext) -> bool:
    """Whether a number names a thing: a line, a road, a part of a Latin name."""
    mention, text = context.mention, context.reading.text
    bare = mention.form == "number" and mention.unit is None and text[mention.start].isdigit()
    named = bare and _IN_NAME.match(text, mention.end)
    return context.dimension == "identifier" or bool(named)
