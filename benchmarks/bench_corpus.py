"""Speed of reading a corpus, beside a plain jieba.posseg loop over a part of it."""

import time
import warnings
from collections.abc import Callable, Iterator

import jieba
import jieba.posseg

import policytext as pt
from policytext.evaluation.gold import shared_folder

# The plain loop is slow: it cuts one text in so many, and its time is scaled up.
TAGGED = 200


def lines() -> Iterator[str]:
    """Times the plain loop, on 12,000 items of news or, where they are not there, on the page."""
    news = shared_folder() / "corpora" / "xinwen-lianbo-2012.jsonl.gz"
    path = news if news.is_file() else "data/wenzhou-2021"
    warnings.simplefilter("ignore")
    corpus = pt.read_corpus(path)
    texts = [corpus.source(doc) for doc in corpus.documents["doc"]][
        :: TAGGED if news.is_file() else 1
    ]
    jieba.setLogLevel(60)
    jieba.initialize()
    plain = _seconds(lambda: [list(jieba.posseg.cut(text)) for text in texts])
    plain *= len(corpus.documents) / len(texts)
    seconds = min(_seconds(lambda: pt.read_corpus(path)) for _ in range(2))
    yield f"read_corpus, {len(corpus.documents)} documents: {plain / seconds:.1f} times"


def _seconds(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


if __name__ == "__main__":
    print("\n".join(lines()))
