"""Words that the user brings: a function of their own, or a table."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from policytext import text as tx
from policytext.corpus import Corpus
from policytext.wordtable import COLUMNS, positions


def from_function(corpus: Corpus, cut: Callable[[str], Iterable[Any]]) -> pd.DataFrame:
    """The words that a function finds in each sentence's text.

    Raises:
        ValueError: The words do not join back to the text.
    """
    rows = [
        row
        for number, sentence in corpus.sentences.iterrows()
        for row in _rows(corpus, number, sentence, cut)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(
    corpus: Corpus, number: Any, sentence: Any, cut: Callable[[str], Iterable[Any]]
) -> Iterator[tuple[Any, ...]]:
    text = sentence["text"]
    places = positions(corpus.source(sentence["doc"]), sentence["start"], sentence["end"])
    at = 0
    for found in cut(text):
        word, tag = (found, None) if isinstance(found, str) else tuple(found)[:2]
        word = word.strip()
        if not word:
            continue
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            raise ValueError(
                f"{word!r} does not follow {text[max(0, at - 10) : at]!r} in the text; "
                "the words must join back to the sentence they were cut from"
            )
        at = start + len(word)
        yield sentence["doc"], places[start], places[at - 1] + 1, number, word, tag


def from_table(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """A table of words completed: text from the source, sentence, tag where there is none.

    Raises:
        ValueError: A column is missing, or a word lies in no sentence of the corpus.
    """
    missing = {"doc", "start", "end"} - set(table)
    if missing:
        raise ValueError(f"the words' table lacks {', '.join(sorted(missing))}; add the column")
    words = table.sort_values(["doc", "start"], kind="stable").reset_index(drop=True)
    words = words[words["doc"].isin(corpus.sources)].reset_index(drop=True)
    spans = zip(words["doc"], words["start"], words["end"], strict=True)
    words["text"] = [tx.clean(corpus.source(doc)[start:end]) for doc, start, end in spans]
    words["sentence"] = _sentences(corpus, words)
    if "tag" not in words:
        words["tag"] = None
    return words[COLUMNS]


def _sentences(corpus: Corpus, words: pd.DataFrame) -> np.ndarray:
    """Index of the sentence that each word begins in."""
    found = np.full(len(words), -1, dtype=np.int64)
    for doc, sentences in corpus.sentences.groupby("doc"):
        rows = np.flatnonzero((words["doc"] == doc).to_numpy())
        starts = words["start"].to_numpy()[rows]
        at = np.searchsorted(sentences["start"].to_numpy(), starts, side="right") - 1
        inside = (at >= 0) & (starts < sentences["end"].to_numpy()[np.maximum(at, 0)])
        found[rows[inside]] = sentences.index.to_numpy()[at[inside]]
    if (found < 0).any():
        row = words[found < 0].iloc[0]
        raise ValueError(
            f"{row['doc']} {row['start']}–{row['end']} lies in no sentence of the corpus; "
            "start and end must count in corpus.source(doc)"
        )
    return found
