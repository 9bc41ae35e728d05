"""How a number is bounded: at least, at most, about, more than, less than; by which word."""

import re
from itertools import pairwise
from typing import NamedTuple

from policytext.numbers.context import MentionContext, Verdict
from policytext.numbers.mentions import Mention
from policytext.numbers.sizes import SIZE_CLASS

# Between a bounding word and its number stand an opening mark, particles or what it is for each of:
# 不低于每生每年800元.
_GAP = re.compile("[“‘ 了过至到在成为有]{0,2}(?:人民币)?(?:每[\u4e00-\u9fff]{1,2}?){0,2}")
# Before a share stands what it is a share of: 不超出预算的5%.
_SHARE_GAP = re.compile("[\u4e00-\u9fff]{2,8}的")
_SHARES = ("%", "‰", "成", "倍")
# 十年前 is a time that is past and bounds nothing; 2030年前 is a date and does.
_AGO = ("前", "以前", "之前")
# What may stand between a number and the word that bounds it: 35周岁(含)以下.
_CLOSED = re.compile(r"[” ]?(?:\(含[^()]{0,4}\))?")
# Between an adverb and its number stands the verb: 至少新建10所, 最多保留3家.
_VERB = re.compile("[\u4e00-\u9fff“]{0,6}")
# 前三 and 前5% bound a rank; 提前一年 bounds nothing.
_RANKED = (None, "位", "名", "强", "%")
# From here on 级 is an order of magnitude (百亿级), below it a grade.
_ROUND = 1e4
TARGETS = {"target", "project_target"}
_NONE = ("lexical", "identifier", "time_deictic", "vague", "period")
_NO_BOUND = ("ratio", "era", "some")

_REACH = ("实现", "达", "达到")


class Bound(NamedTuple):
    """A comparator (None where none applies) and the span of its word; (0, 0) without a word."""

    comparator: str | None
    start: int = 0
    end: int = 0


_PLAIN = Bound("=")


def bound_of(context: MentionContext, status: str) -> Bound:
    """The comparator of a mention, from inside it, behind it, before it."""
    mention, text = context.mention, context.reading.text
    if status in _NONE or mention.form in _NO_BOUND:
        return Bound(None)
    if mention.form == "zero":
        return _PLAIN
    if mention.form == "breakthrough":
        start = text.find("突破", mention.start)
        return Bound(">=", start, start + 2)
    if mention.more:
        start = text.index(mention.more, mention.start)
        return Bound("≈" if mention.more in "来把" else ">", start, start + 1)
    if mention.form == "digits":
        return Bound(">=")
    if mention.value_max is not None:
        return Bound("range")
    if mention.unit == "级" and (mention.value or 0) >= _ROUND:
        return Bound("≈", mention.end - 1, mention.end)
    closed = _CLOSED.match(text, mention.end)
    after = context.reading.cues.at(closed.end() if closed else mention.end)
    ago = after is not None and after.word in _AGO and context.dimension == "time"
    if after is not None and "after" in after.roles and not ago:
        return Bound(after.roles["after"], after.start, after.end)
    return _before(context, status)


def _before(context: MentionContext, status: str) -> Bound:
    mention, cues = context.mention, context.reading.cues
    for index in reversed(range(*context.cues)):
        cue = cues[index]
        gap = context.reading.text[cue.end : mention.start]
        if "before_verb" in cue.roles and _VERB.fullmatch(gap):
            return Bound(cue.roles["before_verb"], cue.start, cue.end)
        of_whole = mention.unit in _SHARES and _SHARE_GAP.fullmatch(gap)
        if not (of_whole or _VERB.fullmatch(gap)):
            break
        comparator = cue.roles.get("before") if of_whole or _GAP.fullmatch(gap) else None
        if comparator == "reach":
            # 实现 and 达到 say how much was reached; of what is promised they say at least.
            comparator = ">=" if status in TARGETS else "="
        elif comparator == "hold":
            # So does 控制在, which says at most of what is promised or prescribed.
            comparator = "=" if status == "achievement" else "<="
        if comparator and (cue.word != "前" or mention.unit in _RANKED):
            return _negated(context, Bound(comparator, cue.start, cue.end))
    return _PLAIN


# 不得超过 is at most, 不能低于 at least.
_OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}


def _negated(context: MentionContext, bound: Bound) -> Bound:
    """A bound turned round by a negation right before it."""
    negation = context.reading.expressions["{negates a bound}$"].search(
        context.reading.text, context.clause, bound.start
    )
    if negation is None or bound.comparator not in _OPPOSITE:
        return bound
    return Bound(_OPPOSITE[bound.comparator], negation.start(), bound.end)


