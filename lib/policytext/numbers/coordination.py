"""What numbers in a row share: a noun, a verb, the head of a list of nouns.

产值突破720亿元、增长20% has one noun, 新建公园2个、绿道5公里 one verb; 甲、乙分别达到5%、7% gives
each number its own item of one list.
"""

import re
from collections.abc import Callable, Iterator

from policytext.numbers.baselines import pairs
from policytext.numbers.comparators import TARGETS, NumberMention
from policytext.numbers.context import Reading
from policytext.numbers.indicators import own_part
from policytext.numbers.phrases import MOST, Phrase, is_countable, phrase_of
from policytext.numbers.predicates import (
    LONGEST,
    NOTHING,
    is_quoted,
    kind_of,
    known_names,
    separators,
    verb_behind,
)
from policytext.numbers.shared_words import (
    GRADE,
    between,
    class_modifier,
    graded_head,
    items_of,
    measure_of_sector,
    owner,
    shared_head,
    shared_modifier,
)
from policytext.numbers.sizes import SIZE_CLASS
from policytext.numbers.subjects import DATED, in_clause
from policytext.text.clean import Span
from policytext.text.numerals import NUMERAL

_LISTED = re.compile("(?:以上|左右)?[、和] ?")
_NEXT_ITEM = re.compile("(?:以[上内]|左右)?[,;](?P<among>其中[,:]?)?")
# Behind the value of one clause begins the next: 提高到700元以上,初中提高到900元.
_NEXT = re.compile("(?:以[上内]|左右)?[、,]")
# 其中中心城区500个
_PART_OF_A_PLACE = re.compile("[\u4e00-\u9fff]{0,4}(?:[城市县郊辖]区|[市县镇乡])")
# 小学生均经费, 集中供养孤儿养育标准: who or what has a measure.
_HAS = r"{kind of place} | [\u4e00-\u9fff、]{0,16}? {who has a measure}"
_SECTOR = "{HAN}*{names a sector}"
# From here on a number is more often the size of things than how many there are.
_LARGE = 1e6
# What is left between the number of a class and the next: 50亿元以上2个.
_CLASS = re.compile(f"{SIZE_CLASS}?的?")
_CLASS_HEAD = re.compile(
    rf"""
    .*
    (?: {NUMERAL} [\u4e00-\u9fff]*? {SIZE_CLASS}  # 50亿元以上的
    | [超过] {NUMERAL} [万亿]* 元? )              # 超过50亿元的
    的?
    """,
    re.VERBOSE,
)


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
        for part in numbers.by_clause(row):
            phrases |= zip(part, numbers.distributed(part), strict=True)
    return phrases


def _is_measured(one: NumberMention) -> bool:
    promised = one.verdict.status in TARGETS
    # A ratio has no comparator; 3:1 that is promised ends its item of a list all the same.
    bounded = one.bound.comparator is not None or (promised and one.mention.form == "ratio")
    return bounded and (promised or one.kind not in ("date", "period"))


