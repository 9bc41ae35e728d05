"""What filled-in coding sheets say: how often the library is right, how far two coders agree."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from policytext.corpus.rows import read_rows
from policytext.evaluation.coding_sheet import FOUND, Sheet, key_path
from policytext.evaluation.metrics import Score, bootstrap, paired, percentiles, summed


class Estimate(NamedTuple):
    """A value with its standard error and interval."""

    value: float
    error: float
    low: float
    high: float


def weights(strata: pd.Series, population: pd.Series) -> pd.Series:
    """Design weight of each row: N_h over the number of rows of its stratum.

    >>> weights(pd.Series(["a", "a", "b"]), pd.Series([10, 10, 3])).tolist()
    [5.0, 5.0, 3.0]
    """
    return population / strata.map(strata.value_counts())


def variance(values: pd.Series, strata: pd.Series, population: pd.Series) -> float:
    """Variance of the Horvitz–Thompson total of a stratified sample without replacement.

    Σ_h N_h² (1 − n_h/N_h) s_h²/n_h (Cochran 1977, 5.3). Of a stratum with a single row of many
    the spread is unknown; the square of that row stands in for it.

    >>> sample = pd.Series([0, 1, 1, 0])
    >>> variance(sample, pd.Series(list("aabb")), pd.Series([2, 2, 2, 2]))
    0.0
    """
    rows, size = values.groupby(strata), population.groupby(strata).first()
    drawn, spread = rows.size(), rows.var(ddof=1).fillna(rows.first() ** 2)
    return float((size**2 * (1 - drawn / size) * spread / drawn).sum())


def ratio(
    above: pd.Series,
    below: pd.Series,
    strata: pd.Series,
    population: pd.Series,
    confidence: float = 0.95,
) -> Estimate:
    """A ratio of two totals, such as precision, with a Korn–Graubard interval.

    The variance is that of the linearised ratio (Särndal, Swensson & Wretman 1992, 5.6). The
    interval is Clopper & Pearson's for the sample size that would give this variance (Korn &
    Graubard 1998), so that it stays between 0 and 1 and is not empty at 0 or 1.

    ``above`` and ``below`` are what each row adds to numerator and denominator, ``population`` how
    many members its stratum has.

    >>> right, rows, size = pd.Series([1, 1, 1, 0]), pd.Series([1] * 4), pd.Series([400] * 4)
    >>> [round(x, 3) for x in ratio(right, rows, rows, size)]
    [0.75, 0.249, 0.134, 0.998]
    """
    weight = weights(strata, population)
    total = float((weight * below).sum())
    if not total:
        return Estimate(float("nan"), float("nan"), 0.0, 1.0)
    value = float((weight * above).sum()) / total
    spread = variance((above - value * below) / total, strata, population)
    low, high = korn_graubard(value, _effective(value, spread, below, weight), confidence)
    return Estimate(value, spread**0.5, low, high)


def _effective(value: float, spread: float, below: pd.Series, weight: pd.Series) -> float:
    """The size of a simple sample as precise as this one; of a census without end."""
    carrying = weight[below > 0]
    if (carrying <= 1).all():
        return float("inf")
    kish = float(carrying.sum() ** 2 / (carrying**2).sum())
    inside = 0 < value < 1 and spread > 0
    return value * (1 - value) / spread if inside else kish


def korn_graubard(value: float, size: float, confidence: float = 0.95) -> tuple[float, float]:
    """Clopper & Pearson's interval of a share in a sample of so many, whole number or not.

    >>> tuple(round(x, 4) for x in korn_graubard(1.0, 10))
    (0.6915, 1.0)
    """
    if np.isinf(size):
        return (value, value)
    hits, rest, tail = value * size, (1 - value) * size, (1 - confidence) / 2
    low = stats.beta.ppf(tail, hits, rest + 1) if hits > 0 else 0.0
    high = stats.beta.ppf(1 - tail, hits + 1, rest) if rest > 0 else 1.0
    return (float(low), float(high))


def total(
    values: pd.Series, strata: pd.Series, population: pd.Series, confidence: float = 0.95
) -> Estimate:
    """A Horvitz–Thompson total with a normal interval; it is never below what was seen.

    >>> total(pd.Series([1, 0]), pd.Series(["a", "a"]), pd.Series([2, 2]))
    Estimate(value=1.0, error=0.0, low=1.0, high=1.0)
    """
    value = float((weights(strata, population) * values).sum())
    error = variance(values, strata, population) ** 0.5
    half = float(stats.norm.ppf(0.5 + confidence / 2)) * error
    return Estimate(value, error, max(float(values.sum()), value - half), value + half)


SCORE_COLUMNS = "what measure estimate low high raw rows method".split()
YES = ("core", "yes", "核心", "是", "y", "1")
NO = ("no", "否", "n", "0")
NEUTRAL = ("extended", "扩展")
NONE = ("-", "—", "无", "none")
_NUMBERS = ("id", "population", "weight", "start", "end")
_CODED = ["answer", "span", "label", "mentions"]
_DESIGN = ["stratum", "population"]
_LINE = ["measure", "estimate", "error", "low", "high", "rows", "method", "raw"]
_SAMPLE = "stratified sample, Korn–Graubard"
_TOTAL = "Horvitz–Thompson total, normal"
_BOUNDED = "Horvitz–Thompson total, from the bounds of precision and recall"


class SheetError(ValueError):
    """A filled-in sheet cannot be read; the message names the row and the fix."""


def score(
    sheet: str | Path | pd.DataFrame | Sheet,
    key: str | Path | pd.DataFrame | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Estimate from a filled-in coding sheet how often the library is right, and what it misses.

    Every answer counts for what it stands for (`coding_sheet`). What the finder should have found
    is made of three parts: right among the found, slogans among the rejected, and what a coder
    lists in a random sentence that was no candidate at all. Rows left empty count as lost at
    random: the others of their stratum stand for them. A slogan that the coder calls *extended*
    counts neither for nor against.

    Args:
        sheet: The file that the coder filled in, or its table.
        key: The key; by default the ``….key.csv`` beside the file.
        confidence: Coverage of the intervals.

    Returns:
        A row per measure: what, measure, estimate, low, high, raw (the library's own count), rows
        (on which it rests), method. precision, recall and f1 are about spans with both edges
        right; *recall, sentences alone* uses the random sentences only; *label* is how many right
        spans have the coder's label too; *count* is the number of spans there are, beside the
        number found.

    Raises:
        SheetError: An answer that is not one of those asked for, a listed mention that is not in
            its sentence, rows that are not in the key, or nothing filled in.

    >>> from policytext import read_corpus
    >>> from policytext.evaluation import coding_sheet
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> sheet = coding_sheet(corpus, n=40)
    >>> table = score(Sheet(sheet.rows.assign(answer="core", mentions="-"), sheet.key))
    >>> float(table.set_index("measure").loc["precision", "estimate"])
    1.0
    """
    rows = read_sheet(sheet, key)
    sentences = _sentence_marks(rows)
    marks = pd.concat([_candidate_marks(rows), sentences], ignore_index=True).fillna(0)
    raw = float(rows.loc[rows["stratum"] == FOUND, "population"].head(1).sum())
    lines = [*_measures(marks, raw, confidence), _from_sentences_alone(sentences, confidence)]
    table = pd.DataFrame(lines, columns=_LINE).assign(what=rows["what"].iloc[0])
    return table.reindex(columns=SCORE_COLUMNS)


