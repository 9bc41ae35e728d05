"""Corpora written out word by word, so that every count can be checked by hand."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

import policytext as pt
from policytext.corpus.corpus import DOCUMENT_COLUMNS, SENTENCE_COLUMNS, _sentences


def handmade(
    folder: Path, essays: Mapping[str, str], **columns: list[str]
) -> tuple[pt.Corpus, pd.DataFrame]:
    """A corpus and its tokens from texts in the form ``推进/v 改革/vn 。/w``, a line a paragraph.

    The name of each essay is its document and its author; ``columns`` are further metadata.
    """
    rows, tokens = [], []
    for doc, written in essays.items():
        text = ""
        for line in written.splitlines():
            for item in line.split():
                word, _, tag = item.rpartition("/")
                tokens.append((doc, len(text), len(text) + len(word), word, tag))
                text += word
            text += "\n"
        rows.append({"doc": doc, "author": doc, "text": text.strip()})
    table = pd.DataFrame(rows).assign(**columns)
    table.to_csv(folder / "essays.csv", index=False)
    names = ["doc", "start", "end", "text", "tag"]
    return pt.read_corpus(folder / "essays.csv"), pd.DataFrame(tokens, columns=names)


def page(*texts: str, **columns: object) -> pt.Corpus:
    """A corpus of one page: each text a document of 甲乙区 in 广东, of 2022."""
    source = "\n\n".join(texts)
    spans = []
    for text in texts:
        start = source.index(text)
        spans.append((start, start + len(text)))
    return _corpus(source, spans, columns)


def _corpus(source: str, spans: list[tuple[int, int]], columns: dict[str, object]) -> pt.Corpus:
    rows = [
        {"doc": f"d{i}", "file": "page.txt", "start": a, "end": b, "place": "甲乙区"}
        | {"level": "county", "date": "2022"}
        | columns
        for i, (a, b) in enumerate(spans, start=1)
    ]
    documents = pd.DataFrame(rows).reindex(columns=[*DOCUMENT_COLUMNS])
    sources = {str(row["doc"]): source for row in rows}
    sentences = [row for one in rows for row in _sentences(one, sources[str(one["doc"])])]
    return pt.Corpus(documents, pd.DataFrame(sentences, columns=SENTENCE_COLUMNS), sources)


def reports(folder: Path, *texts: tuple[str, str, object, str]) -> pt.Corpus:
    """A corpus of texts as (place, level, date, text), which are called d0, d1 and so on."""
    rows = [
        {"doc": f"d{number}", "place": place, "level": level, "date": date, "text": text}
        for number, (place, level, date, text) in enumerate(texts)
    ]
    pd.DataFrame(rows).to_csv(folder / "reports.csv", index=False)
    return pt.read_corpus(folder / "reports.csv")
