"""Text as the finders read it, with the way back to each character of its source.

Widths are folded, line breaks taken out, marks repaired, traditional characters simplified.
"""

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from policytext.text.marks import OTHER_MARKS, repaired

Span = tuple[int, int]

# One Chinese character, as the expressions of all finders know it.
HAN = r"[\u4e00-\u9fff]"

# Full-width ASCII and the ideographic space. 、 and 。 stay: they have no narrow twin.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Blanks of typesetters, signs that look like -, % and :, and the two signs of the yuan.
_NARROW |= dict.fromkeys((0xA0, 0x2009, 0x202F, 0x2002, 0x2003), 0x20)
_NARROW |= {0x2212: 0x2D, 0xFE63: 0x2D, 0xFE6A: 0x25, 0x2236: 0x3A, 0xFFE5: 0xA5}
_NARROW |= {0xAD: 0x2D}  # a soft hyphen between digits is a dash; others are left out
_NARROW |= dict.fromkeys((0xB5, 0x3BC), ord("u"))  # µg, with the sign or the letter
# What PDFs print in place of a character: radicals and compatibility ideographs. Unicode takes
# them apart but for the supplement of radicals (from its EquivalentUnifiedIdeograph.txt, where
# GB 2312 has the character) and two that simplified fonts draw as another character of GB 2312.
_STANDARD = {
    code: ord(plain)
    for block in (range(0x2F00, 0x2FD6), range(0xF900, 0xFADA), range(0x2F800, 0x2FA1E))
    for code in block
    if (plain := unicodedata.normalize("NFKC", chr(code))) != chr(code)
}
_STANDARD |= str.maketrans(
    "⺁⺄⺅⺆⺈⺉⺊⺌⺍⺎⺐⺒⺓⺕⺖⺗⺘⺙⺜⺝⺟⺠⺡⺣⺦⺧⺨⺩⺫⺬⺭⺰⺴⺶⺺⺻⺼⺾⺿⻀",
    "厂乙亻冂刀刂卜小小兀尢巳幺彐忄心扌攵日月母民氵灬丬牛犭王目示礻纟冗羊肀聿肉艹艹艹",
)
_STANDARD |= str.maketrans(
    "⻁⻂⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼾⾭",
    "虎衤西见角讠贝车辶辶辶邑钅长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟户青",
)
RADICALS = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]")
_NARROW |= _STANDARD
# Long texts are folded five times as fast as an array of codes.
_LONG = 200
_FOLDED = np.arange(sys.maxunicode + 1, dtype=np.uint32)
_FOLDED[list(_NARROW)] = list(_NARROW.values())

# Punctuation, blanks and quotation marks make no other wording.
_NOT_WORDING = re.compile(f"[\\s、，,;；:：·•。！!？?“”‘’《》'—–{OTHER_MARKS}-]+")
# What str.splitlines ends a line at: form feeds of a PDF and soft line ends of Word, too.
LINE_ENDS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_END = re.compile(f"[{LINE_ENDS}]")
# A run of blanks with a line end in it. Looking behind first: a long run is then gone through
# once, not from each of its blanks.
_BREAK = re.compile(rf"(?<!\s)\s*[{LINE_ENDS}]\s*")

# What a text shows without what it hides: soft hyphens, blanks and joiners of no width.
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_VISIBLE = re.compile(rf"(?:[^{_HIDDEN.pattern[1:]}|(?<=\d)\u00ad(?=\d))+")

# What a stretch of most texts has none of.
_UNSEEN = re.compile(f"[{LINE_ENDS}{_HIDDEN.pattern[1:]}")


def fold(text: str) -> str:
    """Make full-width letters, digits and ASCII punctuation narrow; the length stays the same.

    So do the other signs for minus, per cent, colon, yuan, micro and blank, and radicals that
    stand for characters, one for one.

    >>> fold("２０２１年，ＧＤＰ增长８％"), fold("−3﹪"), fold("⽣产总值增⻓")
    ('2021年,GDP增长8%', '-3%', '生产总值增长')
    """
    if len(text) < _LONG:
        return text.translate(_NARROW)
    return _decoded(_FOLDED[codes(text)])


