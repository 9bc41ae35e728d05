"""What only numbers need of a document: cue words, and whether a sentence reviews or plans."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from policytext.corpus.document import Document, Sentence
from policytext.corpus.issues import PLANNING_KINDS
from policytext.lexicon.lexicon import Lexicon
from policytext.numbers.mentions import Mention, Unit, unit_table
from policytext.text.clean import fold

Roles = dict[str, dict[str, str]]


class Cue(NamedTuple):
    """A cue word where it stands, with what it says in each role it can have."""

    start: int
    end: int
    word: str
    roles: dict[str, str]


class Cues:
    """The cue words of a text in order.

    Kept as two flat lists: a report has thousands of cues, and few are ever looked at.
    """

    __slots__ = ("roles", "starts", "words")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        pattern, self.roles = cue_table(lexicon)
        self.starts: list[int] = []
        self.words: list[str] = []
        for match in pattern.finditer(text):
            self.starts.append(match.start())
            self.words.append(match[0])

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> Cue:
        start, word = self.starts[index], self.words[index]
        return Cue(start, start + len(word), word, self.roles[word])

    def first_from(self, at: int, low: int = 0) -> int:
        """The index of the first cue that begins at or behind a character."""
        return bisect_left(self.starts, at, low)

    def at(self, start: int) -> Cue | None:
        """The cue that begins at a character."""
        index = self.first_from(start)
        found = index < len(self.starts) and self.starts[index] == start
        return self[index] if found else None

    def back(self, role: str, first: int, end: int, since: int) -> Iterator[Cue]:
        """From the last on, the cues with a role among ``[first, end)`` from ``since`` on."""
        for index in range(end - 1, first - 1, -1):
            if self.starts[index] < since:
                return
            if role in self.roles[self.words[index]]:
                yield self[index]


@lru_cache(maxsize=4)
def cue_table(lexicon: Lexicon) -> tuple[re.Pattern[str], Roles]:
    """One pattern of all cue words, longest first, and the roles of each.

    The guards of a word (``followed_by``, ``not_before``, ``not_after``: alternatives) hold in
    all its roles.
    """
    roles: Roles = {}
    guarded: dict[str, str] = {}
    for row in lexicon["cues"].itertuples():
        roles.setdefault(row.cue, {})[row.role] = row.value
        # Behind the word, so that every alternative begins with a character to look for.
        before = (re.escape(word + row.cue) for word in row.not_after.split("|") if word)
        guard = "".join(f"(?<!{words})" for words in before)
        guard += f"(?={_any_of(row.followed_by)})" if row.followed_by else ""
        guard += f"(?!{_any_of(row.not_before)})" if row.not_before else ""
        if guard or row.cue not in guarded:
            guarded[row.cue] = guard
    return re.compile(_by_first(guarded) or "(?!)"), roles


def _any_of(cell: str) -> str:
    return "|".join(map(re.escape, cell.split("|")))


def _by_first(guards: dict[str, str]) -> str:
    """Alternatives grouped by their first character, longest first: fewer to try."""
    groups: dict[str, list[str]] = {}
    for cue in sorted(guards, key=len, reverse=True):
        groups.setdefault(re.escape(cue[0]), []).append(re.escape(cue[1:]) + guards[cue])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())


_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_REVIEW = re.compile("回顾|过去|以来的?工作|成就|成绩|取得|步伐|新台阶|总结")
_PLAN = re.compile("安排|任务|目标|今后|未来|重点|打算|思路|部署|展望|计划|要求")
_PLAN_FOR_SURE = re.compile(
    "(?:工作|总体|主要|奋斗|目标|发展|重点)(?:安排|任务|目标|思路|要求|重点|打算|工作)|今后|未来.年"
)
_OPENS_REVIEW = re.compile("(?:过去|这)?[一二三四五]年来?,|回顾|过去的?[一二三四五两]年|去年")
# A glossary entry: number, term, colon.
_DEFINES = re.compile(r"\[?\d{1,3}[\].、]+ ?[^,。;:]{2,30}:")
_ENTRY = "[0123456789"
_OPENS_PLAN = re.compile(
    "今年(?!以来|上半年|[一前1])|明年|未来|今后|新的一年|做好|展望|下一步|到.{0,8}(?:年|末),"
)


class TimeFrame(NamedTuple):
    """``review``, ``plan`` or ``definition``, and what says so.

    That is the glossary, a chapter, heading or paragraph, the sentence, or the document.
    """

    name: str
    basis: str


class Reading(NamedTuple):
    """A document with its cue words, and the time frame announced for each of its sentences."""

    document: Document
    lexicon: Lexicon
    text: str
    announced: list[TimeFrame | None]
    cues: Cues
    units: dict[str, Unit]

    def passage(self, start: int, end: int) -> str | None:
        """The passage at a span as printed, without breaks; None for a span of nothing."""
        return self.document.passage(start, end) if start < end else None


def read(document: Document, lexicon: Lexicon) -> Reading:
    """Find the cue words of a document, and what its headings and paragraphs announce."""
    text, announced = document.text, list(_announced(document))
    return Reading(document, lexicon, text, announced, Cues(text, lexicon), unit_table(lexicon))


def _announced(document: Document) -> Iterator[TimeFrame | None]:
    """What glossary, chapter, heading or paragraph announces, sentence by sentence."""
    names = {name for one in document.sentences for name in (one.chapter, one.heading)}
    planning = document.kind in PLANNING_KINDS
    frames = {name: time_frame_of(name, document.year, planning) for name in names}
    carried: TimeFrame | None = None
    last = None
    for sentence in document.sentences:
        chapter, heading = frames[sentence.chapter], frames[sentence.heading]
        if (sentence.heading, sentence.chapter) != last and not chapter:
            carried = None
        last = (sentence.heading, sentence.chapter)
        if sentence.opens and not chapter:
            carried = _opening(document.text, sentence) or carried
        if _is_definition(document.text, sentence):
            yield TimeFrame("definition", "glossary")
        elif chapter:
            yield TimeFrame(chapter, "chapter")
        else:
            yield TimeFrame(heading, "heading") if heading else carried


def _is_definition(text: str, sentence: Sentence) -> bool:
    if sentence.part == "glossary":
        return True
    entry = text[sentence.start] in _ENTRY
    return entry and _DEFINES.match(text, sentence.start, sentence.end) is not None


def _opening(text: str, sentence: Sentence) -> TimeFrame | None:
    """What the first words of a paragraph say it tells of."""
    passage = text[sentence.start : min(sentence.end, sentence.start + 30)]
    if _OPENS_REVIEW.match(passage) or "回顾" in passage:
        return TimeFrame("review", "paragraph")
    if _OPENS_PLAN.match(passage):
        return TimeFrame("plan", "paragraph")
    return None


def time_frame_of(heading: str | None, year: int | None, planning: bool = True) -> str | None:
    """Whether a heading announces a review or a plan, from its words and its years.

    In a document that need not plan (``planning`` false) the words must say more: 重点 in a
    headline of news announces nothing.

    >>> time_frame_of("一、2020年工作回顾", 2021), time_frame_of("二、2021年主要工作", 2021)
    ('review', 'plan')
    >>> time_frame_of("三、２０２０年", 2021)
    'review'
    """
    if not heading:
        return None
    heading = fold(heading)
    years = [int(y) for y in _YEAR.findall(heading)]
    if _REVIEW.search(heading) and not (year and years and min(years) >= year):
        return "review"
    if year and years:
        return "plan" if max(years) >= year else "review"
    return "plan" if (_PLAN if planning else _PLAN_FOR_SURE).search(heading) else None


_PAST = re.compile(
    r"""
      同比 | 去年 | 上年 | 截至                   # against or up to a year that is over
    | 克服                                        # overcame
    | 排名全[市省国] | 居全[市省国]               # ranked in the city, province, country
    | 今年以来 | (?:19|20)\d\d年以来              # since
    | 了(?!一[批个])                              # done; but 了一批 also stands in plans
    """,
    re.VERBOSE,
)
_AHEAD = re.compile("未来|今后|明年")
_PAST_OPENING = re.compile("今年(?:以来|一季度|前.{1,3}月|1-\\d{1,2}月|上半年)[,,]")


# No clause or sentence that says something is longer; text without a stop must not cost more.
CLAUSE, SENTENCE, CUES = 160, 1200, 200


class MentionContext:
    """Where a mention stands: its sentence, its clause and the cue words before it.

    ``line`` is the sentence with the given number, ``announced`` the time frame announced for it;
    ``before`` and ``after`` are the clause up to the mention and behind it; ``cues`` the indices
    in ``reading.cues`` of the sentence's cues before it.
    """

    def __init__(
        self,
        reading: Reading,
        number: int,
        mention: Mention,
        clause: tuple[int, int],
        cues: tuple[int, int],
    ) -> None:
        self.reading, self.mention, self.cues = reading, mention, cues
        self.line, self.announced = reading.document.sentences[number], reading.announced[number]
        self.clause = max(clause[0], mention.start - CLAUSE)
        self.clause_end = min(clause[1], mention.end + CLAUSE)
        self.before = reading.text[self.clause : mention.start]
        self.after = reading.text[mention.end : self.clause_end]

    @property
    def sentence_before(self) -> str:
        """The sentence up to the mention."""
        return self.reading.text[self.sentence : self.mention.start]

    @property
    def sentence(self) -> int:
        """Where its sentence starts, or as much of it as is read."""
        return max(self.line.start, self.mention.start - SENTENCE)

    @cached_property
    def time_frame(self) -> TimeFrame:
        """The chapter's time frame, unless the sentence says otherwise."""
        return _time_frame(self)

    @property
    def words(self) -> str:
        """The mention in folded widths."""
        return self.reading.text[self.mention.start : self.mention.end]

    @property
    def dimension(self) -> str | None:
        """What the mention's unit measures, if the lexicon knows the unit."""
        row = self.reading.units.get(self.mention.unit or "")
        return row.dimension if row else None

    @property
    def counted_dimension(self) -> str | None:
        """The same for a rate, of what it counts: 公里/平方公里 is a length."""
        row = self.reading.units.get((self.mention.unit or "").partition("/")[0])
        return row.dimension if row else None

    def back(self, role: str, since: int) -> Iterator[Cue]:
        """The cues of a role in the sentence before the mention, the nearest first."""
        return self.reading.cues.back(role, *self.cues, since)

    def last(self, role: str, within: int = 0) -> Cue | None:
        """The last cue of a role before the mention, from ``within`` on in its sentence."""
        return next(self.back(role, within), None)

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


