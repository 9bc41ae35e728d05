"""The context of a number: cue words, and whether its sentence reviews or plans."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from policytext.corpus.document import Document
from policytext.corpus.issues import PLANNING_KINDS
from policytext.lexicon.lexicon import Expressions, Lexicon, expressions
from policytext.numbers.mentions import Mention
from policytext.numbers.time_frames import TimeFrame, announcements, dated_before, due, plans
from policytext.numbers.units import Unit, unit_table
from policytext.text.dates import YEAR, arabic
from policytext.text.patterns import alternatives

Roles = dict[str, dict[str, str]]


class Cue(NamedTuple):
    """A cue word where it stands, with what it says in each role it can have."""

    start: int
    end: int
    word: str
    roles: dict[str, str]


class Cues:
    """The cue words of a text in order, as two lists: few of thousands are ever looked at."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        pattern, self.roles = cue_table(lexicon)
        found = [(match.start(), match[0]) for match in pattern.finditer(text)]
        self.starts = [start for start, _ in found]
        self.words = [word for _, word in found]

    def __getitem__(self, index: int) -> Cue:
        start, word = self.starts[index], self.words[index]
        return Cue(start, start + len(word), word, self.roles[word])

    def first_from(self, at: int, low: int = 0) -> int:
        """The index of the first cue that begins at or behind a character."""
        return bisect_left(self.starts, at, low)

    def at(self, start: int) -> Cue | None:
        """The cue that begins at a character."""
        index = self.first_from(start)
        return self[index] if self.starts[index : index + 1] == [start] else None

    def back(self, role: str, first: int, end: int, since: int) -> Iterator[Cue]:
        """From the last on, the cues with a role among ``[first, end)`` from ``since`` on."""
        for index in range(end - 1, first - 1, -1):
            if self.starts[index] < since:
                return
            if role in self.roles[self.words[index]]:
                yield self[index]


@lru_cache(maxsize=4)
def cue_table(lexicon: Lexicon) -> tuple[re.Pattern[str], Roles]:
    """One pattern of all cue words, longest first, and the roles of each; guards hold in all."""
    roles: Roles = {}
    guarded: dict[str, str] = {}
    for row in lexicon["cues"].itertuples():
        roles.setdefault(row.cue, {})[row.role] = row.value
        # Behind the word, so that every alternative begins with a character to look for.
        before = (re.escape(word + row.cue) for word in row.not_after.split("|") if word)
        guard = "".join(f"(?<!{words})" for words in before)
        guard += f"(?={alternatives(row.followed_by.split('|'))})" if row.followed_by else ""
        guard += f"(?!{alternatives(row.not_before.split('|'))})" if row.not_before else ""
        if guard or row.cue not in guarded:
            guarded[row.cue] = guard
    # A verb is a part of a noun: 办结率, 保障性住房, 供应链.
    noun = expressions(lexicon)["{makes a noun of a verb}"].pattern
    return re.compile(f"(?:{_by_first(guarded) or '(?!)'})(?!{noun})"), roles


def _by_first(guards: dict[str, str]) -> str:
    """Alternatives grouped by their first character, longest first: fewer to try."""
    groups: dict[str, list[str]] = {}
    for cue in sorted(guards, key=len, reverse=True):
        groups.setdefault(re.escape(cue[0]), []).append(re.escape(cue[1:]) + guards[cue])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())


class Reading(NamedTuple):
    """A document with its cue words, and the time frame announced for each of its sentences."""

    document: Document
    lexicon: Lexicon
    expressions: Expressions
    text: str
    announced: list[TimeFrame | None]
    plans: bool  # what nothing announces
    cues: Cues
    units: dict[str, Unit]

    def passage(self, start: int, end: int) -> str | None:
        """The passage at a span as printed, without breaks; None for a span of nothing."""
        return self.document.passage(start, end) if start < end else None


