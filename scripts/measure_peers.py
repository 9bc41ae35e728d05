"""Measure our finders beside other tools and simple patterns, on the coded page.

``python scripts/measure_peers.py`` writes ``data/peers.csv``. JioNLP and cn2an are an optional
extra: ``pip install policytext[peers]``.
"""

import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from io import StringIO
from typing import Any, NamedTuple

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.evaluation import scores, summary
from policytext.evaluation import segmentation as words
from policytext.evaluation.gold import coded_quantities
from policytext.evaluation.metrics import (
    SPAN,
    SUMMARY_COLUMNS,
    Counts,
    Score,
    by_cluster,
    f1_row,
    joined,
    overlap,
)
from policytext.lexicon.lexicon import default_lexicon
from policytext.numbers.quantities import measured
from policytext.slogans.document import documents
from policytext.tables import save_csv
from policytext.text.clean import clean_text
from policytext.text.numerals import value_of
from policytext.words.segment import segment
from policytext.words.tag_model import quiet_jieba

_HAN = "[\u4e00-\u9fff]"
_N = "一二三四五六七八九十两"
_KEYWORDS = 50
COLUMNS = ["task", "system", "version", *SUMMARY_COLUMNS[4:10], "low", "high", "interval", "half"]
SPANS_ALONE = "quantities and dates, spans alone"
# The tasks in the order of the table, each with what its intervals resample.
_CLUSTERS = {
    "words": "sentences",
    "slogans": "stretches of 400 characters",
    SPANS_ALONE: "paragraphs",
    "money and times": "paragraphs",
    "targets": "paragraphs",
    "values": "numerals",
}
_KINDS = ("money", "date", "duration", "period")
Spans = list[tuple[str, int, int]]
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


class Task(NamedTuple):
    """Spans to find: those coded, those that count neither for nor against, and what we find."""

    name: str
    corpus: Corpus
    coded: Spans
    neutral: Spans
    ours: Spans
    clusters: Callable[[pd.DataFrame], pd.Series]


def all_systems() -> pd.DataFrame:
    """Measure all of them, ours among them.

    Returns:
        A row per task and system; `policytext.evaluation.summary.peer_scores` has the columns.

    Raises:
        ImportError: An optional tool is not installed; says how to install it.
    """
    return table_of([*installed(), *optional()])


def installed() -> list[Row]:
    """Measure ours, jieba and the patterns."""
    by_name = tasks()
    cut = segment(words.coded_corpus(), segmenter=words.default_jieba)
    return [
        words_row("policytext", segment(words.coded_corpus())),
        *(span_row(task, "policytext", task.ours) for task in by_name.values()),
        values_row("policytext", value_of),
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


def table_of(rows: list[Row]) -> pd.DataFrame:
    """The rows as a table, task by task, the best system first."""
    table = pd.DataFrame(rows).reindex(columns=COLUMNS)
    rank = table["task"].map(list(_CLUSTERS).index)
    table = table.assign(rank=rank).sort_values(["rank", "f1"], ascending=[True, False])
    return table.drop(columns="rank").reset_index(drop=True)


def tasks() -> dict[str, Task]:
    """The tasks that ask for spans, by name."""
    page, found, targets, coded = scores.quantity_tables("page")
    strict = coded[coded["is_target_strict"]]
    kept = coded.index.isin(measured(coded).index)
    timed = kept & coded["kind"].isin(_KINDS)

    paragraphs = partial(scores.paragraphs, corpus=page)

    def numeric(name: str, coded: pd.DataFrame, neutral: pd.DataFrame, ours: pd.DataFrame) -> Task:
        return Task(name, page, _spans(coded), _spans(neutral), _spans(ours), paragraphs)

    given = [
        _slogan_task(),
        numeric(SPANS_ALONE, coded[kept], coded[~kept], measured(found)),
        numeric("money and times", coded[timed], coded[~timed], found),
        numeric("targets", strict, strict.iloc[:0], targets[targets["is_target"]]),
    ]
    return {task.name: task for task in given}


def _slogan_task() -> Task:
    essays, found, coded = scores.slogan_tables("page")
    core, extended, ours = coded[coded["core"]], coded[~coded["core"]], found[found["core"]]
    return Task("slogans", essays, _spans(core), _spans(extended), _spans(ours), scores.stretches)


def words_row(system: str, tokens: pd.DataFrame, package: str = "") -> Row:
    """Score a segmentation of the coded sentences."""
    both = joined(tokens, words.coded_words())
    return _scored("words", system, by_cluster(both, "doc"), package)


def span_row(task: Task, system: str, found: Spans, package: str = "") -> Row:
    """Score the spans that a system finds; those over a neutral span are left out."""
    ours = {
        span
        for span in found
        if span in task.coded or not any(overlap(span, other) for other in task.neutral)
    }
    near = sum(any(overlap(one, two) >= 0.5 for two in ours) for one in task.coded)
    return _scored(task.name, system, _by_cluster(ours, task), package) | {
        "half": near / len(task.coded)
    }


def _by_cluster(ours: set[tuple[str, int, int]], task: Task) -> pd.DataFrame:
    tables = (pd.DataFrame(sorted(spans), columns=SPAN) for spans in (ours, set(task.coded)))
    both = joined(*tables)
    return by_cluster(both.assign(cluster=task.clusters(both)))


def values_row(system: str, value: Callable[[str], float | None]) -> Row:
    """Score what a system makes of the coded numerals."""
    coded = coded_quantities()
    coded = measured(coded[coded["value"].notna() & ~coded["kind"].isin(["ordinal", "range"])])
    given = [value(numeral.rstrip("%％")) for numeral in coded["num_text"]]
    truth = coded["literal_value"].fillna(coded["value"])
    by_numeral = [
        Score(
            int(ours is not None and abs(ours - true) <= 1e-3 * abs(true)), int(ours is not None), 1
        )
        for ours, true in zip(given, truth, strict=True)
    ]
    return _scored("values", system, by_numeral)


def _scored(task: str, system: str, counts: Counts, package: str = "") -> Row:
    row = f1_row(task, counts, _CLUSTERS[task])
    return {"task": task, "system": system, "version": _version(package or system)} | row


def _version(package: str) -> str:
    try:
        return version(package.lower())
    except PackageNotFoundError:
        return ""


def _spans(table: pd.DataFrame) -> Spans:
    return list(table[SPAN].itertuples(index=False, name=None))


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
        save_csv(all_systems(), summary.PEERS)
    except ImportError as error:
        sys.exit(f"left out: {error}")
    print(summary.peer_scores().to_string(index=False))


if __name__ == "__main__":
    main()
