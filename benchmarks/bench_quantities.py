"""How fast numbers and targets are read, against a plain jieba.posseg loop over the same text."""

import logging
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial

import policytext as pt
from policytext.evaluation.gold import read_reports, shared_folder

ROUNDS = 3
# The tagger is slow: it reads one text in so many, and its time is scaled up.
TAGGED = 5


def lines() -> Iterator[str]:
    """Characters a second of each reader as a multiple of the tagger's, on the longest corpus."""
    try:
        corpus = read_reports(shared_folder())
    except FileNotFoundError:
        corpus = pt.read_corpus("data/wenzhou-2021")
    texts = [corpus.source(doc) for doc in dict.fromkeys(corpus.documents["doc"])]
    length = sum(map(len, set(texts)))
    some = texts[: max(1, len(texts) // TAGGED)]
    tagging = _tagging(some) * length / sum(map(len, some))
    for read in (pt.find_quantities, pt.find_targets):
        read(corpus)  # compile the patterns
        seconds = min(_seconds(partial(read, corpus)) for _ in range(ROUNDS))
        yield f"{read.__name__}: {tagging / seconds:.1f} times a jieba.posseg loop"


def _tagging(texts: list[str]) -> float:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return _seconds(lambda: [sum(1 for _ in jieba.posseg.cut(text)) for text in texts])


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(*lines(), sep="\n")