def read_sheet(
    sheet: str | Path | pd.DataFrame | Sheet, key: str | Path | pd.DataFrame | None = None
) -> pd.DataFrame:
    """Read the filled-in rows with their key; ``population`` is that of the stratum.

    Raises:
        SheetError: As for `score`.
    """
    if isinstance(sheet, Sheet):
        sheet, key = sheet.rows, sheet.key
    if key is None:
        if isinstance(sheet, pd.DataFrame):
            raise SheetError("a table without its key; give score(sheet, key=…)")
        key = key_path(sheet)
    filled = _cells(_table(sheet)).drop(columns=["kind"], errors="ignore")
    rows = filled.rename(columns={"label": "given"}).merge(_table(key), on="id", how="left")
    unknown = rows.loc[rows["stratum"].isna(), "id"]
    if len(unknown):
        raise SheetError(f"row {unknown.iloc[0]} is not in the key; is it the key of this sheet?")
    rows = rows[rows["answer"].ne("") & rows["kind"].eq("candidate") | rows["mentions"].ne("")]
    if not set(rows["kind"]) >= {"candidate", "sentence"}:
        raise SheetError("fill in answer for candidates and mentions for sentences")
    answers = rows[rows["kind"] == "candidate"].set_index("id")["answer"]
    wrong = answers[~answers.str.lower().isin((*YES, *NO, *NEUTRAL))]
    for number, answer in wrong.head(1).items():
        raise SheetError(f"row {number}: answer {answer!r}; write core, extended, yes or no")
    return rows.reset_index(drop=True)


