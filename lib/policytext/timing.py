"""When formulae are first attested in a corpus, and how their use grows or fades."""

import pandas as pd

from policytext.comparison import grouped
from policytext.corpus import Corpus


def first_attested(slogans: pd.DataFrame, corpus: Corpus, by: str = "place") -> pd.DataFrame:
    """When each formula is first attested in this corpus, and who follows when.

    "First attested here" is not "coined": the corpus may not hold the text that coined it.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in; documents without a date are left out.
        by: A column of ``corpus.documents``.

    Returns:
        One row per core formula and group that uses it: canonical, group, first and last (the
        dates of its first and last text there), documents, mentions, order (1 for the group whose
        text is the first; groups of one date share a number). Empty where all dates are one.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> len(first_attested(find_slogans(corpus), corpus))  # one page of one day
    0
    """
    columns = ["canonical", "group", "first", "last", "documents", "mentions", "order"]
    dated = _dated(slogans, corpus, by)
    if dated["date"].nunique() < 2:
        return pd.DataFrame(columns=columns)
    table = dated.groupby(["canonical", "group"], as_index=False).agg(
        first=("date", "min"),
        last=("date", "max"),
        documents=("doc", "nunique"),
        mentions=("doc", "size"),
    )
    table["order"] = table.groupby("canonical")["first"].rank("dense").astype(int)
    return table.sort_values(["canonical", "order", "group"], ignore_index=True)[columns]


def adoption_over_time(slogans: pd.DataFrame, corpus: Corpus, by: str = "place") -> pd.DataFrame:
    """How many texts of each date use a formula, of how many there are.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in; documents without a date are left out.
        by: A column of ``corpus.documents``; its values that use the formula are counted.

    Returns:
        One row per core formula and date of the corpus: canonical, date, mentions, users (texts
        that use it), texts (texts of that date), share (users of texts), groups (groups that use
        it). Dates without a use have a row with zeros. Empty where all dates are one.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> list(adoption_over_time(find_slogans(corpus), corpus).columns)[:3]
    ['canonical', 'date', 'mentions']
    """
    columns = ["canonical", "date", "mentions", "users", "texts", "share", "groups"]
    dated = _dated(slogans, corpus, by)
    texts = corpus.documents.dropna(subset=["date"]).groupby("date")["doc"].nunique()
    if len(texts) < 2:
        return pd.DataFrame(columns=columns)
    table = dated.groupby(["canonical", "date"]).agg(
        mentions=("doc", "size"), users=("doc", "nunique"), groups=("group", "nunique")
    )
    every = pd.MultiIndex.from_product(
        [sorted(dated["canonical"].unique()), texts.index], names=["canonical", "date"]
    )
    table = table.reindex(every, fill_value=0).reset_index()
    table["texts"] = table["date"].map(texts)
    table["share"] = table["users"] / table["texts"]
    return table[columns]


def _dated(slogans: pd.DataFrame, corpus: Corpus, by: str) -> pd.DataFrame:
    """Core mentions with their group and date."""
    table = grouped(slogans[slogans["core"]], corpus, by)
    documents = corpus.documents
    dates = dict(zip(documents["doc"], documents["date"], strict=True))
    return table.assign(date=table["doc"].map(dates)).dropna(subset=["date"])