def read(document: Document, lexicon: Lexicon) -> Reading:
    """Find the cue words of a document, and what its headings and paragraphs announce."""
    words, text = expressions(lexicon), document.text
    announced = list(announcements(document, words))
    cues, units = Cues(text, lexicon), unit_table(lexicon)
    default = plans(document, announced)
    return Reading(document, lexicon, words, text, announced, default, cues, units)


# No clause or sentence that says something is longer; text without a stop must not cost more.
CLAUSE, SENTENCE, CUES = 160, 1200, 200


class Verdict(NamedTuple):
    """The status of a number and what it rests on."""

    status: str
    evidence: str


class MentionContext:
    """The surroundings of a mention: its sentence, its clause and the cue words before it.

    ``line`` is the sentence with the given number, ``announced`` the time frame announced for it;
    ``before`` and ``after`` are the clause up to the mention and behind it; ``cues`` the indices
    in ``reading.cues`` of the sentence's cues before it. ``sentence`` says where the sentence
    starts, or as much of it as is read; ``words`` is the mention in folded widths. ``dimension`` is
    what its unit measures, if the lexicon knows it, ``counted_dimension`` the same for a rate of
    what it counts: 公里/平方公里 is a length.
    """

    def __init__(
        self,
        reading: Reading,
        number: int,
        mention: Mention,
        clause: tuple[int, int],
        cues: tuple[int, int],
    ) -> None:
        self.reading, self.cues = reading, cues
        self.line, self.announced = reading.document.sentences[number], reading.announced[number]
        self.clause = max(clause[0], mention.start - CLAUSE)
        self.clause_end = min(clause[1], mention.end + CLAUSE)
        self.before = reading.text[self.clause : mention.start]
        self.after = reading.text[mention.end : self.clause_end]
        self.sentence = max(self.line.start, mention.start - SENTENCE)
        self.take(mention)

    def take(self, mention: Mention) -> None:
        """Be about a mention, at first or when it turns out to be shorter."""
        self.mention, self.words = mention, self.reading.text[mention.start : mention.end]
        unit = self.reading.units.get(mention.unit or "")
        counted = self.reading.units.get((mention.unit or "").partition("/")[0])
        self.dimension = unit.dimension if unit else None
        self.counted_dimension = counted.dimension if counted else None

    @property
    def sentence_before(self) -> str:
        """The sentence up to the mention."""
        return self.reading.text[self.sentence : self.mention.start]

    @cached_property
    def time_frame(self) -> TimeFrame:
        """The chapter's time frame, unless the sentence says otherwise."""
        return _time_frame(self)

    def is_unit(self, role: str) -> bool:
        """Return True if the unit has a role in the lexicon's table ``context_words``."""
        template = f"{{{role}}}"
        return self.reading.expressions[template].fullmatch(self.mention.unit or "") is not None

    def search_before(self, template: str, characters: int = CLAUSE) -> re.Match[str] | None:
        """Search the last characters of the clause before the mention."""
        return self.reading.expressions[template].search(self.before[-characters:])

    def search_after(self, template: str, characters: int = CLAUSE) -> re.Match[str] | None:
        """Search the first characters of the clause behind the mention."""
        return self.reading.expressions[template].search(self.after[:characters])

    def match_after(self, template: str) -> re.Match[str] | None:
        """Match the clause from the end of the mention on."""
        return self.reading.expressions[template].match(self.after)

    def back(self, role: str, since: int) -> Iterator[Cue]:
        """The cues of a role in the sentence before the mention, the nearest first."""
        return self.reading.cues.back(role, *self.cues, since)

    def last(self, role: str, within: int = 0) -> Cue | None:
        """The last cue of a role before the mention, from ``within`` on in its sentence."""
        return next(self.back(role, within), None)

    def next_commitment(self) -> str | None:
        """The first word of commitment behind the mention in its clause."""
        cues = self.reading.cues
        behind = range(self.cues[1], cues.first_from(self.clause_end, self.cues[1]))
        words = (cues.words[index] for index in behind)
        return next((word for word in words if "commitment" in cues.roles[word]), None)

    def cues_behind(self, match: re.Match[str]) -> list[Cue]:
        """The cues within what a pattern matched behind the mention."""
        cues, end = self.reading.cues, self.mention.end + match.end()
        first = cues.first_from(self.mention.end, self.cues[1])
        return [cues[index] for index in range(first, cues.first_from(end, first))]

    def clause_cues(self) -> list[Cue]:
        """The cues of the clause before the mention, in order."""
        cues = self.reading.cues
        first = cues.first_from(self.clause, self.cues[0])
        return [cues[index] for index in range(first, self.cues[1])]


