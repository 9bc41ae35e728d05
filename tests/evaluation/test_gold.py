"""The offset tables of the Shenzhen reports: in themselves, and beside the texts."""

from pathlib import Path

import pandas as pd
import pytest

import check_gold
from policytext.evaluation.gold import read_coded, read_gold, read_reports


def inside(table: pd.DataFrame, passages: pd.DataFrame) -> pd.Series:
    """Whether each row lies in a coded passage."""
    spans = list(passages[["doc", "start", "end"]].itertuples(index=False, name=None))
    rows = zip(table["doc"], table["start"], table["end"], strict=True)
    kept = [any(d == doc and a <= s and e <= b for doc, a, b in spans) for d, s, e in rows]
    return pd.Series(kept, index=table.index)


@pytest.mark.parametrize("name", ["quantities", "slogans", "quotes"])
def test_rows_lie_in_their_passages(name: str) -> None:
    table, passages = read_coded(name), read_gold(str(check_gold.TABLES[name][0]))
    assert inside(table, passages).all()
    assert not table.duplicated(["doc", "start", "end"]).any()


@pytest.mark.parametrize("coded", ["shenzhen", "heldout"])
@pytest.mark.parametrize("name", check_gold.HELD_OUT)
def test_no_text_is_stored_beyond_units_and_indicators(name: str, coded: str) -> None:
    longest = {"unit": len("公里/平方公里"), "indicator": 16}
    for column, cells in read_coded(name, coded).select_dtypes("str").items():
        texts = cells[cells.str.contains("[\u4e00-\u9fff]", na=False)]
        assert (texts.str.len() <= longest.get(str(column), 0)).all(), column


def test_every_parent_and_mention_exists() -> None:
    slogans, quotes = read_coded("slogans"), read_coded("quotes")
    named = [*slogans["parent"].dropna(), *quotes["mentions"].dropna().str.split("|").explode()]
    assert set(named) <= set(slogans["id"])


def test_absent_texts_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="not part of this project"):
        read_reports(tmp_path)


@pytest.mark.parametrize("name", list(check_gold.TABLES))
def test_offsets_fit_the_texts(name: str, shared: Path) -> None:
    corpus = read_reports(shared)
    assert list(check_gold.faults(read_coded(name), corpus)) == []


@pytest.mark.parametrize("name", check_gold.HELD_OUT)
def test_held_out_rows_lie_in_their_passages(name: str) -> None:
    table, passages = read_coded(name, "heldout"), read_gold(f"heldout-{name}-passages.csv")
    assert list(table.columns) == list(read_coded(name).columns)
    assert inside(table, passages).all()
    assert not set(passages["doc"]) & set(read_gold(str(check_gold.TABLES[name][0]))["doc"])


@pytest.mark.parametrize("name", check_gold.HELD_OUT)
def test_held_out_offsets_fit_the_texts(name: str, shared: Path) -> None:
    assert list(check_gold.faults(read_coded(name, "heldout"), read_reports(shared))) == []


def test_wording_of_a_growth_target_is_what_stands_there(shared: Path) -> None:
    rows = check_gold.join(read_coded("gdp-targets"), read_reports(shared))
    assert (rows["text"] == rows["wording"]).all()


def test_a_numeral_begins_each_number_of_a_quantity(shared: Path) -> None:
    rows = read_coded("quantities").query("kind in ['money', 'percentage']")
    numerals = rows.assign(start=rows["num_start"], end=rows["num_end"])
    texts = check_gold.join(numerals, read_reports(shared))["text"]
    assert texts.str.match(r"[\d零一二三四五六七八九十百千万亿]").all()


def test_rows_of_other_genres_lie_in_their_passages() -> None:
    table, passages = read_gold("genres-targets.csv"), read_gold("genres-passages.csv")
    assert inside(table, passages).all()
    assert not table.duplicated(["doc", "start", "end"]).any()
    assert passages.groupby("genre")["half"].nunique().eq(2).all()