_BREAK = re.compile("[,;:。!?]|——")


def contexts(reading: Reading, mentions: Iterable[Mention]) -> Iterator[MentionContext]:
    """Each of some mentions, in order, in its sentence and clause, with the cues before it."""
    breaks: list[int] = []
    line = None
    first = number = 0
    for mention in mentions:
        if line is None or mention.start >= line.end:
            number = reading.document.sentence_at(mention.start)
            line = reading.document.sentences[number]
            breaks = [m.start() for m in _BREAK.finditer(reading.text, line.start, line.end)]
            first = reading.cues.first_from(line.start)
        index = bisect_right(breaks, mention.start)
        left = breaks[index - 1] + 1 if index else line.start
        # 实际工作中,争取更好结果 has a comma inside.
        behind = bisect_left(breaks, mention.end) if mention.form == "relative" else index
        right = breaks[behind] if behind < len(breaks) else line.end
        last = reading.cues.first_from(mention.start, first)
        yield MentionContext(
            reading, number, mention, (left, right), (max(first, last - CUES), last)
        )


def _time_frame(context: MentionContext) -> TimeFrame:
    announced, commitment = context.announced, context.last("commitment")
    by_heading = announced is not None and announced.basis in ("chapter", "heading")
    planning = context.reading.document.kind in PLANNING_KINDS
    if announced and announced.name == "definition":
        return announced
    if announced and announced.name == "review" and by_heading:
        ahead = _AHEAD.search(context.before)
        return TimeFrame("plan", f"clause: {ahead[0]}") if ahead else announced
    before = context.sentence_before
    past = _PAST_OPENING.match(before) or _PAST.search(before)
    said = [match.end() for match in _PAST.finditer(before)]
    if announced and by_heading:
        if past and not commitment and "目标" not in before:
            return TimeFrame("review", f"sentence: {past[0]}")
        return announced
    if commitment and not (said and said[-1] > commitment.start - context.sentence):
        return TimeFrame("plan", f"sentence: {commitment.word}")
    if announced and (announced.name == "review" or planning):
        return announced
    promised = context.next_commitment()
    if promised:
        return TimeFrame("plan", f"clause: {promised}")
    future = context.last("future")
    if future and future.word not in ("要", "今年"):
        return TimeFrame("plan", f"sentence: {future.word}")
    return TimeFrame("plan" if planning and not past else "review", "document")


