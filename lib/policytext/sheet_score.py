"""What a filled-in coding sheet says: precision, recall and corrected counts, with intervals."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from policytext.agreement import paired
from policytext.coding_sheet import Sheet, key_path
from policytext.estimates import Estimate, ratio, total
from policytext.reading_tables import read_rows
from policytext.sheet_candidates import FOUND

SCORE_COLUMNS = ["what", "measure", "estimate", "low", "high", "raw", "rows", "method"]
YES = ("core", "yes", "核心", "是", "y", "1")
NO = ("no", "否", "n", "0")
NEUTRAL = ("extended", "扩展")
NONE = ("-", "—", "无", "none")
_NUMBERS = ("id", "population", "weight", "start", "end")
_SAMPLE = "stratified sample, Korn–Graubard"
_TOTAL = "Horvitz–Thompson total, normal"
_BOUNDED = "Horvitz–Thompson total, from the bounds of precision and recall"


class SheetError(ValueError):
    """A filled-in sheet cannot be read; the message names the row and the mend."""


def score(
    sheet: str | Path | pd.DataFrame | Sheet,
    key: str | Path | pd.DataFrame | None = None,
    level: float = 0.95,
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
        level: Coverage of the intervals.

    Returns:
        A row per measure: what, measure, estimate, low, high, raw (the library's own count), rows
        (on which it rests), method. precision, recall and f1 are about spans with both edges
        right; *recall, sentences alone* uses the random sentences only; *label* is how many right
        spans have the coder's label too; *count* is the number of spans there are, beside the
        number found.

    Raises:
        SheetError: An answer that is not one of those asked for, a listed mention that is not in
            its sentence, rows that are not in the key, or nothing filled in.

    >>> from policytext import coding_sheet, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> sheet = coding_sheet(corpus, n=40)
    >>> table = score(Sheet(sheet.rows.assign(answer="core", mentions="-"), sheet.key))
    >>> float(table.set_index("measure").loc["precision", "estimate"])
    1.0
    """
    rows = read_sheet(sheet, key)
    marks = pd.concat([_candidate_marks(rows), _sentence_marks(rows)], ignore_index=True)
    what, raw = str(rows["what"].iloc[0]), _raw(rows)
    table = pd.DataFrame([*_measures(marks, raw, level), *_alone(rows, level)])
    return table.assign(what=what).reindex(columns=SCORE_COLUMNS)


def read_sheet(
    sheet: str | Path | pd.DataFrame | Sheet, key: str | Path | pd.DataFrame | None = None
) -> pd.DataFrame:
    """The filled-in rows with their key; ``population`` is that of the stratum.

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
    _refuse_unknown(rows)
    return rows.reset_index(drop=True)


def _table(given: str | Path | pd.DataFrame) -> pd.DataFrame:
    """A table, or the file that it lies in, whichever encoding a spreadsheet saved it with."""
    if isinstance(given, pd.DataFrame):
        return given
    header, rows, _, left = read_rows(Path(given))
    if left:
        raise SheetError(f"{left[0].file}: {left[0].found}; {left[0].mend}")
    table = pd.DataFrame([row.cells for row in rows], columns=header)
    numbers = [name for name in _NUMBERS if name in table]
    return table.assign(**{name: pd.to_numeric(table[name]) for name in numbers})


def _cells(rows: pd.DataFrame) -> pd.DataFrame:
    """The coder's cells as text; the apostrophe that keeps a spreadsheet from computing is out."""
    for name in ("answer", "span", "label", "mentions"):
        cells = rows[name].astype(object).where(rows[name].notna(), "")
        rows = rows.assign(**{name: cells.astype(str).str.strip().str.removeprefix("'")})
    return rows


def _refuse_unknown(rows: pd.DataFrame) -> None:
    answers = rows.loc[rows["kind"] == "candidate", ["id", "answer"]]
    allowed = (*YES, *NO, *NEUTRAL)
    wrong = answers[~answers["answer"].str.lower().isin(allowed)]
    if len(wrong):
        number, answer = wrong.iloc[0]
        raise SheetError(f"row {number}: answer {answer!r}; write core, extended, yes or no")


