"""What a numeric mention is there for: target, work item, achievement, … with the evidence.

The order is the guide's: words, list marks and identifiers first (`non_quantities`), then numbers
of slogans, then periods, then what somebody promises, then the rest. Evidence comes from the words
around the number, from the verb that governs its clause or list, and from its time frame.
"""

import re
from typing import NamedTuple

from policytext.numbers.context import SENTENCE, Cue, MentionContext, governor
from policytext.numbers.time_frames import HAN_YEAR, due
from policytext.text.dates import iso_of
from policytext.text.numerals import NUMERAL, UP_TO_TEN

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
_THRESHOLD = re.compile(r"(?:及?以上|以下)?(?:的|达|有)+[\u4e00-\u9fff]{0,8}?\d")
# 年收入超过100万元的个人, but not 规模超过3亿元的目标.
_LIMITS = re.compile("(?:超过|高于|(?<!不)低于|不足)$")
_WHO = re.compile("(?:以上|以下)?的(?!目标|规模|水平|增长|产值|任务|能力)[\u4e00-\u9fff]")
# 50万以上人口的城市
_OF_A_SIZE = "以[上下] {HAN}{0,2} {measure that describes} 的 {HAN}"
# 由一九八〇年的28万人增加到…, 比去年的5家: what a change starts from.
_FROM = re.compile(f"[由从比较](?:{HAN_YEAR}年|[去上前]年|目前|现在)的$")
# 约合5000亿元, 相当于全国的三分之二; not 相当于生产总值的比例达到4.5%.
_ONCE_MORE = "{says in another unit} (?! [^,;]{0,16} 比[例重] ) [^,;]{0,16} $"
# 从每人每月1560元、950元提高到…
_FROM_EACH = r"[由从自] {HAN}{0,12} (?: \d[^,;]{0,8} [、和] )* $"
_RAISED = "[^,;]{0,20}? {change} (?:到|至|为)"
# 每公里补助18万元; 按每个不低于1万元的标准予以补助, 按照45%的脱贫标准
_PAID_EACH = r"""
    (?: 每 (?![年月周天]) {HAN}{1,6} {pays} {HAN}{0,2} | 每[年月] {pays}
      | {paid once} {HAN}{0,4} {pays}    # 一次性补助1万元、8000元
      | [户人]均 {pays} | 对 [^,;]{0,16}? 的 {HAN}{1,8} {pays} )  # 户均补助1万元
    (?: \d[^,;]{0,8} [、和至] )* $
"""
_BY = "按照? [^,;]{0,40} $"
_BY_RATE = "[^,;]{0,20}? {pays} | (?:以上)?的? {HAN}{0,4} 标准 (?: $ | [,、] ) | 的?[税费利]率"
_LIMIT = re.compile("不(?:得)?超过$")
_CONDITION = re.compile("^如[^,]{0,6}$")
_PRIZE_BEFORE = re.compile("奖[”’]?$|各$|(?<![在到至])每[^,]{0,3}$")  # 控制在每吨50元
# Up to here Chinese numerals count the members of a group more often than an outcome: 两个目的.
_GROUP = 10
# From here on a number without a unit is the size of something: 百亿项目, 百亿级项目.
_MAGNITUDE = 1e8
# 1000平方米以上文化礼堂3个
_EACH_AT_LEAST = re.compile(
    r"及?以上的?[\u4e00-\u9fff“”]{2,14}?(?:\d|[一二三四五六七八九十]+[个家项座处])"
)
# 比去年多1000人 says how large the promised figure is once more.
_DIFFERENCE = "比 (?: {earlier time} | 年初 ) [^,;]{0,8} [多高少低] $"
# 全年增长8%(其中一季度10%): of a part of the year, beside the promise for all of it.
_PART = re.compile(r"[\d%][^()]*\([^()]{0,4}(?:季度|半年|月)[^()\d]{0,4}$")
_POPULATION, _NATION = 5e5, 1e9
_EACH = re.compile(r"[\d一二三四五六七八九十两](?:个|座|台|套|条|项)$")
# 建成后年产值10亿元, 每年可节水5万吨 are expected of a project, and not by a day.
_BENEFIT = "{completion}(?:使用|运营|投产)?以?后(?![续备劲])|{yearly benefit}"
# 建成年产5万吨饮料项目: how large it is; but 新增60万千瓦风电项目, 甲等540万千瓦煤电项目.
_BUILT = """
    (?: 及?以[上下] (?= 的? {HAN} ) )? 的? (?! 及?以[上下] | 左右 | {level that is reached} )
    (?= {HAN} ) [^,;:]{0,24}? {built for a capacity}
"""
_SUMMED = "(?: {added within a noun} | 等 | 共 | 合计 ) $"
_CAPACITY = ("power", "volume")
_PHYSICAL = ("area", "length", "volume", "power", "concentration")