class _Numbers:
    """The measured numbers of a document in order, and the phrases known of them."""

    def __init__(self, found: list[NumberMention]) -> None:
        based = list(pairs(found))
        bases = {base.mention.start for _, base, _ in based}
        self.froms = {target.mention.start: span for target, _, span in based}
        self.measured = [
            one for one in found if _is_measured(one) and one.mention.start not in bases
        ]
        self.clauses = {one.mention.start: one.context.clause for one in self.measured}
        self.units = {one.mention.start: one.mention.unit for one in self.measured}
        self.phrases: dict[int, Phrase] = {}

    def phrase(self, index: int, back: int = MOST) -> Phrase:
        """The phrase of a number, with verb and noun of the number before where it has none."""
        start = self.measured[index].mention.start
        if start in self.phrases:
            return self.phrases[start]
        phrase = phrase_of(self.measured, index, self.froms.get(start, NOTHING))
        if back == 0:  # so far back no number shares its noun
            return phrase
        at = self._above(index)
        if self._is_joined(index, at, phrase.indicator):
            phrase = self._joined(index, phrase, at, self.phrase(at, back - 1))
        elif phrase.action == NOTHING and self._is_listed(index, at, phrase.indicator):
            above = self.phrase(at, back - 1)
            before = above.action[0] < above.indicator[0] or above.indicator == NOTHING
            cue = self.measured[index].context.reading.cues.at(above.action[0])
            makes = cue is not None and kind_of(cue) in ("make", "change", "nominal")
            phrase = _with_verb(phrase, above) if before and makes else phrase
            text = self.measured[index].context.reading.text
            if _PART_OF_A_PLACE.fullmatch(text[slice(*phrase.indicator)]):
                phrase = phrase._replace(shared=above.noun)  # 车位50个,其中城区30个
        limit = self._limit(index, phrase.indicator)
        if limit != NOTHING or phrase.indicator == NOTHING:
            return self._with_noun(index, phrase._replace(indicator=limit), back)
        return self._noun_ahead(index, phrase) or self._with_measure(index, phrase, back)

    def _above(self, index: int) -> int:
        """The number before, -1 for none, without those within nouns: 百亿级企业, “三品”产品."""
        near = range(index - 1, max(index - MOST, 0) - 1, -1)
        return next((at for at in near if self._is_item(at)), index - 1)

    def _is_item(self, at: int) -> bool:
        """Return True if a number is promised, or counts as one that is: 储备87个、开工9个项目."""
        one = self.measured[at]
        quoted = is_quoted(one.context.reading.text, one.context.clause, one.mention.start)
        counts = one.context.dimension == "count" and (one.mention.value or 0) < _LARGE
        return one.verdict.status in TARGETS or (counts and not quoted)

    def _is_joined(self, index: int, at: int, noun: Span) -> bool:
        """Return True if 、 or its words join a number to that before it: they share their verb."""
        above, one = self.measured[at], self.measured[index]
        if at < 0:
            return False
        if above.context.clause != one.context.clause:
            words, text = one.context.reading.expressions, one.context.reading.text
            follows = _NEXT.fullmatch(text, above.mention.end, one.context.clause)
            bare = words["{bare measure}"].fullmatch(text, *noun)  # 面积630万亩,产量52亿斤
            return bool(follows and bare)
        return bool(separators(one.context.reading.text, above.mention.end, one.mention.start))

    def _is_listed(self, index: int, at: int, noun: Span) -> bool:
        """Return True if a clause is one item of a list: 引进院士10名,团队30个; 其中企业20家."""
        above, one = self.measured[at], self.measured[index]
        if at < 0 or noun == NOTHING:
            return False
        text = one.context.reading.text
        opens = _NEXT_ITEM.fullmatch(text, above.mention.end, noun[0])
        if opens is None or noun[0] >= one.mention.start:
            return False
        if opens["among"] and above.mention.unit == one.mention.unit:
            return True
        # A clause with any verb, known or not, is no item: 新立项课题10项.
        cues = one.context.reading.cues
        inside = map(cues.__getitem__, range(*map(cues.first_from, noun)))
        verbless = not any(map(kind_of, inside)) and text[noun[0]] != "新"
        measured = one.context.reading.expressions["{measured noun}$"].search(text[slice(*noun)])
        return is_countable(above) and is_countable(one) and verbless and not measured

    def _joined(self, index: int, phrase: Phrase, at: int, above: Phrase) -> Phrase:
        """A phrase with the verb and the modifier that it shares with the one before it."""
        reading, noun = self.measured[index].context.reading, phrase.indicator
        # 占比突破2%、拥有量3.3件: a verb behind its noun is of its unit.
        units = {self.measured[at].mention.unit, self.measured[index].mention.unit}
        shared = above.action[0] < above.noun[0] or above.noun == NOTHING or len(units) == 1
        if phrase.action == NOTHING and (shared or not phrase.indicator[0]):
            phrase = _with_verb(phrase, above)
        if above.shared != NOTHING or NOTHING in (noun, above.indicator):
            return phrase
        if head := graded_head(reading.text, noun, above.indicator):
            return phrase._replace(shared=head)
        if whose := class_modifier(reading.text, noun, above.indicator):
            return phrase._replace(modifier=whose)
        modifier = shared_modifier(reading, noun, above.indicator)
        if modifier != NOTHING and not is_countable(self.measured[index]):
            return phrase._replace(modifier=modifier)
        counts = self.measured[at].context.dimension == "count"
        return phrase._replace(modifier=owner(reading, noun, above.indicator, counts))

    def _limit(self, index: int, noun: Span) -> Span:
        """The limit of a class that stands for its noun: 50亿元以上2个, 超50亿元的2个."""
        one, above = self.measured[index], self.measured[index - 1] if index else None
        if above is None or above.kind == "ordinal":  # 一期 is no class
            return NOTHING
        text, (start, end) = one.context.reading.text, above.mention[:2]
        opens = start - (text[start - 1] in "超过")
        large = above.verdict.status not in TARGETS and (above.mention.value or 0) >= _LARGE
        if noun == NOTHING and large:
            noun = opens, one.mention.start
        alike = noun[0] == opens and end <= noun[1] and _CLASS.fullmatch(text, end, noun[1])
        return noun if alike else NOTHING

    def _with_noun(self, index: int, phrase: Phrase, back: int) -> Phrase:
        """The noun of the clause or the number before, for a number without one of its own."""
        one, reading = self.measured[index], self.measured[index].context.reading
        text = reading.text
        in_class = phrase.indicator != NOTHING
        subject = NOTHING if in_class else self._subject_before(index)
        position = self._counterpart(index)
        if position is None:
            position = index - 1 - (in_class and index > 1)
        above = self.measured[position] if index else None
        if ahead := self._noun_ahead(index, phrase):
            return ahead
        if above is None or above.mention.end <= subject[0] or not _can_share(above, one):
            return phrase._replace(shared=subject)
        earlier = self.phrase(position, back - 1)
        noun = earlier.indicator if earlier.shared == NOTHING else earlier.shared
        if in_class and (head := _CLASS_HEAD.search(text[slice(*noun)])):
            noun = noun[0] + head.end(), noun[1]
        # ``counted`` is a passage of the number's own sentence.
        here = one.context.sentence <= noun[0]
        counted = noun if here and is_countable(one) else NOTHING
        same = above.mention.unit == one.mention.unit and not in_class
        cue = reading.cues.at(phrase.action[0])
        # 新增农田9万亩、改造3万亩: what is done to the second adds nothing.
        same = same and not (cue and kind_of(cue) in ("make", "nominal"))
        # 新增集群4个、达到17个: so many there are, and not so many more.
        added = reading.cues.at(earlier.action[0])
        reaches = cue and added and kind_of(cue) == "level" != kind_of(added)
        same = same and (one.mention.unit == "%" or not reaches)  # 增长7%、力争达到8%
        measure = "change" if same and earlier.measure == "change" else phrase.measure
        modifier = earlier.modifier
        phrase = phrase._replace(shared=noun, counted=counted, measure=measure, modifier=modifier)
        # 改造小区55个1.2万户
        beside = above.mention.end == one.mention.start and phrase.action == NOTHING
        return _with_verb(phrase, earlier) if beside else phrase

    def _with_measure(self, index: int, phrase: Phrase, back: int) -> Phrase:
        """A noun with the measure of the one before: 小学经费提高到700元、初中提高到900元."""
        one, above = self.measured[index], self.measured[index - 1] if index else None
        words, text = one.context.reading.expressions, one.context.reading.text
        if above is None or above.mention.unit != one.mention.unit or is_countable(one):
            return phrase
        start = self.froms.get(one.mention.start, phrase.indicator)[0]
        start = min(start, phrase.indicator[0])
        alike = _NEXT.fullmatch(text, above.mention.end, start)
        sector = words[_SECTOR].fullmatch(text, *phrase.indicator)
        if not alike or not (sector or words[_HAS].fullmatch(text, *phrase.indicator)):
            return phrase
        earlier = self.phrase(index - 1, back - 1)
        if text[slice(*earlier.action)] != text[slice(*phrase.action)]:
            return phrase
        if earlier.indicator != NOTHING != earlier.shared:
            return phrase._replace(shared=earlier.shared)
        if sector:
            return phrase._replace(shared=measure_of_sector(words, text, earlier.indicator))
        who, end = words[_HAS].match(text, *earlier.indicator), earlier.indicator[1]
        if not who or len(who[0]) < 2:  # the 地 of 地区生产总值 has nothing
            return phrase
        measured = words["(?:{measured noun} | {ends a measure})$"].search(text[who.end() : end])
        return phrase._replace(shared=(who.end(), end)) if measured else phrase

    def _counterpart(self, index: int) -> int | None:
        """Which number a rate goes with: 收入达到5亿元、利润达到6亿元,分别增长9%、7%."""
        context = self.measured[index].context
        near = range(max(index - MOST, 0), min(index + MOST, len(self.measured)))
        row = [at for at in near if self.measured[at].context.clause == context.clause]
        first = row[0] - len(row)
        if first < 0 or len(row) == 1 or not context.before.startswith("分别"):
            return None
        nouns = [self.phrase(at, 0).indicator for at in range(first, row[0])]
        own = all(context.sentence <= start < end for start, end in nouns)
        return first + row.index(index) if own else None

    def by_clause(self, row: list[int]) -> list[list[int]]:
        """A row in parts where each clause has as many: 达到5万元、3万元,分别增长7%、9%."""
        clauses: dict[int, list[int]] = {}
        for start in row:
            clauses.setdefault(self.clauses[start], []).append(start)
        parts = [*clauses.values()]
        return parts if {len(part) for part in parts} == {len(parts[0])} != {1} else [row]

    def _noun_ahead(self, index: int, phrase: Phrase) -> Phrase | None:
        """The noun behind the next number that both count: 启动3000户、完成2000户住房改造."""
        one, reading = self.measured[index], self.measured[index].context.reading
        # 2个50亿元以上、5个项目; 50个乡镇级、650个村级水源地
        kinds = (_CLASS_HEAD, GRADE)
        sized = next((one for one in kinds if one.fullmatch(reading.text, *phrase.indicator)), None)
        if (phrase.indicator != NOTHING and not sized) or not is_countable(one):
            return None
        near = range(index + 1, min(index + 2 + bool(sized), len(self.measured)))
        units = [at for at in near if self._shares_unit(index, at)]
        if not units or self.measured[units[0]].context.clause != one.context.clause:
            return None
        after = self.measured[units[0]].mention
        end = max(one.mention.end, phrase.indicator[1])
        listed = _LISTED.match(reading.text, end, after.start)
        if listed is None:
            return None
        if listed.end() < after.start and not verb_behind(reading, listed.end(), after.start):
            return None
        noun = self.phrase(units[0], 0).indicator
        if noun[0] < after.end:
            return None
        if head := sized.match(reading.text, *noun) if sized else None:
            noun = head.end(), noun[1]
        return phrase._replace(shared=noun, counted=noun)

    def _shares_unit(self, index: int, after: int) -> bool:
        """Return True if two numbers count one thing: 3000户、完成2000户, 23条、340公里线路."""
        one, other = self.measured[index].mention, self.measured[after].mention
        between = self.measured[index].context.reading.text[one.end : other.start]
        return one.unit == other.unit or between == "、"

    def _subject_before(self, index: int) -> Span:
        """What the clause before is about, where a number has a verb alone: …,迈向1500亿元."""
        one, context = self.measured[index], self.measured[index].context
        reading, text, end = context.reading, context.reading.text, context.clause - 1
        verb = verb_behind(reading, context.clause, one.mention.start)
        # 总额610亿元,剔除不可比因素,增长13% grows from the number before.
        first = not index or self.measured[index - 1].mention.end <= context.sentence
        every = first and not is_countable(one)
        alone = ("level", "change", "make", "nominal") if every else ("level",)
        says = (verb is not None and kind_of(verb) in alone) or one.mention.start in self.froms
        # 推进棚户区改造,计划改造200户
        again = verb is not None and text.endswith(verb.word, context.sentence, end)
        says = says or again or context.mention.form in DATED
        base = self.froms.get(one.mention.start, NOTHING)[0]
        if context.sentence < base < end:  # 装机将从5万千瓦,提高到8万千瓦
            will = reading.cues[reading.cues.first_from(base) - 1]
            end = will.start if will.end == base else base
        if end <= context.sentence or not says:
            return NOTHING
        start = max(text.rfind(mark, context.sentence, end) for mark in ",;:。") + 1
        start = max(start, context.sentence, end - LONGEST)
        noun = in_clause(one, start, end)
        comma = text.find(",", context.sentence, context.clause)
        if noun == NOTHING and context.mention.form in DATED:  # 公路全长9公里,时速80公里,年底完工
            noun = in_clause(one, context.sentence, max(comma, context.sentence))
        # 明年再翻一番,达到2000辆 is no 一番
        above = self.measured[index - 1].mention if index else one.mention
        return NOTHING if above.start <= noun[0] < noun[1] <= above.end else noun

    def distributed(self, row: list[int]) -> Iterator[Phrase]:
        """Give each number of a row its own part of what stands before: 率、率 to 90%、96%."""
        reading, first = self.measured[0].context.reading, self.phrases[row[0]]
        start = min(filter(None, (first.noun[0], first.modifier[0], first.action[0])), default=0)
        spread = "分别" in reading.text[start : row[0]]
        units = {self.units[start] for start in row}
        done = {self.phrases[at].action for at in row} - {NOTHING}
        if len(done) > 1 and len(units) == 1 and not spread:  # 开工甲、乙8万套,供应4万套
            yield from map(self.phrases.__getitem__, row)
            return
        owners = items_of(reading.text, *first.modifier) if spread else []
        verbs = _listed_verbs(reading, first.action) if spread else []
        for number, at in enumerate(row):
            phrase = self.phrases[at]
            if spread or len(units) == 1:  # 城乡收入达到3万元、增长7% is one and its growth
                phrase = phrase._replace(item=(number, len(row)))
            if len(verbs) == len(row):  # 新签约、新开工项目分别超80个、60个
                phrase = phrase._replace(action=verbs[number])
            if len(owners) == len(row) > 1:  # 水利、交通分别完成投资20亿元、35亿元
                phrase = phrase._replace(modifier=owners[number])
            # Each number has a unit of its own, as 面积、产量 have in 284.5万亩、18.98亿斤.
            each = spread or len(units) == len(row)
            yield _dealt(reading, phrase, first.noun, (number, len(row)), (spread, each))


