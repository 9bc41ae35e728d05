"""The reference: who else says a formula, counted from texts and read back."""

import os
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from handmade import page
from policytext.comparison import distinctiveness
from policytext.slogans import read_reference, reference_table
from policytext.slogans.grouping import words_counted
from policytext.slogans.reference import TABLE, Counts, Reference

TEXTS = (
    "坚持“敢闯敢试”，推进“一网统办”。",
    "弘扬敢闯敢试的劲头。",
    "建设“一网统办”。落实“510”。",
    "510米。",
)


@pytest.fixture
def table() -> pd.DataFrame:
    corpus = page(*TEXTS, level="central", date="2020")
    return reference_table([corpus], also=["无人说过"]).set_index("formula")


def test_formulae_are_counted_quoted_and_at_all(table: pd.DataFrame) -> None:
    counts = table[["quoted", "documents", "of", "central", "first_central"]].astype(
        int, errors="ignore"
    )
    assert counts.loc["敢闯敢试"].tolist() == [1, 2, 4, 2, 2020]
    assert counts.loc["一网统办"].tolist() == [2, 2, 4, 2, 2020]


def test_what_is_named_is_counted_though_nobody_says_it(table: pd.DataFrame) -> None:
    assert table.loc["无人说过", "documents"] == 0
    assert pd.isna(table.loc["无人说过", "first_central"])


def test_digits_count_in_quotation_marks_alone(table: pd.DataFrame) -> None:
    assert "510" not in table.index  # quoted in one text, and a number in another


def test_no_sentence_is_kept(table: pd.DataFrame) -> None:
    formulae = pd.read_csv("data/reference/formulae-in-reports.csv")["formula"]
    assert not formulae.str.contains("[。！？]").any()


def test_a_table_is_read_back(table: pd.DataFrame, tmp_path: Path) -> None:
    table.reset_index().to_csv(tmp_path / "own.csv", index=False)
    reference = read_reference(tmp_path / "own.csv")
    assert reference.size == 4
    assert reference.counts("敢闯敢试")[:2] == (1, 2)
    assert reference.counts("没有这句") == (0, 0, None, None)


def test_what_is_no_wording_of_its_own_depends_on_the_lexicon(tmp_path: Path) -> None:
    reference = Reference({"六个新样板": Counts(5, 5)}, 9)
    other = pt.default_lexicon().with_rows(
        "context_words", [{"role": "counted anywhere", "pattern": "新样板", "gloss": "new models"}]
    )
    assert reference.stated_forms(pt.default_lexicon()).words == ["六个新样板"]
    assert reference.stated_forms(other).words == []


def test_a_later_report_proves_nothing(tmp_path: Path, table: pd.DataFrame) -> None:
    table.reset_index().to_csv(tmp_path / "own.csv", index=False)
    reference = read_reference(tmp_path / "own.csv")
    assert reference.attested("敢闯敢试", 2021)
    assert not reference.attested("敢闯敢试", 2019)
    assert not reference.attested("敢闯敢试", None)


def test_a_level_is_attested_by_a_report_of_the_time(tmp_path: Path, table: pd.DataFrame) -> None:
    table.reset_index().to_csv(tmp_path / "own.csv", index=False)
    reference = read_reference(tmp_path / "own.csv")
    for year, basis in (("2021", "attested"), ("2019", "unknown")):
        text = page("坚持“敢闯敢试”精神。", place="甲县", level="county", date=year)
        found = pt.find_slogans(text, reference=reference).set_index("text")
        assert found.loc["敢闯敢试", "level_basis"] == basis


def test_what_nobody_else_says_is_told_from_what_the_country_says() -> None:
    corpus = pt.read_corpus("data/wenzhou-2021")
    rare = distinctiveness(pt.find_slogans(corpus), corpus, by="place")
    assert set(rare["band"]) == {"nobody else counted", "some say it", "the country says it"}
    assert (rare.loc[rare["band"] == "nobody else counted", "documents"] == 0).all()
    assert (rare["quoted"] <= rare["documents"]).all()
    assert (rare["documents"] <= rare["of"]).all()


def test_a_table_that_is_written_anew_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "ref.csv"
    table = pd.read_csv(TABLE, encoding="utf-8-sig", dtype=str)
    for size, stamp in (("3", 1), ("5", 2)):
        table.assign(of=size).to_csv(path, index=False)
        os.utime(path, ns=(stamp, stamp))
        assert read_reference(path).size == int(size)


def test_what_is_no_reference_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="policytext reference TEXTS"):
        read_reference(tmp_path / "none.csv")
    (tmp_path / "ref.csv").write_text("formula,quoted\n六比争先,1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column of, documents"):
        read_reference(tmp_path / "ref.csv")


def test_a_numeral_is_looked_up_with_its_counting_word() -> None:
    assert read_reference().counts(words_counted("两个维护")).documents > 100


def test_of_copies_the_one_of_the_highest_level_counts() -> None:
    body = "坚持“敢闯敢试”，推动各项工作走在前列。着力推进“一网统办”，办好群众身边的实事。"
    city = page(f"政府工作报告。{body}", level="prefectural", date="2024")
    nation = page(body, doc="nation", level="central", date="2024")
    table = reference_table([city, nation], also=["敢闯敢试"]).set_index("formula")
    columns = ["documents", "of", "central", "prefectural", "central_doc"]
    assert table.loc["敢闯敢试", columns].tolist() == [1, 1, 1, 0, "nation"]
