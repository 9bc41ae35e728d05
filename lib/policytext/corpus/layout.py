"""Divide a document into sentences of title lines, headings, lead, body and glossary."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from policytext import text as tx
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.text.patterns import any_word

# Ranks of numbered headings, highest first: 第一章, 一、, （一）, 1.
_RANKS = (
    re.compile(r"#{1,2}\s|第[一二三四五六七八九十百\d]+(?:章|部分|篇)(?!第)"),
    re.compile(r"#{3,}\s|第[一二三四五六七八九十百\d]+节|[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)"),
)
_STOP = re.compile(r"[。！？；;!?]")
_MARK = re.compile(r"[。！？；;!?：:，,]")
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


@cache
def _words(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions for the heading of a glossary and of a chapter."""
    glossary, chapter = (
        any_word(lexicon.words("document_words", "word", role=role))
        for role in ("glossary", "chapter")
    )
    appendix = r"(?:\#+\s*)?(?:附[件录注]?\d*[：:、.\s]*)?"  # 附件2：
    return (
        re.compile(rf"{appendix}\S{{0,16}}(?:{glossary})\S{{0,8}}$"),
        re.compile(f".*(?:{chapter})"),
    )


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
    words = _words(lexicon or default_lexicon())
    found = list(_walk(source, tx.paragraphs(source, start, end), *words))
    headed = any(part.name == "heading" for part in found)
    for part in found:  # without headings nothing leads up to them
        yield part if headed or part.name != "lead" else part._replace(name="body")


def _walk(
    source: str, blocks: list[tx.Span], glossary: re.Pattern[str], chapter: re.Pattern[str]
) -> Iterator[Part]:
    titles = _title_lines(source, blocks)
    heads: list[tuple[int, str]] = []  # the rank and text of those above, highest first
    in_glossary = False
    for number, block in enumerate(blocks):
        in_glossary = in_glossary or bool(glossary.match(source, *block))
        for span in tx.sentences(source, *block):
            if in_glossary or number < titles:
                name = "glossary" if in_glossary else "title"
            elif (rank := _heading_rank(source, span, block, chapter)) is not None:
                name = "heading"
                while heads and heads[-1][0] >= rank:
                    heads.pop()
                heads.append((rank, tx.clean(source[slice(*span)])))
            else:
                name = "body" if heads else "lead"
            nearest, highest = (heads[-1][1], heads[0][1]) if heads else (None, None)
            yield Part(*span, name, nearest, highest, number)


def _title_lines(source: str, blocks: list[tx.Span]) -> int:
    """Count the title lines at the top: kicker, title, date, byline."""
    for count, block in enumerate(blocks[: _MAX_TITLE_LINES + 1]):
        line = source[slice(*block)]
        numbered = _rank_of_mark(source, block) not in (None, 0)
        if _STOP.search(line) or line.endswith(("：", ":")) or numbered or len(line) > 80:
            return count
    return 0 if len(blocks) > _MAX_TITLE_LINES else len(blocks[:1])


def _heading_rank(
    source: str, span: tx.Span, block: tx.Span, chapter: re.Pattern[str]
) -> int | None:
    """The rank of a heading, the highest 0; None where a sentence is none."""
    if span[0] != block[0] or span[1] - span[0] > _MAX_HEADING:
        return None
    rank = _rank_of_mark(source, span)
    line = source[slice(*block)]
    if rank is not None or len(line) > _MAX_BARE_HEADING or _MARK.search(line):
        return rank
    return 0 if chapter.match(line) else len(_RANKS)


def _rank_of_mark(source: str, span: tx.Span) -> int | None:
    return next((i for i, mark in enumerate(_RANKS) if mark.match(source, *span)), None)
