"""The phrase around a number: what is measured or counted, and what is done to it.

Three orders are read: noun, verb, number (覆盖率提高到50%); verb, noun, number (新增学位3万个);
verb, number, noun (培育10家上市企业).
"""

import re
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple

from policytext.numbers.comparators import TARGETS, NumberMention
from policytext.numbers.context import MentionContext, Reading
from policytext.numbers.predicates import (
    BEFORE_VERB,
    FRAME,
    HEADS,
    LONGEST,
    NEAR,
    NOTHING,
    TO,
    WHEN,
    Verb,
    is_quoted,
    kind_of,
    known_names,
    noun_before,
    opening,
    paired,
    predicate,
    reached,
    separators,
    verb_behind,
)
from policytext.numbers.sizes import SIZE_CLASS
from policytext.numbers.subjects import DATED, around_time, belongs_to, is_object, is_size
from policytext.text.clean import Span
from policytext.text.patterns import SEPARATOR

# Of a task that is given the noun stands in the words themselves.
_TASK = """
    [^的成]{0,4}完成 {whose task}{0,3} 的?
    (?P<what> 约束性指标 | (?!的|目标|任务|指标|下达|约束|年度|考核|“?十|国家|省|市)[^,;。]{2,30}? )
    (?: 等?约束性指标 | 等?考核目标 )? (?: 目标|任务|指标 )*
"""
# What parts a noun from the verb behind it: 村|全部|改造, 学生|到农村|开展.
_LOOSE_END = rf"""
    (?: {{between indicator and number | announces}} | {WHEN}
      | (?<!相)[对向在]{{HAN}}{{1,4}} | [到赴]{{HAN}}{{2,8}}
    )+ $
"""
_BY_WHOM = f"{BEFORE_VERB} | [^、]{{2,16}}? (?: 将 | 计划 | 拟 )"
_DONE = "{HAN}{0,4} {verb behind its noun | completion}"
_WHERE = """
    [在向] (?! [建校册线职岗阳] ) {HAN}{1,6} | {HAN}{0,8} [范境]围?内
    | 每一?个? {HAN}{0,2} [省市县区镇乡村]
"""
_GROWTH_BEHIND = "(?: {HAN}{0,2}的 {at a rate}? )? {change behind a number}"
_ADDED = "{added within a noun}"
# A phrase in quotation marks is one piece, whatever stands in it.
# 县(市、区)图书馆 has its bracket inside.
_NOUN = re.compile(
    r"(?: “[^”]*” | ‘[^’]*’ | [^,;:。()\s“”‘’] | \([^()]{1,10}\)(?=[\u4e00-\u9fff]) )+", re.VERBOSE
)
# 7万套(间)住房, 15个(段)河湖
_OTHER_UNIT = re.compile(r"\([^()]{1,4}\)(?=[\u4e00-\u9fff])")
_NAMES_WORK = re.compile("(?:[、及和][\u4e00-\u9fff]{2,6})?(?:工程|项目|任务|行动|工作)")
_COUNTABLE = ("cardinal", "ordinal", "range")
_LIMITS = re.compile(f"{SIZE_CLASS}?的?(?!以[上下]|左右)[A-Z\u4e00-\u9fff“]{{2}}")
# No more numbers stand in one clause without 、 between them.
MOST = 8


class Phrase(NamedTuple):
    """Spans of the text, (0, 0) for nothing, and what the number says of the indicator.

    ``measure``: level or change. ``shared``: the noun of an earlier number that this one has, too
    (50亿元以上2个); ``modifier``: what stands before it elsewhere (园区 of 园区完成投资);
    ``counted``: what is counted; ``item``: which of how many numbers behind one noun it is.
    """

    indicator: Span
    action: Span
    measure: str
    counted: Span
    shared: Span = NOTHING
    item: tuple[int, int] = (0, 1)
    modifier: Span = NOTHING

    @property
    def noun(self) -> Span:
        """Where the noun stands: its own, else that of the number before."""
        return self.shared if self.indicator == NOTHING else self.indicator


def phrase_before(found: NumberMention) -> Phrase:
    """The phrase of what has no number: 进出口总额实现正增长, 完成节能减排任务."""
    phrase, reading = phrase_of([found], 0), found.context.reading
    task = reading.expressions[_TASK].fullmatch(reading.text, *found.mention[:2])
    return phrase._replace(indicator=task.span("what")) if task else phrase


