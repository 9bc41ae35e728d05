"""Divide a document into sentences of title lines, headings, lead, body and glossary."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from policytext import text as tx
from policytext.lexicon.lexicon import Expressions, Lexicon, default_lexicon, expressions
from policytext.text.clean import readable
from policytext.text.numerals import chinese

# Ranks of numbered headings, highest first: 第一章, 一、, （一）, 1.
_RANKS = (
    re.compile(r"#{1,2}\s|第[一二三四五六七八九十百\d]+(?:章|部分|篇)(?!第)"),
    re.compile(r"#{3,}\s|第[一二三四五六七八九十百\d]+节|[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)"),
)
_NUMBER = re.compile(r"[一二三四五六七八九十]+|\d+")
_COUNTS = {form: n for n in range(1, 100) for form in (chinese(n), str(n))}
_STOP = re.compile(r"[。！？；;!?]")
# What no bare heading has: a stop, the marks of a web page's menu, a caption's brackets or credit.
_NO_HEADING = re.compile(r"[。！？；;!?：:，,|｜>＞»©【】]|^[（(].*[）)]$|摄$|^[^\u4e00-\u9fff]*$")
# Longer than this, a numbered line is a paragraph that happens to begin with a number.
_MAX_HEADING, _MAX_BARE_HEADING, _MAX_TITLE = 60, 30, 80
# A tab between the cells of a table's row; one behind a heading's number parts no cells.
_CELLS = re.compile(r"[^\s、.．）)章节条]\t+\S")
_NEAR = 40  # how many numbered headings around a bare line are looked at
_TIME = r"""
    (?: \d{4}\s?年 | [今明去]年 | 过去 | [未今][来后]  # 2024年, this year, the past, in future
      | [七八九十]五[”’]?[时期末] | [一二三四五]年来? )  # 十四五时期, 五年来
"""
# How a paragraph begins that says of which time it speaks: 今年是…, 过去的一年…, 2024年…
_TIMED = re.compile(
    r"""
    [^，。]{0,6}?
    (?: (?P<year> \d{4})\s?年 | (?P<past> 过去 | 去年 | [一二三四五]年来? )
      | 今年 | 明年 | 未来 | 今后 | [七八九十]五 )
    """,
    re.VERBOSE,
)


class Part(NamedTuple):
    """One sentence and where in its document it stands."""

    start: int
    end: int
    name: str
    heading: str | None
    chapter: str | None
    paragraph: int


# Filled with words of the lexicon: the heading of a glossary or a chapter, the end of a title, and
# a headline that tells of a text.
_GLOSSARY = r"""
    \#*(?:附[件录注]?\d*[：:、.]*)?  # 附件2：
    (?: \S{0,16}{glossary}\S{0,8} | [【\[]?{whole glossary line}[】\]]?[：:]? )$
