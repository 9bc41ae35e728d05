"""What a report repeats of the year before: shares by hand, offsets on both sides, footers."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import policytext as pt
from handmade import reports
from policytext import years
from policytext.years.repetition import repeated_passages, repetition

OLD = "我们坚持稳步推进、扎实工作，把各项任务落到实处。农田水利修了三百处。"
NEW = "城里新开学校四所。我们坚持稳步推进扎实工作把各项任务落到细处。"
SHARED = "我们坚持稳步推进扎实工作把各项任务落到"  # 19 letters, with and without marks


def of_county(folder: Path, *each: tuple[str, int, str]) -> pt.Corpus:
    return reports(folder, *((place, "county", year, text) for place, year, text in each))


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def test_a_passage_counts_whatever_marks_and_widths_it_has(tmp_path: Path) -> None:
    texts = of_county(tmp_path, ("甲县", 2020, OLD), ("甲县", 2021, NEW))
    table = repetition(texts).set_index("doc")
    assert table.loc["d1", ["characters", "repeated", "earlier"]].tolist() == [
        len(letters(NEW)),
        len(SHARED),
        "d0",
    ]
    assert table.loc["d1", "share"] == len(SHARED) / len(letters(NEW))
    assert table.loc["d0", "unobserved"] == "no report of 2019"
    assert pd.isna(table.loc["d0", "share"])


def test_a_shorter_run_is_none(tmp_path: Path) -> None:
    texts = of_county(tmp_path, ("甲县", 2020, OLD), ("甲县", 2021, NEW))
    by_width = repetition(texts, width=[8, len(SHARED), len(SHARED) + 1]).dropna(subset="share")
    assert by_width["repeated"].tolist() == [len(SHARED), len(SHARED), 0]


def test_both_passages_have_their_offsets(tmp_path: Path) -> None:
    texts = of_county(tmp_path, ("甲县", 2020, OLD), ("甲县", 2021, NEW))
    (row,) = repeated_passages(texts).itertuples()
    assert letters(texts.source("d1")[row.start : row.end]) == SHARED
    assert letters(texts.source("d0")[row.earlier_start : row.earlier_end]) == SHARED
    assert row.text == texts.source("d1")[row.start : row.end]


@pytest.mark.parametrize("place", ["乙县", "甲市"])
def test_another_place_is_no_year_before(tmp_path: Path, place: str) -> None:
    texts = of_county(tmp_path, (place, 2020, OLD), ("甲县", 2021, NEW))
    assert repetition(texts)["share"].isna().all()


def test_a_gap_is_bridged_by_a_lag_and_never_by_itself(tmp_path: Path) -> None:
    texts = of_county(tmp_path, ("甲县", 2019, OLD), ("甲县", 2021, NEW))
    table = repetition(texts, lag=[1, 2]).query("doc == 'd1'").set_index("lag")
    assert table["unobserved"].tolist()[0] == "no report of 2020"
    assert table.loc[2, "repeated"] == len(SHARED)


def test_one_place_under_two_names_is_one(tmp_path: Path) -> None:
    rows = [("广东", 2020, OLD), ("广东省", 2021, NEW)]
    texts = reports(tmp_path, *((place, "provincial", year, text) for place, year, text in rows))
    assert repetition(texts)["repeated"].tolist() == [pd.NA, len(SHARED)]


def test_of_two_reports_of_a_year_any_is_the_year_before(tmp_path: Path) -> None:
    other = "道路养护照旧进行，没有什么新的安排。"
    texts = of_county(tmp_path, ("甲县", 2020, other), ("甲县", 2020, OLD), ("甲县", 2021, NEW))
    table = repetition(texts)
    assert table.set_index("doc").loc["d2", ["earlier", "repeated"]].tolist() == [
        "d0、d1",
        len(SHARED),
    ]
    assert table.attrs["notes"] == ["甲县 2020: 2 reports (d0, d1), which count together"]


def test_the_footer_of_a_website_is_no_repetition(tmp_path: Path) -> None:
    footer = "\n版权归本网站所有未经书面许可不得转载。\n联系我们请拨打办公室电话。"
    own = ["春天修路架桥忙个不停。", "夏天防汛抢险众志成城。", "秋天收割打场颗粒归仓。"]
    texts = of_county(tmp_path, *(("甲县", 2020 + n, text + footer) for n, text in enumerate(own)))
    assert repetition(texts)["repeated"].dropna().tolist() == [0, 0]
    # Two texts are too few to tell it from the last words of a speech.
    few = of_county(
        tmp_path, *(("甲县", 2020 + n, text + footer) for n, text in enumerate(own[:2]))
    )
    assert repetition(few)["repeated"].dropna().tolist() == [len(letters(footer))]


@pytest.mark.parametrize(("name", "value"), [("lag", 0), ("width", "12"), ("width", [])])
def test_what_is_no_number_is_named(corpus: pt.Corpus, name: str, value: Any) -> None:
    with pytest.raises(pt.SelectionError, match=f"{name}="):
        years.repetition(corpus, **{name: value})
