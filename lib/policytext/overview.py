"""How long the documents are and how they are built."""

import pandas as pd

from policytext.corpus import Corpus

_COUNTED = r"[\u3400-\u9fff\U00020000-\U0003ffff0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"


def describe(corpus: Corpus) -> pd.DataFrame:
    """One row per document: what it is and how long.

    Returns:
        The documents table with ``characters`` (Han and alphanumeric ones, marks and blanks left
        out), ``sentences``, ``paragraphs`` and ``headings``.

    >>> from policytext import read_corpus
    >>> table = describe(read_corpus("data/wenzhou-2021"))
    >>> int(table.set_index("doc").loc["ouhai", "sentences"])
    36
    """
    rows = corpus.sentences
    per_document = rows.assign(
        characters=rows["text"].str.count(_COUNTED), headings=rows["part"] == "heading"
    ).groupby("doc")
    counts = per_document.agg(
        characters=("characters", "sum"),
        sentences=("text", "size"),
        paragraphs=("paragraph", "nunique"),
        headings=("headings", "sum"),
    )
    return corpus.documents.merge(counts, how="left", left_on="doc", right_index=True)


def leading_kind(corpus: Corpus) -> Corpus:
    """The documents of the kind that most of the text is of; genres are not to be pooled.

    >>> from policytext import read_corpus
    >>> set(leading_kind(read_corpus("data/wenzhou-2021")).documents["kind"])
    {'essay'}
    """
    table = describe(corpus).dropna(subset=["kind"])
    if table.empty:
        return corpus
    kind = table.groupby("kind")["characters"].sum().idxmax()
    return corpus.select(table.loc[table["kind"] == kind, "doc"])


def broken(corpus: Corpus) -> pd.DataFrame:
    """The sentences that a column or line break cuts, longest first; ``printed`` as in the file.

    >>> from policytext import read_corpus
    >>> broken(read_corpus("data/wenzhou-2021")).iloc[0]["printed"].count("\\n")
    2
    """
    rows = corpus.sentences
    stretches = zip(rows["doc"], rows["start"], rows["end"], strict=True)
    rows = rows.assign(printed=[corpus.source(doc)[start:end] for doc, start, end in stretches])
    rows = rows[rows["printed"] != rows["text"]]
    return rows.sort_values("text", key=lambda text: text.str.len(), ascending=False, kind="stable")


def findings(corpus: Corpus, **tables: pd.DataFrame) -> pd.DataFrame:
    """How many rows of each span table every document has, and how many per 1,000 characters.

    Args:
        corpus: The corpus of the tables.
        tables: Span tables by the name that their column shall have.

    Returns:
        A row per document: doc, label, kind, characters, then for each table its count and, as
        ``name_per_1000``, its rate per 1,000 Han and alphanumeric characters.
    """
    result = describe(corpus)[["doc", "label", "kind", "characters"]]
    for name, table in tables.items():
        counts = result["doc"].map(table["doc"].value_counts()).fillna(0).astype(int)
        result[name] = counts
        result[f"{name}_per_1000"] = 1000 * counts / result["characters"]
    return result
