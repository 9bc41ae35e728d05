"""How large a project, a kind of thing or each of some things is: numbers that nobody promises."""

import re

from policytext.numbers.context import MentionContext, Verdict, governor
from policytext.text.numerals import NUMERAL

# What makes a number a size class: 百亿级, 10亿元以上, 千亿级及以上.
SIZE_CLASS = "(?:级(?:及?以上)?|及?以上|以下)"
# 亿元以上的, 百亿、千亿级, 10亿元以上、5亿元以上 + what kind + of which there are some of this
# size; no 产业基金.
_CLASS = """
    (?: SIZE_CLASS? [、和] [过超]? (?: [\\d.一二三四五六七八九十百千]+ [万亿]* | [万亿] ) 元? )*
    (?P<bounded> SIZE_CLASS )? 的?
    {before a kind of thing}? [\u4e00-\u9fff“”]{0,6}? {kind of thing with a size}
    (?(bounded) | (?! {HAN}{0,4} {money for something} ) )
""".replace("SIZE_CLASS", SIZE_CLASS)
# 千亿级赛道, 10万千瓦及以上机组, 1万元以下的家庭, but not 千亿级台阶
_GRADED = "(?: 级的? | 及以[上下]的? | 以[上下]的 ) (?! {level that is reached} ) {HAN}"
# 总投资50亿元的20个项目
_OF_SO_MANY = rf"(?:{SIZE_CLASS}|左右)? 的 {NUMERAL} [多余]? (?:[个项条]|{{classifier of one}})"
_COUNT_AFTER = re.compile(r"\d|[一二三四五六七八九十两]+[个家项]")
# From here on a number without a unit is the size of something: 百亿项目, 百亿级项目.
_MAGNITUDE = 1e8
# 1000平方米以上文化礼堂3个
_SO_MANY_BEHIND = r"的?[\u4e00-\u9fff“”]{2,14}?(?:\d|[一二三四五六七八九十]+[个家项座处])"
_EACH_AT_LEAST = re.compile(f"及?以上{_SO_MANY_BEHIND}")
# 万亩示范片2个, 销售超亿元单品10个: how large each of those is that are counted behind it
_EACH_ROUND = re.compile(_SO_MANY_BEHIND)
_ROUND, _EXCEEDS = re.compile("[十百千万亿]+"), re.compile("[超过]$")
_EACH = re.compile(r"[\d一二三四五六七八九十两](?:个|座|台|套|条|项)$")
# 建成后年产值10亿元, 每年可节水5万吨 are expected of a project, and not by a day.
_BENEFIT = "{completion}(?:使用|运营|投产)?以?后(?![续备劲])|{yearly benefit}"
# 建成年产5万吨饮料项目: how large it is; but 新增60万千瓦风电项目, 甲等540万千瓦煤电项目.
_BUILT = """
    (?: 及?以[上下] (?= 的? {HAN} ) )? 的? (?! 及?以[上下] | 左右 | {level that is reached} )
    (?= {HAN} ) [^,;:]{0,24}? {built for a capacity}
"""
_SUMMED = "(?: {added within a noun} | 等 | 共 | 合计 ) $"
# 长约30公里的绿道, 宽40米、长3公里的大道, 容纳10万人的体育场
_HOLDS = "{holds so many} (?: [约近] | 超过? )? $"
_DESCRIBES = "(?: 、 {holds so many} [^,;、的]{1,10} )* 的"
_CAPACITY = ("power", "volume")
_PHYSICAL = ("area", "length", "volume", "power", "concentration")

# What is counted or measured stands behind the number.
NOUN_AFTER = re.compile("(?:以上|以内|以下|左右)?(?!以上|以内|以下|左右)[\u4e00-\u9fff“]")


def size_of(context: MentionContext, dimension: str | None) -> Verdict | None:
    """The size of a project (总投资, 占地, 由…组成) or of a kind of thing (亿元以上项目50个)."""
    for size in (_of_a_project, _of_what_comes, _of_each, _of_a_capacity):
        if why := size(context, dimension):
            return Verdict("project_param", f"{context.time_frame.basis}; {why}")
    return _of_a_class(context, dimension)