def _table(given: str | Path | pd.DataFrame) -> pd.DataFrame:
    """A table, or the file that it lies in, whichever encoding a spreadsheet saved it with."""
    if isinstance(given, pd.DataFrame):
        return given
    header, rows, _, left = read_rows(Path(given))
    if left:
        raise SheetError(f"{left[0].file}: {left[0].detail}; {left[0].fix}")
    table = pd.DataFrame(list(rows.values()), columns=header)
    numbers = [name for name in _NUMBERS if name in table]
    return table.assign(**{name: pd.to_numeric(table[name]) for name in numbers})


def _cells(rows: pd.DataFrame) -> pd.DataFrame:
    """The coder's cells as text; the apostrophe that keeps a spreadsheet from computing is out."""
    cells = rows[_CODED].astype(object).where(rows[_CODED].notna(), "").astype(str)
    return rows.assign(**{name: cells[name].str.strip().str.removeprefix("'") for name in _CODED})


def _candidate_marks(rows: pd.DataFrame) -> pd.DataFrame:
    """Indicators of each candidate: found, a hit, there, labelled, and its label agreed on."""
    table = rows[rows["kind"] == "candidate"]
    answer, found = table["answer"].str.lower(), table["stratum"].eq(FOUND)
    there = answer.isin(YES)
    hit = found & there & table["span"].eq("")
    labelled = hit & table["given"].ne("")
    marks = {
        "found": found & ~answer.isin(NEUTRAL),
        "hit": hit,
        "there": there,
        "labelled": labelled,
        "agreed": labelled & (table["given"] == table["label"].astype(str)),
    }
    return table[_DESIGN].join(pd.DataFrame(marks).astype(float))


def _sentence_marks(rows: pd.DataFrame) -> pd.DataFrame:
    """Counts of each sentence: mentions listed, right among them, and no candidate at all."""
    table = rows[rows["kind"] == "sentence"]
    counts = []
    for row in table.itertuples():
        listed, spans = listed_in(row), spans_of(row)
        unseen = len(listed) - len(paired(listed, spans))
        right = len(paired(listed, spans[spans["stratum"] == FOUND], min_overlap=1))
        counts.append((unseen, right, len(listed)))
    marks = pd.DataFrame(counts, table.index, columns=["there", "right", "listed"])
    return table[_DESIGN].join(marks.astype(float))


def spans_of(row) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    """The candidates of a sentence, in the coordinates of its text."""
    spans = pd.DataFrame(json.loads(row.spans), columns=["start", "end", "stratum"])
    return spans.assign(doc=row.id)


