"""Locate passages in sentences."""

import numpy as np
import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.issues import SelectionError

# A long sentence with many rows is held once; in Arrow's memory each row would have a copy.
SHARED = pd.StringDtype("python", na_value=np.nan)


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
    sentences, docs = corpus.sentences, pd.Index(corpus.documents["doc"])
    width = 2 + int(np.concatenate([sentences["end"], spans["end"]]).max(initial=0))

    def keys_of(table: pd.DataFrame, column: str = "start") -> np.ndarray:
        # One number for document and offset, so that all documents are searched at once.
        return docs.get_indexer(table["doc"]).astype(np.int64) * width + table[column].to_numpy()

    keys, wanted = keys_of(sentences), keys_of(spans)
    order = np.argsort(keys, kind="stable")
    rows = order[np.searchsorted(keys[order], wanted, side="right") - 1]
    ends = keys_of(sentences, "end")[rows]
    lost = (wanted < keys[rows]) | (wanted >= ends)
    if lost.any():
        first = spans.iloc[int(np.argmax(lost))]
        raise SelectionError(
            f"{first['doc']}, {first['start']}: no sentence of the corpus holds this passage; "
            "make the table from the same corpus"
        )
    return rows


def in_sentence(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """A span table with the ``sentence`` that each row stands in, and the document's ``label``.

    >>> from policytext import find_quantities, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> in_sentence(find_quantities(corpus), corpus)["sentence"].iloc[0][:5]
    '奋斗“十四'
    """
    labels = corpus.documents.set_index("doc")["label"]
    sentences = corpus.sentences["text"].to_numpy(object)[locate(table, corpus)]
    return table.assign(sentence=pd.array(sentences, SHARED), label=table["doc"].map(labels))


def without_repeats(quantities: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Leave out numbers of a title that the text below it states again.

    Args:
        quantities: Rows of `find_quantities`.
        corpus: The corpus they were found in.

    Returns:
        The rows without those in a title whose value and unit a row of the same document outside
        the title has too.

    >>> from policytext import find_quantities, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021").select(["yueqing-village"])
    >>> prize = find_quantities(corpus).query("norm_value == 700_000")
    >>> prize["text"].tolist(), without_repeats(prize, corpus)["text"].tolist()
    (['70万', '70万元'], ['70万元'])
    """
    in_title = corpus.sentences["part"].to_numpy()[locate(quantities, corpus)] == "title"
    values = quantities["norm_value"].astype(object).fillna(quantities["text"])
    facts = pd.MultiIndex.from_arrays([quantities["doc"], values, quantities["norm_unit"]])
    return quantities[~(in_title & facts.isin(facts[~in_title]))]
