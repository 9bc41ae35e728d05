"""What numbers in a row share: a noun, a verb, the head of a list of nouns.

产值突破720亿元、增长20% has one noun, 新建公园2个、绿道5公里 one verb; 甲、乙分别达到5%、7% gives
each number its own item of one list.
"""

import re
from collections.abc import Callable, Iterator

from policytext.numbers.baselines import pairs
from policytext.numbers.comparators import TARGETS, NumberMention
from policytext.numbers.context import Reading
from policytext.numbers.phrases import (
    LONGEST,
    MOST,
    NOTHING,
    Phrase,
    is_countable,
    kind_of,
    known_names,
    noun_before,
    phrase_of,
    separators,
    verb_behind,
)
from policytext.text.clean import Span

_LISTED = re.compile("(?:以上|左右)?[、和]")
# What is left between the number of a class and the next: 50亿元以上2个.
_CLASS = re.compile("(?:级|及?以上|以下|级以上|级及以上)?的?")
_CLASS_HEAD = re.compile(r".*\d[\d.]*[\u4e00-\u9fff]*?(?:级|及?以上|以下)的?")


def phrases_of(
    found: list[NumberMention], wanted: Callable[[NumberMention], bool]
) -> dict[int, Phrase]:
    """The phrases of those mentions of a document that are wanted.

    They are listed by where their number starts. A number without a noun of its own
    (目标定为6%以上) has that of the number before it, where both have one unit.
    """
    numbers = _Numbers(found)
    for index, one in enumerate(numbers.measured):
        if wanted(one):
            numbers.phrases[one.mention.start] = numbers.phrase(index)
    phrases = numbers.phrases
    for row in _rows_of_values(phrases):
        phrases |= zip(row, numbers.distributed(row), strict=True)
    return phrases


def _is_measured(one: NumberMention) -> bool:
    dated = one.kind in ("date", "period") and one.verdict.status not in TARGETS
    return one.bound.comparator is not None and not dated


class _Numbers:
    """The measured numbers of a document in order, and the phrases known of them."""

    def __init__(self, found: list[NumberMention]) -> None:
        based = list(pairs(found))
        bases = {base.mention.start for _, base, _ in based}
        self.froms = {target.mention.start: span for target, _, span in based}
        self.measured = [
            one for one in found if _is_measured(one) and one.mention.start not in bases
        ]
        self.phrases: dict[int, Phrase] = {}

    def phrase(self, index: int, back: int = MOST) -> Phrase:
        """The phrase of a number, with verb and noun of the number before where it has none."""
        start = self.measured[index].mention.start
        if start in self.phrases:
            return self.phrases[start]
        phrase = phrase_of(self.measured, index, self.froms.get(start, NOTHING))
        if back == 0:  # so far back no number shares its noun
            return phrase
        if phrase.action == NOTHING and self._is_joined(index):
            phrase = _with_verb(phrase, self.phrase(index - 1, back - 1))
        if self._is_class(index, phrase.indicator) or phrase.indicator == NOTHING:
            return self._with_noun(index, phrase, back)
        return phrase

    def _is_joined(self, index: int) -> bool:
        """Return True if 、 or its words join a number to that before it: they share their verb."""
        above, one = self.measured[index - 1 : index + 1] if index else (None, None)
        if above is None or one is None or above.context.clause != one.context.clause:
            return False
        return bool(separators(one.context.reading.text, above.mention.end, one.mention.start))

    def _is_class(self, index: int, noun: Span) -> bool:
        """Return True if a noun is the limit of a class alone: 50亿元以上 in 50亿元以上2个."""
        limit = self.measured[index - 1].mention if index else None
        if limit is None or noun[0] != limit.start:
            return False
        text = self.measured[index].context.reading.text
        return _CLASS.fullmatch(text, limit.end, noun[1]) is not None

    def _with_noun(self, index: int, phrase: Phrase, back: int) -> Phrase:
        """The noun of the clause or the number before, for a number without one of its own."""
        one, text = self.measured[index], self.measured[index].context.reading.text
        in_class = phrase.indicator != NOTHING
        subject = NOTHING if in_class else self._subject_before(one)
        position = index - 1 - (in_class and index > 1)
        above = self.measured[position] if index else None
        if above is None or above.mention.end <= subject[0] or not _can_share(above, one):
            return phrase._replace(shared=subject)
        earlier = self.phrase(position, back - 1)
        noun = earlier.indicator if earlier.shared == NOTHING else earlier.shared
        if in_class and (head := _CLASS_HEAD.search(text[slice(*noun)])):
            noun = noun[0] + head.end(), noun[1]
        counted = noun if is_countable(one) else NOTHING
        same = above.mention.unit == one.mention.unit and not in_class
        measure = "change" if same and earlier.measure == "change" else phrase.measure
        return phrase._replace(shared=noun, counted=counted, measure=measure)

    def _subject_before(self, one: NumberMention) -> Span:
        """What the clause before is about, where a number has a verb alone: …,迈向1500亿元."""
        context, reading, text = one.context, one.context.reading, one.context.reading.text
        end = context.clause - 1
        verb = verb_behind(reading, context.clause, one.mention.start)
        level = (verb is not None and kind_of(verb) == "level") or one.mention.start in self.froms
        if end <= context.sentence or is_countable(one) or not level:
            return NOTHING
        start = max(text.rfind(mark, context.sentence, end) for mark in ",;:。") + 1
        start = max(start, context.sentence, end - LONGEST)
        cues = map(reading.cues.__getitem__, range(*map(reading.cues.first_from, (start, end))))
        outer = [cue.start for cue in cues if kind_of(cue) == "process" and cue.start - start > 1]
        return noun_before(context, start, min([*outer, end]))

    def distributed(self, row: list[int]) -> Iterator[Phrase]:
        """Give each number of a row its own item of the nouns before it: 率、率 to 90%、96%."""
        reading, phrases = self.measured[0].context.reading, self.phrases
        text, (start, end) = reading.text, phrases[row[0]].indicator
        items = _items(text, start, end)
        last = items[-1]
        # A short item lacks the head of the last: 金融、物流、文化产业增加值占GDP的比重分别达到….
        whole_ones = all(2 * (one[1] - one[0]) >= last[1] - last[0] for one in items)
        # Each number has a unit of its own, as 面积、产量 have in 284.5万亩、18.98亿斤.
        units = {one.mention.unit for one in self.measured if one.mention.start in row}
        each = whole_ones and (len(units) == len(row) or "分别" in text[end : row[0]])
        known = each or all(text[slice(*one)] in known_names(reading.lexicon) for one in items)
        for number, at in enumerate(row):
            phrase = phrases[at]._replace(item=(number, len(row)))
            if len(items) == len(row):
                one = items[number]
                own = one == last or text[slice(*one)] in known_names(reading.lexicon)
                shared = NOTHING if own else _shared_head(reading, one, last)
                if known or shared != NOTHING or text[one[1] - 1] == text[last[1] - 1]:
                    phrase = phrase._replace(indicator=one, shared=shared)
            yield phrase