FINISH = re.compile(
    r"""
      建成 | 竣工 | 完工 | 封顶 | 完成 | 达产       # built, finished
    | 投用 | 投产 | 启用 | 运营 | 交付 | 开放       # in use
    | 通车 | 开通 | 贯通 | 打通 | 通水 | 并网       # open to traffic, water, the grid
    | 开业 | 开园 | 开馆 | 开诊 | 开学 | 挂牌       # opened
    | 开工 | 动工                                   # begun
    | 落地(?!见|落|生|实) | 落户 | 入驻             # settled; but not 落地见效, 落地生根
    | 上市 | 达标 | 获批 | 获评                     # listed, approved, rated
    | 消除 | 清零                                   # done away with
    | 用上 | 喝上                                   # people have it
    """,
    re.VERBOSE,
)
_PROCESS_PAIR = 2


def governor(context: MentionContext) -> Cue | None:
    """The verb that governs a number: the last since the last 、, else the clause's first.

    A result verb right behind a process verb is what the process is about (加快建设).
    """
    segment = context.reading.text.rfind("、", context.clause, context.mention.start)
    verbs = [cue for cue in context.clause_cues() if cue.roles.get("verb") in ("result", "process")]
    if not verbs:
        return None
    near = [cue for cue in verbs if cue.start > segment]
    # What stands before 等 are names of the list: 推进高速改扩建等20个项目.
    listed = context.before.endswith("等")
    chosen = near[-1] if near and not listed else verbs[0]
    index = verbs.index(chosen)
    if index and chosen.roles["verb"] == "result":
        above = verbs[index - 1]
        if above.roles["verb"] == "process" and chosen.start - above.end < _PROCESS_PAIR:
            return above
    return chosen
