"""What a numeric mention is there for: target, work item, achievement, … with the evidence.

The order is the guide's: words, list marks and identifiers first, then numbers of slogans, then
periods, then what somebody promises, then the rest. Evidence comes from the words around the
number, from the verb that governs its clause or list, and from the stance of its chapter.
"""

import re
from functools import cached_property
from typing import NamedTuple

from policytext.mentions import Mention
from policytext.reading import Cue, Line, Reading

_NAMED = re.compile(
    "[”’]?(?:[个项])?[年]?[\u4e00-\u9fff]{0,6}?(?:行动|计划|规划|方案|攻坚|会战|工程)"
)
_SPAN_BEFORE = re.compile(
    "(?:未来|今后|过去|过去的|近|这|前|以往|最近|最近的|接下来|上|新的|上一|新)$"
)
_RANKED = re.compile(
    "排名|排|位列|位居|名列|列|居|跃居|保持|获得|获|全市|全省|全国|全球|全区|均|蝉联"
)
_AGE = re.compile("周?岁")
_FINISH = re.compile(
    "建成|投用|竣工|完工|通车|开工|投产|交付|启用|开业|开园|运营|封顶|动工|落地|落户|入驻|开放|完成|投入|达产"
    "|开通|通水|开馆|开诊|开学|挂牌"
)
_PEOPLE = re.compile("让|使|惠及|受益|服务|解决|保障|覆盖")
_THRESHOLD = re.compile("(?:及?以上|以下|及以下)(?=[的达有为共]|[\u4e00-\u9fff]{2,})")
_IN_WORD = re.compile(
    "国道|省道|高速|热线|地块|大街|号|路(?!径)|线|厂|所(?!学|幼|高)|网|医院|大道|部队"
)
_PARAM_AFTER = re.compile("(?:组成|构成)")
_PAST = re.compile("同比|去年|上年|已|截至|了|目前|原有|现有|曾|来$|克服|以来")
_AIM = re.compile("目标[是为:]|目标如下|目标任务[是为:]|努力实现")


class Verdict(NamedTuple):
    """A status and what it rests on."""

    status: str
    evidence: str


class Place:
    """Where a mention stands: its sentence, its clause and the cue words before it."""

    def __init__(
        self,
        reading: Reading,
        line: Line,
        mention: Mention,
        clause: tuple[int, int],
        cues: list[Cue],
    ):
        self.reading, self.line, self.mention, self.cues = reading, line, mention, cues
        self.clause, self.clause_end = clause

    @cached_property
    def before(self) -> str:
        """The clause up to the mention."""
        return self.reading.text[self.clause : self.mention.start]

    @cached_property
    def after(self) -> str:
        """The clause from the mention on."""
        return self.reading.text[self.mention.end : self.clause_end]

    @cached_property
    def sentence_before(self) -> str:
        """The sentence up to the mention."""
        return self.reading.text[self.line.start : self.mention.start]

    def last(self, role: str, within: int | None = None) -> Cue | None:
        """The last cue of a role before the mention, from ``within`` on (the sentence if None)."""
        since = self.line.start if within is None else within
        for cue in reversed(self.cues):
            if cue.start < since:
                return None
            if role in cue.roles:
                return cue
        return None


def judge(place: Place) -> Verdict:
    """The status of a mention that is neither lexical nor part of an abbreviation."""
    mention = place.mention
    if mention.form == "plan":
        return Verdict("period", "five-year plan")
    if mention.form == "date":
        return _date(place)
    named = _named(place)
    if named:
        return named
    stance, basis = stance_at(place)
    if mention.form == "ordinal":
        return _ordinal(place, stance, basis)
    if stance == "plan":
        return _planned(place, basis)
    return _reported(place, basis)


def stance_at(place: Place) -> tuple[str, str]:
    """Review or plan at a mention: the chapter's, unless the sentence says otherwise."""
    line, before = place.line, place.sentence_before
    future = place.last("future")
    if line.stance == "review":
        return "review", line.basis or ""
    past = _PAST.search(before)
    if line.stance == "plan":
        if past and not future and not place.last("commitment"):
            return "review", f"sentence: {past[0]}"
        return "plan", line.basis or ""
    if future and future.word not in ("要", "今年"):
        return "plan", f"sentence: {future.word}"
    if place.reading.kind in ("essay", "report", "plan", "speech") and not past:
        return "plan", "document"
    return "review", "document"