def _with_verb(phrase: Phrase, joined: Phrase) -> Phrase:
    """A phrase with the verb of the number that it is joined to."""
    if joined.action == NOTHING:
        return phrase
    measure = "change" if "change" in (joined.measure, phrase.measure) else "level"
    return phrase._replace(action=joined.action, measure=measure)


def _can_share(above: NumberMention, one: NumberMention) -> bool:
    """Return True if two near values can be of one thing: 突破720亿元、增长20%."""
    lines = above.context.line, one.context.line
    if lines[0].paragraph != lines[1].paragraph or lines[1].start - lines[0].end > 1:
        return False
    if above.mention.unit == one.mention.unit:
        return True
    # 面积和产量稳定在557万亩、262万吨
    text = one.context.reading.text
    listed = _LISTED.fullmatch(text, above.mention.end, one.mention.start)
    rates = "%" in (above.mention.unit, one.mention.unit)
    grows = rates and not is_countable(above) and not is_countable(one)
    return lines[0].start == lines[1].start and (listed is not None or grows)


def _rows_of_values(phrases: dict[int, Phrase]) -> Iterator[list[int]]:
    """Numbers that follow one noun: 甲、乙分别达到5%、7%."""
    row: list[int] = []
    for start, phrase in [*phrases.items(), (-1, Phrase(NOTHING, NOTHING, "", NOTHING))]:
        if row and phrase.shared != NOTHING and phrase.shared == phrases[row[0]].indicator:
            row.append(start)
            continue
        if len(row) > 1:
            yield row
        row = [start]


def _items(text: str, start: int, end: int) -> list[Span]:
    """The items of a list of nouns."""
    marks = separators(text, start, end)
    return list(zip([start, *(b for _, b in marks)], [*(a for a, _ in marks), end], strict=True))


def _shared_head(reading: Reading, one: Span, last: Span) -> Span:
    """The head that an item shares with the last one: 城镇 and 农村居民人均可支配收入."""
    names, text = known_names(reading.lexicon), reading.text
    heads = ((at, last[1]) for at in range(last[0] + 1, last[1]))
    return next((h for h in heads if text[slice(*one)] + text[slice(*h)] in names), NOTHING)
