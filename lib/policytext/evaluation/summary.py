"""The tables that ``make score`` prints: measured now, or stored when last measured."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pandas as pd

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.importing import import_files
from policytext.evaluation import segmentation as words
from policytext.evaluation.gold import coded_core, read_gold, read_reports, shared_folder
from policytext.evaluation.metrics import (
    Row,
    Score,
    by_cluster,
    f1_row,
    hits,
    joined,
    precision_row,
    share_row,
    table_of,
    wilson,
)
from policytext.evaluation.scores import SPAN, agreement, agreement_rows, development_scores
from policytext.numbers.quantities import find_quantities
from policytext.numbers.targets import find_targets
from policytext.paths import HOME
from policytext.slogans.model import SIDES, THRESHOLD
from policytext.text.clean import clean

HELD_OUT = HOME / "data" / "held-out-scores.csv"
PEERS = HOME / "data" / "peers.csv"
CROSS_VALIDATION = HOME / "data" / "slogan-model" / "cross-validation.csv"
_BINS = 5
_NEWS, _WEB_PAGES = "xinwen", "files"
_PARTS = ("indicator_at", "indicator_name", "action_at", "counted", "baseline", "actor")
_OF_TARGETS = ("norm_value", "norm_unit", "comparator", "horizon_end", "strength")


def held_out_scores() -> pd.DataFrame:
    """Read the scores on held-out texts, as last measured.

    Returns:
        Rows of `development_scores`; ``scripts/score_heldout.py`` measures them.

    >>> set(held_out_scores()["task"]) == {"words", "quantities", "targets", "slogans"}
    True
    """
    return pd.read_csv(HELD_OUT).astype(dict.fromkeys(("hits", "found", "coded"), "Int64"))


def cross_validated() -> pd.DataFrame:
    """Score the slogan candidates by weights that were fitted without their document.

    Of candidates alone: what lists and other documents add is not in it. Spans are exact, extended
    ones neutral, and so are those on which two coders differ; to the Brier score they are not core.

    Returns:
        A row for all, quoted and bare candidates, with hard spans counted and with them neutral:
        part, hard, hits, found, coded, precision, recall, f1, brier (the mean squared distance of
        score and label).

    >>> table = cross_validated().set_index(["part", "hard"])
    >>> bool(table.loc[("quoted", "counted"), "f1"] > 0.9)
    True
    """
    core = coded_core()
    core["side"] = core["quoted"].map({"full": "quoted"}).fillna("bare")
    scored = _scored().merge(read_gold("reports-slogans.csv")[[*SPAN, "hard"]], how="left")
    rows = []
    for hard in ("counted", "neutral"):
        for part in ("all", *SIDES):
            mine, coded = (
                table[(table["side"].eq(part) | (part == "all")) & _counts(table, hard)]
                for table in (scored, core)
            )
            found = mine[(mine["score"] >= THRESHOLD) & (mine["label"] != "ext")]
            score = Score(int(found["core"].sum()), len(found), len(coded))
            brier = float(((mine["score"] - mine["core"]) ** 2).mean())
            rows.append((part, hard, *score, score.precision, score.recall, score.f1, brier))
    columns = ["part", "hard", "hits", "found", "coded", "precision", "recall", "f1", "brier"]
    return pd.DataFrame(rows, columns=columns)


def _counts(table: pd.DataFrame, hard: str) -> pd.Series:
    """Whether a span counts: all do, or all but those that are hard to decide."""
    return ~table["hard"].eq(True) | (hard == "counted")


def calibration() -> pd.DataFrame:
    """Compare the scores of candidates with the share that coders call core, and not extended.

    Returns:
        A row for each part (quoted, bare) and fifth of the scale: part, score (the mean), share,
        low and high (Wilson, 95 %), candidates.

    >>> list(calibration().columns)
    ['part', 'score', 'share', 'low', 'high', 'candidates']
    """
    scored = _scored()
    fifth = (scored["score"] * _BINS).astype(int).clip(upper=_BINS - 1)
    groups = scored.groupby([scored["side"].rename("part"), fifth.rename("fifth")])
    table = groups.agg(score=("score", "mean"), hits=("core", "sum"), candidates=("core", "size"))
    bounds = [
        wilson(int(h), int(n)) for h, n in zip(table["hits"], table["candidates"], strict=True)
    ]
    table["share"] = table["hits"] / table["candidates"]
    table[["low", "high"]] = bounds
    columns = ["part", "score", "share", "low", "high", "candidates"]
    return table.reset_index()[columns].sort_values(["part", "score"], ignore_index=True)


def _scored() -> pd.DataFrame:
    table = pd.read_csv(CROSS_VALIDATION)
    return table.assign(core=table["label"] == "core")


def peer_scores() -> pd.DataFrame:
    """Read the scores of ours, patterns, jieba, JioNLP and cn2an on the page, as last measured.

    Returns:
        A row per task and system, measured by ``scripts/measure_peers.py``: task, system, version,
        hits, found, coded, precision, recall, f1, low and high (f1 at 95 %), interval (by which
        method; the clusters are those of `development_scores`), half (recall where half of the
        longer span is enough).

        *slogans*: core spans of the four essays. *quantities and dates, spans alone*: of all eight
        pieces; what a system finds of list marks, slogan numbers and the like counts neither for
        nor against, since the others do not distinguish them. Where ours does, it is scored for it
        as *quantities and dates* in `development_scores`. *money and times*: those of them that
        JioNLP looks for. *targets*: values and dates promised. *values*: what a numeral is worth,
        given where it stands, ordinals and ranges left out. A keyword extractor is asked for its
        50 best of each essay, and every place where one of them stands counts.

    >>> bool(peer_scores().query("system == 'policytext'")["f1"].min() > 0.8)
    True
    """
    return pd.read_csv(PEERS, dtype={"version": str}).fillna({"version": ""})


def coders() -> pd.DataFrame:
    """Read the agreement of two coders, both model-assisted, each by the same guide.

    Returns:
        task, what, measure, value, extended (of slogans: whether mentions that one coder calls
        extended are *counted* as differences or *neutral*, as in our scores), guide (*first*, by
        which the held-out passages were coded too, or *with ten decisions* made later).

    >>> float(coders().query("task == 'targets' and what == 'strict targets'")["value"].iloc[0])
    0.96
    """
    return read_gold("coder-agreement.csv")


# --- targets outside the page and Shenzhen: their parts, and other genres -------------------------


def part_scores() -> pd.DataFrame:
    """Score the parts of targets against those that were read in reports and news.

    Returns:
        Rows of `development_scores`: how many of the targets coded are found, and of these the
        share that agrees in each part (``_at``: where noun and verb stand).

    Raises:
        FileNotFoundError: The reports are not at hand.
    """
    coded = read_gold("target-parts.csv")
    tables = [
        _found_targets(rows, _corpus(str(name), rows["doc"]))
        for name, rows in coded.groupby("table", sort=False)
    ]
    return table_of("targets", _part_rows(pd.concat(tables, ignore_index=True)))


def genre_scores() -> pd.DataFrame:
    """Score targets in older reports, news and notices: open passages and held ones.

    Returns:
        Rows of `development_scores`: of each genre and half the targets (F1 resampled by passage,
        precision by Wilson); of each half the share of hits that agrees in a part, and the share
        of numbers coded that are found, targets or none.

    Raises:
        FileNotFoundError: The texts are not at hand, or are others than those that were coded.
    """
    passages = read_gold("genres-passages.csv")
    tables = [
        _found_numbers(rows, _corpus(str(name), rows["doc"]))
        for name, rows in passages.groupby("table", sort=False)
    ]
    both = pd.concat(tables, ignore_index=True)
    return table_of("targets", _genre_rows(both))


def _corpus(table: str, docs: pd.Series) -> Corpus:
    """The documents of a table of the corpora, or web pages made texts."""
    if table == _WEB_PAGES:
        return _imported(docs.unique())
    news, report = "xinwen-lianbo-2012.jsonl.gz", f"reports/{table}.jsonl.gz"
    return read_reports(shared_folder(), news if table == _NEWS else report).select(docs.unique())


def _imported(docs: Iterable[str]) -> Corpus:
    with TemporaryDirectory() as folder:
        pages, texts = Path(folder, "pages"), Path(folder, "texts")
        pages.mkdir()
        for doc in docs:
            copy(shared_folder() / "corpora" / "files" / f"{doc}.htm", pages)
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


# --- all of them ----------------------------------------------------------------------------------


TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "Development scores: the Wenzhou page, on which the rules were written": development_scores,
    "Development scores: passages of Shenzhen reports": lambda: development_scores("reports"),
    "Parts of targets read in reports of the whole country and in news": part_scores,
    "Targets in older reports, news and notices: open passages and held ones": genre_scores,
    "Words of the page: ours without parts of the lexicon, and jieba as it comes": words.comparison,
    "Other tools on the page": peer_scores,
    "Held-out scores, as last measured": held_out_scores,
    "Two coders, model-assisted, on the same guides": coders,
}


def print_scores() -> list[str]:
    """Print the tables; the titles of those that had to be left out, as they lack their texts."""
    left = []
    for title, table in TABLES.items():
        print(f"# {title}")
        try:
            print(table().round(3).to_string(index=False, na_rep=""), flush=True)
        except FileNotFoundError as error:
            print(f"left out: {error}")
            left.append(title)
    return left
