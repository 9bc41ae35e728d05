"""Where a mention stands, and whether what is said there has happened or is to happen."""

import re
from typing import NamedTuple

from policytext.cues import Cue
from policytext.mentionforms import Mention
from policytext.reading import PLANNING_KINDS, Line, Reading

_PAST = re.compile(
    "同比|去年|上年|截至|克服|排名全[市省国]|居全[市省国]|今年以来|(?:19|20)\\d\\d年以来|了(?!一[批个])"
)
_AHEAD = re.compile("未来|今后|明年")
_PAST_OPENING = re.compile("今年(?:以来|一季度|前.{1,3}月|1-\\d{1,2}月|上半年)[,,]")


# No clause or sentence that says something is longer; text without a stop must not cost more.
CLAUSE, SENTENCE, CUES = 160, 1200, 200


class Stance(NamedTuple):
    """``review`` or ``plan``, and what says so: chapter, heading, paragraph, sentence, document."""

    name: str
    basis: str


class Place:
    """Where a mention stands: its sentence, its clause and the cue words before it.

    ``before`` and ``after`` are the clause up to the mention and behind it; ``cues`` the indices
    in ``reading.cues`` of the sentence's cues before it.
    """

    __slots__ = (
        *("_stance", "after", "before", "clause", "clause_end", "cues", "line", "mention"),
        "reading",
    )

    def __init__(
        self,
        reading: Reading,
        line: Line,
        mention: Mention,
        clause: tuple[int, int],
        cues: tuple[int, int],
    ) -> None:
        self.reading, self.line, self.mention, self.cues = reading, line, mention, cues
        self.clause = max(clause[0], mention.start - CLAUSE)
        self.clause_end = min(clause[1], mention.end + CLAUSE)
        self.before = reading.text[self.clause : mention.start]
        self.after = reading.text[mention.end : self.clause_end]
        self._stance: Stance | None = None

    @property
    def sentence_before(self) -> str:
        """The sentence up to the mention."""
        return self.reading.text[self.sentence : self.mention.start]

    @property
    def sentence(self) -> int:
        """Where its sentence starts, or as much of it as is read."""
        return max(self.line.start, self.mention.start - SENTENCE)

    @property
    def stance(self) -> Stance:
        """The chapter's stance, unless the sentence says otherwise."""
        if self._stance is None:
            self._stance = _stance(self)
        return self._stance

    def last(self, role: str, within: int = 0) -> Cue | None:
        """The last cue of a role before the mention, from ``within`` on in its sentence."""
        return self.reading.cues.last(role, *self.cues, within)

    def next_commitment(self) -> str | None:
        """The first word of commitment behind the mention in its clause."""
        cues = self.reading.cues
        for index in range(self.cues[1], len(cues)):
            if cues.starts[index] >= self.clause_end:
                return None
            if "commitment" in cues.roles[cues.words[index]]:
                return cues.words[index]
        return None

    def clause_cues(self) -> list[Cue]:
        """The cues of the clause before the mention, in order."""
        cues = self.reading.cues
        first = cues.first_from(self.clause, self.cues[0])
        return [cues[index] for index in range(first, self.cues[1])]


def _stance(place: Place) -> Stance:
    line, commitment = place.line, place.last("commitment")
    by_heading = line.basis in ("chapter", "heading")
    if line.stance == "definition":
        return Stance("definition", "glossary")
    if line.stance == "review" and by_heading:
        ahead = _AHEAD.search(place.before)
        return (
            Stance("plan", f"clause: {ahead[0]}") if ahead else Stance("review", line.basis or "")
        )
    before = place.sentence_before
    past = _PAST_OPENING.match(before) or _PAST.search(before)
    said = [match.end() for match in _PAST.finditer(before)]
    if line.stance == "plan" and by_heading:
        if past and not commitment and "目标" not in before:
            return Stance("review", f"sentence: {past[0]}")
        return Stance("plan", line.basis or "")
    if commitment and not (said and said[-1] > commitment.start - place.sentence):
        return Stance("plan", f"sentence: {commitment.word}")
    if line.stance == "review" or (line.stance and place.reading.kind in PLANNING_KINDS):
        return Stance(line.stance, line.basis or "")
    announced = place.next_commitment()
    if announced:
        return Stance("plan", f"clause: {announced}")
    future = place.last("future")
    if future and future.word not in ("要", "今年"):
        return Stance("plan", f"sentence: {future.word}")
    if place.reading.kind in PLANNING_KINDS and not past:
        return Stance("plan", "document")
    return Stance("review", "document")
