"""Corpora written out word by word, so that every count can be checked by hand."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

import policytext as pt


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
