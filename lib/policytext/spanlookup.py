"""In which sentence a passage stands."""

import numpy as np
import pandas as pd

from policytext.corpus import Corpus


class SelectionError(ValueError):
    """What was asked for is not in the tables; the message says what to do."""


def locate(spans: pd.DataFrame, corpus: Corpus) -> np.ndarray:
    """The row of ``corpus.sentences`` in which each span starts.

    Args:
        spans: A span table (``doc``, ``start``, ``end``) of documents of the corpus.
        corpus: Where the spans were found.

    Raises:
        SelectionError: A span starts outside every sentence.

    >>> from policytext import read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> locate(corpus.sentences[5:8], corpus).tolist()
    [5, 6, 7]
    """
    sentences, width = corpus.sentences, _width(corpus.sentences, spans)
    codes = pd.Index(corpus.documents["doc"])
    keys = _keys(codes, sentences, width)
    order = np.argsort(keys, kind="stable")
    wanted = _keys(codes, spans, width)
    rows = order[np.searchsorted(keys[order], wanted, side="right") - 1]
    ends = _keys(codes, sentences, width, "end")[rows]
    lost = (wanted < keys[rows]) | (wanted >= ends)
    if lost.any():
        first = spans.iloc[int(np.argmax(lost))]
        raise SelectionError(
            f"{first['doc']}, {first['start']}: no sentence of the corpus holds this passage; "
            "make the table from the same corpus"
        )
    return rows


def _width(*tables: pd.DataFrame) -> int:
    return 2 + max((int(table["end"].max()) for table in tables if len(table)), default=0)


def _keys(docs: pd.Index, table: pd.DataFrame, width: int, column: str = "start") -> np.ndarray:
    """One number for document and offset, so that all documents are searched at once."""
    return docs.get_indexer(table["doc"]).astype(np.int64) * width + table[column].to_numpy()
