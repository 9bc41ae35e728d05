"""Targets without a number of their own: 与经济增长同步, 正增长, 完成国家下达任务."""

import re
from collections.abc import Iterator
from functools import lru_cache

from policytext.lexicon.lexicon import Lexicon
from policytext.numbers.comparators import Bound, NumberMention
from policytext.numbers.context import Reading, contexts
from policytext.numbers.mentions import of_form
from policytext.numbers.status import Verdict
from policytext.text.patterns import any_word


def is_numbered(found: NumberMention) -> bool:
    """Return True if a target has a number or a date of its own."""
    return found.mention.form != "relative"


@lru_cache(maxsize=4)
def _relatives(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], list[str]]:
    """The table ``relative_targets``: anchors to look for, one pattern, the kind of each row."""
    rows = lexicon["relative_targets"]
    anchors = {word for cell in rows["anchor"] for word in cell.split("|")}
    alternatives = (f"(?P<r{number}>{pattern})" for number, pattern in enumerate(rows["pattern"]))
    pattern = re.compile("|".join(alternatives))
    return re.compile(any_word(anchors)), pattern, rows["target_kind"].tolist()


def find_numberless(reading: Reading) -> Iterator[tuple[NumberMention, str]]:
    """The numberless targets of one document, each with its kind."""
    (anchors, pattern, kinds), text = _relatives(reading.lexicon), reading.text
    numbers = {reading.document.sentence_at(match.start()) for match in anchors.finditer(text)}
    for number in sorted(numbers):
        line, announced = reading.document.sentences[number], reading.announced[number]
        if announced and announced.name in ("review", "definition"):
            continue
        headed = any("目标" in name for name in (line.heading, line.chapter) if name)
        stated = reading.expressions["{states goals}"].search(text, line.start, line.end)
        goals = headed or stated is not None
        for match in pattern.finditer(text, line.start, line.end):
            kind = kinds[int((match.lastgroup or "r0")[1:])]
            context = next(contexts(reading, [of_form("relative", match.span())]))
            # Away from a list of goals a direction needs a commitment before it.
            promised = kind != "directional" or context.last("commitment", context.clause)
            if context.time_frame.name == "plan" and (goals or promised):
                why = "goal" if goals else "commitment"
                verdict = Verdict("target", f"{context.time_frame.basis}; {kind}: {why}")
                yield (
                    NumberMention(context.mention, context, verdict, "relative", Bound(None)),
                    kind,
                )
