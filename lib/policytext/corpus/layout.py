"""Which part of a document a sentence stands in: title lines, headings, lead, body, glossary."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policytext import text as tx

# Ranks of numbered headings, highest first: 第一章, 一、, （一）, 1.
_RANKS = (
    re.compile(r"#{1,2}\s|第[一二三四五六七八九十百\d]+(?:章|部分|篇)(?!第)"),
    re.compile(r"#{3,}\s|第[一二三四五六七八九十百\d]+节|[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)"),
)
_STOP = re.compile(r"[。！？；;!?]")
_MARK = re.compile(r"[。！？；;!?：:，,]")
_GLOSSARY = re.compile(
    r"(?:#+\s*)?(?:附[件录注]?\d*[：:、.\s]*)?\S{0,16}名词(?:解释|注释|术语)\S{0,8}$"
)
# Chapters of a report that carry no number.
_CHAPTER = re.compile(r".*(?:回顾|工作|安排|目标|任务|重点|总体要求)")
# Longer than this, a numbered line is a paragraph that happens to begin with a number.
_MAX_HEADING, _MAX_BARE_HEADING = 60, 30
_MAX_TITLE_LINES = 8


class Part(NamedTuple):
    """One sentence and where in its document it stands."""

    start: int
    end: int
    name: str
    heading: str | None
    chapter: str | None
    paragraph: int


class _Head(NamedTuple):
    rank: int
    text: str


def parts(source: str, start: int = 0, end: int | None = None) -> Iterator[Part]:
    """The sentences of ``source[start:end]`` with part, nearest heading, chapter and paragraph.

    A heading is a numbered line without a stop, a short line without any mark between
    paragraphs, or the first sentence of a paragraph that begins with a number (a run-in heading).

    >>> text = "# 题目\\n开头一段。\\n一、稳增长。全年增长6%。\\n二、惠民生"
    >>> [(p.name, text[p.start:p.end]) for p in parts(text)]
    [('title', '# 题目'), ('lead', '开头一段。'), ('heading', '一、稳增长。'), \
('body', '全年增长6%。'), ('heading', '二、惠民生')]
    """
    found = list(_walk(source, tx.paragraphs(source, start, end)))
    headed = any(part.name == "heading" for part in found)
    for part in found:  # without headings nothing leads up to them
        yield part if headed or part.name != "lead" else part._replace(name="body")


def _walk(source: str, blocks: list[tx.Span]) -> Iterator[Part]:
    titles = _title_lines(source, blocks)
    heads: list[_Head] = []
    in_glossary = False
    for number, block in enumerate(blocks):
        in_glossary = in_glossary or bool(_GLOSSARY.match(source, *block))
        for span in tx.sentences(source, *block):
            name = _name(source, span, block, number < titles, in_glossary, heads)
            heading = heads[-1].text if heads else None
            chapter = heads[0].text if heads else None
            yield Part(*span, name, heading, chapter, number)


def _name(
    source: str,
    span: tx.Span,
    block: tx.Span,
    in_title: bool,
    in_glossary: bool,
    heads: list[_Head],
) -> str:
    """The part's name; a heading found is pushed onto ``heads``, above lower ranks only."""
    if in_glossary:
        return "glossary"
    if in_title:
        return "title"
    rank = _heading_rank(source, span, block)
    if rank is None:
        return "body" if heads else "lead"
    while heads and heads[-1].rank >= rank:
        heads.pop()
    heads.append(_Head(rank, tx.clean(source[slice(*span)])))
    return "heading"


def _title_lines(source: str, blocks: list[tx.Span]) -> int:
    """How many paragraphs at the top are title lines: kicker, title, date, byline."""
    for count, block in enumerate(blocks[: _MAX_TITLE_LINES + 1]):
        line = source[slice(*block)]
        numbered = _rank_of_mark(source, block) not in (None, 0)
        if _STOP.search(line) or line.endswith(("：", ":")) or numbered or len(line) > 80:
            return count
    return 0 if len(blocks) > _MAX_TITLE_LINES else len(blocks[:1])


def _heading_rank(source: str, span: tx.Span, block: tx.Span) -> int | None:
    if span[0] != block[0] or span[1] - span[0] > _MAX_HEADING:
        return None
    rank = _rank_of_mark(source, span)
    line = source[slice(*block)]
    if rank is not None or len(line) > _MAX_BARE_HEADING or _MARK.search(line):
        return rank
    return 0 if _CHAPTER.match(line) else len(_RANKS)


def _rank_of_mark(source: str, span: tx.Span) -> int | None:
    return next((i for i, mark in enumerate(_RANKS) if mark.match(source, *span)), None)
