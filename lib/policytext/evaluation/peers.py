"""Other tools and simple patterns on the same text, measured as ours is.

JioNLP and cn2an are an optional extra (``pip install policytext[peers]``); what they reached is
kept in ``data/peers.csv``, and ``python -m policytext.evaluation.peers`` measures it anew.
"""

import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.evaluation import scores as formulae
from policytext.evaluation import scores as numbers
from policytext.evaluation import segmentation as words
from policytext.evaluation.metrics import Score, f1_row, overlap
from policytext.evaluation.peer_tools import (
    CUES,
    PATTERNS,
    Span,
    Spans,
    cn2an_value,
    jionlp_spans,
    keyword_extractors,
    matches,
    occurrences,
    quoted,
    tagged,
)
from policytext.numbers.quantities import measured
from policytext.paths import HOME
from policytext.tables import save_csv
from policytext.text.numerals import value_of
from policytext.words.segment import segment

PEER_COLUMNS = [
    *("task", "system", "version", "hits", "found", "coded", "precision", "recall", "f1"),
    *("low", "high", "interval", "half"),
]
STORED = HOME / "data" / "peers.csv"
_KINDS = ("money", "date", "duration", "period")
_SPAN = ["doc", "start", "end"]
SPANS_ALONE = "quantities and dates, spans alone"
_CLUSTERS = {
    "words": "sentences",
    "slogans": "stretches of 400 characters",
    SPANS_ALONE: "paragraphs",
    "money and times": "paragraphs",
    "targets": "paragraphs",
    "values": "numerals",
}
Clusters = Callable[[pd.DataFrame], pd.Series]


def comparison() -> pd.DataFrame:
    """Ours, patterns, jieba, and as stored JioNLP and cn2an, on the coded page.

    Returns:
        A row per task and system: task (words, slogans, quantities, targets, values), system,
        version, hits, found, coded, precision, recall, f1, low and high (f1 at 95 %), interval
        (by which method; the clusters are those of `development_scores`), half (recall where half
        of the longer span is enough).

        *slogans*: core spans of the four essays. *quantities and dates, spans alone*: of all eight
        pieces; what a system finds of list marks, slogan numbers and the like counts neither for
        nor against, since the others do not tell them apart. Where ours does, it is scored for it
        as *quantities and dates* in `development_scores`. *money and times*: those of them that
        JioNLP looks for. *targets*: values and
        dates promised. *values*: what a numeral is worth, given where it stands, ordinals and
        ranges left out. A keyword extractor is asked for its 50 best of each essay, and every
        place where one of them stands counts.

    >>> table = comparison()
    >>> bool(table.query("system == 'policytext'")["f1"].min() > 0.8)
    True
    """
    rows = [*_words(), *_slogans(), *_quantities(), *_targets(), *_values()]
    return _table([*rows, *stored().to_dict("records")])


def stored() -> pd.DataFrame:
    """What the optional tools reached when they were last measured."""
    return pd.read_csv(STORED, dtype={"version": str})


def optional() -> pd.DataFrame:
    """Measure JioNLP and cn2an.

    Raises:
        ImportError: One of them is not installed; says how to install it.
    """
    page, _, _, coded = numbers.quantity_tables("page")
    row = _row("money and times", "JioNLP", jionlp_spans(page), *_of_kinds(coded), _paragraph(page))
    return _table([row, *_value_rows("cn2an", cn2an_value)])


def _table(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows)).reindex(columns=PEER_COLUMNS)
    order = ["words", "slogans", SPANS_ALONE, "money and times", "targets", "values"]
    rank = table["task"].map(order.index)
    table = table.assign(rank=rank).sort_values(["rank", "f1"], ascending=[True, False])
    return table.drop(columns="rank").reset_index(drop=True)


def _row(
    task: str,
    system: str,
    found: Spans,
    coded: Spans,
    neutral: Spans,
    clusters: Clusters,
    package: str = "",
) -> dict[str, Any]:
    """Spans found against spans coded; those over a neutral span are left out."""
    ours = {span for span in found if span in coded or not any(overlap(span, n) for n in neutral)}
    near = sum(any(overlap(one, two) >= 0.5 for two in ours) for one in coded)
    scores = _by_cluster(ours, set(coded), clusters)
    return _scored(task, system, scores, package) | {"half": near / len(coded)}


def _by_cluster(ours: set[Span], theirs: set[Span], clusters: Clusters) -> dict[Hashable, Score]:
    spans = pd.DataFrame(sorted(ours | theirs), columns=_SPAN)
    table = spans.assign(
        cluster=clusters(spans),
        ours=[span in ours for span in _spans(spans)],
        theirs=[span in theirs for span in _spans(spans)],
    )
    table["both"] = table["ours"] & table["theirs"]
    sums = table.groupby("cluster")[["both", "ours", "theirs"]].sum()
    return {
        key: Score(*map(int, row)) for key, row in zip(sums.index, sums.to_numpy(), strict=True)
    }


