"""Fold widths without changing length, join column breaks, end sentences; keep every offset.

Everything here works on plain strings and returns spans, ``(start, end)`` in code points of the
text that was given, so that ``text[start:end]`` is always the passage as it stands.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

Span = tuple[int, int]

# Full-width ASCII and the ideographic space. 、 and 。 stay: they have no narrow twin.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# Punctuation, blanks and quotation marks make no other wording.
_NOT_WORDING = re.compile("[\\s、，,;；:：·•。！!？?“”‘’「」『』《》\"'—–-]+")
# What str.splitlines ends a line at: form feeds of a PDF and soft line ends of Word, too.
_ENDS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_END = re.compile(f"[{_ENDS}]")
# A run of blanks with a line end in it. Looking behind first: a long run is then gone through
# once, not from each of its blanks.
_BREAK = re.compile(rf"(?<!\s)\s*[{_ENDS}]\s*")
_LINE = re.compile(f"[^{_ENDS}]+")
_OPENERS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "(": ")", "（": "）"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_STOPS = "。！？!?…"
_MARKS = re.compile("[" + re.escape("".join(_OPENERS) + "".join(_CLOSERS) + _STOPS) + "]")
_TAIL = re.compile(f"[{_STOPS}]*[”’」』）)]*")
# A quotation that is a sentence of its own, and after which the sentence around it does not go on.
_SAID = re.compile(r"。[”’」』](?![，,、；;：:的等这之])")
_FINAL = re.compile(r"[。！？!?…；;：:][”’」』）)》\s]*$")
_PROSE = re.compile(r"[，,。；;！？]")
HEADING_MARK = re.compile(
    r"#{1,6}\s"
    r"|第[一二三四五六七八九十百\d]+(?:章|部分|篇|节)(?!第)"
    r"|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.．、](?!\d)"
)


def fold(text: str) -> str:
    """Make full-width letters, digits and ASCII punctuation narrow; the length stays the same.

    >>> fold("２０２１年，ＧＤＰ增长８％")
    '2021年,GDP增长8%'
    """
    return text.translate(_NARROW)


def unmarked(passage: str) -> str:
    """The words of a folded passage, without punctuation, blanks and quotation marks.

    >>> unmarked("闯、创、干")
    '闯创干'
    """
    return _NOT_WORDING.sub("", passage)


def any_word(words: Iterable[str]) -> str:
    """An expression that finds each of some words, longest first; without a word, nothing.

    >>> any_word(["亿", "亿元"]), any_word([])
    ('亿元|亿', '(?!)')
    """
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"


def clean(passage: str) -> str:
    """Take the column and line breaks out of a passage, and nothing else.

    A break is a run of blanks with a line end in it. Between two Latin letters it leaves a blank,
    anywhere else nothing: a numeral that a line end divides is one numeral.

    >>> clean("海洋经\\n\\n济看洞头"), clean("smart\\ncity"), clean("M\\n2　增长13\\n.6%")
    ('海洋经济看洞头', 'smart city', 'M2　增长13.6%')
    """
    return "".join(piece for _, piece in pieces(passage))


def pieces(passage: str) -> Iterator[tuple[int, str]]:
    """What `clean` leaves of a passage, piece by piece, each with its offset in the passage.

    Every finder reads the text that is made of these pieces, so that all see the same.

    >>> list(pieces("smart\\ncity的海洋经\\n\\n济"))
    [(0, 'smart'), (5, ' '), (6, 'city的海洋经'), (16, '济')]
    """
    at = 0
    for match in _BREAK.finditer(passage) if _END.search(passage) else ():
        if at < match.start():
            yield at, passage[at : match.start()]
        if _is_latin(passage[: match.start()][-1:]) and _is_latin(passage[match.end() :][:1]):
            yield match.start(), " "
        at = match.end()
    if at < len(passage):
        yield at, passage[at:]


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def around(source: str, stretch: Span, span: Span) -> tuple[str, str, str]:
    """What stands before, in and behind a span of a stretch: together the stretch, cleaned.

    >>> around("a smart\\ncity", (0, 12), (8, 12))
    ('a smart ', 'city', '')
    """
    whole = clean(source[slice(*stretch)])
    left = len(whole) - len(clean(source[span[0] : stretch[1]]))
    right = max(left, len(clean(source[stretch[0] : span[1]])))
    return whole[:left], whole[left:right], whole[right:]


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the paragraphs of ``text[start:end]``; lines cut in mid-sentence are joined.

    A line runs on into the next where it is prose (it has a comma or a stop), does not end with
    a mark that closes a sentence, and neither line is a heading.

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
    for match in _LINE.finditer(text, start, end):
        left = len(match[0]) - len(match[0].lstrip())
        right = match.start() + len(match[0].rstrip())
        if match.start() + left < right:
            yield match.start() + left, right


def _runs_on(text: str, above: Span, below: Span) -> bool:
    line = text[max(above[0], above[1] - 400) : above[1]]
    return bool(
        _PROSE.search(line)
        and not _FINAL.search(line)
        and not _is_bare_heading(text, above)
        and not HEADING_MARK.match(text, below[0], below[1])
    )


def _is_bare_heading(text: str, span: Span) -> bool:
    """A numbered line without a full stop is a heading of its own, whatever commas it has."""
    return bool(
        HEADING_MARK.match(text, *span)
        and span[1] - span[0] <= 60
        and not re.search("[。；;]", text[slice(*span)])
    )


def pairs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans, marks included, of the paired quotation marks and brackets of a stretch of text.

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
    for match in _MARKS.finditer(text, start, len(text) if end is None else end):
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
    bounds = [start, *_ends(text, start, end), end]
    spans = (trimmed(text, a, b) for a, b in pairwise(bounds))
    return [span for span in spans if span[0] < span[1]]


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    outer_end = start
    closes = dict(pairs(text, start, end))
    at = start
    for match in _MARKS.finditer(text, start, end):
        if match.start() < at:
            continue
        if match[0] in _OPENERS and match.start() >= outer_end:
            outer_end = closes.get(match.start(), outer_end)
        stops = match[0] in _STOPS and match.start() >= outer_end
        if stops or (match.end() == outer_end and _SAID.match(text, match.start() - 1, end)):
            tail = _TAIL.match(text, match.end(), end)
            at = tail.end() if tail else match.end()
            yield at


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without the blanks at its edges.

    >>> trimmed("“ 争先 ”", 1, 5)
    (2, 4)
    """
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def between(text: str, start: int, end: int, marks: str) -> list[Span]:
    """What stands between marks in a part of a text, without the blanks at its edges.

    >>> text = "甲 、乙， 、丙"
    >>> [text[a:b] for a, b in between(text, 0, len(text), "、，")]
    ['甲', '乙', '丙']
    """
    found = re.compile(f"[^{re.escape(marks)}]+").finditer(text, start, end)
    spans = (trimmed(text, *match.span()) for match in found)
    return [(a, b) for a, b in spans if a < b]