def phrase_of(measured: list[NumberMention], index: int, base: Span = NOTHING) -> Phrase:
    """The phrase of one number, without what it shares with another.

    Args:
        measured: The measured numbers of the document.
        index: Which of them.
        base: The words that say what it starts from (由5%).
    """
    found = measured[index]
    context, reading, text = found.context, found.context.reading, found.context.reading.text
    numbers = [one.mention.start for one in measured[index + 1 : index + 1 + MOST]]
    unit = found.mention.unit or ""
    left = _left(measured, index)
    if base != NOTHING and text[base[1]] == "的":  # 现行5%的税率提高到8%
        left = base[1] + 1
    stop, tail = predicate(context, left, base)
    # 供应量达到总量的20%, 增速高于全市1.5个百分点, 储备达到用量3倍
    compared = text[stop : context.mention.start] == "的" or "百分点" in unit or unit == "倍"
    if not tail and compared:
        stop, tail = reached(reading, left, stop)
    start, verbs, subject = opening(found, left, stop)
    noun = noun_before(context, start, stop)
    alike = index and text[measured[index - 1].mention.start - 1] == text[stop - 1]
    last = noun == NOTHING and bool(verbs) and verbs[-1].end < stop  # 精品村、提升村50个
    own = _attributive(found, left, stop, verbs, not tail) if tail or alike or last else None
    if own:
        noun, verbs = own, []
    if stop == context.mention.start and text[stop - 1] in "和及":
        noun = NOTHING  # 所有乡镇和90%以上行政村
    governed = any(verb.kind != "process" for verb in [*verbs, *tail])
    behind, closing = _behind(context, numbers, governed)
    after = next((one for one in measured[index + 1 : index + 2] if _promises(one)), None)
    if after and after.mention.start == behind[0]:
        behind = behind if after.mention.unit is None else NOTHING  # 改造小区55个1.2万户
    elif after and behind[0] < after.mention.start < behind[1] and after.mention.unit:
        behind = paired(reading, behind[0], after.mention.start, behind[0])
    if behind != NOTHING and reading.expressions[_WHERE].fullmatch(text, *noun):
        noun = NOTHING  # 在我国超过100个城市
    if is_size(found, behind):
        noun, subject = behind, NOTHING
    elif is_object(found, behind, closing, tail):
        verbs, tail = ([], []) if context.mention.form in DATED else (verbs, tail)
        noun, subject = behind, belongs_to(reading, noun, tail[0].start if tail else closing[0])
    if counted := _is_counted(found, behind, noun, tail):
        verbs = _with_nearest(context, left, verbs)
    elif found.mention.unit == "%" and (verb := _governing_alone(reading, noun, behind)):
        noun, verbs = NOTHING, [verb]
    if counted or noun == NOTHING:
        noun, subject = behind, NOTHING
    if not is_countable(found) and context.mention.form != "date":
        noun, verbs = _with_nominal(reading, noun, verbs)
    if tail and noun != NOTHING and "并" in text[noun[1] : tail[0].start]:
        verbs = []  # 提高收集率并保持在85%
    action = _action(context, verbs, tail, closing)
    # What is added within a rate is a part of it: 新增贷款占比.
    added = found.mention.unit != "%" and reading.expressions[_ADDED].search(text, *noun)
    known = text[slice(*noun)] in known_names(reading.lexicon)
    if action == NOTHING and added and not known:
        action = added.span()  # 中心城区新增人口1万人
    share = text.rfind("占", stop, context.mention.start)
    if action == NOTHING and stop <= share:
        action = share, share + 1  # 规模占全省一半
    measure = _measure(found, noun, action, [*verbs, *tail])
    before = measured[index - 1].mention.end if index else 0
    things = noun if is_countable(found) else NOTHING
    if subject == NOTHING:
        noun, subject = around_time(reading, noun)
    if subject[0] < before:  # 200个项目完成投资, but 人口20万以上的县新建医院2所
        subject = NOTHING if things != NOTHING else (min(before, subject[1]), subject[1])
    return Phrase(noun, action, measure, things, modifier=subject)


def _promises(found: NumberMention) -> bool:
    return found.verdict.status in TARGETS