def _paragraph(corpus: Corpus) -> Clusters:
    return lambda spans: numbers.placed(spans, corpus, None)["cluster"]


def _scored(
    task: str, system: str, scores: Mapping[Hashable, Score], package: str = ""
) -> dict[str, Any]:
    row = f1_row(task, scores, _CLUSTERS[task])
    return {"task": task, "system": system, "version": _version(package or system)} | row


def _version(package: str) -> str:
    try:
        return version(package.lower())
    except PackageNotFoundError:
        return ""


def _spans(table: pd.DataFrame) -> Spans:
    return list(table[_SPAN].itertuples(index=False, name=None))


def _words() -> Iterator[dict[str, Any]]:
    coded = words.coded_words()
    corpus = words.coded_corpus()
    tables = {
        ("policytext", "policytext"): segment(corpus),
        ("jieba.posseg as it comes", "jieba"): segment(corpus, segmenter=words.default_jieba),
    }
    for (system, name), table in tables.items():
        yield _scored("words", system, words.word_scores(table, coded), name)


def _slogans() -> Iterator[dict[str, Any]]:
    corpus, found, coded = formulae.slogan_tables("page")
    essays = corpus.select(sorted(coded["doc"].unique()))
    core, extended = (_spans(coded[coded["core"] == side]) for side in (True, False))
    systems = {
        "policytext": _spans(found[found["core"]]),
        "every quoted span": quoted(essays),
        **{name: matches(essays, pattern) for name, pattern in PATTERNS["slogans"].items()},
    }
    for name, spans in systems.items():
        yield _row("slogans", name, spans, core, extended, formulae.stretches)
    for name, extract in keyword_extractors().items():
        spans = occurrences(essays, extract)
        named = f"jieba {name} keywords"
        yield _row("slogans", named, spans, core, extended, formulae.stretches, "jieba")


def _quantities() -> Iterator[dict[str, Any]]:
    page, found, _, coded = numbers.quantity_tables("page")
    clusters = _paragraph(page)
    yield _row("money and times", "policytext", _spans(found), *_of_kinds(coded), clusters)
    real = coded.index.isin(measured(coded).index)
    sides = _spans(coded[real]), _spans(coded[~real])
    systems = {
        "policytext": _spans(measured(found)),
        **{name: matches(page, pattern) for name, pattern in PATTERNS["quantities"].items()},
    }
    for name, spans in systems.items():
        yield _row(SPANS_ALONE, name, spans, *sides, clusters)
    spans = tagged(page, ("m", "mq", "t"))
    yield _row(SPANS_ALONE, "jieba.posseg tags m, t", spans, *sides, clusters, "jieba")


def _of_kinds(coded: pd.DataFrame) -> tuple[Spans, Spans]:
    kept = coded.index.isin(measured(coded).index) & coded["kind"].isin(_KINDS)
    return _spans(coded[kept]), _spans(coded[~kept])


def _targets() -> Iterator[dict[str, Any]]:
    page, _, targets, coded = numbers.quantity_tables("page")
    strict = _spans(coded[coded["is_target_strict"]])
    ours, clusters = _spans(targets[targets["is_target"]]), _paragraph(page)
    yield _row("targets", "policytext", ours, strict, [], clusters)
    pattern = PATTERNS["quantities"]["regex: digits or numerals, and a unit"]
    cued = matches(page, pattern, CUES)
    named = "regex: such a number in a sentence with a cue"
    yield _row("targets", named, cued, strict, [], clusters)


def _values() -> Iterator[dict[str, Any]]:
    yield from _value_rows("policytext", value_of)


def _value_rows(system: str, value: Callable[[str], float | None]) -> Iterator[dict[str, Any]]:
    coded = numbers.coded_quantities()
    coded = measured(coded[coded["value"].notna() & ~coded["kind"].isin(["ordinal", "range"])])
    given = [value(numeral.rstrip("%％")) for numeral in coded["num_text"]]
    truth = coded["literal_value"].fillna(coded["value"])
    scores: dict[Hashable, Score] = {
        number: Score(
            int(ours is not None and abs(ours - true) <= 1e-3 * abs(true)), int(ours is not None), 1
        )
        for number, (ours, true) in enumerate(zip(given, truth, strict=True))
    }
    yield _scored("values", system, scores)


def main() -> None:
    """Measure the optional tools and store what they reach."""
    try:
        save_csv(optional(), STORED, digits=6)
    except ImportError as error:
        sys.exit(f"left out: {error}")
    print(stored().to_string(index=False))


if __name__ == "__main__":
    main()