class Verdict(NamedTuple):
    """A status and what it rests on."""

    status: str
    evidence: str


def size_of(context: MentionContext, dimension: str | None) -> Verdict | None:
    """The size of a project (总投资, 占地, 由…组成) or of a kind of thing (亿元以上项目50个)."""
    basis, after, reading = context.time_frame.basis, context.after, context.reading
    if dimension in ("money", *_PHYSICAL):
        size = context.last("verb", context.clause)
        named = size is not None and size.word == "投资" and size.start > context.clause
        built = any(cue.roles.get("verb") == "result" for cue in context.clause_cues())
        if size and size.roles["verb"] == "param" and not named and not built:
            return Verdict("project_param", f"{basis}; size: {size.word}")
        if context.match_after(_OF_SO_MANY):
            return Verdict("project_param", f"{basis}; size of what is counted")
    if context.mention.form == "zero" and _NOUN_AFTER.match(after) and _COUNT_AFTER.search(after):
        return Verdict("project_param", f"{basis}; kind of thing")  # 零投诉小区30个
    if benefit := reading.expressions[_BENEFIT].search(context.sentence_before):
        return Verdict("project_param", f"{basis}; benefit: {benefit[0]}")
    if context.search_after("{made up of}"):
        return Verdict("project_param", f"{basis}; parts")
    graded = dimension in (*_PHYSICAL, "mass") and re.match("级|及以[上下][^,;、]", after)
    lined = dimension == "voltage" and _NOUN_AFTER.match(after)
    least = dimension not in (None, "count", "ratio") and _EACH_AT_LEAST.match(after)
    if graded or lined or least:
        return Verdict("project_param", f"{basis}; size class")
    # 3个750千伏输变电工程, 2×66万千瓦: how large each of them is.
    each = _EACH.search(context.before) and _NOUN_AFTER.match(after)
    if dimension in (*_PHYSICAL, "mass", "voltage") and (each or context.before.endswith("×")):
        return Verdict("project_param", f"{basis}; size of each")
    capacity = dimension in (*_CAPACITY, "mass") and context.match_after(_BUILT)
    if capacity and not context.search_before(_SUMMED):
        return Verdict("project_param", f"{basis}; size of a project")
    unit, value = context.mention.unit, context.mention.value or 0
    bare = unit in (None, "级") and value >= _MAGNITUDE
    sized = bare or dimension in ("money", "grade")
    kind = (context.match_after(_CLASS) or context.match_after(_GRADED)) if sized else None
    # 300亿元支持产业 is no class.
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


