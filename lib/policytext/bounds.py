"""How a number is bounded: at least, at most, about, more than, less than; by which word."""

from typing import NamedTuple

from policytext.mentions import Mention
from policytext.reading import Cue, Reading

# How far before a number its bound may stand: 不少于, 控制在, 超; and 达 before a quoted number.
_NEAR = 2


class Bound(NamedTuple):
    """A comparator and the span of the word that says so; (0, 0) without a word."""

    comparator: str
    start: int = 0
    end: int = 0


def bound_of(mention: Mention, reading: Reading, cues: list[Cue], after: Cue | None) -> Bound:
    """The comparator of a mention, from inside it, behind it, before it."""
    text = reading.text
    if mention.form == "breakthrough":
        return Bound(">=", mention.end - 2, mention.end)
    if mention.more and mention.more in "多余":
        at = text.index(mention.more, mention.start)
        return Bound(">", at, at + 1)
    if mention.value_max is not None:
        return Bound("range")
    if mention.unit == "级":
        return Bound("≈", mention.end - 1, mention.end)
    if after is not None:
        return Bound(after.roles["after"], after.start, after.end)
    cue = _before(mention, text, cues)
    if cue is not None:
        return Bound(cue.roles["before"], cue.start, cue.end)
    return Bound("=")


def _before(mention: Mention, text: str, cues: list[Cue]) -> Cue | None:
    for cue in reversed(cues):
        if cue.end < mention.start - _NEAR:
            return None
        gap = text[cue.end : mention.start]
        if "before" in cue.roles and gap.strip("“‘ 了过至到") == "":
            return cue
    return None