"""
_CHAPTER = ".*{chapter}"
_TIMED_CHAPTER = rf".*{_TIME}.*{{chapter}} | .*回顾"
_DOCUMENT = ".*{document}(?:[（(].{0,12}[）)])?$"
_REPORT = ".*{document that is a report}(?:[（(].{0,12}[）)])?$"
_TOLD = ".*{tells of a text}"


def parts(
    source: str, start: int = 0, end: int | None = None, lexicon: Lexicon | None = None
) -> Iterator[Part]:
    """The sentences of ``source[start:end]`` with part, nearest heading, chapter and paragraph.

    A heading is a numbered line without a stop, a short line without any mark between
    paragraphs, or the first sentence of a paragraph that begins with a number (a run-in heading).
    ``document_words.csv`` of the lexicon lists the words of headings.

    >>> text = "# 题目\\n开头一段。\\n一、稳增长。全年增长6%。\\n二、惠民生"
    >>> [(p.name, text[p.start:p.end]) for p in parts(text)]
    [('title', '# 题目'), ('lead', '开头一段。'), ('heading', '一、稳增长。'), \
('body', '全年增长6%。'), ('heading', '二、惠民生')]
    """
    source = readable(tx.standard(source))
    blocks = tx.paragraphs(source, start, end)
    found = list(_walk(source, blocks, expressions(lexicon or default_lexicon())))
    headed = any(part.name == "heading" for part in found)
    for part in found:  # without headings nothing leads up to them
        yield part if headed or part.name != "lead" else part._replace(name="body")


def _walk(source: str, blocks: list[tx.Span], words: Expressions) -> Iterator[Part]:
    outline = _outline(source, blocks, words)
    heads: list[tuple[int, str]] = []  # the rank and text of those above, highest first
    in_glossary = False
    for number, block in enumerate(blocks):
        in_glossary = in_glossary and number not in outline.annexes
        in_glossary = in_glossary or _heads_glossary(source[slice(*block)], words)
        for span in tx.sentences(source, *block):
            if in_glossary or number < outline.titles or number in outline.repeats:
                name = "glossary" if in_glossary else "title"
            elif (rank := _heading_rank(source, span, number, blocks, outline)) is not None:
                name = "heading"
                while heads and heads[-1][0] >= rank:
                    heads.pop()
                heads.append((rank, tx.clean(source[slice(*span)])))
            else:
                name = "body" if heads else "lead"
            nearest, highest = (heads[-1][1], heads[0][1]) if heads else (None, None)
            yield Part(*span, name, nearest, highest, number)


# An annex begins a document of its own.
_ABOVE_ALL = -1


class _Outline(NamedTuple):
    """How a document marks its chapters.

    ``titles``: how many paragraphs stand above the text; ``chapters``: those that are chapters
    without a number; ``repeats``: lines that are a title, a headline or a table of
    contents; ``annexes``: the marks of annexes (附件1) and their titles.
    """

    titles: int
    chapters: frozenset[int]
    repeats: frozenset[int]
    annexes: frozenset[int]


def _outline(source: str, blocks: list[tx.Span], words: Expressions) -> _Outline:
    lines = [source[start:end] for start, end in blocks]
    titles = _title_lines(source, blocks)
    top = "\n".join(lines[:titles])
    bare = [n for n, line in enumerate(lines) if _is_bare(line)]
    annexes = _annexes(lines, words)
    named = [n for n in bare if words[_DOCUMENT].match(lines[n])]
    marks = list(_marks(source, blocks))
    numbered = {n for n, _, _ in marks}
    # The title once more or that of another report, and a headline about it, head nothing.
    repeats = frozenset(
        n
        for n in bare
        if (n in named and lines[n] in top)
        or (n not in numbered and (words[_REPORT].match(lines[n]) or words[_TOLD].match(lines[n])))
    )
    listed = {n for n, rank, _ in marks if rank < 2 and _announces(lines[n], words)}
    # One right behind the other they are a table of contents.
    contents = {n for n in listed if listed & {n - 1, n + 1}}
    repeats |= contents
    if listed - contents:
        return _Outline(
            titles, frozenset(), repeats, annexes
        )  # 一、2024年工作回顾: a bare line is none
    chapters = [
        n for n in bare if n not in named and n not in repeats and words[_CHAPTER].match(lines[n])
    ]
    timed = {n for n in chapters if words[_TIMED_CHAPTER].match(lines[n])}
    first = min(chapters, default=0)
    # Where nothing is numbered and two lines name a time, they head the review and the plan.
    if marks or len(timed) != 2:
        told = {n for n in timed if _parts_text(source, blocks, marks, n, n == first)}
        chapters = [n for n in chapters if n not in timed or n in told]
    # Above the text the first chapter stands last, if others like it follow.
    others = len(chapters) > 1 and (chapters[0] not in timed or not timed.isdisjoint(chapters[1:]))
    titles -= titles - 1 in chapters and others
    return _Outline(titles, frozenset(chapters), repeats, annexes)


# 附件1 on a line of its own, or with its title behind it.
_ANNEX = re.compile(r"\s*附\s*件\s*[\d一二三四五]{0,2}\s*(?P<title>[:：]?\s*\S.*)?$")


def _annexes(lines: list[str], words: Expressions) -> frozenset[int]:
    """Annexes that are no glossary: the goals of people's livelihood stand in such."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        mark = _ANNEX.match(line) if len(line) <= _MAX_HEADING and not _STOP.search(line) else None
        titles = [number] if mark and mark["title"] else [number, number + 1] if mark else []
        if titles and titles[-1] < len(lines) and _is_annex_title(lines[titles[-1]], words):
            found.update(titles)
    return frozenset(found)