def rule_of(context: MentionContext) -> Verdict | None:
    """Entitlements, limits, prizes and thresholds, and how things stand: 现有, 仅, 下辖."""
    basis, before = context.time_frame.basis, context.before
    verb = context.last("verb", context.clause)
    role = verb.roles["verb"] if verb else ""
    if context.search_before(_FROM_EACH) and context.match_after(_RAISED):
        return Verdict("baseline", f"{basis}; from")
    if verb and role == "rule" and not _is_raised(context, verb):
        return Verdict("rule", f"{basis}; {verb.word}")
    if verb and (forbids := _forbids(context, verb)):
        return Verdict("rule", f"{basis}; {forbids}")
    by_rate = context.search_before(_BY) and context.match_after(_BY_RATE)
    if by_rate or context.search_before(_PAID_EACH):
        return Verdict("rule", f"{basis}; rate")
    if (
        (context.search_before("{gives to each}") and context.match_after("[^,。;]{0,12}{prize}"))
        or (basis == "document" and _LIMIT.search(before))
        or (context.announced is None and _PRIZE_BEFORE.search(before))
        or _CONDITION.match(before)
        or context.search_after("{recommended}")
    ):
        return Verdict("rule", f"{basis}; prize or limit")
    cued = context.announced is None and not context.reading.plans
    if cued and _LIMITS.search(before) and _WHO.match(context.after):
        return Verdict("rule", f"{basis}; threshold")
    money, each = context.dimension == "money", "每" in context.sentence_before
    said = context.sentence_before if each else before  # 油价每吨提高100元,每升提高1元
    priced = money and context.reading.expressions["{price that is set}"].search(said)
    if cued and priced:
        return Verdict("rule", f"{basis}; {priced[0]}")
    limits = context.mention.unit == "%" and _THRESHOLD.match(context.after)
    if limits or context.match_after(_OF_A_SIZE):
        return Verdict("rule", f"{basis}; threshold")
    if from_ := _FROM.search(before) or context.search_before(_ONCE_MORE):
        return Verdict("baseline", f"{basis}; {from_[0]}")
    if verb and role == "standing" and not _is_to_be(context):
        return Verdict("baseline", f"{basis}; {verb.word}")
    return Verdict("baseline", "仅") if before.endswith("仅") else None


def _forbids(context: MentionContext, verb: Cue) -> str | None:
    """What is not to be done, or was not: 严禁新增500万吨; 不得超过500万吨 is a bound."""
    ahead = context.reading.text[context.clause : verb.start]
    forbids = context.reading.expressions["{negates a bound}$"].search(ahead)
    return forbids[0] if forbids and "before" not in verb.roles else None


def _is_to_be(context: MentionContext) -> bool:
    """实现每千人拥有托位4个 is a plan's, and no fact."""
    made = any(cue.roles.get("verb") == "result" for cue in context.clause_cues())
    plans = context.time_frame.name == "plan"
    return plans and (made or context.search_before("每{HAN}{1,4}拥有") is not None)


def _is_raised(context: MentionContext, each: Cue) -> bool:
    """提高到每人每月800元 is a standard that is raised."""
    cues = context.clause_cues()
    return any(cue.end == each.start and cue.roles.get("verb") == "result" for cue in cues)


# Nothing but a bound behind the number: the clause says how much of something.
_ENDS = re.compile("(?:以上|以内|以下|左右|上下)?[”’)]?(?:$|、)")
_NOUN_AFTER = re.compile("(?:以上|以内|以下|左右)?(?!以上|以内|以下|左右)[\u4e00-\u9fff“]")
_DATED = re.compile(r"\d日|点|:|^\d{4}$|·|号$")
_VALUE_AFTER = re.compile(r"\d|[一二三四五六七八九十][个大项]")


_SO_MANY = "(?: 以上 | 左右 )? 的? [^,;]{0,24}? {does so}"  # 60%以上社区达到标准
_SERVED = "{for people} {HAN}{0,6} $ | {helps people} $"
_HELPED = "{helps people} {HAN}{0,12} $"  # 促进就业创业10万人


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
    if mention.form in ("ordinal", "rank") or mention.unit == "期":
        return _ordinal(context)
    if context.time_frame.name == "definition":
        return Verdict("baseline", "definition")
    other = size_of(context, dimension) or rule_of(context)
    if other or context.time_frame.name != "plan":
        return other or Verdict("achievement", context.time_frame.basis)
    return _planned(context, dimension)


