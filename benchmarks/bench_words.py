"""Speed of cutting and tagging, beside a plain loop over jieba.posseg in the same run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import jieba
import jieba.posseg

import policytext as pt

ENGINES = ("jieba", "rjieba")
_START = """
import time
import pandas as pd
import policytext as pt
from policytext.corpus.corpus import SENTENCE_COLUMNS
sentence = "全市生产总值增长8.5%%，治理能力现代化水平明显提升。"
documents = pd.DataFrame({"doc": ["a"], "start": [0], "end": [len(sentence)]})
rows = [("a", 0, len(sentence), "body", None, None, 0, sentence)]
sentences = pd.DataFrame(rows, columns=SENTENCE_COLUMNS)
corpus = pt.Corpus(documents, sentences, {"a": sentence})
begin = time.process_time()
pt.segment(corpus, engine="%s")
print(time.process_time() - begin)
"""


def lines() -> Iterator[str]:
    """One line per engine: characters a second, times the plain loop, seconds to the start."""
    corpus = _corpus()
    sentences = corpus.sentences["text"].tolist()
    characters = sum(map(len, sentences))
    plain = _plain(sentences)
    yield f"{characters} characters; jieba.posseg: {characters / plain:,.0f} characters a second"
    for engine in filter(_installed, ENGINES):
        pt.segment(corpus, engine=engine)  # the cache is warm
        seconds = _best(partial(pt.segment, corpus, engine=engine))
        speed = f"{characters / seconds:,.0f} characters a second, {plain / seconds:.1f} times"
        yield f"segment, {engine}: {speed}; first sentence after {_first(engine):.2f} s"


def _installed(engine: str) -> bool:
    return find_spec(engine) is not None


def _corpus() -> pt.Corpus:
    """Six district reports, or the page ten times over where they are not there."""
    shared = Path(os.environ.get("SHARED", "../shared")) / "corpora" / "shenzhen-districts"
    if shared.is_dir():
        reports = pt.read_corpus(shared)
        return reports.select(reports.documents["doc"][:6])
    return pt.read_corpus("data/wenzhou-2021")


def _plain(sentences: list[str]) -> float:
    jieba.setLogLevel(60)
    list(jieba.posseg.cut("预热"))
    return _best(lambda: [[(w.word, w.flag) for w in jieba.posseg.cut(s)] for s in sentences])


def _best(run: Callable[[], object], times: int = 3) -> float:
    """Processor time of the fastest of some runs: what else the machine does should not count."""
    seconds = []
    for _ in range(times):
        begin = time.process_time()
        run()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def _first(engine: str) -> float:
    """Processor seconds from the import to the first tagged sentence, in a process of its own."""
    command = [sys.executable, "-c", _START % engine]
    return min(float(subprocess.check_output(command)) for _ in range(3))
