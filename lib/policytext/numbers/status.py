"""What a numeric mention is there for: target, work item, achievement, … with the evidence.

The order is the guide's: words, list marks and identifiers first (`wordlike`), then numbers of
slogans, then periods, then what somebody promises, then the rest. Evidence comes from the words
around the number, from the verb that governs its clause or list, and from its time frame.
"""

import re
from typing import NamedTuple

from policytext.numbers.context import FINISH, SENTENCE, MentionContext, governor
from policytext.numbers.mentions import Mention

_CLASS = re.compile(
    r"""
    (?:级|及?以上|以下|级以上)?(?:的)?            # 亿元以上的
    (?:产业用地)?[\u4e00-\u9fff“”]{0,6}?          # what kind
    (?:项目|企业|工程|集群|园区|产业)             # of which there are some of this size
    """,
    re.VERBOSE,
)
_COUNT_AFTER = re.compile(r"\d|[一二三四五六七八九十两]+[个家项]")
_THRESHOLD = re.compile(r"(?:及?以上|以下)?(?:的|达|有)+[\u4e00-\u9fff]{0,8}?\d")
_PRIZE_AFTER = re.compile("[^,。;]{0,12}(?:的奖励|奖金|的补贴|的资助)")
_EACH = re.compile("分别|各|每|可|给予")
_LIMIT = re.compile("不(?:得)?超过$")
_CONDITION = re.compile("^如[^,]{0,6}$")
_PRIZE_BEFORE = re.compile("奖[”’]?$|各$|每[^,]{0,3}$")


class Verdict(NamedTuple):
    """A status and what it rests on."""

    status: str
    evidence: str


def size_of(context: MentionContext, dimension: str | None) -> Verdict | None:
    """The size of a project (总投资, 占地, 由…组成) or of a kind of thing (亿元以上项目50个)."""
    basis, after = context.time_frame.basis, context.after
    physical = dimension in ("area", "length", "volume", "power", "concentration")
    if dimension == "money" or physical:
        size = context.last("verb", context.clause)
        result = [c for c in context.clause_cues() if c.roles.get("verb") == "result"]
        named = size is not None and size.word == "投资" and size.start > context.clause
        if size and size.roles["verb"] == "param" and not result and not named:
            return Verdict("project_param", f"{basis}; size: {size.word}")
    if re.search("组成|构成", after):
        return Verdict("project_param", f"{basis}; parts")
    sized = dimension in ("money", "grade") or _bare(context.mention)
    if physical and after.startswith("级"):
        return Verdict("project_param", f"{basis}; size class")
    kind = _CLASS.match(after) if sized else None
    return _size_class(context, kind[0]) if kind else None


def _size_class(context: MentionContext, words: str) -> Verdict | None:
    """The size of a kind of thing: a fact of what there is, a parameter of what is to come."""
    basis = f"{context.time_frame.basis}; size class"
    counted = _COUNT_AFTER.search(context.after) is not None
    verb = governor(context)
    coming = verb is not None and verb.roles["verb"] == "result"
    if words.endswith(("集群", "产业")) and not coming:
        return Verdict("baseline", basis)
    if context.before.endswith(("个", "大")) and not coming and not counted:
        return Verdict("work_item" if context.time_frame.name == "plan" else "achievement", basis)
    landed = context.mention.unit == "级" and FINISH.search(context.after)
    sized = coming and context.mention.unit == "级" and not landed
    return Verdict("project_param", basis) if counted or sized else None


def _bare(mention: Mention) -> bool:
    """A bare magnitude, or one with 级: 百亿项目, 百亿级项目."""
    return mention.unit in (None, "级") and (mention.value or 0) >= 1e8


def rule_of(context: MentionContext) -> Verdict | None:
    """Entitlements, limits, prizes and thresholds."""
    verb = context.last("verb", context.clause)
    if verb and verb.roles["verb"] == "rule":
        return Verdict("rule", f"{context.time_frame.basis}; {verb.word}")
    each = _EACH.search(context.before) and _PRIZE_AFTER.match(context.after)
    limit = context.time_frame.basis == "document" and _LIMIT.search(context.before)
    prize = context.announced is None and _PRIZE_BEFORE.search(context.before)
    condition = _CONDITION.match(context.before)
    if each or limit or prize or condition or "为宜" in context.after:
        return Verdict("rule", f"{context.time_frame.basis}; prize or limit")
    if context.mention.unit == "%" and _THRESHOLD.match(context.after):
        return Verdict("rule", f"{context.time_frame.basis}; threshold")
    return None


def standing_of(context: MentionContext) -> Verdict | None:
    """How things stand: 现有, 仅, 下辖."""
    verb = context.last("verb", context.clause)
    if verb and verb.roles["verb"] == "standing":
        return Verdict("baseline", f"{context.time_frame.basis}; {verb.word}")
    return Verdict("baseline", "仅") if context.before.endswith("仅") else None


