"""How a number is bounded: at least, at most, about, more than, less than; by which word."""

import re
from typing import NamedTuple

from policytext.numbers.context import MentionContext
from policytext.numbers.mentions import Mention
from policytext.numbers.status import Verdict

# Between a bounding word and its number stands at most an opening mark or a particle.
_GAP = re.compile("[“‘ 了过至到在成为]{0,2}")
# 前三 and 前5% bound a rank; 提前一年 bounds nothing.
_RANKED = (None, "位", "名", "强", "%")
# From here on 级 is an order of magnitude (百亿级), below it a grade.
_ROUND = 1e4
_TARGETS = {"target", "project_target"}
_NONE = ("lexical", "identifier", "time_deictic", "vague", "period")

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
    if status in _NONE:
        return Bound(None)
    if mention.form == "zero":
        return _PLAIN
    if mention.form == "breakthrough":
        at = text.find("突破", mention.start)
        return Bound(">=", at, at + 2)
    if mention.more and mention.more in "多余":
        at = text.index(mention.more, mention.start)
        return Bound(">", at, at + 1)
    if mention.value_max is not None:
        return Bound("range")
    if mention.unit == "级" and (mention.value or 0) >= _ROUND:
        return Bound("≈", mention.end - 1, mention.end)
    after = context.reading.cues.at(
        mention.end + (text[mention.end : mention.end + 1] in ("”", " "))
    )
    if after is not None and "after" in after.roles:
        return Bound(after.roles["after"], after.start, after.end)
    return _before(context, status)


def _before(context: MentionContext, status: str) -> Bound:
    mention, text = context.mention, context.reading.text
    cues, (first, end) = context.reading.cues, context.cues
    for index in range(end - 1, first - 1, -1):
        word = cues.words[index]
        if not _GAP.fullmatch(text, cues.starts[index] + len(word), mention.start):
            break
        name = cues.roles[word].get("before")
        if name and (word != "前" or mention.unit in _RANKED):
            return Bound(_reach(name, status), cues[index].start, cues[index].end)
    return _PLAIN


def _reach(name: str, status: str) -> str:
    """实现 and 达到 say how much was reached; of what is promised they say at least."""
    if name != "reach":
        return name
    return ">=" if status in _TARGETS else "="


def share_bounds(found: "list[NumberMention]") -> "list[NumberMention]":
    """以上 after the last of a coordinated list holds for all of it; 实现 before its first, too."""
    pairs = [(i, i + 1) for i in range(len(found) - 1) if _coordinated(found[i], found[i + 1])]
    for first, second in reversed(pairs):
        one, after = found[first], found[second]
        if one.bound == _PLAIN and after.bound.start >= after.mention.end:
            found[first] = one._replace(bound=after.bound)
    for first, second in pairs:
        before, one = found[first], found[second]
        listed = one.bound == _PLAIN and one.context.before.endswith(("、", "和"))
        if listed and _opens(before):
            found[second] = one._replace(bound=before.bound)
    return found


def _opens(before: "NumberMention") -> bool:
    """Whether a reach verb stands before a list: 实现“千亿GDP、百亿财政总收入”."""
    word = before.context.reading.text[before.bound.start : before.bound.end]
    return word in _REACH and before.bound.end <= before.mention.start


def _coordinated(one: "NumberMention", after: "NumberMention") -> bool:
    """Two targets in one list, joined by 、 or 和."""
    if not {one.verdict.status, after.verdict.status} <= _TARGETS:
        return False
    gap = one.context.reading.text[one.mention.end : after.mention.start]
    same_clause = one.context.clause == after.context.clause
    return same_clause and re.match("[^、和]{0,12}[、和]", gap) is not None


class NumberMention(NamedTuple):
    """One mention with all that was read off it."""

    mention: Mention
    context: MentionContext
    verdict: Verdict
    kind: str
    bound: Bound
