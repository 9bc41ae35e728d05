"""Fit the weights of slogan candidates on the coded passages, and say how good they are.

``python scripts/train_slogans.py SHARED`` reads the texts that the coded offsets point into, fits
two logistic regressions (quoted and bare candidates; scikit-learn is needed for this alone), and
writes ``data/slogan-model``: the weights, and what cross-validation by document found. No
document is scored by weights that it had a part in, and none counts among the other reports that
say what it says. Bare candidates that were picked by their score to be coded are fitted on, and
never scored: they say nothing of how many slogans a text has.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from count_formulae import SETS
from policytext.corpus.corpus import Corpus, read_corpus
from policytext.evaluation.gold import agreed, coded_texts, read_gold, shared_folder
from policytext.lexicon.lexicon import default_lexicon
from policytext.paths import HOME
from policytext.slogans.candidates import Candidate, candidates
from policytext.slogans.document import SloganDocument, documents
from policytext.slogans.features import Evidence
from policytext.slogans.lists import list_mentions, listings
from policytext.slogans.model import EVERY, SIDES, Scored, choose, lifted, side_of, weights
from policytext.slogans.reference import read_reference
from policytext.tables import save_csv
from policytext.text.clean import wording

FOLDER = HOME / "data" / "slogan-model"
# How often a feature must stand in the passages to have a weight.
_MIN_COUNT = 3
# What is extended is not core, but no good example of what is no slogan.
_EXTENDED = 0.5
# Quotations have more features that stand in few of them.
_C = {"quoted": 0.6, "bare": 1.0}
# How the names of the passages begin after which the guide was last decided on.
_FIRST = "D"
COLUMNS = "doc start end text side label picked candidate features".split()


class Text(NamedTuple):
    """A document in which passages are coded."""

    document: SloganDocument
    passages: list[tuple[int, int]]
    labels: dict[tuple[int, int], str]
    picked: dict[tuple[int, int], str]


def reports(shared: Path, name: str) -> Corpus:
    """One set of reports."""
    return read_corpus(shared / "corpora" / "reports" / f"{name}.jsonl.gz")


def coded_documents(shared: Path) -> Iterator[Text]:
    """The documents of all that is coded but the held-out passages."""
    lexicon = default_lexicon()
    coded, within = read_gold("reports-slogans.csv"), read_gold("reports-slogans-passages.csv")
    coded, picked = coded.assign(label=agreed(coded)), read_gold("picked-slogans.csv")
    sources = [(reports(shared, name), coded, within) for name in SETS]
    for texts in ("reports", "page"):
        corpus, mentions, passages = coded_texts("slogans", texts, shared)
        labels = mentions["core"].map({True: "core", False: "ext"})
        sources.append((corpus, mentions.assign(label=labels), passages))
    for corpus, mentions, passages in sources:
        known = {*mentions["doc"], *picked["doc"]}
        docs = [doc for doc in sorted(corpus.documents["doc"]) if doc in known]
        for document in documents(corpus.select(docs), lexicon) if docs else ():
            labels = (_labels(table, document.doc) for table in (mentions, picked))
            yield Text(document, _passages(passages, document), *labels)


def _labels(table: pd.DataFrame, doc: str) -> dict[tuple[int, int], str]:
    rows = table[table["doc"] == doc]
    spans = zip(rows["start"].astype(int), rows["end"].astype(int), strict=True)
    return dict(zip(spans, rows["label"], strict=True))


def _passages(passages: pd.DataFrame | None, document: SloganDocument) -> list[tuple[int, int]]:
    if passages is None:
        return [(0, len(document.clean.source))]
    rows = passages[passages["doc"] == document.doc]
    return list(zip(rows["start"].astype(int), rows["end"].astype(int), strict=True))


def table_of_candidates(shared: Path) -> pd.DataFrame:
    """Every candidate in a coded passage or picked, with its label and its features.

    Returns:
        doc, start, end, text, side (quoted or bare), label (core, ext, no, none), picked (coded
        by itself, in no passage), candidate, features.
    """
    rows: list[tuple[Any, ...]] = []
    features: list[list[str]] = []
    for document, passages, labels, picked in coded_documents(shared):
        reference = read_reference().without([document])
        evidence = Evidence(document, reference, weights())
        listed = [(m.start, m.end) for m in list_mentions(document, listings(document))]
        drawn = candidates(document, reference.stated_forms(document.lexicon), listed)
        rows += _rows(document, passages, labels, picked, [c for c in drawn if not c.is_term])
        features += evidence.features([row[-1] for row in rows[len(features) :]])
    return pd.DataFrame(rows, columns=COLUMNS[:-1]).assign(features=features)


def _rows(
    document: SloganDocument,
    passages: list[tuple[int, int]],
    labels: dict[tuple[int, int], str],
    picked: dict[tuple[int, int], str],
    drawn: list[Candidate],
) -> Iterator[tuple[Any, ...]]:
    """The candidates of a document that stand in a passage or are picked."""
    for candidate in drawn:
        span = document.span(candidate.start, candidate.end)
        inside = any(start <= span[0] and span[1] <= end for start, end in passages)
        if inside or span in picked:
            label = labels.get(span, "none") if inside else picked[span]
            text = document.passage(candidate.start, candidate.end)
            about = text, side_of(candidate), label, not inside, candidate
            yield (document.doc, *span, *about)


def matrix(rows: pd.Series) -> tuple[csr_matrix, npt.NDArray[np.str_]]:
    """A row per candidate, a column per feature, and the names of the columns."""
    names = sorted({name for features in rows for name in features})
    at = {name: number for number, name in enumerate(names)}
    columns = [at[name] for features in rows for name in features]
    lines = np.repeat(np.arange(len(rows)), [len(features) for features in rows])
    shape = (len(rows), len(names))
    return csr_matrix((np.ones(len(columns)), (lines, columns)), shape=shape), np.array(names)


def fitted(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    """The weights of one side: feature, weight, count.

    What coders call extended counts half of what is no slogan. A feature that stands in fewer
    than ``_MIN_COUNT`` candidates has no weight.
    """
    from sklearn.linear_model import LogisticRegression

    rows = rows[rows["side"] == side]
    table, names = matrix(rows["features"])
    counts = np.asarray(table.sum(axis=0)).ravel().astype(int)
    common = counts >= _MIN_COUNT
    model = LogisticRegression(max_iter=5000, C=_C[side])
    importance = np.where(rows["label"] == "ext", _EXTENDED, 1.0)
    model.fit(table[:, common], rows["label"] == "core", sample_weight=importance)
    weights = pd.DataFrame(
        {"feature": names[common], "weight": model.coef_[0], "count": counts[common]}
    )
    intercept = pd.DataFrame({"feature": [EVERY], "weight": model.intercept_, "count": [len(rows)]})
    return pd.concat([intercept, weights], ignore_index=True)


def total(features: pd.Series, weights: pd.DataFrame) -> pd.Series:
    """The sum of the weights of each candidate."""
    table = dict(zip(weights["feature"], weights["weight"], strict=True))
    return features.map(lambda names: table[EVERY] + sum(table.get(name, 0.0) for name in names))


def out_of_fold(rows: pd.DataFrame) -> pd.Series:
    """The sum that each candidate of a passage has by weights fitted on all other documents."""
    sums = pd.Series(np.nan, rows.index)
    for doc in rows.loc[~rows["picked"], "doc"].unique():
        inside = rows["doc"] == doc
        for side in SIDES:
            mine = inside & (rows["side"] == side) & ~rows["picked"]
            if mine.any():
                sums[mine] = total(rows.loc[mine, "features"], fitted(rows[~inside], side))
    return sums


def chosen(rows: pd.DataFrame, sums: pd.Series, lowest: float) -> pd.DataFrame:
    """The rows that `choose` keeps in each document, with their score."""
    scores = 1 / (1 + np.exp(-sums))
    kept: list[int] = []
    for _, group in rows.groupby("doc", sort=False):
        row_of = {candidate: row for row, candidate in group["candidate"].items()}
        found = [Scored(candidate, scores[row]) for candidate, row in row_of.items()]
        for one in choose(lifted(found, [wording(text) for text in group["text"]]), lowest):
            kept.append(row_of[one.candidate])
            scores[kept[-1]] = one.score
    return rows.loc[kept].assign(score=scores[kept])


def calibrated(rows: pd.DataFrame, sums: pd.Series, side: str) -> tuple[float, float]:
    """Slope and intercept that turn sums into probabilities of those that are chosen (Platt).

    A score says how likely a coder is to call a candidate core, and not extended, once one of those
    that overlap is chosen: a coder by the guide as it stands, which the page, the Shenzhen passages
    and the first of the reports are older than.
    """
    from sklearn.linear_model import LogisticRegression

    kept = chosen(rows, sums, 0.03)
    kept = kept[kept["side"] == side]
    model = LogisticRegression(C=1e6).fit(sums[kept.index].to_frame(), kept["label"] == "core")
    return float(model.coef_[0][0]), float(model.intercept_[0])


def _coded_since() -> set[str]:
    """The documents without passages that are older than the decisions of the guide."""
    passages = read_gold("reports-slogans-passages.csv")
    first = passages["passage"].str.startswith(_FIRST)
    return {*passages.loc[~first, "doc"]} - {*passages.loc[first, "doc"]}


def train(shared: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fit and calibrate the weights, and score every candidate by those of other documents.

    Returns:
        The weights (feature, weight, count), and the candidates that are chosen (doc, start, end,
        side, label, score).
    """
    every = table_of_candidates(shared)
    sums, tables = out_of_fold(every), []
    rows = every[~every["picked"]]
    scaled = sums.copy()
    for side in SIDES:
        slope, intercept = calibrated(rows[rows["doc"].isin(_coded_since())], sums, side)
        weights = fitted(every, side)
        weights["weight"] *= slope
        weights.loc[0, "weight"] += intercept
        weights["feature"] = f"{side}: " + weights["feature"]
        tables.append(weights)
        of_side = rows.index[rows["side"] == side]
        scaled[of_side] = slope * sums[of_side] + intercept
    kept = chosen(rows, scaled, 0.05)
    columns = ["doc", "start", "end", "side", "label", "score"]
    return pd.concat(tables, ignore_index=True), kept[columns].reset_index(drop=True)


def main() -> None:
    """Train, and write ``data/slogan-model``."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder()
    weights, scores = train(shared)
    FOLDER.mkdir(exist_ok=True)
    save_csv(weights.round({"weight": 4}), FOLDER / "weights.csv")
    save_csv(scores.round({"score": 4}), FOLDER / "cross-validation.csv")


if __name__ == "__main__":
    main()
