"""Cut text into words by shape, by dictionary and by what stands beside them."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from policytext.lexicon.lexicon import Lexicon
from policytext.text.clean import HAN
from policytext.text.patterns import alternatives
from policytext.words import tag_model as tm
from policytext.words.dictionary import Dictionary, dictionary, weights
from policytext.words.tag_model import SHAPE, Bits, runs

# Alternatives in order: the longest reading of a numeral comes first. All runs on folded text.
# Every one begins with a set of characters, by which the search skips what cannot begin any; what
# stands before is asked one character later. Runs are bounded or possessive (++): a search that
# fails must not have looked at all of a long run, since it is repeated from the next character.
_N = "零〇一二三四五六七八九十百千万两"
_SHAPE = re.compile(
    rf"""
    (?=[\sA-Za-z\d{_N}第—…-])  # what can begin none of these is skipped
    (?:
      (?P<space>\s+)
    | (?P<date>
        \d{{4}}年(?!度)                  # a year, but no budget year
      | \d{{1,2}}月份?(?![均供])         # a month, but no monthly average
      | \d{{1,2}}日(?![均供报])          # a day, but no daily average or daily paper
      | [〇零一二三四五六七八九]{{4}}年(?!度)  # a year in Chinese digits
      | [一二三四五六七八九十\d](?<=月.)[一二三四五六七八九十\d]{{0,2}}[日号]  # a day after a month
      )
    | (?P<address>
        [A-Za-z0-9][\w.+-]{{0,63}}+@[A-Za-z0-9.-]*[A-Za-z0-9]  # an e-mail address
      | [hw](?:ttps?://|ww\.)[\w./?=&%\#-]*[\w/]              # a web address
      )
    | (?P<code>(?=[A-Za-z]*+\d)[A-Za-z0-9]++(?:\+[A-Za-z0-9]+)+\+?)  # 1+5+2
    | (?P<number>
        \d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?[百千万亿]*[%‰]?    # 1,200.5, with multipliers
      | \d++(?:\.\d++)?+(?:[百千万亿]++|[%‰]|(?![A-Za-z]))     # 8.5%; not the 160 of 160EFlops
      )
    | (?P<latin>[A-Za-z0-9][A-Za-z0-9&'.]*[A-Za-z0-9]|[A-Za-z])  # GDP, R&D, 5G
    | (?P<fraction>[{_N}]{{1,40}}+分之[{_N}点]+)                  # one third
    | (?P<ordinal>第[{_N.replace("万", "")}\d]+)                  # the fourteenth
    | (?P<mark>—+|…+|-+)
    )
    """,
    re.VERBOSE,
)
_TAGS = {"date": "t", "address": "nx", "code": "m", "number": "m", "latin": "nx"}
_TAGS |= {"fraction": "m", "ordinal": "m", "mark": "w"}
_CLASSES = {"space": "\n"} | {shape: SHAPE + tag for shape, tag in _TAGS.items()}


def mask(folded: str, shape: re.Pattern[str] = _SHAPE) -> tuple[str, list[tuple[str, str]]]:
    """Put one line end in the place of every word that its shape gives away.

    What is left is cut by the dictionary. The words come with the name of their class: that of
    their tags, of a line end for blanks, which are no words, and of itself for a listed word.

    >>> mask("到2021年增长8.5%")
    ('到\\n增长\\n', [('2021年', '\\ue001t'), ('8.5%', '\\ue001m')])
    """
    found: list[tuple[str, str]] = []

    def keep(match: re.Match[str]) -> str:
        kind = match.lastgroup or "space"
        found.append((match[0], _CLASSES.get(kind) or " ".join(match[0].split())))
        return "\n"

    return shape.sub(keep, folded), found


# --- listed words that the dictionary cannot find -------------------------------------------------

_PLAIN = re.compile("[\u4e00-\u9fd5]+")  # what the path search takes for Chinese
# Letters and numerals go on as they began: 5G is no word in 15G, nor AI in MAIN or 第一 in 第一百.
_LETTER = "A-Za-z0-9\u00c0-\u024f\u0370-\u04ff"
_KINDS = (_LETTER, _N)
_BEGINS = "|".join(f"(?=[{kind}])(?<![{kind}])" for kind in _KINDS) + f"|(?![{_LETTER}{_N}])"
_ENDS = "|".join(f"(?<=[{kind}])(?![{kind}])" for kind in _KINDS) + f"|(?<![{_LETTER}{_N}])"


@lru_cache(maxsize=4)
def shapes(lexicon: Lexicon) -> re.Pattern[str]:
    """The shapes, and before them the listed words with other characters than plain Chinese.

    The path search would never see these whole: C++, A股, 7×24小时, “双11”.
    """
    listed = [
        word
        for word, count in dictionary(lexicon).changed.items()
        if count and (mask(word)[1] or not _PLAIN.fullmatch(word))
    ]
    if not listed:
        return _SHAPE
    first = "".join({re.escape(word[0]) for word in listed})
    words = alternatives(listed).replace(r"\ ", r"[^\S\n]+")  # any blanks, but no line end
    whole = f"(?=[{first}])(?:{_BEGINS})(?:{words})(?:{_ENDS})"
    return re.compile(f"(?P<listed>{whole})|(?:{_SHAPE.pattern})", re.VERBOSE)


# --- the path search ------------------------------------------------------------------------------

# jieba and its Rust twin take the most probable path through the same dictionary; jieba's hidden
# Markov model stays off in both.
_MARKS_IN_WORDS = frozenset("+#&._%-")  # at other marks jieba cuts before it looks for words


class JiebaEngine:
    """jieba's path search, over the weights of our dictionary.

    `jieba.Tokenizer` takes a logarithm at every arc of every text; taken once, in the cache, the
    search is more than twice as fast. A test holds the two to the same words.
    """

    def __init__(self, words: Dictionary) -> None:
        self.name = f"jieba {version('jieba')}"
        self._weight = weights(words).get

    def cut(self, text: str) -> list[str]:
        """The words of the most probable path."""
        stops = _search(text, self._weight)
        words, at = [], 0
        while at < len(text):
            words.append(text[at : stops[at]])
            at = stops[at]
        return words


def _search(text: str, weight: Callable[[str], float | None]) -> list[int]:
    """Find the most probable segmentation by dynamic programming, right to left.

    Returns where the best word ends that begins at each character. ``weight`` is 0 for what only
    begins words, None for what does not even that. Among equals jieba takes the longest. A mark
    restarts the sum, as jieba cuts the text at marks first.
    """
    length = len(text)
    best, stops = [0.0] * (length + 1), list(range(1, length + 1))
    alone = weight("") or 0.0
    for start in range(length - 1, -1, -1):
        found = weight(text[start])
        if found is None:
            if text[start] not in _MARKS_IN_WORDS and not "\u4e00" <= text[start] <= "\u9fd5":
                continue
            found = 0.0
        stop = start + 1
        top, is_word = (found or alone) + best[stop], bool(found)
        while stop < length:
            stop += 1
            found = weight(text[start:stop])
            if found is None:
                break
            if found and (found + best[stop] >= top or not is_word):
                top, stops[start], is_word = found + best[stop], stop, True
        best[start] = top
    return stops


class RjiebaEngine:
    """jieba's Rust twin. It has jieba's dictionary built in and takes each change by itself.

    A count of 0 makes a path through the word impossible, as leaving it out does in jieba. Adding
    a word that exists changes its count but not its tag; tags are ours, so that does not matter.
    """

    def __init__(self, words: Dictionary) -> None:
        import rjieba

        self.name = f"rjieba {version('rjieba')}"
        self._tokenizer = rjieba.Jieba()
        for word, count in words.changed.items():
            self._tokenizer.add_word(word, count, None)

    def cut(self, text: str) -> list[str]:
        """The words of the most probable path."""
        return self._tokenizer.cut(text, hmm=False)


# Each cuts a text, from which letters and digits were taken out, into words that join back to it.
Engine = JiebaEngine | RjiebaEngine
_ENGINES: dict[str, type[Engine]] = {"jieba": JiebaEngine, "rjieba": RjiebaEngine}


@lru_cache(maxsize=4)
def engine(name: str, lexicon: Lexicon) -> Engine:
    """The engine of that name over the lexicon's dictionary.

    Raises:
        ValueError: No such engine.
        ImportError: rjieba is not installed; the message says how to install it.
    """
    if name not in _ENGINES:
        raise ValueError(f"no engine {name!r}; use one of {', '.join(_ENGINES)}")
    try:
        return _ENGINES[name](dictionary(lexicon))
    except ImportError:
        raise ImportError(
            f"{name} is not installed; pip install policytext[{name}], or use engine='jieba'"
        ) from None


# --- neighbouring words that are one word ---------------------------------------------------------

# The dictionary leaves single characters over where it has no word. Numerals, personal names,
# numeral abbreviations, derived words and what remains are joined here, in this order of trust.

_HAN = re.compile(rf"{HAN}*")


def names(words: Sequence[str], bits: Bits) -> Iterator[tuple[int, int]]:
    """Runs of words, start and stop, that are personal names.

    Beside a title (记者, 书记, 先生), a byline's blanks or another name, a surname and one or two
    characters are a name; elsewhere only a surname with two bound characters.
    """
    last = -2
    for at in np.flatnonzero(bits & tm.SURNAME).tolist():
        if at <= last:
            continue
        listed = at - 1 == last and words[at - 1] in "、 \n,，"
        # 本报讯（记者, 新华社电（: a dispatch begins with its author in brackets.
        listed = listed or (at > 1 and words[at - 1] in "(（" and words[at - 2] in "讯电")
        titled = at > 0 and bool(bits[at - 1] & tm.TITLE)
        stop = _stop(words, bits, at, titled or listed)
        if stop:
            yield at, stop
            last = stop


def _stop(words: Sequence[str], bits: Bits, at: int, known: bool) -> int:
    """The end of the name that begins at a surname; 0 where none does."""
    byline = _byline(words, at)
    if byline and not bits[at] & tm.RARE_SURNAME:
        return byline
    given = _given(words, bits, at + 1) or _numeral(words, bits, at + 1)
    if not given:
        return 0
    if bits[at] & tm.RARE_SURNAME and len(words[at + 1]) == 2:  # 市民 高 品质
        return 0
    stop = at + 1 + given
    next_ = int(bits[stop]) if stop < len(words) else 0
    if known or (next_ & tm.TITLE_AFTER_NAME and not bits[at] & tm.RARE_SURNAME):
        return stop
    both_bound = given == 2 and (bits[at + 1 : stop] & tm.BOUND_CHARACTER).all()
    return stop if both_bound and not bits[at] & tm.RARE_SURNAME else 0


def _byline(words: Sequence[str], at: int) -> int:
    """The end of a line or column that is nothing but a surname and one or two characters."""
    stop = at + 1
    while stop < len(words) and not words[stop].isspace():
        stop += 1
        if stop - at > 3:
            return 0
    given = "".join(words[at + 1 : stop])
    begins = at == 0 or words[at - 1].isspace()
    return stop if begins and len(given) in (1, 2) and _HAN.fullmatch(given) else 0


def _given(words: Sequence[str], bits: Bits, at: int) -> int:
    """Count the words from here on that may be a given name of one or two characters."""
    if not _may_be_given(words, bits, at):
        return 0
    if len(words[at]) == 2:
        return 1
    return 2 if _may_be_given(words, bits, at + 1) and len(words[at + 1]) == 1 else 1


def _numeral(words: Sequence[str], bits: Bits, at: int) -> int:
    """1 where a numeral is a given name, since a title follows: 张三同志."""
    titled = at + 1 < len(words) and bits[at + 1] & tm.TITLE_AFTER_NAME
    return int(bool(titled and bits[at] & tm.NUMERAL and len(words[at]) == 1))


def _may_be_given(words: Sequence[str], bits: Bits, at: int) -> bool:
    if at >= len(words) or len(words[at]) > 2:
        return False
    other = bits[at] & (tm.TITLE_AFTER_NAME | tm.TITLE | tm.GRAMMAR)
    return not other and bool(_HAN.fullmatch(words[at]))


class Join(NamedTuple):
    """Words ``start`` to ``stop`` are one word, of the class that ``kind`` names."""

    start: int
    stop: int
    kind: str


def joins(words: Sequence[str], bits: Bits, affixes: dict[str, str]) -> list[Join]:
    """The words to join, in their order, none overlapping another."""
    finders: list[Callable[[], Iterator[Join]]] = [
        lambda: (Join(start, stop, SHAPE + "nr") for start, stop in names(words, bits)),
        lambda: _numerals(bits),
        lambda: _abbreviations(words, bits),
        lambda: _derived(words, bits, affixes),
        lambda: _leftovers(bits),
    ]
    taken: set[int] = set()
    found = []
    for finder in finders:
        for join in finder():
            inside = range(join.start, join.stop)
            if taken.isdisjoint(inside):
                taken.update(inside)
                found.append(join)
    return sorted(found)


def _stretches(marked: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Runs of two or more marked words."""
    starts, stops = runs(marked)
    long = stops - starts > 1
    yield from zip(starts[long].tolist(), stops[long].tolist(), strict=True)


def _numerals(bits: Bits) -> Iterator[Join]:
    """三 百 二十: one numeral."""
    for start, stop in _stretches((bits & tm.NUMERAL) > 0):
        yield Join(start, stop, SHAPE + "m")


def _abbreviations(words: Sequence[str], bits: Bits) -> Iterator[Join]:
    """六 抓 before 创新: a numeral with a one-character verb sums up a list."""
    numeral = (bits & tm.NUMERAL) > 0
    summed = numeral[:-2] & ((bits[1:-1] & tm.ACTION) > 0) & ((bits[2:] & tm.TAKES_SUFFIX) > 0)
    for at in np.flatnonzero(summed).tolist():
        if len(words[at]) == 1 and words[at] not in "一两" and not (at and numeral[at - 1]):
            yield Join(at, at + 2, SHAPE + "j")


def _derived(words: Sequence[str], bits: Bits, affixes: dict[str, str]) -> Iterator[Join]:
    """先行 区, 数字 化: a word of two characters with a suffix."""
    for at in np.flatnonzero(
        ((bits[1:] & tm.SUFFIX) > 0) & ((bits[:-1] & tm.TAKES_SUFFIX) > 0)
    ).tolist():
        yield Join(at, at + 2, SHAPE + affixes[words[at + 1]])


def _leftovers(bits: Bits) -> Iterator[Join]:
    """Join runs of bound characters into words of two or three."""
    for start, stop in _stretches((bits & tm.BOUND_CHARACTER) > 0):
        if stop - start <= 3:
            yield Join(start, stop, SHAPE + "n v vn")
        else:
            yield from (Join(at, at + 2, SHAPE + "n v vn") for at in range(start, stop - 1, 2))