def _with_verb(phrase: Phrase, above: Phrase) -> Phrase:
    """A phrase with the verb of the number before, where that stands before its noun."""
    if above.action == NOTHING:
        return phrase
    measure = "change" if "change" in (above.measure, phrase.measure) else "level"
    return phrase._replace(action=above.action, measure=measure)


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
    rates = not {"%", "倍"}.isdisjoint((above.mention.unit, one.mention.unit))
    # 老旧小区55个1.2万户
    both = is_countable(above) and is_countable(one) and above.verdict.status in TARGETS
    beside = both and above.mention.end == one.mention.start
    grows = rates and not is_countable(one)
    return lines[0].start == lines[1].start and (listed is not None or beside or grows)


def _rows_of_values(phrases: dict[int, Phrase]) -> Iterator[list[int]]:
    """Numbers that follow one noun or a list of verbs: 甲、乙分别达到5%、7%."""
    row: list[int] = []
    for start, phrase in [*phrases.items(), (-1, Phrase(NOTHING, NOTHING, "", NOTHING))]:
        first = phrases[row[0]] if row else phrase
        same = phrase.shared != NOTHING or phrase.action == first.action != NOTHING
        if row and same and phrase.noun == first.noun and phrase.indicator in (NOTHING, first.noun):
            row.append(start)
            continue
        if len(row) > 1:
            yield row
        row = [start]


