"""Whether the chapters, headings and paragraphs of a document review, plan or define."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policytext.corpus.document import Document, Sentence
from policytext.corpus.issues import PLANNING_KINDS
from policytext.lexicon.lexicon import Expressions
from policytext.text.clean import fold
from policytext.text.sentences import HEADING_MARK

_YEAR = re.compile(r"(?:19|20)\d\d(?= ?年)")
_OPENING = 30
_CHAPTER = re.compile("[#第一二三四五六七八九十]")
# A glossary entry: number, term, colon.
_DEFINES = re.compile(r"\[?\d{1,3}[\].、]+ ?[^,。;:]{2,30}:")


class TimeFrame(NamedTuple):
    """``review``, ``plan`` or ``definition``, and what says so.

    That is the glossary, a chapter, heading or paragraph, the sentence, or the document. A plan
    is not ``sure`` where only the sentence speaks for it, or a heading without a time in a text
    that has reviewed nothing before.
    """

    name: str
    basis: str
    sure: bool = True


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
        if document.kind != "news" and (name in chapters or HEADING_MARK.match(name or ""))
        else None
        for name in names
    }
    carried: TimeFrame | None = None
    last: tuple[str | None, str | None] = (None, None)
    reviewed, back = False, -1
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
            carried = PLANS._replace(sure=False)  # for the chapters behind it
        elif chapter != "plan":
            opening = _aims if chapter else _opening if sentence.opens else _run_in
            prose = sentence.part in ("body", "lead")
            turned = (opening(document, sentence, words) if prose else None) or carried
            # A paragraph that reviewed and one that plans behind it do what chapters do.
            reviewed = reviewed or (_plans(turned) and carried is not None and not _plans(carried))
            carried = turned
        back = _looking_back(document, sentence, words, back)
        if _is_definition(document.text, sentence):
            yield TimeFrame("definition", "glossary")
        elif back == sentence.paragraph:
            yield TimeFrame("review", "paragraph")
        elif chapter and (chapter == "plan" or not _plans(carried)):
            yield TimeFrame(chapter, "chapter", reviewed or _is_sure(document, sentence.chapter))
        elif heading and not chapter:
            yield TimeFrame(heading, "heading", reviewed or _is_sure(document, sentence.heading))
        else:
            sure = not _plans(carried) or reviewed or document.kind != "report"
            yield carried if sure or carried is None else carried._replace(sure=False)


def _looking_back(document: Document, sentence: Sentence, words: Expressions, back: int) -> int:
    """The paragraph that sums up past years, in a plan as well, until it turns to what is ahead."""
    within = (document.text, sentence.start, sentence.end)
    if words["{turns ahead}"].search(*within):
        return -1
    return sentence.paragraph if words["{sums up years}"].match(*within) else back


PLANS = TimeFrame("plan", "paragraph")


def _plans(carried: TimeFrame | None) -> bool:
    return carried is not None and carried[:2] == PLANS[:2]


def _is_sure(document: Document, heading: str | None) -> bool:
    """A report that has reviewed nothing plans under a heading that names a time."""
    return document.kind in ("essay", "plan") or re.search(_AHEAD, fold(heading or "")) is not None


_AHEAD = "(?:19|20)\\d\\d ?年|今年|明年|今后|未来|[一二三四五六七八九]五"


def _goes_on(
    document: Document, sentence: Sentence, carried: TimeFrame | None, reviewed: bool
) -> bool:
    """Whether what a paragraph announced holds under the next heading: in a report it may."""
    part = not _CHAPTER.match(sentence.heading or "")
    return document.kind == "report" and (part or (reviewed and _plans(carried)))


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
    >>> from policytext.lexicon.lexicon import expressions
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
    role = "heading of a plan" if planning else "heading of a plan in any text"
    plan = words[f"{{{role}}}"].search(heading)
    if words["{heading of a review}"].search(heading) and not (years and min(years) >= (year or 0)):
        both = max(years) >= (year or 0) if years else plan
        return "mixed" if both else "review"
    if years:
        return "plan" if max(years) >= (year or 0) else "review"
    return "plan" if plan else None


# A year in Arabic or Chinese digits.
HAN_YEAR = "[12一二][0-9〇○零一二三四五六七八九]{3}"
# Not what a plan is measured by (比2030年), nor a name: 2035年远景目标, 2030年版.
_DUE = re.compile(
    rf"""
    到? (?<![比由从同较与和-]) (?P<year>{HAN_YEAR})年 (?P<end>[底末]?) (?!版|远景)
    | 到本世纪(?:中叶|末)
    """,
    re.VERBOSE,
)
# 比一九八〇年 and 由一九八〇年的 name what a plan is measured by.
_DATED = re.compile(f"(?<![比由从同较与和到])(?P<year>{HAN_YEAR})年")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def due(passage: str, year: int | None) -> str | None:
    """The last words of a passage that name a year ahead by which something holds.

    >>> due("到二〇二五年,产值达到", 2021), due("由2019年的5家增加到2020年的", 2021)
    ('到二〇二五年', None)
    >>> due("2025年建成", 2021)
    '2025年'
    """
    for match in reversed(list(_DUE.finditer(passage))):
        stated = match["year"] and int(match["year"].translate(_DIGITS))
        if not stated or (year and stated + bool(match["end"]) > year):
            return match[0]
    return None


def dated_before(passage: str, year: int | None) -> bool:
    """Return True if the last year that a passage speaks of is over.

    >>> dated_before("2019年,产值达到", 2021), dated_before("比2019年增长", 2021)
    (True, False)
    """
    years = [int(match["year"].translate(_DIGITS)) for match in _DATED.finditer(passage)]
    return bool(year and years) and years[-1] < (year or 0)
