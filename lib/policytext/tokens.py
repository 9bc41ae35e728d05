"""Words and tags: one segmentation for every count."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from policytext import text as tx
from policytext.corpus import Corpus
from policytext.dictionary import TOTAL, dictionary
from policytext.engines import JiebaEngine
from policytext.lexicon import Lexicon, default_lexicon
from policytext.wordrules import mask

COLUMNS = ["doc", "start", "end", "sentence", "text", "tag"]


def segment(
    corpus: Corpus,
    lexicon: Lexicon | None = None,
    engine: str = "jieba",
    segmenter: Callable[[str], Iterable[Any]] | pd.DataFrame | None = None,
    units: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Cut every sentence into words with PKU tags.

    Returns:
        A span table: doc, start, end, sentence (row of ``corpus.sentences``), text, tag.

    >>> from policytext import read_corpus
    >>> words = segment(read_corpus("data/wenzhou-2021").select(["ouhai"]))
    >>> list(words["text"][1:4])
    ['勇', '争先', '强']
    """
    lexicon = lexicon or default_lexicon()
    table = dictionary(lexicon)
    cutter = JiebaEngine(table.frequencies, TOTAL)
    docs, starts, ends, numbers, texts, tags = [], [], [], [], [], []
    for number, row in enumerate(corpus.sentences.itertuples()):
        positions = _positions(corpus.source(row.doc), row.start, row.end, row.text)
        at = 0
        for word, tag in _tagged(tx.fold(row.text), cutter, table.tags):
            end = at + len(word)
            if not word.isspace():
                docs.append(row.doc)
                starts.append(positions[at])
                ends.append(positions[end - 1] + 1)
                numbers.append(number)
                texts.append(row.text[at:end])
                tags.append(tag)
            at = end
    columns = (docs, starts, ends, numbers, texts, tags)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def _tagged(folded: str, cutter: JiebaEngine, tags: dict[str, str]) -> Iterator[tuple[str, str]]:
    masked, shaped = mask(folded)
    left = iter(shaped)
    for word in cutter.cut(masked):
        if word == "\n":
            yield next(left)
        else:
            yield word, tags.get(word, "w" if not word.isalnum() else "n")


def _positions(source: str, start: int, end: int, text: str) -> Sequence[int]:
    """Where in the source each character of a cleaned passage stands."""
    if len(text) == end - start:
        return range(start, end)
    places, at = [], start
    for character in text:
        while source[at] != character and not (character == " " and source[at] in "\r\n"):
            at += 1
        places.append(at)
        at += 1
    return places
