"""A document made ready for reading numbers: sentences, cue words, review or plan."""

import re
from bisect import bisect_right
from typing import NamedTuple

import pandas as pd

from policytext.cues import Cues
from policytext.lexicon import Lexicon
from policytext.text import fold
from policytext.unbroken import Unbroken, unbroken

# Essays and reports tell what their author will do, unless they say otherwise.
PLANNING_KINDS = ("essay", "report", "plan", "speech")
KINDS = (*PLANNING_KINDS, "news")
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

    joined: Unbroken
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
    joined = unbroken(source, spans)
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
