"""What a numeric mention is there for: target, work item, achievement, … with the evidence.

The order is the guide's: words, list marks and identifiers first (`non_quantities`), then numbers
of slogans, then periods, then what somebody promises, then the rest. Evidence comes from the words
around the number, from the verb that governs its clause or list, and from its time frame.
"""

import re

from policytext.numbers.context import (
    SENTENCE,
    Cue,
    MentionContext,
    Verdict,
    ensures_a_bound,
    governor,
)
from policytext.numbers.sizes import NOUN_AFTER, size_of
from policytext.numbers.time_frames import HAN_YEAR, due
from policytext.text.dates import iso_of
from policytext.text.numerals import NUMERAL, UP_TO_TEN

_THRESHOLD = re.compile(r"(?:及?以上|以下)?(?:的|达|有)+[\u4e00-\u9fff]{0,8}?\d")
# 年收入超过100万元的个人, but not 规模超过3亿元的目标.
_LIMITS = re.compile("(?:超过|高于|(?<!不)低于|不足)$")
_WHO = re.compile("(?:以上|以下)?的(?!目标|规模|水平|增长|产值|任务|能力)[\u4e00-\u9fff]")
_OF_WHOM = "(?: (?:低于|不足) [^,;的]{1,8} )? 的 {HAN}{0,4} {whose income is a threshold}"
# 对签约一年以上未动工的项目
_SO_LONG = "及?以上 的? (?: 没有 | 未 | 尚 | 仍 | 不 )"
# 50万以上人口的城市
_OF_A_SIZE = "以[上下] {HAN}{0,2} {measure that describes} 的 {HAN}"
# 人口50万以上的城市: the same in the other order.
_OF_THAT_SIZE = "{measure that describes} [在超过达约]{0,2} $", "及?以[上下]的 {HAN}"
# 20户以上自然村
_PEOPLED = "及?以上的? {place with so many people}"
# 由一九八〇年的28万人增加到…, 比去年的5家: what a change starts from.
# 指数104(上年=100): what it is measured by.
_FROM = re.compile(f"[由从比较](?:{HAN_YEAR}年|[去上前]年|目前|现在)[的(]$|=$")
# 原定为每年增长6%: what was planned before.
_WAS_SET = re.compile("原(?:定|计划)[\u4e00-\u9fff]{0,6}$")
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
_AT_MOST = re.compile("(?:最[高多长]|至多)(?:不超过)?$")  # 最高30万元的贷款
_CONDITION = re.compile("^如[^,]{0,6}$")
_PRIZE_BEFORE = re.compile("奖[”’]?$|各$|(?<![在到至])每[^,]{0,3}$")  # 控制在每吨50元
# Up to here Chinese numerals count the members of a group more often than an outcome: 两个目的.
_GROUP = 10
# 比去年多1000人 says how large the promised figure is once more.
_DIFFERENCE = "比 (?: {earlier time} | 年初 ) [^,;]{0,8} [多高少低] $"
# 全年增长8%(其中一季度10%): of a part of the year, beside the promise for all of it.
_PART = re.compile(r"[\d%][^()]*\([^()]{0,4}(?:季度|半年|月)[^()\d]{0,4}$")
_POPULATION, _NATION = 5e5, 1e9


def rule_of(context: MentionContext) -> Verdict | None:
    """Entitlements, limits, prizes and thresholds, and how things stand: 现有, 仅, 下辖."""
    for status, says in _RULES:
        if why := says(context):
            return Verdict(status, f"{context.time_frame.basis}; {why}")
    return Verdict("baseline", "仅") if context.before.endswith("仅") else None


def _starts_from(context: MentionContext) -> str | None:
    """What a standard is raised from: 从每人每月1560元、950元提高到…."""
    raised = context.match_after(_RAISED)
    return "from" if raised and context.search_before(_FROM_EACH) else None


