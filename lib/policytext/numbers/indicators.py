"""Which outcome a number measures: an indicator of the lexicon, or the noun phrase around it."""

import re
from functools import lru_cache

from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.templates import Expressions
from policytext.numbers.comparators import NumberMention
from policytext.text.patterns import any_word

# What stands between an indicator and its number: verbs, bounds, adverbs, the end of a period.
# One flat possessive repetition: nested ones try every way to divide 达到达到 among them.
_TAIL = r"""
    (?: [到至]?(?:19|20)\d\d年[底末]? | {between indicator and number} | [到在至为过] )*+ $
"""
_HEAD = r"^(?: [“‘] | {before an indicator} | 到?(?:(?:19|20)\d\d)?年底? )+"
_COUNTED = re.compile("[\u4e00-\u9fff“”A-Za-z·]{2,16}")
_COUNT_END = "{ends what is counted} | [、,;。]"
_BOUND = re.compile("^(?:以上|左右|以内|以下)(?=[\u4e00-\u9fff])(?:的)?")
# A phrase is governed by one of the nearest verbs.
_NEAREST = 6
_BY = "^(?: {between date and project} | , )+"
_LISTED = re.compile("(?:[^、]*、)*[^、]*等$")


@lru_cache(maxsize=4)
def indicator_table(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all names of indicators, longest first, and the indicator of each."""
    table = lexicon["indicators"]
    names = dict(zip(table["name"], table["indicator"], strict=True))
    return re.compile(any_word(names)), names


def indicator_of(found: NumberMention) -> tuple[str | None, str]:
    """The indicator of a target, and whether the number is a change or a level of it.

    A phrase that is a name of the lexicon's table ``indicators``, or ends in one behind a place,
    gets the table's name; a share (…占…比重) and any other phrase stays as it is worded, with
    widths folded and remarks in brackets left out.
    """
    context, words = found.context, found.context.reading.expressions
    pattern, names = indicator_table(context.reading.lexicon)
    before, after = context.before, _BOUND.sub("", context.after)
    changes = context.search_before("{change}", 9) or "新增" in before[-20:]
    measure = "change" if changes else "level"
    behind = pattern.match(after)
    if behind and found.mention.unit in (None, "级"):
        return names[behind[0]], measure
    if found.kind == "date":
        return _before(found) or _behind(words[_BY].sub("", after), words), measure
    phrase = _before(found) if not _counts(found, after) else None
    if phrase is None:
        return _behind(after, words) or _before(found), measure
    return names.get(phrase) or _ending(phrase, pattern, names, words), measure


def _ending(
    phrase: str, pattern: re.Pattern[str], names: dict[str, str], words: Expressions
) -> str:
    """An indicator with its place before it, unless the phrase is a share of it."""
    if words["{share}"].search(phrase):
        return phrase
    known = [m for m in pattern.finditer(phrase) if m.end() == len(phrase)]
    return names[known[-1][0]] if known and len(known[-1][0]) > 3 else phrase


def _counts(found: NumberMention, after: str) -> bool:
    """Return True if the number stands before what it counts: 6个“工业上楼”项目."""
    countable = found.kind in ("cardinal", "ordinal", "range") or found.mention.unit is None
    ended = found.context.reading.expressions[_COUNT_END].match(after)
    return countable and not ended and _COUNTED.match(after) is not None


def _behind(after: str, words: Expressions) -> str | None:
    match = _COUNTED.match(after)
    phrase = words[_COUNT_END].split(match[0])[0].strip("“”‘’的") if match else ""
    return phrase or None


def _before(found: NumberMention) -> str | None:
    """The phrase before the number, without the verb that governs it and what comes behind."""
    context, before = found.context, found.context.before
    words, cues = context.reading.expressions, context.reading.cues.roles
    for cue in context.clause_cues()[-_NEAREST:]:
        verb = cue.roles.get("verb") in ("result", "process") or "commitment" in cue.roles
        if verb and cue.end < found.mention.start - 1:
            rest = context.reading.text[cue.end : found.mention.start]
            left = words[_HEAD].sub("", words[_TAIL].sub("", rest))
            if len(left) > 1 and left not in cues:
                before = rest
    before = words[_TAIL].sub("", re.sub(r"[(][^()]*[)]", "", before).strip())
    if "、" in before and not _LISTED.search(before):
        before = before.rsplit("、", 1)[-1]
    before = re.sub("^.*(?:\\d%?|以上|左右|[个家项条])[、和,]", "", before)
    if "等" in before[1:-2]:
        before = before.rsplit("等", 1)[-1]
    phrase = words[_HEAD].sub("", before).strip("“”‘’ 的等()")
    return phrase if phrase and phrase not in cues else None