def standard(text: str) -> str:
    """The text with characters in place of radicals; widths and length stay.

    >>> standard("⼀、增⻓８％")
    '一、增长８％'
    """
    return text.translate(_STANDARD) if RADICALS.search(text) else text


def codes(text: str) -> npt.NDArray[np.uint32]:
    """The characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _decoded(codes: npt.NDArray[np.uint32]) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def unmarked(passage: str) -> str:
    """The words of a folded passage, without punctuation, blanks and quotation marks.

    >>> unmarked("闯、创、干")
    '闯创干'
    """
    return _NOT_WORDING.sub("", passage)


def clean(passage: str) -> str:
    """Take the column and line breaks out of a passage, and nothing else.

    A break is a run of blanks with a line end in it. Between two Latin letters it leaves a blank,
    anywhere else nothing: a numeral that a line end divides is one numeral.

    >>> clean("海洋经\\n\\n济看洞头"), clean("smart\\ncity"), clean("M\\n2　增长13\\n.6%")
    ('海洋经济看洞头', 'smart city', 'M2　增长13.6%')
    """
    return "".join(piece for _, piece in pieces(passage)) if _END.search(passage) else passage


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
    spans = (trimmed(text, *match.span()) for match in _none_of(marks).finditer(text, start, end))
    return [(a, b) for a, b in spans if a < b]


@cache
def _none_of(marks: str) -> re.Pattern[str]:
    return re.compile(f"[^{re.escape(marks)}]+")


_SILENT = f" \t\r\u3000\u00a0、，,·•“”‘’《》'—–-{OTHER_MARKS}"
_MARK_CODES = np.array([ord(mark) for mark in _SILENT], np.uint32)


@lru_cache(maxsize=1 << 16)
def wording(passage: str) -> str:
    """The wording of a passage without punctuation, blanks, quotation marks and widths.

    >>> wording("奋斗“十四五”、奋进新征程") == wording("奋斗十四五 奋进新征程")
    True
    """
    return unmarked(fold(passage))


class CleanText(NamedTuple):
    """A text with parts of its source left out, and the way back to the source.

    Pieces and not characters are mapped back, since a report has some hundred thousand
    characters: ``starts`` says where each piece begins in ``text``, ``offsets`` where in
    ``source``.
    """

    source: str
    text: str
    starts: list[int]
    offsets: list[int]

    def source_span(self, start: int, end: int) -> Span:
        """The span of the source that a span of ``text`` came from."""
        return self._offset(start), self._offset(end - 1) + 1

    def passage(self, start: int, end: int) -> str:
        """The passage that a span of ``text`` came from, as printed, without breaks."""
        return clean(self.source[slice(*self.source_span(start, end))])

    def position(self, offset: int) -> int:
        """Where in ``text`` a character of the source stands that is left in it."""
        piece = bisect_right(self.offsets, offset) - 1
        return self.starts[piece] + offset - self.offsets[piece]

    def _offset(self, at: int) -> int:
        piece = bisect_right(self.starts, at) - 1
        return self.offsets[piece] + at - self.starts[piece]


def _visible(stretch: str) -> list[tuple[int, str]]:
    """Its pieces without characters of no width, unless it has no others."""
    whole = list(pieces(stretch))
    if not _HIDDEN.search(stretch):
        return whole
    shown = [
        (at + match.start(), match[0]) for at, piece in whole for match in _VISIBLE.finditer(piece)
    ]
    return shown or whole


def clean_text(source: str, spans: Iterable[Span]) -> CleanText:
    """Take the breaks out of stretches of a source, fold widths, repair marks; one stretch a line.

    Characters of no width are left out, a traditional text is put into simplified ones. All but
    the breaks is for matching alone: `CleanText.passage` gives what is printed.

    >>> read = clean_text("看“海洋经\\n\\n济＋”。", [(0, 11)])
    >>> read.text, read.source_span(2, 7), read.passage(2, 7)
    ('看“海洋经济+”。', (2, 9), '海洋经济＋')
    """
    parts: list[tuple[int, str]] = []
    for start, end in spans:
        if parts:
            parts.append((start, "\n"))
        stretch = source[start:end]
        if _UNSEEN.search(stretch):
            parts += [(start + at, piece) for at, piece in _visible(stretch)]
        elif stretch:
            parts.append((start, stretch))
    starts = list(accumulate((len(piece) for _, piece in parts), initial=0))[:-1]
    text = repaired(fold(readable("".join(piece for _, piece in parts))))
    return CleanText(source, text, starts, [at for at, _ in parts])


def without_marks(text: str) -> CleanText:
    """Take commas, blanks and quotation marks out of a text; stops and line ends stay.

    >>> bare = without_marks("奋战“十四五”、奋进。")
    >>> bare.text, bare.source_span(2, 6)
    ('奋战十四五奋进。', (3, 9))
    """
    shown = codes(text)
    kept = np.flatnonzero(~np.isin(shown, _MARK_CODES))
    left = _decoded(shown[kept])
    starts = np.flatnonzero(np.diff(kept, prepend=-2) > 1)  # of the runs between marks
    return CleanText(text, left, starts.tolist(), kept[starts].tolist())


Numbers = npt.NDArray[np.int64]


def positions(source: str, start: int, end: int) -> Numbers:
    """Where in the source each character of a cleaned passage stands.

    >>> positions("海洋经\\n\\n济", 0, 6).tolist()
    [0, 1, 2, 5]
    """
    parts = pieces(source[start:end])
    return np.array([start + at + i for at, piece in parts for i in range(len(piece))], np.int64)


# --- traditional characters -----------------------------------------------------------------------

# Of the Chinese characters, and of how many of them at most.
_MIN_HAN, _MAX_OF_THE_OTHER, _READ = 50, 0.05, 20_000
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORDS = re.compile(r"(\W+)")


def scripts(text: str) -> tuple[int, int, int]:
    """How many Chinese characters a text begins with, and how many are not simplified, not old.

    No list is needed: each of the two old standards has the characters of one script.

    >>> scripts("全年經濟穩定增长")
    (8, 3, 1)
    """
    han = "".join(_HAN.findall(text, 0, _READ))
    return len(han), _outside(han, "gb2312"), _outside(han, "big5")


def _outside(han: str, standard: str) -> int:
    """How many characters a standard does not have."""
    return len(han) - len(han.encode(standard, "ignore").decode(standard))


def is_traditional(text: str) -> bool:
    """Whether traditional characters are no exception in a text, alone or among simplified ones."""
    han = "".join(_HAN.findall(text, 0, _READ))
    return len(han) >= _MIN_HAN and is_no_exception(_outside(han, "gb2312"), len(han))


def is_no_exception(characters: int, han: int) -> bool:
    """Whether so many of ``han`` characters are more than a name or a quotation in another script.

    >>> is_no_exception(6, 100), is_no_exception(5, 100)
    (True, False)
    """
    return characters > _MAX_OF_THE_OTHER * han


def hints_of_tradition(text: str) -> int:
    """How many traditional characters a text has that is too short to tell its script by.

    A name may have one that no list of simplified ones knows (喆); two are a hint.

    >>> hints_of_tradition("臺灣經濟發展"), hints_of_tradition("王喆发言")
    (5, 0)
    """
    han = "".join(_HAN.findall(text, 0, _READ))
    simplified_ones = han.encode("gb2312", "ignore").decode("gb2312")
    old = [c for c in han if c not in simplified_ones and c.encode("big5", "ignore")]
    enough = len(old) > max(1, _MAX_OF_THE_OTHER * len(han))
    return len(old) if enough and len(han) < _MIN_HAN else 0


@cache
def converter() -> Callable[[str], str] | None:
    """What turns traditional into simplified characters, None without the extra ``opencc``."""
    try:
        from opencc import OpenCC
    except ImportError:
        return None
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """A text in simplified characters, one for one; without the extra ``opencc`` as it is.

    >>> simplified("全年增长6%")
    '全年增长6%'
    """
    convert = converter()
    if convert is None or text.isascii():
        return text
    whole = convert(text)
    if len(whole) == len(text):
        return whole
    if len(text) == 1:
        return text
    # Of a phrase that would change its length each character is converted alone.
    pieces = _WORDS.split(text)
    return "".join(map(simplified, list(text) if text in pieces else pieces))


def readable(text: str) -> str:
    """A text as the finders read it: a traditional one in simplified characters."""
    return simplified(text) if converter() and is_traditional(text) else text