def _ruled(context: MentionContext) -> str | None:
    """A verb that rules (奖励, 补助), what is forbidden, a rate at which something is paid."""
    verb = context.last("verb", context.clause)
    bounds = verb and context.reading.cues.at(verb.end)  # 不得高于 is a bound, as 不高于 is
    if bounds and "before" in bounds.roles and context.time_frame.name == "plan":
        return None
    if verb and verb.roles["verb"] == "rule" and not _is_raised(context, verb):
        return verb.word
    if verb and (forbids := _forbids(context, verb)):
        return forbids
    by_rate = context.search_before(_BY) and context.match_after(_BY_RATE)
    return "rate" if by_rate or context.search_before(_PAID_EACH) else None


def _limited(context: MentionContext) -> str | None:
    """A prize, or a limit that a rule sets: 奖10万元, 不超过48小时."""
    before, prized = context.before, context.match_after("[^,。;]{0,12}{prize}")
    if (
        (prized and context.search_before("{gives to each}"))
        or (context.time_frame.basis == "document" and _LIMIT.search(before))
        or (context.announced is None and _PRIZE_BEFORE.search(before))
        or _CONDITION.match(before)
        or context.search_after("{recommended}")
        or (_AT_MOST.search(before) and _WHO.match(context.after))
    ):
        return "prize or limit"
    return None


def _priced(context: MentionContext) -> str | None:
    """What somebody earns or pays in no plan: 年收入超过100万元的个人, 油价每吨涨100元."""
    if context.announced or context.reading.plans:
        return None
    if _LIMITS.search(context.before) and _WHO.match(context.after):
        return "threshold"
    each = "每" in context.sentence_before
    said = context.sentence_before if each else context.before  # 油价每吨提高100元,每升提高1元
    priced = context.reading.expressions["{price that is set}"].search(said)
    return priced[0] if priced and context.dimension == "money" else None


def _of_a_threshold(context: MentionContext) -> str | None:
    """占比超过30%的达到5家, 50万以上人口的城市, 收入低于8000元的农户."""
    limits = context.mention.unit == "%" and _THRESHOLD.match(context.after)
    limits = limits or (_LIMITS.search(context.before) and context.match_after(_OF_WHOM))
    limits = limits or (context.dimension == "time" and context.match_after(_SO_LONG))
    before, after = _OF_THAT_SIZE
    sized = context.search_before(before) and context.match_after(after)
    sized = sized or context.match_after(_OF_A_SIZE)
    peopled = context.mention.unit in ("人", "户") and context.match_after(_PEOPLED)
    return "threshold" if limits or sized or peopled else None


def _stands(context: MentionContext) -> str | None:
    """What a change starts from, what is said once more, and how things stand."""
    said = _FROM.search(context.before) or _WAS_SET.search(context.before)
    if from_ := said or context.search_before(_ONCE_MORE):
        return from_[0]
    verb = context.last("verb", context.clause)
    standing = verb is not None and verb.roles["verb"] == "standing"
    return verb.word if verb and standing and not _is_to_be(context) else None


# In this order: what a change starts from may stand beside a rule.
_RULES = (
    ("baseline", _starts_from),
    *(("rule", rule) for rule in (_ruled, _limited, _priced, _of_a_threshold)),
    ("baseline", _stands),
)


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
# 2020年是建成小康社会的收官之年; 保证2020年计划的完成
_ABOUT_A_YEAR = re.compile("是|[\u4e00-\u9fff]{0,8}(?:计划|预算)的")
_DATED = re.compile(r"\d日|点|:|^\d{4}$|·|号$")
_VALUE_AFTER = re.compile(r"\d|[一二三四五六七八九十][个大项]")


# 年底前建成三所小学: the count is the promise, and no date. 一 is an article.
_SO_MANY_MADE = f"""
    (?! 一 [^一二三四五六七八九十百千万] ) {NUMERAL} [多余]?
    (?: {{classifier of one}} | [个项条] )
"""
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
        return other or _not_planned(context)
    return _planned(context, dimension)


