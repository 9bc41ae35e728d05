"""Our finders beside other tools and simple patterns, on the coded page.

What the others reach is kept in ``data/peers.csv``; ``scripts/measure_peers.py`` measures it, with
the tasks and the rows of this module.
"""

from collections.abc import Callable, Hashable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.evaluation import scores
from policytext.evaluation import segmentation as words
from policytext.evaluation.metrics import SPAN, Score, f1_row, overlap
from policytext.numbers.quantities import measured
from policytext.paths import HOME
from policytext.text.numerals import value_of
from policytext.words.segment import segment

PEER_COLUMNS = [
    *("task", "system", "version", "hits", "found", "coded", "precision", "recall", "f1"),
    *("low", "high", "interval", "half"),
]
STORED = HOME / "data" / "peers.csv"
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


class Task(NamedTuple):
    """Spans to find: those coded, those that count neither for nor against, and what we find."""

    name: str
    corpus: Corpus
    coded: Spans
    neutral: Spans
    ours: Spans
    clusters: Callable[[pd.DataFrame], pd.Series]


def comparison() -> pd.DataFrame:
    """Compare ours with patterns, jieba, JioNLP and cn2an, whose figures are stored.

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
    ours = [
        words_row("policytext", segment(words.coded_corpus())),
        *(span_row(task, "policytext", task.ours) for task in tasks().values()),
        values_row("policytext", value_of),
    ]
    return table_of([*ours, *stored().to_dict("records")])


def stored() -> pd.DataFrame:
    """What the others reached when they were last measured."""
    return pd.read_csv(STORED, dtype={"version": str}).fillna({"version": ""})


def table_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows as a table, task by task, the best system first."""
    table = pd.DataFrame(rows).reindex(columns=PEER_COLUMNS)
    rank = table["task"].map(list(_CLUSTERS).index)
    table = table.assign(rank=rank).sort_values(["rank", "f1"], ascending=[True, False])
    return table.drop(columns="rank").reset_index(drop=True)


def tasks() -> dict[str, Task]:
    """The tasks that ask for spans, by name."""
    page, found, targets, coded = scores.quantity_tables("page")
    strict = coded[coded["is_target_strict"]]
    kept = coded.index.isin(measured(coded).index)
    timed = kept & coded["kind"].isin(_KINDS)

    def paragraphs(spans: pd.DataFrame) -> pd.Series:
        return scores.placed(spans, page, None)["cluster"]

    def numeric(name: str, coded: pd.DataFrame, neutral: pd.DataFrame, ours: pd.DataFrame) -> Task:
        return Task(name, page, _spans(coded), _spans(neutral), _spans(ours), paragraphs)

    given = [
        _slogans(),
        numeric(SPANS_ALONE, coded[kept], coded[~kept], measured(found)),
        numeric("money and times", coded[timed], coded[~timed], found),
        numeric("targets", strict, strict.iloc[:0], targets[targets["is_target"]]),
    ]
    return {task.name: task for task in given}


def _slogans() -> Task:
    corpus, found, coded = scores.slogan_tables("page")
    essays = corpus.select(sorted(coded["doc"].unique()))
    core, extended, ours = coded[coded["core"]], coded[~coded["core"]], found[found["core"]]
    return Task("slogans", essays, _spans(core), _spans(extended), _spans(ours), scores.stretches)


def words_row(system: str, tokens: pd.DataFrame, package: str = "") -> dict[str, Any]:
    """Score a segmentation of the coded sentences."""
    return _scored("words", system, words.word_scores(tokens, words.coded_words()), package)


def span_row(task: Task, system: str, found: Spans, package: str = "") -> dict[str, Any]:
    """Score the spans that a system finds; those over a neutral span are left out."""
    ours = {
        span
        for span in found
        if span in task.coded or not any(overlap(span, other) for other in task.neutral)
    }
    near = sum(any(overlap(one, two) >= 0.5 for two in ours) for one in task.coded)
    by_cluster = _by_cluster(ours, task)
    return _scored(task.name, system, by_cluster, package) | {"half": near / len(task.coded)}


def _by_cluster(ours: set[tuple[str, int, int]], task: Task) -> dict[Hashable, Score]:
    spans = pd.DataFrame(sorted(ours | set(task.coded)), columns=SPAN)
    table = spans.assign(
        cluster=task.clusters(spans),
        ours=[span in ours for span in _spans(spans)],
        theirs=[span in task.coded for span in _spans(spans)],
    )
    table["both"] = table["ours"] & table["theirs"]
    sums = table.groupby("cluster")[["both", "ours", "theirs"]].sum()
    return {
        key: Score(*map(int, row)) for key, row in zip(sums.index, sums.to_numpy(), strict=True)
    }


def values_row(system: str, value: Callable[[str], float | None]) -> dict[str, Any]:
    """Score what a system makes of the coded numerals."""
    coded = scores.coded_quantities()
    coded = measured(coded[coded["value"].notna() & ~coded["kind"].isin(["ordinal", "range"])])
    given = [value(numeral.rstrip("%％")) for numeral in coded["num_text"]]
    truth = coded["literal_value"].fillna(coded["value"])
    by_numeral: dict[Hashable, Score] = {
        number: Score(
            int(ours is not None and abs(ours - true) <= 1e-3 * abs(true)), int(ours is not None), 1
        )
        for number, (ours, true) in enumerate(zip(given, truth, strict=True))
    }
    return _scored("values", system, by_numeral)


def _scored(
    task: str, system: str, by_cluster: Mapping[Hashable, Score], package: str = ""
) -> dict[str, Any]:
    row = f1_row(task, by_cluster, _CLUSTERS[task])
    return {"task": task, "system": system, "version": _version(package or system)} | row


def _version(package: str) -> str:
    try:
        return version(package.lower())
    except PackageNotFoundError:
        return ""


def _spans(table: pd.DataFrame) -> Spans:
    return list(table[SPAN].itertuples(index=False, name=None))
