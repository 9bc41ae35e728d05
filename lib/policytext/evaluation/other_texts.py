"""Targets read outside the page and Shenzhen: the parts of each, and those of other genres."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pandas as pd

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.importing import import_files
from policytext.evaluation.gold import read_gold, read_reports, shared_folder
from policytext.evaluation.metrics import (
    Row,
    by_cluster,
    f1_row,
    hits,
    joined,
    precision_row,
    share_row,
    table_of,
)
from policytext.evaluation.scores import agreement, agreement_rows
from policytext.numbers.quantities import find_quantities
from policytext.numbers.targets import find_targets
from policytext.text.clean import clean

_NEWS, _WEB_PAGES = "xinwen", "files"
_PARTS = ("indicator_at", "indicator_name", "action_at", "counted", "baseline", "actor")
_OF_TARGETS = ("norm_value", "norm_unit", "comparator", "horizon_end", "strength")


def part_scores(shared: Path | None = None) -> pd.DataFrame:
    """Score the parts of targets against those that were read in reports and news.

    Args:
        shared: The folder that holds the reports; by default `shared_folder`.

    Returns:
        Rows of `development_scores`: how many of the targets coded are found, and of these the
        share that agrees in each part (``_at``: where noun and verb stand).

    Raises:
        FileNotFoundError: The reports are not at hand.
    """
    coded = read_gold("target-parts.csv")
    tables = [
        _found_targets(rows, _corpus(str(name), rows["doc"], shared or shared_folder()))
        for name, rows in coded.groupby("table", sort=False)
    ]
    return table_of("targets", _part_rows(pd.concat(tables, ignore_index=True)))


def genre_scores(shared: Path | None = None) -> pd.DataFrame:
    """Score targets in older reports, news and notices: open passages and held ones.

    Args:
        shared: The folder that holds the texts; by default `shared_folder`.

    Returns:
        Rows of `development_scores`: of each genre and half the targets (F1 resampled by passage,
        precision by Wilson); of each half the share of hits that agrees in a part, and the share
        of numbers coded that are found, targets or none.

    Raises:
        FileNotFoundError: The texts are not at hand, or are others than those that were coded.
    """
    passages = read_gold("genres-passages.csv")
    tables = [
        _found_numbers(rows, _corpus(str(name), rows["doc"], shared or shared_folder()))
        for name, rows in passages.groupby("table", sort=False)
    ]
    both = pd.concat(tables, ignore_index=True)
    return table_of("targets", _genre_rows(both))


def _corpus(table: str, docs: pd.Series, shared: Path) -> Corpus:
    """The documents of a table of the corpora, or web pages made texts."""
    if table == _WEB_PAGES:
        return _imported(docs.unique(), shared)
    news, report = "xinwen-lianbo-2012.jsonl.gz", f"reports/{table}.jsonl.gz"
    return read_reports(shared, news if table == _NEWS else report).select(docs.unique())


def _imported(docs: Iterable[str], shared: Path) -> Corpus:
    with TemporaryDirectory() as folder:
        pages, texts = Path(folder, "pages"), Path(folder, "texts")
        pages.mkdir()
        for doc in docs:
            copy(shared / "corpora" / "files" / f"{doc}.htm", pages)
        import_files(pages, texts)
        return read_corpus(texts)


def _found_targets(coded: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The coded targets of one table beside those found."""
    counted = [_passage(corpus, *row) for row in coded[["doc", "counted_at"]].to_numpy()]
    return joined(find_targets(corpus), coded.assign(counted=counted))


def _passage(corpus: Corpus, doc: str, at: object) -> str | None:
    if not isinstance(at, str):
        return None
    start, end = map(int, at.split(":"))
    return clean(corpus.source(doc)[start:end])


def _part_rows(both: pd.DataFrame) -> Iterator[Row]:
    coded = both[both["_merge"] != "left_only"]
    yield share_row("targets that were read", coded["_merge"] == "both")
    for part in _PARTS:
        rows = coded[coded["parts"].isin(["all", part])]
        yield share_row(part, agreement(rows, part))
    based = coded[coded["baseline_coded"].notna()]
    yield share_row("baseline", agreement(based, "baseline")) | {"by": "part", "part": "said"}


def _found_numbers(passages: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Numbers found and coded in the passages of one table; ``promised``: the targets of both."""
    for doc, length in passages[["doc", "length"]].drop_duplicates().to_numpy():
        if len(corpus.source(doc)) != length:
            raise FileNotFoundError(f"{doc}: the text that was coded had {length} characters")
    quantities = find_quantities(corpus)
    targets = find_targets(corpus, quantities=quantities)
    coded = read_gold("genres-targets.csv")
    coded = coded[coded["doc"].isin(passages["doc"])]
    promised = joined(targets[targets["is_target"]], coded[coded["is_target_strict"]])
    numbers = joined(quantities, coded)
    tables = (promised.assign(promised=True), numbers.assign(promised=False))
    spans = passages.rename(columns={"start": "first", "end": "last"})
    both = pd.concat(tables, ignore_index=True).merge(spans, on="doc")
    return both.query("first <= start and end <= last")


def _genre_rows(both: pd.DataFrame) -> Iterator[Row]:
    targets, numbers = both[both["promised"]], both[~both["promised"]]
    targets = targets.assign(cluster=targets["doc"] + ":" + targets["first"].astype(str))
    for (genre, half), rows in targets.groupby(["genre", "half"]):
        by = {"by": "genre", "part": f"{genre}, {half}"}
        yield f1_row("strict targets", by_cluster(rows), "passages") | by
        found = rows["_merge"] != "right_only"
        yield precision_row("precision", len(hits(rows)), int(found.sum())) | by
    for half, rows in targets.groupby("half"):
        yield from (row | {"by": "half", "part": half} for row in agreement_rows(rows, _OF_TARGETS))
    for half, rows in numbers[numbers["_merge"] != "left_only"].groupby("half"):
        share = share_row("numbers that were coded", rows["_merge"] == "both")
        yield share | {"by": "half", "part": half}