def _not_planned(context: MentionContext) -> Verdict:
    """What nothing plans is done, unless a time ahead dates it: 年底前完成改造20个小区."""
    basis = context.time_frame.basis
    ahead = basis == "document" and _BY_THEN.search(context.before)
    return Verdict("work_item" if ahead else "achievement", basis)


_BY_THEN = re.compile("(?<![去上])年[底末][之以]?前[^了已]*$")
_MEETING = """
    [、和]? (?: [一二三四五六七八九十]+[次届中]  # 第十二次、第三届、三中
              | (?: 全国 | [省市区县州旗] )? (?: {meeting} | (?<=[省市区县]) 委 ) )
"""
_NAME = r"“?[一二三四五六七八九十\d]+年{campaign of years}"
_CONGRESS = "{after a party congress} | $"
# Units, what must follow, and the status and evidence that they make.
_NAMED: list[tuple[tuple[str, ...], str, Verdict]] = [
    (("周年",), "", Verdict("event", "anniversary")),
    (("个", "项", "大"), _NAME, Verdict("work_item", "name")),
    (("届", "次"), _MEETING, Verdict("event", "meeting")),
    (("大",), _CONGRESS, Verdict("event", "party congress")),
    (("小时", "分钟"), "{HAN}{0,8}{circle}", Verdict("slogan_number", "name of a circle")),
    (("人", "年"), "一?贯?制", Verdict("slogan_number", "name of a kind")),
    (("年",), "一遇", Verdict("rule", "standard of a flood")),
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
    if finish and any(cue.roles.get("verb") == "process" for cue in context.cues_behind(finish)):
        finish = None  # 7月上旬召开会议,完成换届
    begins = context.search_before("[从自]$") and re.match("[到至]", context.after)
    if begins:  # 从2035年到本世纪中叶
        return Verdict("period", "begins a span")
    if _ABOUT_A_YEAR.match(context.after):
        return Verdict("event", "what a year is")
    counts = re.search(r"\d", context.after) or context.search_after(_SO_MANY_MADE)
    if ahead and frame.name == "plan" and finish and not counts:
        return Verdict("project_target", f"{frame.basis}; completion: {finish[0]}")
    rest = text[mention.end : min(context.line.end, mention.end + SENTENCE)]
    dated = _DATED.search(context.words) or context.search_before("{before the date of an event}$")
    if dated or mention.form == "year" or not _VALUE_AFTER.search(rest):
        return Verdict("event", "date")
    return Verdict("period", "bounds what follows")


def _ordinal(context: MentionContext) -> Verdict:
    """A rank, a phase, or the ordinal of an event."""
    unit, (time_frame, basis, _) = context.mention.unit, context.time_frame
    if context.words[0] in "第首" and context.is_unit("ordinal of an event"):
        return Verdict("event", f"ordinal of an event: {unit}")
    if "周年" in context.after:
        return Verdict("event", "anniversary")
    if time_frame != "plan":
        return Verdict("achievement" if time_frame == "review" else "baseline", basis)
    if unit == "期":
        return Verdict("work_item", f"{basis}; phase")
    described = context.match_after(r"的[\d一二三四五六七八九十百千万]")  # 居全国第一的3所学校
    if described or (context.mention.form == "rank" and context.after.startswith("的")):
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
    if mention.form == "fold":
        return Verdict("target", f"{basis}; multiple")
    if dimension == "time" and context.match_after("{behind a span ahead}"):  # 3年翻一番
        return Verdict("work_item", f"{basis}; span of time")
    if (mention.value or 0) >= _NATION and context.match_after("人口"):
        return Verdict("baseline", f"{basis}; the whole people")
    verb = governor(context)
    process = verb is not None and verb.roles["verb"] == "process"
    made = verb is not None and not process
    if reached := _reached(context, dimension, made):
        return Verdict(reached[0], f"{basis}; {reached[1]}")
    if beside := _beside(context, made):
        return Verdict("baseline", f"{basis}; {beside}")
    aimed = dimension in (None, "count", "person") and context.last("commitment", context.clause)
    share = mention.form == "fraction" and not context.match_after("个?(?:{span of time}|世纪)")
    some = mention.unit in ("%", "成") or share or aimed
    if some and not made and context.match_after(_SO_MANY):
        return Verdict("target", f"{basis}; so many of them do")
    if verb:
        status, kind = ("work_item", "process") if process else ("target", "result")
        return Verdict(status, f"{basis}; {kind} verb: {verb.word}")
    return _inherited(context)


def _reached(context: MentionContext, dimension: str | None, made: bool) -> Verdict | None:
    """Who is served, what is completed, which mark is passed; ``made``: by a verb of result."""
    finish = context.search_after("{completion}")
    counted = dimension in (None, "person") and context.mention.form not in ("ratio", "zero")
    served = (counted or context.mention.unit == "户") and context.search_before(_SERVED)
    helped = dimension == "person" and context.search_before(_HELPED)
    if (served or helped) and not finish:
        return Verdict("project_target", "beneficiaries")
    if finish and not made and dimension in (None, "count", "money", "grade"):
        return Verdict("project_target", f"completion: {finish[0]}")
    passes = context.search_after("{passes a mark}", 8)
    return Verdict("target", "reach verb") if passes else None


def _beside(context: MentionContext, made: bool) -> str | None:
    """What is said beside a promise: how much more than last year, of which part, of what."""
    if context.search_before(_DIFFERENCE):
        return "difference from last year"
    if _is_population(context):
        return "the whole people"
    if _PART.search(context.before):
        return "part of the year"
    percent = context.mention.unit == "%"
    share = context.search_before("{makes a share}{HAN}+的$") if percent else None
    # 绿色建筑占新建建筑的35%以上 is all that its clause says.
    whole = share and "占" in share[0] and _ENDS.match(context.after)
    if share and not (whole or context.last("commitment")):
        return "share of another"
    nearly = context.search_before("{nearly}$")
    return nearly[0] if nearly and not made else None


def _no_outcome(context: MentionContext, dimension: str | None) -> str | None:
    """What a number stands for that no plan vouches for: a group, a span, a temperature."""
    small = context.words[0] in UP_TO_TEN and (context.mention.value or 0) <= _GROUP
    small = small and dimension in (None, "count") and context.mention.form == "number"
    if small and not _is_made(context):
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
    performs = context.match_after("{performer}")
    if performs and not _is_made(context):  # but 发射5颗卫星
        return performs[0]
    spans = dimension == "time" and not _is_time_taken(context)
    return "span of time" if spans else None


def _is_made(context: MentionContext) -> bool:
    """新建三所学校 and 新建学校三所 count what is made; 实现四个现代化 does not."""
    verb, loose = governor(context), context.mention.unit in ("个", "项")
    if verb is None or verb.roles["verb"] != "result":
        return False
    beside = context.search_before("{made}$") if loose else verb.end == context.mention.start
    return bool(beside) or _ENDS.match(context.after) is not None


def _is_time_taken(context: MentionContext) -> bool:
    """力争将办理时限压缩至3天, 确保用时不超过3天 say how long it takes; 三年行动 does not."""
    cues, start = context.clause_cues(), context.mention.start
    moved = any(cue.roles.get("action") in ("level", "change") for cue in cues)
    return moved or any("before" in cue.roles and start - cue.end <= 1 for cue in cues)


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
    if kinds and NOUN_AFTER.match(context.after):
        return Verdict("work_item", f"{basis}; counted task")
    if context.mention.unit == "年":
        return Verdict("work_item", f"{basis}; span of time")
    in_plan = not basis.startswith(("sentence", "clause"))
    planned = _plans_list(context) or ensures_a_bound(context)
    if not in_plan and not context.time_frame.sure and not planned:
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
