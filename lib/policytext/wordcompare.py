"""Two segmentations of one corpus, side by side."""

import pandas as pd

from policytext.corpus import Corpus
from policytext.spanlookup import locate


def side_by_side(
    corpus: Corpus, first: pd.DataFrame, second: pd.DataFrame, most: int = 3, longest: int = 60
) -> pd.DataFrame:
    """The sentences that two segmentations cut most differently, blanks between the words.

    Args:
        corpus: The corpus that both cut.
        first: A token table.
        second: Another one.
        most: How many sentences.
        longest: Only sentences of at most so many characters.

    Returns:
        A row per sentence: doc, start, end, first, second, differences (words of either table
        that the other has not), most differences first.
    """
    keys = ["doc", "start", "end"]
    rows = corpus.sentences[keys].assign(
        first=_joined(corpus, first),
        second=_joined(corpus, second),
        differences=_only(corpus, first, second, keys) + _only(corpus, second, first, keys),
    )
    rows = rows[corpus.sentences["text"].str.len() <= longest]
    return rows.nlargest(most, "differences").reset_index(drop=True)


def _joined(corpus: Corpus, tokens: pd.DataFrame) -> pd.Series:
    marked = (tokens["text"] + "/" + tokens["tag"].astype(str)).groupby(locate(tokens, corpus))
    return marked.agg(" ".join).reindex(corpus.sentences.index, fill_value="")


def _only(corpus: Corpus, tokens: pd.DataFrame, others: pd.DataFrame, keys: list[str]) -> pd.Series:
    """In each sentence, how many words of one table the other has not."""
    merged = tokens[keys].merge(others[keys], how="left", on=keys, indicator=True)
    alone = (merged["_merge"] == "left_only").groupby(locate(tokens, corpus)).sum()
    return alone.reindex(corpus.sentences.index, fill_value=0)


def changed_counts(first: pd.DataFrame, second: pd.DataFrame, most: int = 20) -> pd.DataFrame:
    """The words whose counts differ most between two segmentations.

    Returns:
        word, first, second (counts), change (second less first), largest changes first; no row
        for a word that is counted alike.
    """
    counts = pd.DataFrame(
        {"first": first["text"].value_counts(), "second": second["text"].value_counts()}
    )
    table = counts.fillna(0).astype(int).rename_axis("word").reset_index()
    table["change"] = table["second"] - table["first"]
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    changed = table.loc[order].query("change != 0")
    return changed.head(most).reset_index(drop=True)