def listed_in(row) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    """Spans of the mentions that the coder lists; a wording listed twice is found twice."""
    at: dict[str, int] = {}
    spans = []
    for wording in filter(None, (part.strip() for part in row.mentions.split("|"))):
        if wording.lower() in NONE:
            continue
        start = row.passage.find(wording, at.get(wording, 0))
        if start < 0:
            raise SheetError(
                f"row {row.id}: {wording!r} is not in its passage; copy the wording as it stands"
            )
        at[wording] = start + len(wording)
        spans.append((row.id, start, start + len(wording)))
    return pd.DataFrame(spans, columns=["doc", "start", "end"])


def _measures(marks: pd.DataFrame, raw: float, confidence: float) -> Iterator[tuple]:
    design = (marks["stratum"], marks["population"], confidence)
    parts = {
        "precision": (marks["hit"], marks["found"]),
        "recall": (marks["hit"], marks["there"]),
        "f1": (2 * marks["hit"], marks["found"] + marks["there"]),
    }
    if marks["labelled"].any():
        parts["label"] = (marks["agreed"], marks["labelled"])
    shares = {name: ratio(*pair, *design) for name, pair in parts.items()}
    for name, estimate in shares.items():
        yield name, *estimate, int((parts[name][1] > 0).sum()), _SAMPLE, raw
    counted, method = total(marks["there"], *design), _TOTAL
    if not counted.error:
        counted, method = _bounded(counted, shares), _BOUNDED
    yield "count", *counted, len(marks), method, raw


def _bounded(counted: Estimate, shares: dict[str, Estimate]) -> Estimate:
    """Without an error in the sample the total has no spread: what the bounds of both allow."""
    precision, recall = shares["precision"], shares["recall"]
    return counted._replace(
        low=counted.value * precision.low / precision.value,
        high=counted.value * recall.value / recall.low,
    )


def _from_sentences_alone(marks: pd.DataFrame, confidence: float) -> tuple:
    """Recall that rests on fewer mentions, and on no candidate."""
    right, listed = marks["right"], marks["listed"]
    estimate = ratio(right, listed, marks["stratum"], marks["population"], confidence)
    return "recall, sentences alone", *estimate, int((listed > 0).sum()), _SAMPLE, None


# --- two coders -----------------------------------------------------------------------------------


def krippendorff_alpha(codes: pd.DataFrame) -> float:
    """Krippendorff's α for nominal labels, of any number of coders, gaps allowed.

    α = 1 − D_o/D_e over the pairs of labels within units (Krippendorff 2011, *Computing
    Krippendorff's Alpha-Reliability*): 1 is full agreement, 0 what chance gives. ``codes`` has a
    row per unit and a column per coder; units that only one of them labelled do not count. nan
    where no unit has two labels or only one label was used at all, since chance agreement is then
    complete.

    >>> coders = pd.DataFrame({"a": list("aabbdcccedda"), "b": list("babbbcccedd") + ["d"]})
    >>> round(krippendorff_alpha(coders), 3)
    0.692
    """
    labels = codes.stack().dropna()
    counts = pd.crosstab(labels.index.get_level_values(0), labels.to_numpy()).to_numpy(float)
    sizes = counts.sum(axis=1)
    counts, sizes = counts[sizes > 1], sizes[sizes > 1]
    total = sizes.sum()
    expected = total**2 - (counts.sum(axis=0) ** 2).sum()
    if not expected:
        return float("nan")
    agreed = ((counts * (counts - 1)).sum(axis=1) / (sizes - 1)).sum()
    return float(1 - (total - 1) * (total - agreed) / expected)


def alpha_interval(codes: pd.DataFrame) -> tuple[float, float]:
    """Percentile interval of α over resampled units; nan where too few draws have an α.

    >>> alpha_interval(pd.DataFrame({"a": list("xyxyxy"), "b": list("xyxyxy")}))
    (1.0, 1.0)
    """
    draws = np.random.default_rng(2021).integers(0, len(codes), (1000, len(codes)))
    values = [krippendorff_alpha(codes.iloc[draw].reset_index(drop=True)) for draw in draws]
    if np.isnan(values).mean() > 0.5:
        return (float("nan"), float("nan"))
    return percentiles(values)