def _of_a_project(context: MentionContext, dimension: str | None) -> str | None:
    """总投资30亿元, 占地500亩; but 完成总投资30亿元 and 投资30亿元 are done."""
    if context.match_after(_DESCRIBES) and context.search_before(_HOLDS):
        return "size of what holds them"  # 容纳10万人的体育场
    if dimension not in ("money", *_PHYSICAL):
        return None
    size = context.last("verb", context.clause)
    named = size is not None and size.word == "投资" and size.start > context.clause
    built = any(cue.roles.get("verb") == "result" for cue in context.clause_cues())
    if size and size.roles["verb"] == "param" and not named and not built:
        return f"size: {size.word}"
    return "size of what is counted" if context.match_after(_OF_SO_MANY) else None


def _of_what_comes(context: MentionContext, dimension: str | None) -> str | None:
    """A kind of thing without something, what a project brings, what it is made up of."""
    zero, quoted = context.mention.form == "zero", context.after.startswith("”")
    named = zero and NOUN_AFTER.match(context.after[quoted:])
    if named and (quoted or _COUNT_AFTER.search(context.after)):
        return "kind of thing"  # 零投诉小区30个, “零材料”事项
    benefit = context.reading.expressions[_BENEFIT].search(context.sentence_before)
    if benefit:
        return f"benefit: {benefit[0]}"
    return "parts" if context.search_after("{made up of}") else None


def _of_each(context: MentionContext, dimension: str | None) -> str | None:
    """How large each of them is: 3个750千伏输变电工程, 2×66万千瓦, 1000平方米以上文化礼堂3个."""
    after, named = context.after, NOUN_AFTER.match(context.after)
    graded = dimension in (*_PHYSICAL, "mass") and re.match("级|及以[上下][^,;、]", after)
    least = dimension not in (None, "count", "ratio") and _EACH_AT_LEAST.match(after)
    reading, mention = context.reading, context.mention
    bare = _ROUND.fullmatch(reading.text, mention.num_start, mention.num_end)
    bare = bare or _EXCEEDS.search(context.before)
    sized = dimension in (*_PHYSICAL, "mass", "money")
    least = least or (bare and sized and _EACH_ROUND.match(after))
    if graded or least or (dimension == "voltage" and named):
        return "size class"
    each = context.before.endswith("×") or (named and _EACH.search(context.before))
    sized = dimension in (*_PHYSICAL, "mass", "voltage", "time")  # 7×24小时
    return "size of each" if each and sized else None


def _of_a_capacity(context: MentionContext, dimension: str | None) -> str | None:
    """How much a project is built for: 建成年产5万吨饮料项目."""
    built = dimension in (*_CAPACITY, "mass") and context.match_after(_BUILT)
    return "size of a project" if built and not context.search_before(_SUMMED) else None


def _of_a_class(context: MentionContext, dimension: str | None) -> Verdict | None:
    """亿元以上项目50个, 百亿级产业集群; 300亿元支持产业 is no class."""
    unit, value = context.mention.unit, context.mention.value or 0
    bare = unit in (None, "级") and value >= _MAGNITUDE
    if not bare and dimension not in ("money", "grade"):
        return None
    kind = context.match_after(_CLASS) or context.match_after(_GRADED)
    works = kind and any(cue.roles.get("verb") == "process" for cue in context.cues_behind(kind))
    return _size_class(context, kind[0]) if kind and not works else None


def _size_class(context: MentionContext, words: str) -> Verdict | None:
    """The size of a kind of thing: a fact of what there is, a parameter of what is to come."""
    basis = f"{context.time_frame.basis}; size class"
    counted = _COUNT_AFTER.search(context.after) is not None
    plans, verb = context.time_frame.name == "plan", governor(context)
    coming = verb is not None and verb.roles["verb"] == "result"
    if not coming and context.reading.expressions["{kind of industry}$"].search(words):
        return Verdict("baseline", basis)
    if context.before.endswith(("个", "大")) and not coming and not counted:
        return Verdict("work_item" if plans else "achievement", basis)
    # Where one of the kind is to be there (争取百亿级项目落地), its size is the promise.
    graded = context.mention.unit == "级"
    one = graded and context.search_after("{completion}") is not None
    return Verdict("project_param", basis) if counted or ((graded or plans) and not one) else None
