"""Speed of counting and comparing words, beside a plain loop over jieba.posseg in the same run."""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import jieba.posseg

import policytext as pt
from policytext.terms import collocations, count_terms, keyness, select_terms, word_shift


def lines() -> Iterator[str]:
    """One line per table: seconds, and as a share of the plain loop over the same text."""
    corpus, group = _corpus()
    plain = _seconds(partial(_plain, corpus.sentences["text"].tolist()))
    words = select_terms(pt.segment(corpus), corpus)
    yield f"{len(words):,} words; jieba.posseg {plain:.1f} s"
    tasks: dict[str, Callable[[], object]] = {
        "select_terms": partial(select_terms, words.drop(columns="counted"), corpus),
        "count_terms with intervals": partial(count_terms, words, corpus, by="place"),
        "keyness with same-text null": partial(keyness, words, corpus, group, by="place"),
        "word_shift": partial(word_shift, words, corpus, group, by="place"),
        "collocations in sentences": partial(collocations, words, corpus),
        "concordance": partial(pt.concordance, corpus, "发展"),
    }
    for name, task in tasks.items():
        seconds = _seconds(task)
        yield f"{name}: {seconds:.2f} s, {seconds / plain:.3f} of the plain loop"


def _corpus() -> tuple[pt.Corpus, str]:
    """All district reports, or the page where they are not there, and a place in it."""
    shared = Path(os.environ.get("SHARED", "../shared")) / "corpora" / "shenzhen-districts"
    corpus = pt.read_corpus(shared if shared.is_dir() else "data/wenzhou-2021")
    return corpus, corpus.documents["place"].iloc[0]


def _plain(sentences: list[str]) -> None:
    for sentence in sentences:
        list(jieba.posseg.cut(sentence))


def _seconds(task: Callable[[], object]) -> float:
    begin = time.perf_counter()
    task()
    return time.perf_counter() - begin
