"""Spans laid over each other: in which sentence a passage stands, and phrases as units."""

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


def merge_units(
    tokens: pd.DataFrame, units: pd.DataFrame, name: str = "text", tag: str = "unit"
) -> pd.DataFrame:
    """Count phrases as one word each: a slogan, a quantity, any span.

    Every token that a unit touches gives way to it. Of units that overlap, the one that starts
    first stays, and of those that start together the longest, so a slogan inside a slogan is
    part of the outer one.

    Args:
        tokens: The table of `policytext.segment`.
        units: A span table. Where it has a column ``tag``, that is the tag of the unit.
        name: The column of ``units`` that names the term: ``"text"``, or ``"canonical"`` to
            count the variants of a slogan under one form.
        tag: The tag of the units of a table without such a column.

    Returns:
        A token table (doc, start, end, text, tag, unit) in the order of the texts; ``unit`` is
        true of the phrases.

    >>> words = pd.DataFrame({"doc": "a", "start": [0, 2, 3], "end": [2, 3, 5],
    ...                       "text": ["六比", "争", "先行"], "tag": ["j", "v", "v"]})
    >>> merge_units(words, pd.DataFrame({"doc": ["a"], "start": [0], "end": [3],
    ...                                  "text": ["六比争"]}))["text"].tolist()
    ['六比争', '先行']
    """
    if name not in units:
        raise SelectionError(f"units: no column {name!r}; name one of {', '.join(units.columns)}")
    outer = _outermost(units[units["doc"].isin(tokens["doc"].unique())])
    phrases = outer[["doc", "start", "end"]].assign(
        text=outer[name].fillna(outer["text"]), tag=outer.get("tag", tag), unit=True
    )
    left = tokens[~_touched(tokens, outer)][["doc", "start", "end", "text", "tag"]]
    merged = pd.concat([left.assign(unit=False), phrases], ignore_index=True)
    order = {doc: number for number, doc in enumerate(tokens["doc"].unique())}
    merged = merged.assign(order=merged["doc"].map(order)).sort_values(["order", "start"])
    return merged.drop(columns="order").reset_index(drop=True)


def _outermost(units: pd.DataFrame) -> pd.DataFrame:
    """The units that no earlier or longer unit overlaps, in order of doc and start."""
    ordered = units.sort_values(["doc", "start", "end"], ascending=[True, True, False])
    keep, doc, reach = [], None, 0
    for row in ordered.itertuples():
        fits = row.doc != doc or row.start >= reach
        keep.append(fits)
        if fits:
            doc, reach = row.doc, row.end
    return ordered[np.array(keep, dtype=bool)]


def _touched(tokens: pd.DataFrame, outer: pd.DataFrame) -> np.ndarray:
    """Which tokens overlap one of the units, which do not overlap each other."""
    if outer.empty:
        return np.zeros(len(tokens), dtype=bool)
    codes, width = pd.Index(tokens["doc"].unique()), _width(tokens, outer)
    starts = _keys(codes, outer, width)
    order = np.argsort(starts)
    before = np.searchsorted(starts[order], _keys(codes, tokens, width, "end"), side="left") - 1
    ends = _keys(codes, outer, width, "end")[order][np.maximum(before, 0)]
    return (before >= 0) & (ends > _keys(codes, tokens, width))


def _width(*tables: pd.DataFrame) -> int:
    return 2 + max((int(table["end"].max()) for table in tables if len(table)), default=0)


def _keys(docs: pd.Index, table: pd.DataFrame, width: int, column: str = "start") -> np.ndarray:
    """One number for document and offset, so that all documents are searched at once."""
    return docs.get_indexer(table["doc"]).astype(np.int64) * width + table[column].to_numpy()