_BREAK = re.compile("[,;:。!?]|——")


def _breaks(text: str, start: int, end: int) -> list[int]:
    """Where clauses end; a ratio such as 2.5:1 is in one."""
    found = (match.start() for match in _BREAK.finditer(text, start, end))
    return [
        at
        for at in found
        if text[at] != ":" or not (text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit())
    ]


def contexts(reading: Reading, mentions: Iterable[Mention]) -> Iterator[MentionContext]:
    """Each of some mentions, in order, in its sentence and clause, with the cues before it."""
    breaks: list[int] = []
    line = None
    first = number = 0
    for mention in mentions:
        if line is None or mention.start >= line.end:
            number = reading.document.sentence_at(mention.start)
            line = reading.document.sentences[number]
            breaks = _breaks(reading.text, line.start, line.end)
            first = reading.cues.first_from(line.start)
        index = bisect_right(breaks, mention.start)
        left = breaks[index - 1] + 1 if index else line.start
        left += reading.text.startswith("—", left)  # the second half of a dash
        # 实际工作中,争取更好结果 has a comma inside.
        behind = bisect_left(breaks, mention.end) if mention.form == "relative" else index
        right = breaks[behind] if behind < len(breaks) else line.end
        # The 明年 of 明年6月 says what it says before a number.
        last = reading.cues.first_from(mention.start + (mention.form == "date"), first)
        cues = (max(first, last - CUES), last)
        yield MentionContext(reading, number, mention, (left, right), cues)


def _time_frame(context: MentionContext) -> TimeFrame:
    announced, commitment = context.announced, context.last("commitment")
    words, before = context.reading.expressions, context.sentence_before
    if announced and announced.name == "definition":
        return announced
    # A report that opens a paragraph with its time reviews or plans until it says otherwise.
    in_report = context.reading.document.kind == "report"
    by_heading = announced and (in_report or announced.basis in ("chapter", "heading"))
    said = [one for one in words["{past}"].finditer(before) if not _is_aim(context, one)]
    since = said[-1].end() + context.sentence if said else context.sentence
    if announced and announced.name == "review" and by_heading:
        ahead = context.search_before("{ahead}") or (
            announced.basis == "paragraph" and turned_to_now(context, since)
        )
        return TimeFrame("plan", f"clause: {ahead[0]}") if ahead else announced
    past = words["{part of a year that is over}[,]"].match(before) or (said[0] if said else None)
    if announced and by_heading:
        # 我国已裁军百万 is done, under whatever heading.
        done = context.search_before("{done} {HAN}{0,6} $")
        if not context.last("commitment", context.clause):
            done = done or words["{over}"].match(context.before)  # 目前约为一半
        if done:
            return TimeFrame("review", f"clause: {done[0]}")
        if not announced.sure:
            past = past or words["{over}"].search(before)
            if commitment and commitment.roles["commitment"] == "forecast" and said:
                commitment = None  # 今年预计比去年增长
        # 1980年同1952年相比 reviews in a plan, too.
        dated = not announced.sure or words["{compares}"].search(before)
        if dated and dated_before(before, context.reading.document.year):
            return TimeFrame("review", "sentence: year")
        behind = before[since - context.sentence :]
        goes_on = "目标" in behind or turned_to_now(context, since)
        reviews = past and not ((commitment and commitment.start >= since) or goes_on)
        return TimeFrame("review", f"sentence: {past[0]}") if past and reviews else announced
    if not context.reading.plans:
        return _cued(context, since)
    if commitment and commitment.start >= since:
        return TimeFrame("plan", f"sentence: {commitment.word}")
    if announced:
        return announced
    if promised := context.next_commitment():
        return TimeFrame("plan", f"clause: {promised}")
    past = past or words["{over}"].search(before)
    over = past is not None or dated_before(before, context.reading.document.year)
    if over and not turned_to_now(context, since):
        return TimeFrame("review", "document")
    return TimeFrame("plan", "document")