_MEETING = """
    [、和]? (?: [一二三四五六七八九十]+[次届中]  # 第十二次、第三届、三中
              | {meeting} )
"""
_NAME = r"[一二三四五六七八九十\d]+年{campaign of years}"
_CONGRESS = "{after a party congress} | $"
# Units, what must follow, and the status and evidence that they make.
_NAMED: list[tuple[tuple[str, ...], str, Verdict]] = [
    (("周年",), "", Verdict("event", "anniversary")),
    (("个", "项", "大"), _NAME, Verdict("work_item", "name")),
    (("届", "次"), _MEETING, Verdict("event", "meeting")),
    (("大",), _CONGRESS, Verdict("event", "party congress")),
    (("小时", "分钟"), "{HAN}{0,8}{circle}", Verdict("slogan_number", "name of a circle")),
    (("人", "年"), "一?贯?制", Verdict("slogan_number", "name of a kind")),
    (("字",), "", Verdict("slogan_number", "characters of a saying")),
    (("个",), "字(?!节)", Verdict("slogan_number", "characters of a saying")),
    (("元",), "{product of the economy}", Verdict("baseline", "rate: 万元GDP")),
]


def _named(context: MentionContext, dimension: str | None) -> Verdict | None:
    """Rules, rates, spans of time and the numbers in names, whatever the time frame."""
    mention = context.mention
    if dimension == "age" and not context.search_before("{lifespan}"):
        return Verdict("rule", "age")
    if context.before.endswith("每") and mention.form == "number":
        return Verdict("rule" if dimension == "time" else "baseline", "rate: 每")
    if mention.form == "zero" and context.match_after("{campaign}"):  # 化肥零增长行动
        return Verdict("work_item", "name")
    small_group = mention.unit == "大" and (mention.value or 0) < 10
    for units, follows, verdict in _NAMED:
        if mention.unit not in units or not context.match_after(follows):
            continue
        no_congress = follows == _CONGRESS and small_group and not context.before.endswith("党的")
        if not no_congress and (mention.unit != "元" or context.words[0] == "万"):
            return verdict
    spans = mention.unit in ("年", "个月", "天") and mention.form == "number"
    return _span(context) if spans else None


def _span(context: MentionContext) -> Verdict | None:
    """三年 in 三年行动 belongs to a name, in 未来三年 it is a period."""
    span = context.search_before("{before a span of time}$ | {describes a year}$")
    if span or context.after.startswith(("来", "以来")):
        return Verdict("period", f"span: {span[0] if span else '来'}")
    named = context.match_after("[”’]?[个项]?{HAN}{0,6}?{campaign}")
    return Verdict("work_item", f"name: {named[0]}") if named else None


def _date(context: MentionContext) -> Verdict:
    """A date that is itself the promise, one that bounds a value, or the date of an event."""
    mention, frame, text = context.mention, context.time_frame, context.reading.text
    # 6月投产后 dates what comes of it.
    finish = context.search_after("{completion}(?![之以]?[前后])")
    day = context.reading.document.date
    iso = iso_of(context.words, day) or ""
    ahead = not (iso and day) or iso.rpartition("/")[2][:4] >= day[:4]
    begins = context.search_before("[从自]$") and re.match("[到至]", context.after)
    if begins:  # 从2035年到本世纪中叶
        return Verdict("period", "begins a span")
    if ahead and frame.name == "plan" and finish and not re.search(r"\d", context.after):
        return Verdict("project_target", f"{frame.basis}; completion: {finish[0]}")
    rest = text[mention.end : min(context.line.end, mention.end + SENTENCE)]
    dated = _DATED.search(context.words) or context.search_before("{before the date of an event}$")
    if dated or mention.form == "year" or not _VALUE_AFTER.search(rest):
        return Verdict("event", "date")
    return Verdict("period", "bounds what follows")