def _is_annex_title(line: str, words: Expressions) -> bool:
    bare = len(line) <= _MAX_BARE_HEADING and not _STOP.search(line)
    return bare and not _heads_glossary(line, words)


def _heads_glossary(line: str, words: Expressions) -> bool:
    """Whether a line heads a glossary, with blanks between its characters or not: 名 词 解 释."""
    return len(line) <= _MAX_HEADING and bool(words[_GLOSSARY].match(re.sub(r"\s", "", line)))


def _announces(line: str, words: Expressions) -> bool:
    heading = len(line) <= _MAX_HEADING and not _STOP.search(line)
    return heading and words[_TIMED_CHAPTER].match(line) is not None


def _is_bare(line: str) -> bool:
    return len(line) <= _MAX_BARE_HEADING and not _NO_HEADING.search(line)


def _parts_text(
    source: str,
    blocks: list[tx.Span],
    marks: list[tuple[int, int, int]],
    number: int,
    is_first: bool,
) -> bool:
    """Tell a chapter that names a time from a caption that does: 2025年主要预期目标.

    The numbers of headings begin anew behind a chapter and run on behind a caption. Where none
    stand on both sides, what follows a chapter says its time again (今年是…), if it is not the
    first.
    """
    at = bisect_left(marks, (number,))
    above = {rank: count for _, rank, count in marks[max(0, at - _NEAR) : at]}
    behind = {rank: count for _, rank, count in reversed(marks[at : at + _NEAR])}
    if above and behind:
        return not any(behind.get(rank) == count + 1 for rank, count in above.items())
    if is_first or (marks[at : at + 1] and marks[at][0] == number + 1):
        return True
    line = source[slice(*blocks[number])]
    below = (tx.sentences(source, *block)[:2] for block in blocks[number + 1 : number + 2])
    opens = (_TIMED.match(source, *span) for spans in below for span in spans)
    return any(
        found["year"] in line if found["year"] else not found["past"] or "回顾" in line
        for found in opens
        if found
    )


def _marks(source: str, blocks: list[tx.Span]) -> Iterator[tuple[int, int, int]]:
    """The paragraph, the rank and the count of each numbered heading, in order."""
    for number, block in enumerate(blocks):
        rank = _rank_of_mark(source, block)
        mark = _RANKS[rank].match(source, *block) if rank is not None else None
        digits = mark and _NUMBER.search(mark[0])
        if rank is not None and digits and digits[0] in _COUNTS:
            yield number, rank, _COUNTS[digits[0]]


def _title_lines(source: str, blocks: list[tx.Span]) -> int:
    """Count the lines above the text: a page's menu, kicker, title, date, byline."""
    for count, block in enumerate(blocks):
        line = source[slice(*block)]
        numbered = _rank_of_mark(source, block) not in (None, 0)
        if _STOP.search(line) or line.endswith(("：", ":")) or numbered or len(line) > _MAX_TITLE:
            return count
    return len(blocks[:1])


def _heading_rank(
    source: str, span: tx.Span, number: int, blocks: list[tx.Span], outline: _Outline
) -> int | None:
    """The rank of a heading, the highest 0; None where a sentence is none."""
    block = blocks[number]
    if span[0] != block[0] or span[1] - span[0] > _MAX_HEADING or _CELLS.search(source, *span):
        return None
    if number in outline.annexes:
        return _ABOVE_ALL
    rank = _rank_of_mark(source, span)
    if rank is not None or not _is_bare(source[slice(*block)]):
        return rank
    return 0 if number in outline.chapters else len(_RANKS)


def _rank_of_mark(source: str, span: tx.Span) -> int | None:
    return next((i for i, mark in enumerate(_RANKS) if mark.match(source, *span)), None)
