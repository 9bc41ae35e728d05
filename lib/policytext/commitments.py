"""How firmly a target is promised, and how strong the user's table calls that."""

from functools import lru_cache
from typing import NamedTuple

from policytext.annotate import Found
from policytext.cues import Cue
from policytext.lexicon import Lexicon
from policytext.reading import Reading
from policytext.stance import SENTENCE


class Commitment(NamedTuple):
    """How firmly: the class of the cue, its words and where they stand."""

    name: str
    cue: Cue | None


def commitment_of(found: Found, reading: Reading) -> Commitment:
    """The cue that governs a mention: of its clause, or one that leads its list or sentence."""
    text = reading.text
    cues, (first, end) = reading.cues, found.place.cues
    for index in range(end - 1, first - 1, -1):
        if cues.starts[index] < found.place.sentence:
            break
        name = cues.roles[cues.words[index]].get("commitment")
        if not name:
            continue
        cue = cues[index]
        local = cue.start >= found.place.clause
        gap = text[cue.end : found.mention.start]
        clause = max(text.rfind(mark, found.place.sentence, cue.start) for mark in ",;:。")
        leads = cue.start - max(clause + 1, found.place.sentence) <= 4
        aims = "目标" in cue.word
        spreads = (leads or name == "forecast") and ";" not in gap
        if local or aims or spreads:
            return Commitment(name, cue)
    return Commitment("none", None)


@lru_cache(maxsize=4)
def strength_table(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    """Strength by commitment and bound, the lexicon's table ``strength``."""
    return {(r.commitment, r.bound): r.strength for r in lexicon["strength"].itertuples()}


def nature_of(found: Found, reading: Reading) -> str:
    """约束性 (binding), 预期性 or 预期目标 (expected), or unstated."""
    place = found.place
    end = min(place.line.end, found.mention.end + SENTENCE)
    sentence = reading.text[place.sentence : end]
    if "约束性" in sentence:
        return "binding"
    return "expected" if "预期" in sentence else "unstated"
