"""Speed of finding slogans, beside a plain loop over jieba.posseg in the same run."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import jieba
import jieba.posseg

import policytext as pt


def lines() -> Iterator[str]:
    """Characters a second of processor time, alone and as times the plain loop."""
    corpus = _corpus()
    sentences = corpus.sentences["text"].tolist()
    characters = sum(map(len, sentences))
    part = sentences[: len(sentences) // 8 or 1]  # the plain loop is slow, its speed is even
    plain = sum(map(len, part)) / _best(lambda: _plain(part))
    found = characters / _best(lambda: pt.find_slogans(corpus))
    yield f"{characters} characters; jieba.posseg: {plain:,.0f} characters a second"
    yield f"find_slogans: {found:,.0f} characters a second, {found / plain:.1f} times"


def _corpus() -> pt.Corpus:
    """The district reports, or the page where they are not there."""
    shared = Path(os.environ.get("SHARED", "../shared")) / "corpora" / "shenzhen-districts"
    return pt.read_corpus(shared if shared.is_dir() else "data/wenzhou-2021")


def _plain(sentences: list[str]) -> None:
    jieba.setLogLevel(60)
    for sentence in sentences:
        list(jieba.posseg.cut(sentence))


def _best(work: Callable[[], object], n_resamples: int = 3) -> float:
    work()  # dictionaries and caches are loaded
    seconds = []
    for _ in range(n_resamples):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)