def _attributive(
    found: NumberMention, left: int, stop: int, verbs: list[Verb], alike: bool
) -> Span | None:
    """A noun with the verb that says which: 签约资金达到30亿元, 精品村30个、提升村120个.

    ``alike``: whether the noun before has the same last character, and no verb stands behind.
    """
    reading, text = found.context.reading, found.context.reading.text
    governs = reading.expressions["{light verb}|新{HAN}*"]
    own = [*takewhile(lambda verb: verb.kind != "process", reversed(verbs))]
    own = [*takewhile(lambda verb: not governs.fullmatch(text, *verb[:2]), own)]
    heads = reading.expressions["{told apart by a verb}"]
    if not own or not heads.fullmatch(text, own[0].end, stop) or (alike and stop - own[0].end > 1):
        return None
    cues = map(
        reading.cues.__getitem__, range(*map(reading.cues.first_from, (left, own[-1].start)))
    )
    above = [cue.end for cue in cues if kind_of(cue) or "commitment" in cue.roles]
    return noun_before(found.context, max([left, *above]), stop)


def _governing_alone(reading: Reading, noun: Span, behind: Span) -> Verb | None:
    """The verb that alone stands before a share of what it governs: 覆盖40%以上社区."""
    cue = reading.cues.at(noun[0])
    alone = cue is not None and cue[:2] == noun and behind != NOTHING
    return Verb(cue.start, cue.end, "nominal") if cue and alone else None


def _with_nearest(context: MentionContext, left: int, verbs: list[Verb]) -> list[Verb]:
    """The verb right before a number that counts what follows: 各县至少建设1所学校."""
    reading, at = context.reading, context.mention.start
    cue = reading.cues[context.cues[1] - 1] if context.cues[0] < context.cues[1] else None
    if cue is None or kind_of(cue) != "nominal" or (verbs and verbs[-1].end >= cue.end):
        return verbs
    near = reading.expressions[NEAR].fullmatch(reading.text, cue.end, at)
    # The last of a list of nouns is none: 水污染防治、货车治理3场战役.
    listed = not verbs and separators(reading.text, left, cue.start)
    return [Verb(cue.start, cue.end, "nominal")] if near and not listed else verbs


def _with_nominal(reading: Reading, noun: Span, verbs: list[Verb]) -> tuple[Span, list[Verb]]:
    """A verb that is a noun as well: 造林260万亩, 完成改造面积5万亩 and 完成造林更新335万亩."""
    nominal = list(takewhile(lambda verb: verb.kind == "nominal", reversed(verbs)))
    governing, words = verbs[: len(verbs) - len(nominal)], reading.expressions
    light = governing and words["{light verb}"].fullmatch(reading.text, *governing[-1][:2])
    if not nominal or (governing and not light):
        return noun, verbs
    if not governing and words["{measured noun}"].fullmatch(reading.text, *noun):
        return (nominal[-1].start, noun[1]), []  # 治理面积250公顷
    if noun == NOTHING:
        whole = nominal[-1].start, verbs[-1].end
        # 造林 says what is planted, 改建 does not say what is built.
        alone = reading.text[slice(*whole)] not in known_names(reading.lexicon)
        return (noun, verbs) if alone and not light else (whole, governing or verbs)
    measured = words["{measured noun}"].fullmatch(reading.text, *noun)
    if light and (measured or reading.cues.at(noun[0])):
        return (nominal[-1].start, noun[1]), governing
    return noun, verbs


def _left(measured: list[NumberMention], index: int) -> int:
    """Where a phrase can begin: its clause or bracket, or behind the number before it."""
    context, at = measured[index].context, measured[index].mention.start
    (text, cues), left = (context.reading.text, context.reading.cues), context.clause
    opened = text.rfind("(", left, at)
    if opened > text.rfind(")", left, at):
        left = opened + 1
    quoted = text.rfind("“", left, at)
    # 实现“千亿GDP、百亿财政总收入”, but 违法建筑“零增量”
    if quoted > text.rfind("”", left, at) and quoted + 1 < at:
        aims = cues.at(quoted + 1)  # 增速“保8争9” has its noun outside
        left = left if aims and text[aims.end].isnumeric() else quoted + 1
    for before in reversed(measured[:index][-MOST:]):
        if before.mention.start < left:
            break
        goes_on = text.find("并", before.mention.end, at) + 1  # 完成5亿元投资并建成20公里隧道
        if goes_on and verb_behind(context.reading, goes_on, at):
            return goes_on
        limits = _LIMITS.match(text, before.mention.end, at)
        rate = limits and before.kind == "money"  # 万元GDP能耗、水耗
        closed = "”" in text[before.mention.end : measured[index].mention.start]
        if rate or (closed and is_quoted(text, left, before.mention.start)):
            continue
        if marks := separators(text, before.mention.end, at):
            listed = [end for start, end in marks if text[start] == "、"]
            return (listed or [end for _, end in marks])[0]
        # The limit of a class is a part of the noun: 10亿元以上项目5个, 过10万元的行政村占70%.
        begins = cues.at(before.mention.end)  # 企业10家新增学位50个
        if before.verdict.status in TARGETS and not (limits and not (begins and kind_of(begins))):
            return before.mention.end
        at = before.mention.start
    return left


