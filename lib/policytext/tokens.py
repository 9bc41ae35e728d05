"""Words and tags: one segmentation for every count."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from policytext.corpus import Corpus
from policytext.dictionary import dictionary
from policytext.engines import engine as named_engine
from policytext.lexicon import Lexicon, default_lexicon
from policytext.ownwords import from_function, from_table
from policytext.unitlayer import with_units
from policytext.wordtable import COLUMNS, cut_sentences

Segmenter = Callable[[str], Iterable[Any]]


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
    lexicon = lexicon or default_lexicon()
    attrs = {"lexicon": lexicon.hash, "units": "none" if units is None else "merged"}
    if segmenter is None:
        words = dictionary(lexicon)
        cutter = named_engine(engine, lexicon)
        table = cut_sentences(corpus, lexicon, cutter)
        attrs |= {"engine": cutter.name, "dictionary": words.digest, "hmm": "off"} | table.attrs
    elif isinstance(segmenter, pd.DataFrame):
        table = from_table(corpus, segmenter)
        attrs |= {"engine": "the user's table"}
    else:
        table = from_function(corpus, segmenter)
        attrs |= {"engine": f"the user's {getattr(segmenter, '__name__', 'function')}"}
    if units is not None:
        table = with_units(corpus, table, units)
    table = table[COLUMNS]
    table.attrs = attrs
    return table
