"""A document made ready for reading numbers: sentences, cue words, review or plan."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from policytext.corpus.issues import PLANNING_KINDS
from policytext.lexicon.lexicon import Lexicon
from policytext.numbers.mentions import Mention
from policytext.text.clean import CleanText, clean_text, fold

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

    def last(self, role: str, first: int, end: int, since: int) -> Cue | None:
        """The last cue with a role among ``[first, end)`` that begins at ``since`` or behind."""
        for index in range(end - 1, first - 1, -1):
            if self.starts[index] < since:
                return None
            if role in self.roles[self.words[index]]:
                return self[index]
        return None


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
    """Alternatives grouped by their first character, longest first: fewer to try at each place."""
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


class Line(NamedTuple):
    """One sentence: its span in the unbroken text, its place in the document, review or plan."""

    start: int
    end: int
    part: str
    heading: str | None
    chapter: str | None
    paragraph: int
    stance: str | None
    basis: str | None


class Reading(NamedTuple):
    """One document: its unbroken, folded text, sentences and cue words."""

    joined: CleanText
    lines: list[Line]
    starts: list[int]
    cues: Cues
    year: int | None
    kind: str | None

    @property
    def text(self) -> str:
        """The folded text, one sentence a line."""
        return self.joined.text

    def line_of(self, at: int) -> int:
        """The number of the sentence that holds a character."""
        return bisect_right(self.starts, at) - 1


def read(source: str, sentences: pd.DataFrame, document: dict, lexicon: Lexicon) -> Reading:
    """Make one document ready.

    Args:
        source: Its source text.
        sentences: Its rows of ``corpus.sentences``.
        document: Its row of ``corpus.documents``.
        lexicon: Where the cue words stand.
    """
    spans = list(zip(sentences["start"].tolist(), sentences["end"].tolist(), strict=True))
    joined = clean_text(source, spans)
    cues = Cues(joined.text, lexicon)
    year = _year(document.get("date"))
    kind = document.get("kind")
    lines = _lines(joined.text, sentences, year, kind in PLANNING_KINDS)
    starts = [line.start for line in lines]
    return Reading(joined, lines, starts, cues, year, kind)


def _year(date: object) -> int | None:
    match = re.match(r"\d{4}", str(date or ""))
    return int(match[0]) if match else None


def _lines(text: str, sentences: pd.DataFrame, year: int | None, planning: bool) -> list[Line]:
    lines: list[Line] = []
    known: dict[str | None, str | None] = {}
    carried: tuple[str | None, str | None] = (None, None)
    found: tuple[str | None, str | None]
    start, last = 0, None
    columns = ["part", "heading", "chapter", "paragraph"]
    # NaN, the only value unlike itself, stands for a missing heading.
    cells = ([None if x != x else x for x in sentences[name].tolist()] for name in columns)
    for part, heading, chapter, paragraph in zip(*cells, strict=True):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        for name in (chapter, heading):
            if name not in known:
                known[name] = stance_of(name, year, planning)
        if (heading, chapter) != last and not known[chapter]:
            carried = (None, None)
        last = (heading, chapter)
        if not known[chapter] and not (lines and lines[-1].paragraph == paragraph):
            carried = _opening(text, start, end) or carried
        if part == "glossary" or (text[start] in _ENTRY and _DEFINES.match(text, start, end)):
            found = ("definition", "glossary")
        elif known[chapter]:
            found = (known[chapter], "chapter")
        elif known[heading]:
            found = (known[heading], "heading")
        else:
            found = carried
        lines.append(Line(start, end, part, heading, chapter, paragraph, *found))
        start = end + 1
    return lines


def _opening(text: str, start: int, end: int) -> tuple[str, str] | None:
    """What the first words of a paragraph say it tells of."""
    passage = text[start : min(end, start + 30)]
    if _OPENS_REVIEW.match(passage) or "回顾" in passage:
        return ("review", "paragraph")
    if _OPENS_PLAN.match(passage):
        return ("plan", "paragraph")
    return None


def stance_of(heading: str | None, year: int | None, planning: bool = True) -> str | None:
    """Whether a heading announces a review or a plan, from its words and its years.

    In a document that need not plan (``planning`` false) the words must say more: 重点 in a
    headline of news announces nothing.

    >>> stance_of("一、2020年工作回顾", 2021), stance_of("二、2021年主要工作", 2021)
    ('review', 'plan')
    >>> stance_of("三、２０２０年", 2021)
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


FINISH = re.compile(
    "建成|投用|竣工|完工|通车|开工|投产|交付|启用|开业|开园|运营|封顶|动工|落地(?!见|落|生|实)|落户|入驻|开放|完成|达产"
    "|上市|达标|消除|贯通|打通|获批|获评|并网|清零|用上|喝上|开通|通水|开馆|开诊|开学|挂牌"
)
_PROCESS_PAIR = 2


def governor(place: Place) -> Cue | None:
    """The verb that governs a number: the last since the last 、, else the clause's first.

    A result verb right behind a process verb is what the process is about (加快建设).
    """
    segment = place.reading.text.rfind("、", place.clause, place.mention.start)
    verbs = [cue for cue in place.clause_cues() if cue.roles.get("verb") in ("result", "process")]
    if not verbs:
        return None
    near = [cue for cue in verbs if cue.start > segment]
    # What stands before 等 are names of the list: 推进高速改扩建等20个项目.
    listed = place.before.endswith("等")
    chosen = near[-1] if near and not listed else verbs[0]
    index = verbs.index(chosen)
    if index and chosen.roles["verb"] == "result":
        above = verbs[index - 1]
        if above.roles["verb"] == "process" and chosen.start - above.end < _PROCESS_PAIR:
            return above
    return chosen