def _behind(context: MentionContext, numbers: list[int], governed: bool) -> tuple[Span, Span]:
    """The noun phrase behind a number, and the verb that closes it: 20个项目开工."""
    reading, text, start = context.reading, context.reading.text, context.mention.end
    other_unit = _OTHER_UNIT.match(text, start)
    start = other_unit.end() if other_unit else start
    # 招募1000名等举措; 增长8%是可能的
    if text.startswith(("等", "是", "都是", "均是"), start):
        return NOTHING, NOTHING
    bound = reading.cues.at(start)
    if bound and "after" in bound.roles:
        start = bound.end
    start += text.startswith("级", start)  # 千亿元级产业集群
    start += text.startswith("的", start)
    head = reading.expressions[HEADS].match(text, start) if context.mention.form in DATED else None
    start = head.end() if head else start  # 2027年将农田全部建成
    match = _NOUN.match(text, start, min(context.clause_end, start + LONGEST))
    if not match or SEPARATOR.match(text, start):
        return NOTHING, NOTHING
    frame = reading.expressions[FRAME].search(text, start, match.end())
    limit = frame.start() if frame else match.end()
    end = stop = _end_of_list(reading, numbers, start, limit)
    served = reading.expressions["(?:^|[是、,]|免费){serves}{HAN}{0,6}$"].search(context.before)
    closing = _closing(reading, start, stop, served is not None, governed)
    closing = _widened(reading, start, closing)
    stop = closing[0] or stop
    if reading.expressions["{level that is reached}"].fullmatch(text, start, stop):
        return NOTHING, closing
    # Adverbs of the verb behind it are none of the noun: 项目如期完成, 空间对社会开放.
    loose = reading.expressions[_LOOSE_END].search(text[start:stop]) if any(closing) else None
    noun = paired(reading, start, stop - len(loose[0]) if loose else stop, start)
    cue = reading.cues.at(start)
    if head and cue and noun == (cue.start, cue.end) and closing[0] == cue.end:  # 开通运营
        noun, closing = NOTHING, (cue.start, closing[1])
    done = any(closing) and reading.expressions[_BY_WHOM].fullmatch(text, start, closing[0])
    if head and done:
        noun = NOTHING  # 年底前用新船队开通航线, 年内教育局将建成体育馆
    if head and noun == NOTHING:  # 年内全面完成制度改革
        noun = paired(reading, closing[1] or start, end, start)
        # 年底投产运行, 年内实现局部开工
        noun = NOTHING if reading.expressions[_DONE].fullmatch(text, *noun) else noun
    return noun, closing


def _closing(reading: Reading, start: int, stop: int, served: bool, governed: bool) -> Span:
    """The verbs behind a noun: any where somebody is served (为2万名老人提供), else the last.

    Where a verb governs the number a word that is a noun as well is one: 完成245个小区改造.
    """
    cues, text, closing = reading.cues, reading.text, NOTHING
    finish = _finish(reading, start, stop)
    for index in range(cues.first_from(start), cues.first_from(stop)):
        cue = cues[index]
        kind = kind_of(cue)
        ends = cue.end == stop and not (governed and kind == "nominal")
        whole = kind in ("make", "level", "change") or served or ends
        whole = whole or cue.start == finish[0]
        # 11所新建高校 are new, and do what stands behind; 2条道路打通工程 are works.
        attributive = cue.start == start and cue.word[0] == "新" and (governed or any(finish))
        # 新增100所达到标准的医院
        related = cue.start == start and governed and "的" in text[cue.end : stop]
        whole = whole and not attributive and not related
        whole = whole and not _NAMES_WORK.fullmatch(text, cue.end, stop)
        if closing == NOTHING and kind and whole and not is_quoted(text, start, cue.start):
            closing = cue.start, cue.end
        elif kind and cue.start == closing[1]:
            closing = closing[0], cue.end
    return min(filter(any, (closing, finish)), key=itemgetter(0), default=NOTHING)


