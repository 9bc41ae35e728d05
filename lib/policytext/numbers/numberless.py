"""Targets without a number of their own: 与经济增长同步, 正增长, 完成国家下达任务."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policytext.lexicon.lexicon import Lexicon
from policytext.numbers.comparators import Bound, NumberMention
from policytext.numbers.context import MentionContext, Reading, Verdict, contexts, governor
from policytext.numbers.mentions import of_form
from policytext.text.patterns import any_word


def is_numbered(found: NumberMention) -> bool:
    """Return True if a target has a number or a date of its own."""
    return found.mention.form != "relative"


class Row(NamedTuple):
    """What a row of the table says: the kind of target, and its measure if not the noun's."""

    kind: str
    measure: str


# What a direction does not end with has an object, and is work: 持续提升品牌影响力.
_END = r"(?! (?:[和与及并且,、]) ) {HAN} | \d"
# The number of 高于全省2个百分点 makes a row of its own.
_NUMBER = r"{HAN}{0,16} \d"


@lru_cache(maxsize=4)
def _relatives(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], list[Row]]:
    """The table ``relative_targets``: anchors to look for, one pattern, what each row says."""
    table = lexicon["relative_targets"]
    anchors = {word for cell in table["anchor"] for word in cell.split("|")}
    alternatives = (f"(?P<r{number}>{pattern})" for number, pattern in enumerate(table["pattern"]))
    rows = list(map(Row, table["target_kind"], table["measure"]))
    return re.compile(any_word(anchors)), re.compile("|".join(alternatives)), rows


def find_numberless(reading: Reading) -> Iterator[tuple[NumberMention, Row]]:
    """The numberless targets of one document, each with its kind and measure."""
    (anchors, pattern, rows), text = _relatives(reading.lexicon), reading.text
    numbers = {reading.document.sentence_at(match.start()) for match in anchors.finditer(text)}
    for number in sorted(numbers):
        line, announced = reading.document.sentences[number], reading.announced[number]
        if announced and announced.name in ("review", "definition"):
            continue
        headed = any("目标" in name for name in (line.heading, line.chapter) if name)
        stated = reading.expressions["{states goals}"].search(text, line.start, line.end)
        found = list(pattern.finditer(text, line.start, line.end))
        mentions = [of_form("relative", match.span()) for match in found]
        for match, context in zip(found, contexts(reading, mentions), strict=True):
            row = rows[int((match.lastgroup or "r0")[1:])]
            why = _promised(context, row.kind, headed or stated is not None)
            if why and context.time_frame.name == "plan":
                verdict = Verdict("target", f"{context.time_frame.basis}; {row.kind}: {why}")
                bound = Bound(None)
                yield NumberMention(context.mention, context, verdict, "relative", bound), row


def _promised(context: MentionContext, kind: str, goals: bool) -> str | None:
    """What makes the words a promise: a list of goals, or a commitment before a direction."""
    if kind != "directional":
        number = kind == "reference" and context.match_after(_NUMBER)
        return None if number else "goal" if goals else "commitment"
    # 量的合理增长 is a noun, 推动经济稳定增长 is work.
    # 有待优化 says how things stand.
    if context.match_after(_END) or context.search_before("(?: 的 | {is still to be} )$"):
        return None
    verb, committed = governor(context), context.last("commitment", context.clause)
    works = verb is not None and verb.roles["verb"] == "process"
    return "goal" if goals and not works else "commitment" if committed else None