# Behind the limit of a class that leaves its noun out stands what is counted: 50亿元以上2个.
_LIMIT = re.compile(f"{SIZE_CLASS}的?")


def without_limits(found: "list[NumberMention]") -> "list[NumberMention]":
    """Take what says which things are counted for no target; it bounds nothing.

    That is the limit of a class (50亿元以上2个, 2个50亿元以上企业), a number of kinds (3类18个) and
    how many things a rate or a change is of (20条河流优良比例提升到95%, 带动30个村收入翻番).
    """
    around = zip([None, *found][: len(found)], found, [*found, None][1:], strict=True)
    for index, (before, one, after) in enumerate(around):
        if one.verdict.status not in TARGETS:
            continue
        limits = _is_limit(before, one, after)
        if limits or _is_of_a_rate(one, after):
            verdict = (
                Verdict("project_param", "size class") if limits else Verdict("baseline", "rate")
            )
            found[index] = one._replace(
                verdict=verdict, bound=bound_of(one.context, verdict.status)
            )
    return found


def _is_limit(
    before: "NumberMention | None", one: "NumberMention", after: "NumberMention | None"
) -> bool:
    """Return True if a number says of what size or in how many kinds others are."""
    text, (start, end), graded = one.context.reading.text, one.mention[:2], one.mention.unit == "级"
    counts = after is not None and after.context.counted_dimension == "count"
    gap = text[end : after.mention.start] if after and counts else None
    # 超50亿元15个, 过50亿的2家
    over = text[start - 1] in "超过" and gap in ("", "的")
    if one.kind != "money" and not graded and not (over and one.mention.unit is None):
        return gap == "" and one.context.is_unit("number of kinds")
    if gap is not None and (over or _LIMIT.fullmatch(gap)):
        return True
    counted = before is not None and before.context.counted_dimension == "count"
    beside = counted and before is not None and text[before.mention.end : start] in ("", *"超过")
    return beside and (graded or _LIMIT.match(text, end) is not None)


# 河流优良比例提升到, 家企业市场占有率达到
_RATE_OF = "的? {HAN}{1,16}? (?: {measured noun} | 率 ) {HAN}{0,6}"


def _is_of_a_rate(one: "NumberMention", after: "NumberMention | None") -> bool:
    """Return True if a number counts the things that a rate behind it is of, and none is made."""
    if after is None or after.context.clause != one.context.clause:
        return False
    counts = one.context.counted_dimension == "count"
    rates = after.mention.unit == "%" or after.mention.form == "fold"
    made = one.context.last("verb", one.context.clause)
    rate = one.context.reading.expressions[_RATE_OF]
    text, gap = one.context.reading.text, (one.mention.end, after.mention.start)
    # 带动 makes nothing itself: what it sets going stands behind.
    if made is not None:
        fits = made.roles.get("action") == "process" and "、" not in text[slice(*gap)]
    else:
        fits = rate.fullmatch(text, *gap) is not None
    return counts and rates and fits


def share_bounds(found: "list[NumberMention]") -> "list[NumberMention]":
    """以上 after the last of a coordinated list holds for all of it; 实现 before its first, too."""
    pairs = [pair for pair in enumerate(pairwise(found), 1) if _is_coordinated(*pair[1])]
    for second, (one, _) in reversed(pairs):
        after = found[second]
        if one.bound == _PLAIN and after.bound.start >= after.mention.end:
            found[second - 1] = one._replace(bound=after.bound)
    for second, _ in pairs:
        before, one = found[second - 1], found[second]
        listed = one.bound == _PLAIN and one.context.before.endswith(("、", "和"))
        if listed and _opens_list(before):
            found[second] = one._replace(bound=before.bound)
    return found


def _opens_list(before: "NumberMention") -> bool:
    """Return True if a reach verb stands before a list: 实现“千亿GDP、百亿财政总收入”."""
    word = before.context.reading.text[before.bound.start : before.bound.end]
    return word in _REACH and before.bound.end <= before.mention.start


def _is_coordinated(one: "NumberMention", after: "NumberMention") -> bool:
    """Return True if two targets stand in one list, joined by 、 or 和."""
    if not {one.verdict.status, after.verdict.status} <= TARGETS:
        return False
    gap = one.context.reading.text[one.mention.end : after.mention.start]
    joined = re.match("[^、和]{0,12}[、和]", gap)
    if joined is None or one.context.clause != after.context.clause:
        return False
    # 新增6户、累计达85户以上 says two things of the firms.
    verb = one.context.reading.cues.at(one.mention.end + joined.end())
    return verb is None or verb.roles.get("action") != "level"


class NumberMention(NamedTuple):
    """One mention with all that was read off it."""

    mention: Mention
    context: MentionContext
    verdict: Verdict
    kind: str
    bound: Bound