def _listed_verbs(reading: Reading, action: Span) -> list[Span]:
    """The verbs of a list of which the last was found: 新签约、新开工、竣工."""
    text, cues = reading.text, reading.cues
    found = items_of(text, *action)
    while True:
        start = found[0][0] - (text[found[0][0] - 1 : found[0][0]] == "新")
        above = cues[cues.first_from(start - 1) - 1] if text[start - 1] in "、和" else None
        if above is None or above.end != start - 1 or kind_of(above) not in ("make", "nominal"):
            return found
        found.insert(0, (above.start, above.end))


def _dealt(
    reading: Reading, phrase: Phrase, noun: Span, part: tuple[int, int], by: tuple[bool, bool]
) -> Phrase:
    """The phrase with its own item of a list of nouns, where there is one for each number.

    ``by``: whether 分别 deals the items out, and whether that or the units do.
    """
    (number, count), (spread, each) = part, by
    text, names = reading.text, known_names(reading.lexicon)
    items, own = items_of(text, *noun), own_part(text[slice(*noun)], reading.lexicon, part)
    if len(items) > count:  # 储能、汽车及零部件、电动工具
        marks = [one for one in separators(text, *noun) if text[one[0]] == "、"]
        items = between(marks, *noun)
    # 一、二、三产业 is one name.
    if len(items) != count or len(separators(own, 0, len(own))) < count - 1:
        return phrase
    one, last = items[number], items[-1]
    if (others := text.find("等", *last)) > 0 and spread:  # 甲、乙、丙等区域浓度分别下降
        return phrase._replace(
            indicator=(one[0], min(one[1], others)), shared=(others + 1, last[1]), item=(0, 1)
        )
    head = shared_head(reading, one, last, spread) if one != last else NOTHING
    # A short item lacks a head that was not found.
    whole = each and all(2 * (b - a) >= last[1] - last[0] for a, b in items)
    whole = whole or text[one[1] - 1] == text[last[1] - 1] or text[slice(*one)] in names
    if head == NOTHING and one != last and not whole:
        return phrase
    modifier = shared_modifier(reading, one, items[0]) if number else NOTHING
    return phrase._replace(indicator=one, shared=head, modifier=modifier, item=(0, 1))
