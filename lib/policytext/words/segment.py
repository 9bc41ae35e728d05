"""Words and tags: one segmentation for every count."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import compress, groupby, repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from policytext import text as tx
from policytext.corpus.corpus import Corpus, LeftOut, check_corpus
from policytext.corpus.locate import locate
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.showing import Table
from policytext.text.clean import Numbers, codes, positions
from policytext.words.cutting import Engine, joins, mask, shapes
from policytext.words.cutting import engine as named_engine
from policytext.words.dictionary import Dictionary, dictionary
from policytext.words.tag_model import SHAPE
from policytext.words.tagging import Model, model, tag

COLUMNS = ["doc", "start", "end", "sentence", "text", "tag"]
Segmenter = Callable[[str], Iterable[Any]]


def from_function(corpus: Corpus, cut: Segmenter) -> Iterator[tuple[Any, ...]]:
    """The words that a function finds in each sentence's text, as rows of a table.

    Raises:
        ValueError: The words do not join back to the text.
    """
    for sentence in corpus.sentences.itertuples():
        text, at = str(sentence.text), 0
        places = positions(corpus.source(sentence.doc), sentence.start, sentence.end)
        for found in cut(text):
            word, tag = (found, None) if isinstance(found, str) else tuple(found)[:2]
            word = word.strip()
            start = text.find(word, at)
            if start < 0 or text[at:start].strip():
                raise ValueError(
                    f"{word!r} does not follow {text[max(0, at - 10) : at]!r} in the text; "
                    "the words must join back to the sentence they were cut from"
                )
            if word:
                at = start + len(word)
                where = (sentence.doc, places[start], places[at - 1] + 1, sentence.Index)
                yield *where, word, tag


def from_table(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Complete a table of words: text from the source, sentence, tag where there is none.

    Raises:
        ValueError: A column is missing, or a word lies in no sentence of the corpus.
    """
    require_offsets(table, "words")
    words = table[table["doc"].isin(corpus.sources)]
    words = words.sort_values(["doc", "start"], kind="stable", ignore_index=True)
    spans = zip(words["doc"], words["start"], words["end"], strict=True)
    words["text"] = [tx.clean(corpus.source(doc)[start:end]) for doc, start, end in spans]
    words["sentence"] = corpus.sentences.index.to_numpy()[locate(words, corpus)]
    if "tag" not in words:
        words["tag"] = None
    return words[COLUMNS]