def span_agreement(one: pd.DataFrame, two: pd.DataFrame, min_overlap: float = 1.0) -> Score:
    """Score spans of one coder against those of another; F1 does not depend on the order.

    >>> a = pd.DataFrame({"doc": "d", "start": [0, 10], "end": [4, 14]})
    >>> span_agreement(a, a.assign(end=[4, 13])).f1
    0.5
    >>> span_agreement(a, a.assign(end=[4, 13]), min_overlap=0.5).f1
    1.0
    """
    return Score(len(paired(one, two, min_overlap)), len(one), len(two))


AGREEMENT_COLUMNS = "measure value low high units method".split()
_ALPHA = "Krippendorff's α, nominal; rows resampled"


def coder_agreement(
    one: str | Path | pd.DataFrame | Sheet,
    two: str | Path | pd.DataFrame | Sheet,
    key: str | Path | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Inter-coder agreement of two filled-in copies of one sheet.

    Args:
        one: The first coder's sheet, as for `score`.
        two: The second's.
        key: The key of the sheet; by default the one beside the first file.

    Returns:
        A row per measure: measure, value, low, high, units, method. *spans* is the F1 of the
        mentions listed in the sentences, both edges alike, and *spans, half overlap* the same
        where spans share half of the longer one; *answers* is Krippendorff's α of core, extended
        and no; *labels* is α of the labels of the candidates that both take, edges alike. Rows
        that one of them left empty do not count.

    >>> from policytext import find_slogans, read_corpus
    >>> from policytext.evaluation import coding_sheet
    >>> from policytext.evaluation.coding_sheet import filled
    >>> corpus = read_corpus("data/wenzhou-2021").select(["ouhai"])
    >>> sheet = filled(coding_sheet(corpus, n=30), find_slogans(corpus), corpus)
    >>> coder_agreement(sheet, sheet)["value"].dropna().unique().tolist()
    [1.0]
    """
    if isinstance(one, Sheet):
        key = one.key
    tables = (given.rows if isinstance(given, Sheet) else given for given in (one, two))
    left, right = (
        read_sheet(table, key).set_index("id", drop=False).rename_axis(None) for table in tables
    )
    both = left.index.intersection(right.index)
    left, right = left.loc[both], right.loc[both]
    rows = [
        _spans("spans", left, right, 1.0),
        _spans("spans, half overlap", left, right, 0.5),
        _alpha("answers", _answers(left), _answers(right)),
        _alpha("labels", _labels(left), _labels(right)),
    ]
    return pd.DataFrame(rows, columns=AGREEMENT_COLUMNS)


def _spans(
    name: str, left: pd.DataFrame, right: pd.DataFrame, min_overlap: float
) -> tuple[object, ...]:
    sides = (side[side["kind"] == "sentence"].itertuples() for side in (left, right))
    scores = [
        span_agreement(listed_in(a), listed_in(b), min_overlap) for a, b in zip(*sides, strict=True)
    ]
    return (name, summed(scores).f1, *bootstrap(scores), len(scores), "F1; sentences resampled")


def _answers(side: pd.DataFrame) -> pd.Series:
    answers = side.loc[side["kind"] == "candidate", "answer"].str.lower()
    names = dict.fromkeys(YES, "core") | dict.fromkeys(NEUTRAL, "extended")
    return answers.map(lambda answer: names.get(answer, "no"))


def _labels(side: pd.DataFrame) -> pd.Series:
    """The labels of the candidates taken as they are marked."""
    taken = side["answer"].str.lower().isin(YES) & side["span"].eq("") & side["given"].ne("")
    return side.loc[taken, "given"]


def _alpha(name: str, left: pd.Series, right: pd.Series) -> tuple[object, ...]:
    codes = pd.DataFrame({"coder_a": left, "coder_b": right}).dropna()
    if codes.empty:
        return (name, np.nan, np.nan, np.nan, 0, _ALPHA)
    return (name, krippendorff_alpha(codes), *alpha_interval(codes), len(codes), _ALPHA)
