"""What other tools and simple patterns find: the finders that `peers` measures."""

import logging
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache, partial
from io import StringIO
from typing import Any

from policytext.corpus.corpus import Corpus
from policytext.evaluation import segmentation as words
from policytext.lexicon.lexicon import default_lexicon
from policytext.slogans.document import documents
from policytext.text.clean import clean_text
from policytext.words.jieba_data import quiet_jieba

_HAN = "[\u4e00-\u9fff]"
_N = "一二三四五六七八九十两"
_KEYWORDS = 50
Span = tuple[str, int, int]
Spans = list[Span]

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