def segment(
    corpus: Corpus,
    lexicon: Lexicon | None = None,
    engine: str = "jieba",
    segmenter: Segmenter | pd.DataFrame | None = None,
    units: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Cut every sentence into words with tags of the People's Daily corpus (PKU).

    Numbers, dates, codes and Latin words are found by their shape; jieba cuts what lies between,
    with a dictionary of this corpus's word size; names and derived words are joined by rule; a
    tag is chosen in its context. A sentence's words depend on that sentence and the lexicon alone.

    Args:
        corpus: What to cut.
        lexicon: Places, offices, words of your own; default: that of the collection.
        engine: "jieba", or "rjieba", its fast Rust twin (an optional extra).
        segmenter: Words of your own instead: a function from a text to its words, or to pairs
            (word, tag); or a table with columns doc, start, end and, if you like, text and tag.
        units: A span table (slogans, quantities). The words of each span become one row, tagged
            "unit", whose text is the span's ``canonical`` where it has one. Of overlapping spans
            the outermost counts; a word that a span's edge cuts is split there.

    Returns:
        A span table: doc, start, end, sentence (index of the row in ``corpus.sentences``), text
        (as printed, without breaks, but for units), tag (of the lexicon's ``tagset`` table).
        Blanks are no words. ``attrs`` says what made it: engine with its version, lexicon,
        dictionary, parameters.

    Raises:
        ValueError: No such engine; or words that do not join back to the text.
        ImportError: The engine is not installed.

    >>> from policytext import read_corpus
    >>> words = segment(read_corpus("data/wenzhou-2021").select(["ouhai"]))
    >>> [f"{row.text}/{row.tag}" for row in words[8:12].itertuples()]
    ['奋力/d', '谱写/v', '高/a', '水平/n']
    """
    check_corpus(corpus)
    lexicon = lexicon or default_lexicon()
    attrs = {"lexicon": lexicon.hash, "units": "none" if units is None else "merged"}
    if segmenter is None:
        cutter = named_engine(engine, lexicon)
        table = cut_sentences(corpus, lexicon, cutter)
        attrs |= {"engine": cutter.name, "dictionary": dictionary(lexicon).digest, "hmm": "off"}
        attrs |= table.attrs
    elif isinstance(segmenter, pd.DataFrame):
        table = from_table(corpus, segmenter)
        attrs |= {"engine": "the user's table"}
    else:
        table = pd.DataFrame(from_function(corpus, segmenter), columns=COLUMNS)
        attrs |= {"engine": f"the user's {getattr(segmenter, '__name__', 'function')}"}
    if units is not None:
        table = with_units(corpus, table, units)
    table = Table.of(table[COLUMNS], corpus)
    table.attrs = attrs
    return table


# --- the words of a corpus ------------------------------------------------------------------------

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


# --- phrases as units -----------------------------------------------------------------------------

Row = tuple[Any, ...]


class Unit(NamedTuple):
    """A phrase that becomes one word; ``name`` is its text, None for the text as printed."""

    start: int
    end: int
    name: str | None


def require_offsets(table: pd.DataFrame, what: str) -> None:
    """Raise a ValueError if a span table lacks doc, start or end."""
    missing = {"doc", "start", "end"} - set(table)
    if missing:
        raise ValueError(f"the {what}' table lacks {', '.join(sorted(missing))}; add the column")


def with_units(corpus: Corpus, words: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Put the words of each span together into one row tagged "unit".

    Args:
        corpus: Where words and spans stand.
        words: A table of words.
        units: A span table; a column ``canonical`` gives the text of the units.

    Raises:
        ValueError: ``units`` lacks doc, start or end.
    """
    require_offsets(units, "units")
    rows: list[Row] = []
    spans = {doc: _outermost(found) for doc, found in units.groupby("doc")}
    for doc, found in words.groupby("doc", sort=False):
        tokens = list(found[COLUMNS].itertuples(index=False, name=None))
        rows += _merge(corpus.source(doc), tokens, spans.get(doc, []))
    return pd.DataFrame(rows, columns=COLUMNS)


def _outermost(units: pd.DataFrame) -> list[Unit]:
    """Spans that lie in no other, in their order; of two that cross, the earlier one."""
    names = units["canonical"] if "canonical" in units else [None] * len(units)
    spans = [
        Unit(int(start), int(end), None if pd.isna(name) else str(name))
        for start, end, name in zip(units["start"], units["end"], names, strict=True)
    ]
    kept: list[Unit] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.name or "")):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _merge(source: str, tokens: list[Row], spans: list[Unit]) -> Iterator[Row]:
    edges = sorted({edge for span in spans for edge in span[:2]})
    pieces = [piece for token in tokens for piece in _split(source, token, edges)]
    starts = [span.start for span in spans]

    def span_around(piece: Row) -> Unit | None:
        at = bisect_right(starts, piece[1]) - 1
        return spans[at] if at >= 0 and piece[2] <= spans[at].end else None

    for span, inside in groupby(pieces, span_around):
        if span is None:
            yield from inside
            continue
        (doc, start, end, sentence, *_), *rest = inside
        end = rest[-1][2] if rest else end
        yield doc, start, end, sentence, span.name or tx.clean(source[start:end]), "unit"


def _split(source: str, token: Row, edges: list[int]) -> Iterator[Row]:
    """A token in the pieces into which the edges of spans cut it."""
    doc, start, end, sentence, _, tag = token
    cuts = edges[bisect_right(edges, start) : bisect_left(edges, end)]
    if not cuts:
        yield token
        return
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        left, right = tx.trimmed(source, left, right)
        if left < right:
            yield doc, left, right, sentence, tx.clean(source[left:right]), tag
