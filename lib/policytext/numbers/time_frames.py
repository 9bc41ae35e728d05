"""Whether the chapters, headings and paragraphs of a document review, plan or define."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policytext.corpus.document import Document, Sentence
from policytext.corpus.issues import PLANNING_KINDS
from policytext.lexicon.templates import Expressions
from policytext.text.clean import fold
from policytext.text.sentences import HEADING_MARK

_YEAR = re.compile(r"(?:19|20)\d\d(?= ?年)")
_OPENING = 30
_CHAPTER = re.compile("[#第一二三四五六七八九十]")
# A glossary entry: number, term, colon.
_DEFINES = re.compile(r"\[?\d{1,3}[\].、]+ ?[^,。;:]{2,30}:")


class TimeFrame(NamedTuple):
    """``review``, ``plan`` or ``definition``, and what says so.

    That is the glossary, a chapter, heading or paragraph, the sentence, or the document.
    """

    name: str
    basis: str


def announcements(document: Document, words: Expressions) -> Iterator[TimeFrame | None]:
    """What glossary, chapter, heading or paragraph announces, sentence by sentence.

    In a report the first paragraph that plans behind its review plans for all that follow.
    """
    names = {name for one in document.sentences for name in (one.chapter, one.heading)}
    planning = document.kind in PLANNING_KINDS
    chapters = {one.chapter for one in document.sentences}
    frames = {
        name: time_frame_of(name, document.year, words, planning)
        # A bare line that is no chapter is a caption as likely as a heading.
        if name in chapters or HEADING_MARK.match(name or "")
        else None
        for name in names
    }
    carried: TimeFrame | None = None
    last: tuple[str | None, str | None] = (None, None)
    reviewed = False
    for sentence in document.sentences:
        chapter, heading = frames[sentence.chapter], frames[sentence.heading]
        both = "mixed" in (chapter, heading)
        chapter, heading = (frame if frame != "mixed" else None for frame in (chapter, heading))
        reviewed = reviewed or chapter == "review" or both
        if (sentence.heading, sentence.chapter) != last:
            holds = (
                last[1] == sentence.chapter
                if chapter
                else _goes_on(document, sentence, carried, reviewed)
            )
            carried = carried if holds else TimeFrame("review", "paragraph") if both else None
        last = (sentence.heading, sentence.chapter)
        if chapter == "plan" and reviewed:
            carried = PLANS
        elif chapter != "plan":
            opening = _aims if chapter else _opening if sentence.opens else _run_in
            prose = sentence.part in ("body", "lead")
            carried = (opening(document, sentence, words) if prose else None) or carried
        if _is_definition(document.text, sentence):
            yield TimeFrame("definition", "glossary")
        elif chapter and carried != PLANS:
            yield TimeFrame(chapter, "chapter")
        else:
            yield TimeFrame(heading, "heading") if heading and not chapter else carried


PLANS = TimeFrame("plan", "paragraph")


def _goes_on(
    document: Document, sentence: Sentence, carried: TimeFrame | None, reviewed: bool
) -> bool:
    """Whether what a paragraph announced holds under the next heading: in a report it may."""
    part = not _CHAPTER.match(sentence.heading or "")
    return document.kind == "report" and (part or (reviewed and carried == PLANS))


def _aims(document: Document, sentence: Sentence, words: Expressions) -> TimeFrame | None:
    """A paragraph that states this year's aims ends a review whose next heading is missing."""
    stated = words[_STATES_AIMS].match(document.text, sentence.start, sentence.end)
    year = stated and (stated["year"] or document.year)
    return PLANS if sentence.opens and year and int(year) == document.year else None


_STATES_AIMS = r"""
    [^。:]{0,12} (?: 今年 | (?P<year>(?:19|20)\d\d)年 )
    [^。:]{0,24} (?: {statement of aims} | {states goals} ) [^。:]{0,6} :
"""


# A heading that lost its line end: 2024年工作安排2024年是….
_RUN_IN = re.compile(
    r"""
    (?: [一二三四五六]、 )?
    (?P<heading> (?:19|20)\d\d\ ?年 [^,。:;]{2,14}? )
    (?= \  | (?:19|20)\d\d\ ?年 | 今年 | 过去 )  # what follows begins anew
    """,
    re.VERBOSE,
)


def _run_in(document: Document, sentence: Sentence, words: Expressions) -> TimeFrame | None:
    """What a heading in the middle of a paragraph announces: in a text without line ends."""
    found = _RUN_IN.match(document.text, sentence.start, sentence.end)
    said = "{heading of a review}|{heading of a plan in any text}"
    if not found or not words[said].search(found["heading"]):
        return None
    frame = time_frame_of(found["heading"], document.year, words)
    return TimeFrame(frame, "heading") if frame else None


def _is_definition(text: str, sentence: Sentence) -> bool:
    entry = text[sentence.start] in "[0123456789" and _DEFINES.match(
        text, sentence.start, sentence.end
    )
    return sentence.part == "glossary" or bool(entry)


def _opening(document: Document, sentence: Sentence, words: Expressions) -> TimeFrame | None:
    """Guess from its first words whether a paragraph reviews or plans."""
    passage = document.text[sentence.start : min(sentence.end, sentence.start + _OPENING)]
    if words["{opens a review}"].match(passage) or "回顾" in passage:
        return TimeFrame("review", "paragraph")
    stated = _YEAR.match(passage)
    if stated and document.year:
        return PLANS if int(stated[0]) >= document.year else TimeFrame("review", "paragraph")
    return PLANS if words["{opens a plan}"].match(passage) else None


def plans(document: Document, announced: list[TimeFrame | None]) -> bool:
    """Return True if what nothing announces is planned: of essays, plans and bare passages.

    A report has chapters that say so; only a passage of one that announces nothing has none.
    """
    if document.kind != "report":
        return document.kind in PLANNING_KINDS
    return not any(announced) and all(one.heading is None for one in document.sentences)


def time_frame_of(
    heading: str | None, year: int | None, words: Expressions, planning: bool = True
) -> str | None:
    """Tell from its words and its years whether a heading announces a review or a plan.

    In a document that need not plan (``planning`` false) the words must say more: 重点 in a
    headline of news announces nothing. A heading that announces both is ``mixed``.

    >>> from policytext import default_lexicon
    >>> words = expressions(default_lexicon())
    >>> [time_frame_of(heading, 2021, words) for heading in ("2020年工作回顾", "三、２０２０年")]
    ['review', 'review']
    >>> time_frame_of("二、2021年主要工作", 2021, words)
    'plan'
    """
    if not heading:
        return None
    heading = fold(heading)
    years = [int(y) for y in _YEAR.findall(heading)] if year else []
    if words["{heading of a review}"].search(heading) and not (years and min(years) >= (year or 0)):
        return "mixed" if years and max(years) >= (year or 0) else "review"
    if years:
        return "plan" if max(years) >= (year or 0) else "review"
    role = "heading of a plan" if planning else "heading of a plan in any text"
    return "plan" if words[f"{{{role}}}"].search(heading) else None
