"""Cut sentences into words, join and tag these, and find every word in the source."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.metadata import version
from itertools import compress, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus, LeftOut
from policytext.lexicon.lexicon import Lexicon
from policytext.text.clean import Numbers, codes, positions
from policytext.text.patterns import alternatives
from policytext.words.dictionary import Dictionary, dictionary, weights
from policytext.words.joining import joins
from policytext.words.tag_model import SHAPE
from policytext.words.tagging import Model, model, tag

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


# --- the words of a corpus ------------------------------------------------------------------------

COLUMNS = ["doc", "start", "end", "sentence", "text", "tag"]
_HEAD = "长"  # what makes a level the title of its head
_BATCH = 200_000  # characters cut at once: long enough for numpy, short enough for memory


class Words(NamedTuple):
    """The words of a text with the number of their tag; blanks are there, and are no words."""

    texts: list[str]
    lengths: Numbers
    tags: Numbers
    blank: npt.NDArray[np.bool_]


class Tools(NamedTuple):
    """All that one lexicon and engine need to cut and tag."""

    cutter: Engine
    words: Dictionary
    model: Model
    affixes: dict[str, str]
    shapes: re.Pattern[str]
    heads: dict[str, tuple[str, str]]


def cut_sentences(corpus: Corpus, lexicon: Lexicon, cutter: Engine) -> pd.DataFrame:
    """The span table of the words of all sentences."""
    affixes = lexicon["affixes"].set_index("affix")["tags"].to_dict()
    tools = Tools(
        cutter, dictionary(lexicon), model(lexicon), affixes, shapes(lexicon), heads(lexicon)
    )
    left, tables = LeftOut("segment"), []
    for batch in _batches(corpus.sentences):
        whole = LeftOut(left.task)
        with whole.on_error("", ""):
            tables.append(_table(corpus, batch, tools))
        # Document by document where the batch stops with an error.
        for doc, part in batch.groupby("doc", sort=False) if whole.notes else ():
            file = corpus.documents.set_index("doc").at[doc, "file"]
            with left.on_error(file, doc):
                tables.append(_table(corpus, part, tools))
    if not tables:
        kinds = dict.fromkeys(COLUMNS, "str") | dict.fromkeys(("start", "end", "sentence"), "int64")
        tables = [pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})]
    table = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]
    return left.record(table, corpus)


def _batches(sentences: pd.DataFrame) -> Iterator[pd.DataFrame]:
    lengths = sentences["text"].str.len().to_numpy()
    number = np.cumsum(lengths) // _BATCH
    for stop in np.unique(number):
        yield sentences[number == stop]


def _table(corpus: Corpus, sentences: pd.DataFrame, tools: Tools) -> pd.DataFrame:
    texts = sentences["text"].tolist()
    joined = "\n".join(texts) + "\n"
    read = map(corpus.read, sentences["doc"], texts) if corpus.traditional else ()
    folded = "\n".join([*read, ""]) if corpus.traditional else tx.fold(joined)
    found = words(folded, tools)
    stops = np.cumsum(found.lengths)[~found.blank]
    starts = stops - found.lengths[~found.blank]
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    row = np.searchsorted(begins, starts, side="right") - 1
    first, last = _places(corpus, sentences, begins, row, starts, stops)
    columns = {
        "doc": sentences["doc"].to_numpy(dtype=object)[row],
        "start": first,
        "end": last,
        "sentence": sentences.index.to_numpy()[row],
        "text": _unfolded(joined, folded, found, starts, stops),
        "tag": tools.model.tags[found.tags[~found.blank]],
    }
    return pd.DataFrame(columns)


def _unfolded(joined: str, folded: str, found: Words, starts: Numbers, stops: Numbers) -> list[str]:
    """The words as printed: full-width where the text is."""
    texts = list(compress(found.texts, (~found.blank).tolist()))
    wide = np.flatnonzero(codes(joined) != codes(folded))
    for at in np.unique(np.searchsorted(stops, wide, side="right")).tolist():
        if at < len(texts):  # not a blank at the end
            texts[at] = joined[starts[at] : stops[at]]
    return texts


@lru_cache(maxsize=4)
def heads(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """Full names of places, and the words that they are before 长: 瓯海 区长, not 瓯海区 长.

    >>> from policytext import default_lexicon
    >>> heads(default_lexicon())["瓯海区"]
    ('瓯海', '区长')
    """
    titles = lexicon.words("titles", "word")
    names = zip(lexicon["places"]["name"], lexicon["places"]["short"], strict=True)
    levels = {name: (short, name.removeprefix(short) + _HEAD) for name, short in names if short}
    return {name: words for name, words in levels.items() if words[1] in titles}


def _part_heads(texts: list[str], classes: Numbers, tools: Tools) -> None:
    """Part the title of who heads a place from its name, in place; a length is no title."""
    for at in np.flatnonzero(classes[1:] == tools.words.classes.get(_HEAD, -1)).tolist():
        length = at + 2 < len(texts) and texts[at + 2][0].isdigit()
        if texts[at + 1] == _HEAD and texts[at] in tools.heads and not length:
            texts[at : at + 2] = tools.heads[texts[at]]
            classes[at : at + 2] = [tools.words.classes.get(text, 0) for text in texts[at : at + 2]]


def words(folded: str, tools: Tools) -> Words:
    """Cut and tag a text whose sentences end in a line end each."""
    masked, shaped = mask(folded, tools.shapes)
    texts = tools.cutter.cut(masked)
    numbers = tools.words.classes
    classes = np.fromiter(map(numbers.get, texts, repeat(0)), dtype=np.int64, count=len(texts))
    line, mark = numbers["\n"], numbers[SHAPE + "w"]
    lines = np.flatnonzero(classes == line).tolist()
    for at, (text, name) in zip(lines, shaped, strict=True):
        texts[at] = text
        classes[at] = numbers.get(name, 0)
    for at in np.flatnonzero(classes == 0).tolist():  # a noun, or not known
        classes[at] = 0 if texts[at][0].isalnum() or texts[at] in numbers else mark
    _part_heads(texts, classes, tools)
    texts, classes = _joined(texts, classes, tools)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    blank = classes == line
    tags = tag(tools.model, classes, (lengths == 1).astype(np.int64), blank)
    return Words(texts, lengths, tags, blank)


def _joined(texts: list[str], classes: Numbers, tools: Tools) -> tuple[list[str], Numbers]:
    kept = np.ones(len(texts), dtype=bool)
    for join in joins(texts, tools.model.bits[classes], tools.affixes):
        texts[join.start] = "".join(texts[join.start : join.stop])
        classes[join.start] = tools.words.classes[join.kind]
        kept[join.start + 1 : join.stop] = False
    return list(compress(texts, kept.tolist())), classes[kept]


def _places(
    corpus: Corpus,
    sentences: pd.DataFrame,
    begins: Numbers,
    row: Numbers,
    starts: Numbers,
    stops: Numbers,
) -> tuple[Numbers, Numbers]:
    """Start and end in the source of words whose places in the batch are given."""
    shift = sentences["start"].to_numpy() - begins
    first, last = starts + shift[row], stops + shift[row]
    lengths = sentences["text"].str.len().to_numpy()
    broken = lengths != (sentences["end"] - sentences["start"]).to_numpy()
    for number in np.flatnonzero(broken).tolist():
        one = sentences.iloc[number]
        at = positions(corpus.source(one["doc"]), one["start"], one["end"])
        inside = slice(*np.searchsorted(row, [number, number + 1]))
        first[inside] = at[starts[inside] - begins[number]]
        last[inside] = at[stops[inside] - begins[number] - 1] + 1
    return first, last
