"""jieba and its Rust twin cut alike: the same dictionary, the same path, the same rules."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext import text as tx
from policytext.corpus.corpus import SENTENCE_COLUMNS

pytest.importorskip("rjieba", reason="rjieba is not installed: pip install policytext[rjieba]")


def both(corpus: pt.Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    return pt.segment(corpus), pt.segment(corpus, engine="rjieba")


def news(path: Path, size: int = 2_000_000) -> pt.Corpus:
    """The first ``size`` bytes of news, one sentence per line."""
    sources = dict(_items(path, size))
    rows = [
        (doc, *span, "body", None, None, 0, tx.clean(text[slice(*span)]))
        for doc, text in sources.items()
        for span in tx.paragraphs(text)
    ]
    sentences = pd.DataFrame(rows, columns=SENTENCE_COLUMNS)
    return pt.Corpus(pd.DataFrame({"doc": list(sources)}), sentences, sources)


def _items(path: Path, size: int) -> Iterator[tuple[str, str]]:
    read = 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            text = json.loads(line)["text"]
            read += len(text.encode())
            yield f"n{number}", text
            if read > size:
                return


def test_the_page_is_cut_alike(corpus: pt.Corpus) -> None:
    ours, twin = both(corpus)
    pd.testing.assert_frame_equal(ours, twin, check_flags=False)


def test_the_shenzhen_reports_are_cut_alike(shared: Path) -> None:
    ours, twin = both(pt.read_corpus(shared / "corpora" / "shenzhen-districts"))
    pd.testing.assert_frame_equal(ours, twin, check_flags=False)


def test_two_megabytes_of_news_are_cut_alike(shared: Path) -> None:
    ours, twin = both(news(shared / "corpora" / "xinwen-lianbo-2012.jsonl.gz"))
    assert len(ours) > 300_000
    pd.testing.assert_frame_equal(ours, twin, check_flags=False)