def _ordinal(context: MentionContext) -> Verdict:
    """A rank, a phase, or the ordinal of an event."""
    unit, (time_frame, basis, _) = context.mention.unit, context.time_frame
    if context.words[0] == "第" and context.is_unit("ordinal of an event"):
        return Verdict("event", f"ordinal of an event: {unit}")
    if "周年" in context.after:
        return Verdict("event", "anniversary")
    if time_frame != "plan":
        return Verdict("achievement" if time_frame == "review" else "baseline", basis)
    if unit == "期":
        return Verdict("work_item", f"{basis}; phase")
    if context.mention.form == "rank" and context.after.startswith("的"):
        return Verdict("baseline", f"{basis}; those in front")
    verb = governor(context)
    works = verb is not None and verb.roles["verb"] == "process"
    effort = context.reading.expressions["{effort}"]
    aims = [cue for cue in context.back("commitment", 0) if not effort.fullmatch(cue.word)]
    if (works and not aims) or context.search_before("更多 (?: {ranks} | 第一 | 、 )* $"):
        return Verdict("work_item", f"{basis}; no rank that is reached")
    named = unit == "名" or context.mention.form == "rank"
    if named or context.is_unit("band of a ranking") or context.search_before("{ranks}", 8):
        return Verdict("target", f"{basis}; rank")
    # 第二台 is one of a row, 首台 the first of its kind.
    if unit and verb and context.words[0] != "第":
        return Verdict("project_target", f"{basis}; first of its kind: {verb.word}")
    return Verdict("work_item", basis)


def _planned(context: MentionContext, dimension: str | None) -> Verdict:
    """A number under a plan: promised outcome, or work to do."""
    mention, basis = context.mention, context.time_frame.basis
    if mention.unit in ("大", "大类") or context.match_after("{abstract noun}"):
        return Verdict("work_item", f"{basis}; group of tasks")
    if not context.time_frame.sure and (named := _no_outcome(context, dimension)):
        return Verdict("work_item", f"{basis}; {named}")
    verb = governor(context)
    process = verb is not None and verb.roles["verb"] == "process"
    finish = context.search_after("{completion}")
    if mention.form == "fold":
        return Verdict("target", f"{basis}; multiple")
    if (mention.value or 0) >= _NATION and context.match_after("人口"):
        return Verdict("baseline", f"{basis}; the whole people")
    counted = dimension in (None, "person") and mention.form != "ratio"
    people = (counted or mention.unit == "户") and context.search_before(_SERVED)
    people = people or (dimension == "person" and context.search_before(_HELPED))
    if people and not finish:
        return Verdict("project_target", f"{basis}; beneficiaries")
    if finish and (process or verb is None) and dimension in (None, "count", "money", "grade"):
        return Verdict("project_target", f"{basis}; completion: {finish[0]}")
    if context.search_after("{passes a mark}", 8):
        return Verdict("target", f"{basis}; reach verb")
    if context.search_before(_DIFFERENCE):
        return Verdict("baseline", f"{basis}; difference from last year")
    if _is_population(context):
        return Verdict("baseline", f"{basis}; the whole people")
    if _PART.search(context.before):
        return Verdict("baseline", f"{basis}; part of the year")
    share = mention.unit == "%" and context.search_before("{makes a share}{HAN}+的$")
    # 绿色建筑占新建建筑的35%以上 is all that its clause says.
    whole = share and "占" in share[0] and _ENDS.match(context.after)
    if share and not (whole or context.last("commitment")):
        return Verdict("baseline", f"{basis}; share of another")
    nearly = context.search_before("{nearly}$")
    if nearly and (verb is None or process):
        return Verdict("baseline", f"{basis}; {nearly[0]}")
    aimed = dimension in (None, "count", "person") and context.last("commitment", context.clause)
    some = mention.unit == "%" or aimed
    if some and (process or verb is None) and context.match_after(_SO_MANY):
        return Verdict("target", f"{basis}; so many of them do")
    if verb:
        status, kind = ("work_item", "process") if process else ("target", "result")
        return Verdict(status, f"{basis}; {kind} verb: {verb.word}")
    return _inherited(context)


