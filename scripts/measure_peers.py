"""Measure other tools and simple patterns on the coded page, as our finders are measured.

``python scripts/measure_peers.py`` writes ``data/peers.csv``. JioNLP and cn2an are an optional
extra: ``pip install policytext[peers]``.
"""

import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import cache, partial
from io import StringIO
from typing import Any

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.evaluation import peers
from policytext.evaluation import segmentation as words
from policytext.evaluation.peers import (
    SPANS_ALONE,
    Spans,
    Task,
    span_row,
    table_of,
    tasks,
    values_row,
    words_row,
)
from policytext.lexicon.lexicon import default_lexicon
from policytext.slogans.document import documents
from policytext.tables import save_csv
from policytext.text.clean import clean_text
from policytext.words.jieba_data import quiet_jieba
from policytext.words.segment import segment

_HAN = "[\u4e00-\u9fff]"
_N = "一二三四五六七八九十两"
_KEYWORDS = 50
Row = dict[str, Any]

PATTERNS = {
    "slogans": {
        "regex: numeral and two to four characters": rf"(?<![第{_N}])[{_N}][个大]?{_HAN}{{2,3}}",
        "regex: two parallel limbs": rf"(?<!{_HAN})({_HAN}{{3,6}})、{_HAN}{{3,6}}(?!{_HAN})",
    },
    "quantities": {
        "regex: digits": r"\d+(?:\.\d+)?%?",
        "regex: digits or numerals, and a unit": (
            rf"(?:\d+(?:\.\d+)?|[{_N}百千零]+)[十百千万亿多余]*"
            r"(?:%|亩|公里|平方米|元|年|月|日|个|家|项|人|名|次|届|天|吨|条|件|倍|米)"
        ),
    },
}
CUES = re.compile("力争|争取|确保|努力|计划|预计|达到|实现|突破")


def measured() -> pd.DataFrame:
    """Measure all of them.

    Raises:
        ImportError: An optional tool is not installed; says how to install it.
    """
    return table_of([*installed(), *optional()])


def installed() -> list[Row]:
    """Measure jieba and the patterns."""
    by_name = tasks()
    cut = segment(words.coded_corpus(), segmenter=words.default_jieba)
    return [
        words_row("jieba.posseg as it comes", cut, "jieba"),
        *_slogans(by_name["slogans"]),
        *_quantities(by_name[SPANS_ALONE]),
        _targets(by_name["targets"]),
    ]


def optional() -> list[Row]:
    """Measure JioNLP and cn2an."""
    task = tasks()["money and times"]
    jionlp = span_row(task, "JioNLP", jionlp_spans(task.corpus))
    return [jionlp, values_row("cn2an", cn2an_value)]


def _slogans(task: Task) -> Iterator[Row]:
    yield span_row(task, "every quoted span", quoted(task.corpus))
    yield from _patterns(task, PATTERNS["slogans"])
    for name, extract in keyword_extractors().items():
        spans = occurrences(task.corpus, extract)
        yield span_row(task, f"jieba {name} keywords", spans, "jieba")


def _quantities(task: Task) -> Iterator[Row]:
    yield from _patterns(task, PATTERNS["quantities"])
    spans = tagged(task.corpus, ("m", "mq", "t"))
    yield span_row(task, "jieba.posseg tags m, t", spans, "jieba")


def _patterns(task: Task, patterns: dict[str, str]) -> Iterator[Row]:
    for name, pattern in patterns.items():
        yield span_row(task, name, matches(task.corpus, pattern))


def _targets(task: Task) -> Row:
    pattern = PATTERNS["quantities"]["regex: digits or numerals, and a unit"]
    cued = matches(task.corpus, pattern, CUES)
    return span_row(task, "regex: such a number in a sentence with a cue", cued)


def matches(corpus: Corpus, pattern: str, sentence: re.Pattern[str] | None = None) -> Spans:
    """Where a pattern stands in the sentences, with their column breaks taken out."""
    spans: Spans = []
    for row in corpus.sentences.itertuples():
        text = clean_text(corpus.source(row.doc), [(row.start, row.end)])
        if sentence is None or sentence.search(text.text):
            spans += [
                (row.doc, *text.source_span(*m.span())) for m in re.finditer(pattern, text.text)
            ]
    return spans


def quoted(corpus: Corpus) -> Spans:
    """Whatever stands in quotation marks."""
    read = documents(corpus, default_lexicon())
    return [(doc.doc, *doc.span(*quote)) for doc in read for quote in doc.quotes]


def tagged(corpus: Corpus, tags: tuple[str, ...]) -> Spans:
    """Neighbouring words with one of the tags as one span."""
    spans: Spans = []
    for row in corpus.sentences.itertuples():
        text = clean_text(corpus.source(row.doc), [(row.start, row.end)])
        at, open_at = 0, None
        for word, tag in [*words.default_jieba(text.text), ("", "")]:
            if open_at is not None and tag not in tags:
                spans.append((row.doc, *text.source_span(open_at, at)))
                open_at = None
            elif open_at is None and tag in tags:
                open_at = at
            at += len(word)
    return spans


@cache
def keyword_extractors() -> dict[str, Callable[[str], list[str]]]:
    """Jieba's keyword extractors over a tokenizer of their own."""
    analyse, tagger = quiet_jieba("jieba.analyse"), words.jieba_tagger()
    methods = {"TF-IDF": analyse.TFIDF(), "TextRank": analyse.TextRank()}
    for name, method in methods.items():
        method.tokenizer = tagger.tokenizer if name == "TF-IDF" else tagger
        method.postokenizer = tagger
    return {name: partial(method.extract_tags, topK=_KEYWORDS) for name, method in methods.items()}


def occurrences(corpus: Corpus, extract: Callable[[str], list[str]]) -> Spans:
    """Everywhere the keywords of a document stand in it."""
    spans: Spans = []
    for doc in corpus.documents["doc"]:
        one = corpus.select([doc])
        keywords = extract("\n".join(one.sentences["text"]))
        longest_first = sorted(map(re.escape, keywords), key=len, reverse=True)
        spans += matches(one, "|".join(longest_first))
    return spans


def jionlp_spans(corpus: Corpus) -> Spans:
    """Amounts of money and times that JioNLP extracts."""
    with redirect_stdout(StringIO()):  # it greets on import
        jio = tool("jionlp")
    spans: Spans = []
    logging.disable(logging.ERROR)  # it logs every string that it cannot read as a time
    for row in corpus.sentences.itertuples():
        text = clean_text(corpus.source(row.doc), [(row.start, row.end)])
        found = [*jio.ner.extract_money(text.text), *jio.ner.extract_time(text.text)]
        spans += [(row.doc, *text.source_span(*one["offset"])) for one in found]
    logging.disable(logging.NOTSET)
    return spans


def cn2an_value(numeral: str) -> float | None:
    """What cn2an makes of a numeral; None where it gives up."""
    try:
        return float(tool("cn2an").cn2an(numeral, "smart"))
    except ValueError:
        return None


def tool(name: str) -> Any:
    """An optional tool.

    Raises:
        ImportError: It is not installed; says how to install it.
    """
    try:
        return __import__(name)
    except ImportError:
        raise ImportError(f"{name} is not installed; pip install policytext[peers]") from None


def main() -> None:
    """Measure the others and store what they reach."""
    try:
        save_csv(measured(), peers.STORED)
    except ImportError as error:
        sys.exit(f"left out: {error}")
    print(peers.stored().to_string(index=False))


if __name__ == "__main__":
    main()
