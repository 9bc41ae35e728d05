"""Find paragraphs, sentences, paired marks and quotations in a text.

All work on plain strings and return spans, ``(start, end)`` in code points of the text that was
given, so that ``text[start:end]`` is always the passage as it stands.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from policytext.text.clean import LINE_ENDS, Span, trimmed
from policytext.text.marks import repaired

_LINE = re.compile(f"[^{LINE_ENDS}]+")
_LINE_END = re.compile(f"[{LINE_ENDS}]")
_OPENERS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "(": ")", "（": "）"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_STOPS = "。！？!?…"
_MARKS = re.compile("[" + re.escape("".join(_OPENERS) + "".join(_CLOSERS) + _STOPS) + "]")
_TAIL = re.compile(f"[{_STOPS}]*[”’」』）)]*")
# A quotation that is a sentence of its own, and after which the sentence around it does not go on.
_SAID = re.compile(r"。[”’」』](?![，,、；;：:的等这之])")
_FINAL = re.compile(r"[。！？!?…；;：:][”’」』）)》\s]*$")
_PROSE = re.compile(r"[，,。；;！？]")
# A quotation that a line leaves open, and the rest of it.
_OPENED, _CLOSED = re.compile("“[^“”]{1,60}$"), re.compile("[^“”]{1,60}”")
HEADING_MARK = re.compile(
    r"""
    \#{1,6}\s                                           # Markdown
    | 第[一二三四五六七八九十百\d]+(?:章|部分|篇|节)(?!第)  # a chapter, part or section
    | [一二三四五六七八九十]{1,3}、
    | [（(][一二三四五六七八九十\d]{1,3}[）)]
    | \d{1,2}[.．、](?!\d)
    """,
    re.VERBOSE,
)


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the paragraphs of ``text[start:end]``; lines cut in mid-sentence are joined.

    A line runs on into the next where it is prose (it has a comma or a stop) or leaves a quotation
    open that is closed behind it, does not end with a mark that closes a sentence, and neither
    line is a heading.

    >>> text = "全面贯彻整体智治,对理念、机\\n\\n制进行变革。\\n二、下一节"
    >>> [text[a:b] for a, b in paragraphs(text)]
    ['全面贯彻整体智治,对理念、机\\n\\n制进行变革。', '二、下一节']
    """
    merged: list[Span] = []
    for line in _lines(text, start, len(text) if end is None else end):
        if merged and _runs_on(text, merged[-1], line):
            merged[-1] = (merged[-1][0], line[1])
        else:
            merged.append(line)
    return merged


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    spans = (trimmed(text, *match.span()) for match in _LINE.finditer(text, start, end))
    return (span for span in spans if span[0] < span[1])


def _runs_on(text: str, previous: Span, next_: Span) -> bool:
    line = text[max(previous[0], previous[1] - 400) : previous[1]]
    return bool(
        (_PROSE.search(line) or (_OPENED.search(line) and _CLOSED.match(text, next_[0])))
        and not _FINAL.search(line)
        and not _is_bare_heading(text, previous)
        and not HEADING_MARK.match(text, *next_)
    )


def _is_bare_heading(text: str, span: Span) -> bool:
    """A numbered line without a full stop is a heading of its own, whatever commas it has."""
    return bool(
        HEADING_MARK.match(text, *span)
        and span[1] - span[0] <= 60
        and not re.search("[。；;]", text[slice(*span)])
    )


def pairs(text: str) -> list[Span]:
    """Spans, marks included, of the paired quotation marks and brackets of a text.

    An opening mark without its closing mark, or the reverse, pairs with nothing and so cannot
    swallow what follows. Outer pairs come before the pairs inside them.

    >>> text = "“六大赋能”推动“六比争先，便民利企一件事”"
    >>> [text[a:b] for a, b in pairs(text)]
    ['“六大赋能”', '“六比争先，便民利企一件事”']
    """
    found: list[Span] = []
    stack: list[int] = []
    # The depths at which each opening mark waits: found at once, however many others wait.
    waiting: dict[str, list[int]] = {mark: [] for mark in _OPENERS}
    for match in _MARKS.finditer(text):
        mark = match[0]
        if mark in _OPENERS:
            waiting[mark].append(len(stack))
            stack.append(match.start())
        elif mark in _CLOSERS and waiting[_CLOSERS[mark]]:
            depth = waiting[_CLOSERS[mark]][-1]
            found.append((stack[depth], match.end()))
            while len(stack) > depth:
                waiting[text[stack.pop()]].pop()
    return sorted(found)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences of one paragraph; never ends one inside quotation marks or brackets.

    >>> text = "他说，“数据跑。群众不跑。”一是强化机制。二是强化闭环。"
    >>> [text[a:b] for a, b in sentences(text)]
    ['他说，“数据跑。群众不跑。”', '一是强化机制。', '二是强化闭环。']
    """
    end = len(text) if end is None else end
    # What a turned mark opens would else swallow the sentences up to the next one.
    stretch = repaired(_LINE_END.sub(" ", text[start:end]))
    bounds = [start, *(start + at for at in _ends(stretch)), end]
    spans = (trimmed(text, a, b) for a, b in pairwise(bounds))
    return [span for span in spans if span[0] < span[1]]


def _ends(text: str) -> Iterator[int]:
    outer_end = at = 0
    closes = dict(pairs(text))
    for match in _MARKS.finditer(text):
        if match.start() < at:
            continue
        if match[0] in _OPENERS and match.start() >= outer_end:
            outer_end = closes.get(match.start(), outer_end)
        stops = match[0] in _STOPS and match.start() >= outer_end
        if stops or (match.end() == outer_end and _SAID.match(text, match.start() - 1)):
            tail = _TAIL.match(text, match.end())
            at = tail.end() if tail else match.end()
            yield at


_QUOTE = re.compile(r"“([^“”\n]{1,60})”")
_INNER = re.compile(r"‘([^‘’\n]{1,60})’")


def quotations(text: str) -> list[Span]:
    """Spans inside the quotation marks of a text without breaks, in order, outer before inner.

    Never across a line end. Other marks than these four are read where `marks.repaired` has put
    these in their place.

    >>> text = "“六大赋能”推动‘六比争先’"
    >>> [text[a:b] for a, b in quotations(text)]
    ['六大赋能', '六比争先']
    """
    found = [match.span(1) for mark in (_QUOTE, _INNER) for match in mark.finditer(text)]
    return sorted(found, key=lambda span: (span[0], -span[1]))
