"""Targets without a number of their own: relative to others, directional, paired with a number.

高于全市, 与经济增长同步, 完成市下达任务 measure an outcome by somebody else's; 正增长 and 稳步增长
give its direction; 7%以上、争取更好结果 adds an ambition to a number. They are promises only where
goals are stated: in a plan, in a sentence that names its goals or makes a commitment.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policytext.annotate import Found
from policytext.bounds import Bound
from policytext.facts import Verdict
from policytext.lexicon import Lexicon
from policytext.mentionforms import Mention
from policytext.reading import Line, Reading
from policytext.stance import CLAUSE, CUES, Place
from policytext.text import any_word

_CLAUSE = re.compile("[,;:。!?]|——")
_GOALS = re.compile("目标[是为:]|目标如下|预期目标")


class Relatives(NamedTuple):
    """The table ``relative_targets``: anchors to look for, one pattern, the kind of each row."""

    anchors: re.Pattern[str]
    pattern: re.Pattern[str]
    kinds: tuple[str, ...]


@lru_cache(maxsize=4)
def relatives(lexicon: Lexicon) -> Relatives:
    """The patterns of a lexicon, compiled once."""
    rows = lexicon["relative_targets"]
    anchors = {word for cell in rows["anchor"] for word in cell.split("|")}
    alternatives = (f"(?P<r{number}>{pattern})" for number, pattern in enumerate(rows["pattern"]))
    pattern = re.compile("|".join(alternatives))
    return Relatives(re.compile(any_word(anchors)), pattern, tuple(rows["target_kind"]))


def find_numberless(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[Found, str]]:
    """The numberless targets of one document, each with its kind."""
    table, text = relatives(lexicon), reading.text
    numbers = {reading.line_of(match.start()) for match in table.anchors.finditer(text)}
    for line in (reading.lines[number] for number in sorted(numbers)):
        if line.stance in ("review", "definition"):
            continue
        goals = _GOALS.search(text, line.start, line.end)
        for match in table.pattern.finditer(text, line.start, line.end):
            kind = table.kinds[int((match.lastgroup or "r0")[1:])]
            place = _place(reading, line, match)
            if place.stance.name == "plan" and (goals or _promised(place, kind)):
                why = "goal" if goals else "commitment"
                verdict = Verdict("target", f"{place.stance.basis}; {kind}: {why}")
                yield Found(place.mention, place, verdict, "relative", Bound(None)), kind


def _promised(place: Place, kind: str) -> bool:
    """Away from a list of goals a reference counts, and a direction with a commitment before it."""
    if kind == "directional":
        return place.last("commitment", place.clause) is not None
    return True


def _place(reading: Reading, line: Line, match: re.Match[str]) -> Place:
    start, end = match.span()
    near = max(line.start, start - CLAUSE)
    marks = [m.end() for m in _CLAUSE.finditer(reading.text, near, start)]
    behind = _CLAUSE.search(reading.text, end, min(line.end, end + CLAUSE))
    right = behind.start() if behind else line.end
    last = reading.cues.first_from(start)
    first = max(reading.cues.first_from(line.start), last - CUES)
    mention = Mention(start, end, start, end, "relative")
    return Place(reading, line, mention, (marks[-1] if marks else near, right), (first, last))