def _widened(reading: Reading, start: int, closing: Span) -> Span:
    """The closing verb with one before it that an adverb parts from the noun: 全面改造完工."""
    first = reading.cues.first_from(closing[0]) - 1
    above = reading.cues[first] if first >= 0 and any(closing) else None
    if above is None or above.end != closing[0] or kind_of(above) != "nominal":
        return closing
    parted = reading.expressions[_LOOSE_END].search(reading.text[start : above.start])
    alone = reading.expressions["{verb behind its noun}"].fullmatch(above.word)  # 项目签约落地
    return (above.start, closing[1]) if parted or alone else closing


def _finish(reading: Reading, start: int, stop: int) -> Span:
    """A word behind a noun for what it completes or does: 97万群众喝上, 60%的学校通过验收."""
    cues, words = reading.cues, reading.expressions["{completion}|{says what somebody does}"]
    for match in words.finditer(reading.text, start + 2, stop):
        # A cue is one where its conditions hold: no 上市 in 上市公司.
        holds = match[0] not in cues.roles or cues.at(match.start())
        if holds and not _NAMES_WORK.fullmatch(reading.text, match.end(), stop):
            return match.span()
    return NOTHING


def _end_of_list(reading: Reading, numbers: list[int], start: int, end: int) -> int:
    """A list ends before the item that has a number or a verb of its own."""
    marks = separators(reading.text, start, end)
    for (at, begin), (limit, _) in zip(marks, [*marks[1:], (end, end)], strict=False):
        verb = verb_behind(reading, begin, limit)
        kind = kind_of(verb) if verb else None
        if any(begin <= number < limit for number in numbers) or (kind and kind != "level"):
            return at
    return end


def is_countable(found: NumberMention) -> bool:
    """Return True if a number counts something: 10家, 3万人, and no 5%."""
    dimension = found.context.counted_dimension
    return found.kind in _COUNTABLE and dimension in (None, "count", "person", "other", "name")


def _is_counted(found: NumberMention, behind: Span, noun: Span, tail: list[Verb]) -> bool:
    """Return True if the number stands before what it counts: 6个“工业上楼”项目."""
    subject = noun != NOTHING and tail and tail[-1].kind in ("level", "change")
    return behind != NOTHING and is_countable(found) and not subject


def _action(context: MentionContext, verbs: list[Verb], tail: list[Verb], closing: Span) -> Span:
    """The verb: one of change before one that only reaches, what is made before what governs."""
    bounds, text = context.reading.expressions["{says a bound alone}"], context.reading.text
    negated = context.reading.expressions["{negates a bound}$"]  # 不突破 bounds and does nothing
    tail = [verb for verb in tail if not bounds.fullmatch(text, verb.start, verb.end)]
    tail = [verb for verb in tail if not negated.search(text, context.clause, verb.start)]
    made = verbs if verbs and verbs[-1].kind != "process" else []
    telling = [verb for verb in tail if verb.kind != "level"] or (
        [verb for verb in tail if text[verb.start : verb.end].endswith(TO)]
    )
    if closing != NOTHING and context.match_after("的{at a rate}{HAN}{2,4}"):
        return closing  # 按5%的幅度压减
    for chain in (telling, made, tail):
        if chain:
            return chain[0].start, chain[-1].end
    if closing != NOTHING:
        return closing
    return (verbs[0].start, verbs[-1].end) if verbs else NOTHING


def _measure(found: NumberMention, noun: Span, action: Span, verbs: list[Verb]) -> str:
    """``change`` by the verb or by the noun (增速), else ``level``."""
    context, reading, text = found.context, found.context.reading, found.context.reading.text
    changes = [one for one in verbs if action[0] <= one.start < action[1] and one.kind == "change"]
    # 新建提升公园80个 are 80 parks; only what is added or taken away changes by a count.
    counts = reading.expressions[_ADDED].search(text[slice(*action)])
    by_verb = changes and (counts or not is_countable(found))
    rate = reading.expressions["(?:{rate of change})$"].search(text[slice(*noun)])
    grows = (
        found.mention.form == "fold"
        or context.words == "零增长"
        or (found.mention.unit == "%" and context.match_after(_GROWTH_BEHIND))
    )
    added = reading.expressions[_ADDED].search(text[slice(*noun)])
    return (
        "change" if by_verb or rate or grows or (added and found.mention.unit != "%") else "level"
    )