_NAMED = re.compile("[”’]?(?:[个项])?[\u4e00-\u9fff]{0,6}?(?:行动|计划|规划|方案|攻坚|会战|工程)")
_SPAN_BEFORE = re.compile(
    "(?:未来|今后|过去|过去的|近|这|(?<!提)前|以往|最近|最近的|接下来|上|新的|上一|新)$"
)
_RANKED = re.compile("排名|位列|位居|名列|居|保持|获得|[全本][市省国区县球]|均|蝉联|排")
_PEOPLE = re.compile("(?:让|使|惠及|受益|为)[\u4e00-\u9fff]{0,6}$")
_AIM = re.compile("目标[是为:]|目标如下|目标任务[是为:]")
# Nothing but a bound behind the number: the clause says how much of something.
_ENDS = re.compile("(?:以上|以内|以下|左右|上下)?[”’)]?")
_NOUN_AFTER = re.compile("(?:以上|以内|左右)?(?!以上|以内|以下|左右)[\u4e00-\u9fff“]")
_DATED = re.compile(r"\d日|点|:|^\d{4}$|·|号$")
_FROM = re.compile("[自从]$|于$|时间为$|[对获评届]$|截至$")
_EVENT_UNITS = ("届", "次", "会", "轮", "批")


def judge(context: MentionContext) -> Verdict:
    """The status of a mention that is neither lexical nor part of an abbreviation."""
    mention = context.mention
    if mention.form == "plan":
        return Verdict("period", "five-year plan")
    if mention.form in ("date", "year", "deictic"):
        return _date(context)
    dimension = context.counted_dimension
    if named := _named(context, dimension):
        return named
    if mention.form == "ordinal" or mention.unit == "期":
        return _ordinal(context)
    if context.time_frame.name == "definition":
        return Verdict("baseline", "definition")
    if context.time_frame.name == "plan":
        return _planned(context, dimension)
    return _reported(context, dimension)


def _named(context: MentionContext, dimension: str | None) -> Verdict | None:
    """Rules, rates, spans of time and the numbers in names, whatever the time frame."""
    mention, after, before = context.mention, context.after, context.before
    text, value = context.reading.text, mention.value or 0
    if dimension == "age" and "寿命" not in before:
        return Verdict("rule", "age")
    if before.endswith("每") and mention.form == "number":
        return Verdict("rule" if dimension == "time" else "baseline", "rate: 每")
    if mention.unit == "周年":
        return Verdict("event", "anniversary")
    if mention.unit in ("个", "项", "大") and _YEARS_NAMED.match(after):
        return Verdict("work_item", "name")
    if mention.unit in ("年", "个月", "天") and mention.form == "number":
        return _span(before, after)
    if mention.unit in ("届", "次") and _MEETING.match(after):
        return Verdict("event", "meeting")
    if mention.unit == "大" and _CONGRESS.match(after) and (before.endswith("党的") or value >= 10):
        return Verdict("event", "party congress")
    if mention.unit in ("小时", "分钟") and _CIRCLE.match(after):
        return Verdict("slogan_number", "name of a circle")
    if mention.unit == "元" and text[mention.start] == "万" and _PER_OUTPUT.match(after):
        return Verdict("baseline", "rate: 万元GDP")
    return None


_YEARS_NAMED = re.compile("[一二三四五六七八九十\\d]+年(?:行动|计划|规划|攻坚)")
_ABSTRACT = re.compile(
    """
      办法 | 方式 | 抓手 | 路子 | 动力 | 机制 | 体系 | 格局     # ways and means
    | 方面 | 领域 | 层面 | 维度 | 环节 | 方向 | 导向            # sides and directions
    | 关键 | 重点 | 主题 | 问题 | 原则 | 思路                   # points and ideas
    | 阶段 | 步骤                                               # stages
    | 坚持 | 转变 | 统筹                                        # what a numeral of verbs counts
    """,
    re.VERBOSE,
)
_SHARE_OF = re.compile("(?:超过|占|达|达到|相当于)[\u4e00-\u9fff]+的$")
_CONGRESS = re.compile("精神|报告|以来|胜利|召开|和|、|$|开|确定|作出|部署|擘画|提出|闭幕|是")
_CIRCLE = re.compile("[\u4e00-\u9fff]{0,8}圈")
_PER_OUTPUT = re.compile("GDP|地区生产总值|生产总值|国内|产值|增加值|工业")
_MEETING = re.compile(
    r"""
    [、和]?
    (?: [一二三四五六七八九十]+[次届中]                         # 第十二次、第三届、三中
      | 全会 | 党代会 | 人大 | 代表大会                         # plenum, congress
      | [\u4e00-\u9fff]{0,6}会议                                # a meeting
    )
    """,
    re.VERBOSE,
)


def _span(before: str, after: str) -> Verdict | None:
    """三年 in 三年行动 belongs to a name, in 未来三年 it is a period."""
    span = _SPAN_BEFORE.search(before)
    if span or after.startswith(("来", "以来")):
        return Verdict("period", f"span: {span[0] if span else '来'}")
    named = _NAMED.match(after)
    return Verdict("work_item", f"name: {named[0]}") if named else None


