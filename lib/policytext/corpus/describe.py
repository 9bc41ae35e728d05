"""Lengths and counts by document."""

import re

import pandas as pd

from policytext.corpus.corpus import Corpus

NOT_COUNTED = re.compile(r"[\W_]")  # marks and blanks; what remains are letters and digits


def counted_text(corpus: Corpus) -> dict[str, str]:
    """The Han characters, letters and digits of each document: its title and its text.

    Every rate per 1,000 characters and every share of a text rests on the length of these.
    Bylines and kickers above the text are left out where ``documents`` has the title, glossaries
    always.

    >>> from policytext import read_corpus
    >>> len(counted_text(read_corpus("data/wenzhou-2021"))["ouhai"])
    1635
    """
    table = corpus.sentences[corpus.sentences["part"] != "glossary"]
    titles = {row.doc: row.title for row in corpus.documents.itertuples()}
    kept = [
        row.part != "title" or _is_title(row.text, titles[row.doc]) for row in table.itertuples()
    ]
    texts = table[pd.array(kept, dtype=bool)].groupby("doc", sort=False)["text"].agg("".join)
    return {str(doc): NOT_COUNTED.sub("", text) for doc, text in texts.items()}


def _is_title(line: str, title: object) -> bool:
    if not isinstance(title, str) or not title:
        return True
    return NOT_COUNTED.sub("", line) in NOT_COUNTED.sub("", title)


def describe(corpus: Corpus) -> pd.DataFrame:
    """Describe each document in a row: what it is and how long.

    Returns:
        The documents table with ``characters`` (those of `counted_text`), ``sentences``,
        ``paragraphs`` and ``headings``.

    >>> from policytext import read_corpus
    >>> table = describe(read_corpus("data/wenzhou-2021"))
    >>> int(table.set_index("doc").loc["ouhai", "sentences"])
    36
    """
    lengths = {doc: len(text) for doc, text in counted_text(corpus).items()}
    characters = corpus.documents["doc"].map(lengths).fillna(0).astype(int)
    rows = corpus.sentences.assign(headings=corpus.sentences["part"] == "heading")
    counts = rows.groupby("doc").agg({"text": "size", "paragraph": "nunique", "headings": "sum"})
    counts.columns = ["sentences", "paragraphs", "headings"]
    table = corpus.documents.assign(characters=characters)
    return table.merge(counts, how="left", left_on="doc", right_index=True)


def main_kind(corpus: Corpus) -> Corpus:
    """The documents of the kind that most of the text is set to; genres are not to be pooled.

    >>> from policytext import read_corpus
    >>> set(main_kind(read_corpus("data/wenzhou-2021")).documents["kind"])
    {'essay'}
    """
    table = describe(corpus)
    table = table[table["kind_basis"] == "set"]
    if table.empty:
        return corpus
    kind = table.groupby("kind")["characters"].sum().idxmax()
    return corpus.select(table.loc[table["kind"] == kind, "doc"])


def sentences_with_breaks(corpus: Corpus) -> pd.DataFrame:
    """The sentences that a column or line break cuts, longest first; ``printed`` as in the file.

    >>> from policytext import read_corpus
    >>> sentences_with_breaks(read_corpus("data/wenzhou-2021")).iloc[0]["printed"].count("\\n")
    2
    """
    rows = corpus.sentences
    stretches = zip(rows["doc"], rows["start"], rows["end"], strict=True)
    rows = rows.assign(printed=[corpus.source(doc)[start:end] for doc, start, end in stretches])
    rows = rows[rows["printed"] != rows["text"]]
    return rows.sort_values("text", key=lambda text: text.str.len(), ascending=False, kind="stable")


def count_by_document(corpus: Corpus, **tables: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of each span table by document, and per 1,000 characters.

    Args:
        corpus: The corpus of the tables.
        tables: Span tables by the name that their column shall have.

    Returns:
        A row per document: doc, label, kind, characters, then for each table its count and, as
        ``name_per_1000``, its rate per 1,000 characters of `counted_text`.
    """
    result = describe(corpus)[["doc", "label", "kind", "characters"]]
    for name, table in tables.items():
        counts = result["doc"].map(table["doc"].value_counts()).fillna(0).astype(int)
        result[name] = counts
        result[f"{name}_per_1000"] = 1000 * counts / result["characters"]
    return result
