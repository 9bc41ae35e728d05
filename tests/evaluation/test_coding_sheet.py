"""The coding sheet: what is drawn, what a coder sees, and that estimates meet the truth."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import policytext as pt
from policytext.corpus import main_kind
from policytext.evaluation import coder_agreement, coding_sheet, score
from policytext.evaluation.coding_sheet import (
    FOUND,
    OPEN,
    REJECTED,
    SHEET_COLUMNS,
    Sheet,
    candidates,
    filled,
    key_path,
)
from policytext.evaluation.sheet_score import SheetError, korn_graubard, ratio, read_sheet, weights
from policytext.tables import save_table
from policytext.text.clean import clean

EVERYTHING = 100_000


@pytest.fixture(scope="module")
def essays(corpus: pt.Corpus) -> pt.Corpus:
    return main_kind(corpus)


@pytest.fixture(scope="module")
def coder(essays: pt.Corpus) -> pd.DataFrame:
    """A coder who takes most of what was found, some of what was not, and more besides."""
    pool, rng = candidates(essays, "slogans"), np.random.default_rng(7)
    found, rejected = pool[pool["stratum"] == FOUND], pool[pool["stratum"] == REJECTED]
    kept = found[rng.random(len(found)) < 0.85]
    more = rejected[rng.random(len(rejected)) < 0.25]
    starts = essays.sentences.sample(15, random_state=1)[["doc", "start"]]
    unseen = starts.assign(end=starts["start"] + 4)
    return pd.concat([kept, more, unseen])[["doc", "start", "end"]].assign(core=True, label="x")


def estimates(sheet: Sheet) -> pd.DataFrame:
    return score(sheet).set_index("measure")


@pytest.mark.parametrize("what", ["slogans", "targets", "quantities"])
def test_the_same_seed_draws_the_same_sheet(essays: pt.Corpus, what: str) -> None:
    one, two = (coding_sheet(essays, n=30, what=what) for _ in range(2))
    pd.testing.assert_frame_equal(one.rows, two.rows)
    other = coding_sheet(essays, n=30, what=what, seed=1)
    assert other.rows["passage"].tolist() != one.rows["passage"].tolist()


def test_a_coder_does_not_see_what_was_found(essays: pt.Corpus) -> None:
    rows = coding_sheet(essays, n=60).rows
    assert list(rows.columns) == SHEET_COLUMNS
    assert rows[["answer", "span", "label", "mentions", "note"]].isna().all(axis=None)
    assert rows["kind"].is_monotonic_decreasing  # sentences before the marks
    candidate = rows["kind"] == "candidate"
    assert rows["passage"].str.contains(OPEN).eq(candidate).all()
    assert rows.loc[candidate, "question"].nunique() == 1


def test_marks_stand_around_the_passage_of_the_key(essays: pt.Corpus) -> None:
    sheet = coding_sheet(essays, n=60)
    both = sheet.rows.merge(sheet.key, on="id").query("kind_x == 'candidate'")
    for row in both.itertuples():
        inside = row.passage.split(OPEN)[1].split("】")[0]
        assert inside == clean(essays.source(row.doc)[row.start : row.end])


def test_weights_add_up_to_the_population(essays: pt.Corpus) -> None:
    key = coding_sheet(essays, n=60).key
    sums = key.groupby("stratum").agg(weight=("weight", "sum"), size=("population", "first"))
    assert np.allclose(sums["weight"], sums["size"])
    assert sums.loc["sentence with candidates", "size"] > 0


def test_too_few_rows_and_unknown_kinds_are_refused(essays: pt.Corpus) -> None:
    with pytest.raises(ValueError, match="ask for 10 rows"):
        coding_sheet(essays, n=3)
    with pytest.raises(ValueError, match="slogans, targets, quantities"):
        coding_sheet(essays, what="words")


def test_a_sheet_of_everything_is_the_truth(essays: pt.Corpus, coder: pd.DataFrame) -> None:
    """With every member drawn nothing is left to chance, and the count is the coder's."""
    table = estimates(filled(coding_sheet(essays, n=EVERYTHING), coder, essays))
    found = candidates(essays, "slogans").query("stratum == @FOUND")
    hits = len(found.merge(coder, on=["doc", "start", "end"]))
    assert table.loc["precision", "estimate"] == pytest.approx(hits / len(found))
    assert table.loc["precision", "low"] == table.loc["precision", "high"]
    assert table.loc["count", "estimate"] == pytest.approx(len(coder), abs=3)  # some lie in others