def _named(place: Place) -> Verdict | None:
    """Rules, rates and the numbers in names, whatever the stance."""
    mention, after = place.mention, place.after
    before = place.before
    if mention.unit and _AGE.fullmatch(mention.unit):
        return Verdict("rule", "age")
    if before.endswith("每") and mention.form == "number":
        return Verdict("baseline" if mention.value != 1 else "rule", "rate: 每")
    if mention.unit in ("年", "个月", "天", "日") and mention.form == "number":
        span = _SPAN_BEFORE.search(before)
        if span or after.startswith("来") or after.startswith("以来"):
            return Verdict("period", f"span: {span[0] if span else '来'}")
        named = _NAMED.match(after)
        if named:
            return Verdict("work_item", f"name: {named[0]}")
    if mention.unit == "周年":
        return Verdict("event", "anniversary")
    return None


def _date(place: Place) -> Verdict:
    """A date that is itself the promise, one that bounds a value, or the date of an event."""
    stance, basis = stance_at(place)
    finish = _FINISH.search(place.after)
    if stance == "plan" and finish and not re.search(r"\d", place.after):
        return Verdict("project_target", f"{basis}; completion: {finish[0]}")
    if place.mention.unit == "event":
        return Verdict("event", "date")
    return Verdict("period", "bounds what follows")


def _ordinal(place: Place, stance: str, basis: str) -> Verdict:
    unit, before = place.mention.unit, place.before
    if unit in ("届", "次", "会", "轮", "批"):
        return Verdict("event", f"ordinal of an event: {unit}")
    if stance == "review":
        return Verdict("achievement", basis)
    ranked = _RANKED.search(before[-6:])
    if ranked or unit in ("方阵", "梯队", "极", "位", "名"):
        return Verdict("target", f"{basis}; rank")
    return Verdict("work_item", basis)


def _planned(place: Place, basis: str) -> Verdict:
    """A number under a plan: promised outcome, work to do, or the size of something."""
    mention, after = place.mention, place.after
    verb, param = place.last("verb", place.clause), _param(place)
    if param:
        return Verdict("project_param", f"{basis}; size: {param}")
    if place.mention.unit == "期":
        return Verdict("work_item", f"{basis}; phase")
    finish = _FINISH.search(after)
    process = verb is not None and verb.roles["verb"] == "process"
    if finish and (process or verb is None) and mention.form == "number" and mention.unit != "大":
        return Verdict("project_target", f"{basis}; completion: {finish[0]}")
    if verb and verb.roles["verb"] == "result":
        return Verdict("target", f"{basis}; result verb: {verb.word}")
    if process and verb:
        return Verdict("work_item", f"{basis}; process verb: {verb.word}")
    return _inherited(place, basis)


def _inherited(place: Place, basis: str) -> Verdict:
    """The clause has no verb of its own: the list it stands in says what it is."""
    mention = place.mention
    aim = _AIM.search(place.sentence_before)
    if aim:
        return Verdict("target", f"{basis}; list: {aim[0]}")
    if mention.unit == "大" or (
        mention.unit in ("个", "项") and re.match("[\u4e00-\u9fff“]", place.after)
    ):
        return Verdict("work_item", f"{basis}; counted task")
    verb = place.last("verb")
    if verb and verb.roles["verb"] == "result" and len(place.before) > 0:
        return Verdict("target", f"{basis}; list under: {verb.word}")
    if place.last("commitment"):
        return Verdict("target", f"{basis}; commitment")
    return Verdict("work_item", basis)


def _param(place: Place) -> str | None:
    """The word that makes the number the size of a project: 总投资, 占地, 由…组成."""
    found = place.last("verb", place.clause)
    done = [c for c in place.cues if c.start >= place.clause and c.roles.get("verb") == "result"]
    if found and found.roles["verb"] == "param" and not done:
        return found.word
    made_of = _PARAM_AFTER.search(place.after)
    return made_of[0] if made_of else None


def _reported(place: Place, basis: str) -> Verdict:
    """A number under a review: achieved, a threshold, a size, or how things stand."""
    param = _param(place)
    if param:
        return Verdict("project_param", f"{basis}; size: {param}")
    rule = place.last("verb", place.clause)
    if rule and rule.roles["verb"] == "rule":
        return Verdict("rule", f"{basis}; {rule.word}")
    if rule and rule.roles["verb"] == "standing":
        return Verdict("baseline", f"{basis}; {rule.word}")
    return Verdict("achievement", basis)