def _is_aim(context: MentionContext, past: re.Match[str]) -> bool:
    """比去年增长6% compares, and 力争居全市前三 strives for the rank that 居全市 says elsewhere.

    So does 同比增长6% where a cue stands before it, or a plan says it, which may hold a rank: 稳居.
    """
    announced, words = context.announced, context.reading.expressions
    planned = announced is not None and announced.name == "plan"
    ranks = words["{ranks}"].match(past[0])
    holds = ranks is None or context.sentence_before.endswith("稳", 0, past.start())
    aims = ranks or words["{between indicator and number}"].fullmatch(past[0])
    strives = aims and (context.last("commitment") or (planned and holds))
    return bool(strives or _COMPARED.search(context.sentence_before, 0, past.start()))


# 力争比去年增长6% promises, and 去年增长6% does not.
_COMPARED = re.compile("[比较于在同与超过由从自]$")
_GOES_AHEAD = f"(?: [今明本]年 | (?P<year>{YEAR})年 ) [^。;]{{0,12}}? {{goes on to plan}}"


def turned_to_now(context: MentionContext, since: int) -> re.Match[str] | None:
    """Where a sentence about last year goes on to this one's goal: 去年5%,今年目标6%."""
    year, text = context.reading.document.year, context.reading.text
    goes_ahead = context.reading.expressions[_GOES_AHEAD]
    found = goes_ahead.search(text, since, context.mention.start)
    stated = found and found["year"]
    return None if stated and int(arabic(stated + "年")[:4]) < (year or 0) else found


def _cued(context: MentionContext, since: int) -> TimeFrame:
    """Where nothing plans, a promise needs a cue of its own behind all that is past."""
    announced, (document, text) = (
        context.announced,
        (context.reading.document, context.reading.text),
    )
    cue = next((cue for cue in context.back("commitment", since) if _governs(cue, context)), None)
    future = next(context.back("future", since), None)
    futures = {cue.word for cue in context.back("future", since)}
    if future and future.word == "即将" and "的" in text[future.end : context.mention.start]:
        future = None  # 即将到来的
    if foretold := _foretold(context, since):
        return TimeFrame("review", f"sentence: {foretold}")
    if cue:
        found: str | None = f"sentence: {cue.word}"
    elif announced and (announced.name == "review" or document.kind in PLANNING_KINDS):
        return announced
    elif aims := context.reading.expressions["{states aims}"].search(
        text, since, context.mention.start
    ):
        found = f"sentence: {aims[0]}"
    elif promised := context.next_commitment():
        found = f"clause: {promised}"
    elif future and (future.word not in _WEAK or futures >= _WEAK):
        found = f"sentence: {future.word}"
    else:
        dates = context.mention.form in ("date", "deictic") and context.search_after("{completion}")
        end = context.mention.end if dates else context.mention.start
        stated = due(text[since:end], document.year)
        found = stated and f"sentence: {stated}"
    return TimeFrame("plan", found, sure=False) if found else TimeFrame("review", "document")