def test_intervals_hold_the_truth_in_most_draws(essays: pt.Corpus, coder: pd.DataFrame) -> None:
    truth = estimates(filled(coding_sheet(essays, n=EVERYTHING), coder, essays))
    held = []
    for seed in range(12):
        table = estimates(filled(coding_sheet(essays, n=80, seed=seed), coder, essays))
        for measure in ("precision", "recall", "count"):
            row, true = table.loc[measure], truth.loc[measure, "estimate"]
            held.append(row["low"] <= true <= row["high"])
    assert np.mean(held) > 0.85


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_sheet_comes_back_from_its_file(
    essays: pt.Corpus, coder: pd.DataFrame, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"sheet{ending}"
    sheet = filled(coding_sheet(essays, n=40, path=path), coder, essays)
    save_table(sheet.rows, path)
    assert key_path(path).is_file()
    pd.testing.assert_frame_equal(score(path), score(sheet), check_dtype=False)


def test_a_sheet_that_a_chinese_spreadsheet_saved_is_read(
    essays: pt.Corpus, coder: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    sheet = filled(coding_sheet(essays, n=40, path=path), coder, essays)
    path.write_bytes(sheet.rows.to_csv(index=False, lineterminator="\r\n").encode("gb18030"))
    pd.testing.assert_frame_equal(score(path), score(sheet), check_dtype=False)


def test_rows_left_empty_are_stood_for_by_their_stratum(
    essays: pt.Corpus, coder: pd.DataFrame
) -> None:
    sheet = filled(coding_sheet(essays, n=60), coder, essays)
    half = sheet.rows.assign(answer=sheet.rows["answer"].where(sheet.rows["id"] % 2 == 0))
    table = estimates(Sheet(half, sheet.key))
    assert table.loc["precision", "rows"] < estimates(sheet).loc["precision", "rows"]
    assert table.loc["precision", "raw"] == estimates(sheet).loc["precision", "raw"]


def test_a_coder_who_says_extended_counts_neither_way(essays: pt.Corpus) -> None:
    sheet = coding_sheet(essays, n=60)
    answers = sheet.rows["kind"].map({"candidate": "core"})
    answers[answers.last_valid_index()] = "extended"
    table = estimates(Sheet(sheet.rows.assign(answer=answers, mentions="-"), sheet.key))
    assert table.loc["precision", "estimate"] == 1


@pytest.mark.parametrize(
    ("kind", "column", "cell", "message"),
    [
        ("candidate", "answer", "maybe", "write core"),
        ("sentence", "mentions", "not here", "copy the wording"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(
    essays: pt.Corpus, kind: str, column: str, cell: str, message: str
) -> None:
    sheet = coding_sheet(essays, n=40)
    rows = sheet.rows.assign(answer="no", mentions="-")
    number = rows.loc[rows["kind"] == kind, "id"].iloc[-1]
    rows.loc[rows["id"] == number, column] = cell
    with pytest.raises(SheetError, match=rf"^row {number}: .*{message}"):
        score(Sheet(rows, sheet.key))


def test_a_sheet_without_key_or_answers_is_refused(essays: pt.Corpus) -> None:
    sheet = coding_sheet(essays, n=40)
    with pytest.raises(SheetError, match="without its key"):
        score(sheet.rows)
    with pytest.raises(SheetError, match="fill in"):
        score(sheet)
    with pytest.raises(SheetError, match="not in the key"):
        read_sheet(sheet.rows.assign(id=sheet.rows["id"] + 500), sheet.key)


def test_two_coders_agree_in_part(essays: pt.Corpus, coder: pd.DataFrame) -> None:
    sheet = coding_sheet(essays, n=80)
    other = coder.sample(frac=0.8, random_state=2)
    table = coder_agreement(filled(sheet, coder, essays), filled(sheet, other, essays))
    values = table.set_index("measure")["value"]
    assert 0.6 < values["spans"] < 1
    assert values["spans"] <= values["spans, half overlap"]
    assert 0.3 < values["answers"] < 1


def test_a_simple_sample_has_the_interval_of_a_single_share() -> None:
    """Where every row stands for many, Clopper and Pearson's interval comes out."""
    right = pd.Series([1.0] * 9 + [0.0])
    one = pd.Series(1.0, index=right.index)
    found = ratio(right, one, one, one * 10**9)
    assert found.value == pytest.approx(0.9)
    assert found.low == pytest.approx(korn_graubard(0.9, 9)[0], abs=1e-6)


def test_weights_are_members_over_rows() -> None:
    assert weights(pd.Series([1, 1, 2]), pd.Series([8, 8, 5])).tolist() == [4, 4, 5]