def _no_outcome(context: MentionContext, dimension: str | None) -> str | None:
    """What a number stands for that no plan vouches for: a group, a span, a temperature."""
    small = context.words[0] in UP_TO_TEN and (context.mention.value or 0) <= _GROUP
    if small and dimension in (None, "count") and context.mention.form == "number":
        return "small group"
    if dimension == "temperature":
        return "temperature"
    if over := context.search_after("{HAN}了(?![解])"):
        return over[0]
    if "了" in context.words:
        return context.words
    finish = context.search_after("{completion}")
    # 32所院校计划招生: the subject of another cue than that of the clause before.
    subject = not (context.last("commitment", context.clause) or governor(context))
    behind = context.time_frame.basis.startswith("clause") or (
        subject and context.next_commitment()
    )
    if behind and not finish:
        return "cue behind"
    if performs := context.match_after("{performer}"):
        return performs[0]
    spans = dimension == "time" and not context.search_before("{change}")
    return "span of time" if spans else None


def _is_population(context: MentionContext) -> bool:
    """2600多万各族儿女, 420万钦州人民 are all there are, and not so many of them."""
    mention = context.mention
    bare = mention.unit is None and (mention.value or 0) >= _POPULATION
    return bare and context.match_after("{HAN}{0,4}{the whole people}") is not None


def _inherited(context: MentionContext) -> Verdict:
    """The clause has no verb of its own: the list it stands in says what it is."""
    basis, before = context.time_frame.basis, context.before
    if context.search_before("对{HAN}{0,4}$"):  # 对2个村寨实施改造
        return Verdict("work_item", f"{basis}; done to them")
    if aim := context.reading.expressions["{states aims}"].search(context.sentence_before):
        return Verdict("target", f"{basis}; list: {aim[0]}")
    if basis == "document" and (fact := _standing(context)):
        return Verdict("baseline", f"{basis}; {fact}")
    kinds = context.mention.unit in ("个", "项") or context.is_unit("number of kinds")
    if kinds and _NOUN_AFTER.match(context.after):
        return Verdict("work_item", f"{basis}; counted task")
    if context.mention.unit == "年":
        return Verdict("work_item", f"{basis}; span of time")
    in_plan = not basis.startswith(("sentence", "clause"))
    if not in_plan and not context.time_frame.sure and not _plans_list(context):
        return Verdict("work_item", f"{basis}; no verb")
    if in_plan and len(before) > 2 and _ENDS.match(context.after):
        return Verdict("target", f"{basis}; level of: {before[-10:]}")
    verb = context.last("verb")
    if verb and verb.roles["verb"] == "result" and before:
        return Verdict("target", f"{basis}; list under: {verb.word}")
    commitment = context.last("commitment")
    # A forecast without a verb of outcome foretells what happens, not what is reached.
    if commitment and commitment.roles["commitment"] != "forecast":
        return Verdict("target", f"{basis}; commitment: {commitment.word}")
    return Verdict("work_item", basis)


def _standing(context: MentionContext) -> str | None:
    """How things stand, where no word plans and nothing announces a plan: 全市有学校120所."""
    if context.last("commitment") or due(context.sentence_before, context.reading.document.year):
        return None
    fact = context.reading.expressions["{standing fact}"].search(context.sentence_before)
    return fact[0] if fact else None


def _plans_list(context: MentionContext) -> bool:
    """Whether a due year or a word of planning, not of effort, stands over a list."""
    cue = context.last("commitment")
    planned = cue is not None and cue.roles["commitment"] in ("plan", "strive")
    year = context.reading.document.year
    return planned or due(context.sentence_before, year) is not None
