"""What a number or a date is said of where that does not stand right before it.

It stands behind a size (占地800亩的公园), behind the verb of a date (年底前开通航线), around a time
(西城区今年的新增就业) or in the clause before (管网正在铺设,力争年底前通气).
"""

from policytext.numbers.comparators import NumberMention
from policytext.numbers.context import Reading
from policytext.numbers.predicates import (
    NOTHING,
    WHEN,
    Verb,
    kind_of,
    noun_before,
    opening,
)
from policytext.text.clean import Span

DATED = ("date", "deictic")
_FAR = 60  # characters between a noun and the verb of what is a part of it
_SIZES = ("length", "area", "money", "volume", "mass", "power")


def is_size(found: NumberMention, behind: Span) -> bool:
    """Return True if a number with 的 says how large the thing behind it is: 占地3亩的公园."""
    sized = found.context.match_after("(?: 左右 | 以上 )? 的")
    return found.context.dimension in _SIZES and sized is not None and behind != NOTHING


def is_object(found: NumberMention, behind: Span, closing: Span, tail: list[Verb]) -> bool:
    """Return True if what is made stands behind: 北京年内建成机场, 三地将形成90公里路网."""
    if found.context.mention.form in DATED:
        return 0 < closing[1] <= behind[0]
    text, words = found.context.reading.text, found.context.reading.expressions
    spent = words["{says how or for whom | says what somebody does}"].match(text, behind[0])
    makes = bool(tail) and tail[-1].kind == "make" and behind[0] == found.mention.end and not spent
    return makes and found.context.dimension in _SIZES


def belongs_to(reading: Reading, noun: Span, verb: int) -> Span:
    """What the object of a verb is a part of: 户籍改革 of 户籍改革2030年完成试点.

    Who 将建成 or 计划建成 is an actor, and so is who makes known what will be.
    """
    if verb - noun[1] > _FAR:
        return NOTHING
    between = range(*map(reading.cues.first_from, (noun[1], verb)))
    willed = any({"commitment", "future"} & {*reading.cues[at].roles} for at in between)
    says = reading.expressions["{makes known | quotes somebody}"].search(
        reading.text, noun[0], verb
    )
    return NOTHING if willed or says else noun


def around_time(reading: Reading, noun: Span) -> tuple[Span, Span]:
    """A noun without the time in it, and what stands before that: 西城区 of 西城区今年的就业."""
    when = reading.expressions[f"{WHEN}的"].search(reading.text, noun[0] + 1, noun[1])
    if when is None or when.end() == noun[1]:
        return noun, NOTHING
    if {when[0][0], reading.text[when.start() - 1]} & {*"从自由"}:
        return noun, NOTHING  # 产值从2020年的4万元增加到5万元
    return (when.end(), noun[1]), (noun[0], when.start())


def in_clause(found: NumberMention, start: int, end: int) -> Span:
    """What an earlier clause is about, which begins and ends here."""
    context, reading = found.context, found.context.reading
    compared = reading.expressions["[比较]{earlier time} | {both of them do}"].search(
        reading.text, start, end
    )
    end = compared.start() if compared else end  # 涨幅比去年回落,控制在3%
    if context.mention.form in DATED:  # 组网将展开,预计2030年完成
        predicate = reading.expressions["{opens a predicate}"].search(reading.text, start, end)
        end = predicate.start() if predicate else end
    start, _, _ = opening(found, start, end)
    cues = [*map(reading.cues.__getitem__, range(*map(reading.cues.first_from, (start, end))))]
    # 加快公路建设,新改建60公里: what is built is the road.
    ends = [cue for cue in cues if cue.end == end and kind_of(cue) == "nominal"]
    outer = (cue.start for cue in cues if kind_of(cue) == "process" or cue in ends)
    return noun_before(context, start, next(outer, end))