def _date(context: MentionContext) -> Verdict:
    """A date that is itself the promise, one that bounds a value, or the date of an event."""
    mention, after = context.mention, context.after
    finish = FINISH.search(after)
    text, year = context.reading.text, context.reading.document.year
    stated = re.match(r"(?:19|20)\d\d", text[mention.start : mention.end])
    ahead = not (stated and year) or int(stated[0]) >= year
    if ahead and context.time_frame.name == "plan" and finish and not re.search(r"\d", after):
        return Verdict("project_target", f"{context.time_frame.basis}; completion: {finish[0]}")
    rest = text[mention.end : min(context.line.end, mention.end + SENTENCE)]
    dated = _DATED.search(text[mention.start : mention.end]) or _FROM.search(context.before)
    if dated or mention.form == "year" or not re.search(r"\d|[一二三四五六七八九十][个大项]", rest):
        return Verdict("event", "date")
    return Verdict("period", "bounds what follows")


def _ordinal(context: MentionContext) -> Verdict:
    """A rank, a phase, or the ordinal of an event."""
    mention, (time_frame, basis) = context.mention, context.time_frame
    unit, before = mention.unit, context.before
    if unit in _EVENT_UNITS and context.reading.text[mention.start] == "第":
        return Verdict("event", f"ordinal of an event: {unit}")
    if time_frame != "plan":
        return Verdict("achievement" if time_frame == "review" else "baseline", basis)
    if unit == "期":
        return Verdict("work_item", f"{basis}; phase")
    rank = _RANKED.search(before[-8:])
    if rank or unit in ("方阵", "梯队", "极", "名"):
        return Verdict("target", f"{basis}; rank")
    verb = context.last("verb", context.clause)
    if unit and verb and verb.roles["verb"] == "result":
        return Verdict("project_target", f"{basis}; first of its kind: {verb.word}")
    return Verdict("work_item", basis)


def _planned(context: MentionContext, dimension: str | None) -> Verdict:
    """A number under a plan: promised outcome, work to do, or the size of something."""
    mention, after, basis = context.mention, context.after, context.time_frame.basis
    other = size_of(context, dimension) or rule_of(context) or standing_of(context)
    if other:
        return other
    if mention.unit in ("大", "大类") or _ABSTRACT.match(after):
        return Verdict("work_item", f"{basis}; group of tasks")
    verb = governor(context)
    process = verb is not None and verb.roles["verb"] == "process"
    finish = FINISH.search(after)
    if _PEOPLE.search(context.before) and finish is None and dimension in (None, "person"):
        return Verdict("project_target", f"{basis}; beneficiaries")
    if finish and (process or verb is None) and dimension in (None, "count", "money", "grade"):
        return Verdict("project_target", f"{basis}; completion: {finish[0]}")
    if re.search("迈进|迈上|大关", after[:8]):
        return Verdict("target", f"{basis}; reach verb")
    if mention.unit == "%" and _SHARE_OF.search(context.before) and not context.last("commitment"):
        return Verdict("baseline", f"{basis}; share of another")
    nearly = re.search("近$|接近$", context.before)
    if nearly and (verb is None or process):
        return Verdict("baseline", f"{basis}; {nearly[0]}")
    if verb and not process:
        return Verdict("target", f"{basis}; result verb: {verb.word}")
    if process and verb:
        return Verdict("work_item", f"{basis}; process verb: {verb.word}")
    return _inherited(context)


def _inherited(context: MentionContext) -> Verdict:
    """The clause has no verb of its own: the list it stands in says what it is."""
    mention, basis = context.mention, context.time_frame.basis
    aim = _AIM.search(context.sentence_before)
    if aim:
        return Verdict("target", f"{basis}; list: {aim[0]}")
    if mention.unit in ("个", "项") and _NOUN_AFTER.match(context.after):
        return Verdict("work_item", f"{basis}; counted task")
    in_plan = not context.time_frame.basis.startswith("sentence")
    if in_plan and len(context.before) > 2 and _ENDS.fullmatch(context.after):
        return Verdict("target", f"{basis}; level of: {context.before[-10:]}")
    verb = context.last("verb")
    if verb and verb.roles["verb"] == "result" and context.before:
        return Verdict("target", f"{basis}; list under: {verb.word}")
    commitment = context.last("commitment")
    # A forecast without a verb of outcome foretells what happens, not what is reached.
    if commitment and commitment.roles["commitment"] != "forecast":
        return Verdict("target", f"{basis}; commitment: {commitment.word}")
    return Verdict("work_item", basis)


def _reported(context: MentionContext, dimension: str | None) -> Verdict:
    """A number under a review: achieved, a threshold, a size, or how things stand."""
    other = size_of(context, dimension) or rule_of(context) or standing_of(context)
    return other or Verdict("achievement", context.time_frame.basis)
