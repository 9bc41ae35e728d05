"""Counts, rates and intervals on a corpus small enough to count by hand."""

import pandas as pd
import pytest

import policytext as pt
from policytext.terms import count_terms, select_terms

ESSAYS = {
    "甲": "推进 改革 ， 推进 发展 。\n改革 的 海洋 。",
    "乙": "发展 发展 海洋 ， 是 海洋 经济 。",
}
TAGS = {"推进": "v", "改革": "vn", "发展": "vn", "海洋": "n", "经济": "n", "的": "u", "是": "v"}


@pytest.fixture
def corpus(tmp_path) -> pt.Corpus:  # type: ignore[no-untyped-def]
    rows = [{"doc": f"d{a}", "author": a, "text": t.replace(" ", "")} for a, t in ESSAYS.items()]
    pd.DataFrame(rows).to_csv(tmp_path / "essays.csv", index=False)
    return pt.read_corpus(tmp_path / "essays.csv")


@pytest.fixture
def tokens() -> pd.DataFrame:
    rows = []
    for author, text in ESSAYS.items():
        at = 0
        for line in text.splitlines():
            for word in line.split():
                tag = TAGS.get(word, "w")
                rows.append((f"d{author}", at, at + len(word), word, tag))
                at += len(word)
            at += 1
    return pd.DataFrame(rows, columns=["doc", "start", "end", "text", "tag"])


def row(table: pd.DataFrame, group: str, term: str) -> pd.Series:
    return table[(table["group"] == group) & (table["term"] == term)].iloc[0]


def test_a_count_stands_beside_its_rate_range_and_rank(
    corpus: pt.Corpus, tokens: pd.DataFrame
) -> None:
    words = select_terms(tokens, corpus, stopwords=["的", "是"], parts=None)
    reform = row(count_terms(words, corpus), "甲", "改革")
    assert (reform["count"], reform["tokens"], reform["tag"]) == (2, 7, "vn")
    assert reform["rate"] == pytest.approx(2000 / 7)
    assert (reform["documents"], reform["paragraphs"], reform["rank"]) == (1, 2, 1)
    assert reform["interval"] == "count alone"
    assert pd.isna(reform["low"])