_WEAK = {"今年", "要"}  # 今年要新增 promises; neither word does alone
_PERFORMS = "{performer} [^,。]{0,12} (?: 将 | 计划 | 拟 )"


def _foretold(context: MentionContext, since: int) -> str | None:
    """What foretells how a quantity moves, and says of nobody that he moves it.

    据估计, 预计达到 foretell; 将达到 does without a year by which, and 预计建成 promises.
    """
    words, text, end = context.reading.expressions, context.reading.text, context.mention.start
    reckoned = words["{reckons}"].search(text, context.sentence, end)
    # 移民已全部安置 is done; 计划开工的64个项目已批复 is not.
    done = context.search_before("{done}")
    if not context.last("commitment", context.clause):
        done = done or context.search_after("{done}")
    if reckoned := reckoned or done:
        return reckoned[0]
    if performs := words[_PERFORMS].search(text, context.sentence, end):
        return performs[0]
    commitment = context.last("commitment", since)
    bound = words["{says a bound alone}"]  # 发放不低于1000亿元
    cues = [context.back(role, since) for role in ("verb", "action")]
    last = (next((cue for cue in of if not bound.fullmatch(cue.word)), None) for of in cues)
    verb = max(filter(None, last), key=lambda one: one.start, default=None)
    moves = verb.roles.get("action") if verb else None
    moves = "level" if verb and "before" in verb.roles else moves  # 预计实现旅游收入
    if moves not in ("level", "change") or context.search_after("{completion}"):
        return None
    if foreseen := words["{foresees}"].search(text, since, end):
        return foreseen[0]
    decided = words["{decides}"].search(text, context.sentence, end)
    sole = not decided and commitment and commitment.roles["commitment"] == "forecast"
    ahead = words["{ahead}|{within the year}"].search(text, context.sentence, end)
    dated = ahead or due(text[since:end], context.reading.document.year)
    acts = commitment is not None and text.startswith("把", commitment.end)  # 将把…控制在
    promised = acts or (dated and not context.search_before("{moves by itself}"))
    return commitment.word if commitment and sole and moves == "level" and not promised else None


_FAR = 3  # commas between a cue and the last number that it promises


def _governs(cue: Cue, context: MentionContext) -> bool:
    """Whether a cue promises a number: no purpose (为确保), no duty, and not far away."""
    words, text = context.reading.expressions, context.reading.text
    between = text[cue.end : context.mention.start]
    if words["{obliges}"].fullmatch(cue.word) or between.count(",") > _FAR or ";" in between:
        return False
    if words["{over}"].search(between):
        return False
    if words["{before a purpose}$"].search(text, context.sentence, cue.start):
        return False
    # 全力调派, 保证安全: an effort is no outcome, but with a verb of one.
    effort = cue.roles["commitment"] == "ensure" or words["{effort}"].fullmatch(cue.word)
    verbs = (verb for verb in context.back("verb", cue.start) if verb.roles["verb"] == "result")
    outcome = next(verbs, None) or context.search_after("{completion}")
    return not effort or bool(outcome) or ensures_a_bound(context)


def ensures_a_bound(context: MentionContext) -> bool:
    """Return True if the clause makes sure of so much at least or at most: 确保失业率不高于5%."""
    behind, bound = context.reading.cues.at(context.mention.end), context.last("before")
    bounded = behind is not None and "after" in behind.roles
    near = bound is not None and context.mention.start - bound.end <= 1
    ensures = context.last("commitment", context.clause)
    return (bounded or near) and ensures is not None and ensures.roles["commitment"] == "ensure"


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
        above, expressed = verbs[index - 1], context.reading.expressions
        grows = chosen.roles.get("action") == "change"  # 安排增长6%
        follows = chosen.start - above.end < _PROCESS_PAIR
        ends = chosen.start == above.end and expressed["{completes a verb}"].fullmatch(chosen.word)
        if above.roles["verb"] == "process" and follows and not grows and not ends:
            return above
    return chosen