def _candidate_marks(rows: pd.DataFrame) -> pd.DataFrame:
    """For each candidate whether it counts as found, as a hit, and as one there is."""
    table = rows[rows["kind"] == "candidate"]
    answer, exact = table["answer"].str.lower(), table["span"].eq("")
    there, neutral = answer.isin(YES), answer.isin(NEUTRAL)
    found = table["stratum"].eq(FOUND)
    labelled = found & there & exact & table["given"].ne("")
    return pd.DataFrame(
        {
            **{"stratum": table["stratum"], "population": table["population"]},
            **{"found": found & ~neutral, "hit": found & there & exact, "there": there},
            "labelled": labelled,
            "agreed": labelled & (table["given"] == table["label"].astype(str)),
        }
    )


def _sentence_marks(rows: pd.DataFrame) -> pd.DataFrame:
    """For each sentence how many listed mentions were no candidate at all."""
    table = rows[rows["kind"] == "sentence"]
    outside = [
        len(listed) - len(paired(listed, spans))
        for listed, spans in ((listed_in(row), spans_of(row)) for row in table.itertuples())
    ]
    marks = dict.fromkeys(("found", "hit", "labelled", "agreed"), 0)
    return table[["stratum", "population"]].assign(there=outside, **marks)


def spans_of(row) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    """The candidates of a sentence, in the coordinates of its text."""
    spans = pd.DataFrame(json.loads(row.spans), columns=["start", "end", "stratum"])
    return spans.assign(doc=row.id)


def listed_in(row) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    """The mentions that the coder lists, where they stand; a wording listed twice stands twice."""
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


def _raw(rows: pd.DataFrame) -> float:
    """How many spans the library found in the whole corpus."""
    found = rows.loc[rows["stratum"] == FOUND, "population"]
    return float(found.iloc[0]) if len(found) else 0.0


def _measures(marks: pd.DataFrame, raw: float, level: float) -> Iterator[dict[str, object]]:
    number = marks.drop(columns="stratum").astype(float).assign(stratum=marks["stratum"])
    design = (number["stratum"], number["population"])
    parts = {
        "precision": (number["hit"], number["found"]),
        "recall": (number["hit"], number["there"]),
        "f1": (2 * number["hit"], number["found"] + number["there"]),
    }
    if number["labelled"].any():
        parts["label"] = (number["agreed"], number["labelled"])
    shares = {name: ratio(*pair, *design, level=level) for name, pair in parts.items()}
    for name, estimate in shares.items():
        yield _line(name, estimate, int((parts[name][1] > 0).sum()), _SAMPLE, raw)
    counted, method = total(number["there"], *design, level=level), _TOTAL
    if not counted.error:
        counted, method = _bounded(counted, shares), _BOUNDED
    yield _line("count", counted, len(number), method, raw)


def _bounded(counted: Estimate, shares: dict[str, Estimate]) -> Estimate:
    """Without an error in the sample the total has no spread: what the bounds of both allow."""
    precision, recall = shares["precision"], shares["recall"]
    return counted._replace(
        low=counted.value * precision.low / precision.value,
        high=counted.value * recall.value / recall.low,
    )


def _alone(rows: pd.DataFrame, level: float) -> Iterator[dict[str, object]]:
    """Recall from the sentences alone: rests on fewer mentions, and on no candidate."""
    table = rows[rows["kind"] == "sentence"]
    pairs = [
        (listed_in(row), spans_of(row).query("stratum == @FOUND")) for row in table.itertuples()
    ]
    hits = pd.Series([len(paired(a, b, least=1)) for a, b in pairs], index=table.index)
    there = pd.Series([len(a) for a, _ in pairs], index=table.index)
    estimate = ratio(hits, there, table["stratum"], table["population"], level)
    yield _line("recall, sentences alone", estimate, int((there > 0).sum()), _SAMPLE, None)


def _line(
    measure: str, estimate: Estimate, rows: int, method: str, raw: float | None
) -> dict[str, object]:
    numbers = {"estimate": estimate.value, "low": estimate.low, "high": estimate.high}
    return {"measure": measure, **numbers, "rows": rows, "method": method, "raw": raw}
