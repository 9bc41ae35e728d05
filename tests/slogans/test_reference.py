"""The reference: who else says a formula, counted from texts and read back."""

import os
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from handmade import page
from policytext.comparison import distinctiveness
from policytext.slogans import read_reference, reference_table
from policytext.slogans.document import documents
from policytext.slogans.grouping import words_counted
from policytext.slogans.reference import TABLE, Counts, Reference, files_of

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
    # Quoted in one text, and a number in another.
    assert table.loc["510", ["quoted", "documents"]].tolist() == [1, 1]


def test_no_sentence_is_kept(table: pd.DataFrame) -> None:
    formulae = pd.read_csv("data/reference/formulae-in-reports.csv")["formula"]
    assert not formulae.str.contains("[。！？]").any()


def test_a_table_is_read_back(table: pd.DataFrame, tmp_path: Path) -> None:
    table.reset_index().to_csv(tmp_path / "own.csv", index=False)
    reference = read_reference(tmp_path / "own.csv")
    assert reference.size == 4
    assert reference.counts("敢闯敢试")[:2] == (1, 2)
    # Nobody looked for it: what is known is that nobody quotes it.
    assert reference.counts("没有这句") == (0, None, None, None)


@pytest.fixture
def reports(tmp_path: Path) -> tuple[pt.Corpus, Reference]:
    """Three counties' reports, and the reference that they are."""
    texts = [f"甲县{TEXTS[0]}", f"乙县{TEXTS[1]}", f"丙县{TEXTS[0]}着力建设古城。"]
    rows = {"doc": ["a", "b", "c"], "place": ["甲县", "乙县", "丙县"], "text": texts}
    pd.DataFrame(rows | {"level": "county", "date": "2021"}).to_csv(tmp_path / "t.csv")
    corpus = pt.read_corpus(tmp_path / "t.csv")
    for one, path in files_of(reference_table([corpus]), tmp_path / "own.csv"):
        pt.save_table(one, path)
    return corpus, read_reference(tmp_path / "own.csv")


def test_a_text_is_no_other_text(reports: tuple[pt.Corpus, Reference]) -> None:
    corpus, reference = reports
    (first, second, _) = documents(corpus, pt.default_lexicon())
    without = reference.without([first])
    assert (reference.size, without.size) == (3, 2)
    assert [one.counts("敢闯敢试")[:2] for one in (reference, without)] == [(2, 3), (1, 2)]
    assert reference.without([first, first, second]).counts("敢闯敢试")[:2] == (1, 1)
    stranger = next(iter(documents(page("坚持“敢闯敢试”。"), pt.default_lexicon())))
    assert reference.without([stranger]) is reference


def test_a_text_with_other_marks_and_breaks_is_known_again(
    reports: tuple[pt.Corpus, Reference],
) -> None:
    corpus, reference = reports
    printed = corpus.source("a").replace("，", ",\n").replace("“", "「").replace("”", "」")
    (copy,) = documents(page(printed), pt.default_lexicon())
    assert reference.without([copy]).size == 2


def test_what_the_text_alone_says_is_in_no_other_report(
    reports: tuple[pt.Corpus, Reference],
) -> None:
    corpus, reference = reports
    found = pt.find_slogans(corpus.select(["a", "b"]), reference=reference).set_index("text")
    rare = distinctiveness(found.reset_index(), corpus, by="place", reference=reference)
    counted = rare.set_index(["group", "canonical"])
    assert found.loc["一网统办", "level_evidence"] == "in 1 of 2 other reports"
    assert counted.loc[("甲县", "一网统办"), ["quoted", "documents", "of"]].tolist() == [1, 1, 2]
    alone = reference_table([corpus.select(["a", "b"])])
    own = Reference(_counts(alone), 2, alone.attrs["texts"])
    found = pt.find_slogans(corpus.select(["a", "b"]), reference=own).set_index("text")
    assert found.loc["一网统办", "level_evidence"].endswith("found in none of 1 other reports")


def test_what_the_text_says_first_itself_attests_nothing() -> None:
    nation = page(TEXTS[0], level="central", date="2020")
    table = reference_table([nation])
    reference = Reference(_counts(table), 1, table.attrs["texts"])
    (document,) = documents(nation, pt.default_lexicon())
    assert reference.attested("敢闯敢试", 2020)
    assert not reference.without([document]).attested("敢闯敢试", 2020)


def _counts(table: pd.DataFrame) -> dict[str, Counts]:
    rows = table[["formula", *Counts._fields]].astype(object).where(table.notna(), None)
    return {words: Counts(*row) for words, *row in rows.itertuples(index=False)}


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
    nobody = rare[rare["band"] == "nobody else counted"]
    assert (nobody["quoted"] == 0).all() and (nobody["documents"].fillna(0) == 0).all()
    counted = rare.dropna(subset="documents")
    assert (counted["quoted"] <= counted["documents"]).all()
    assert (counted["documents"] <= counted["of"]).all()


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
    assert read_reference().counts(words_counted("两个维护")).quoted > 100


def test_of_copies_the_one_of_the_highest_level_counts() -> None:
    body = "坚持“敢闯敢试”，推动各项工作走在前列。着力推进“一网统办”，办好群众身边的实事。"
    city = page(f"政府工作报告。{body}", level="prefectural", date="2024")
    nation = page(body, doc="nation", level="central", date="2024")
    table = reference_table([city, nation], also=["敢闯敢试"]).set_index("formula")
    columns = ["documents", "of", "central", "prefectural", "central_doc"]
    assert table.loc["敢闯敢试", columns].tolist() == [1, 1, 1, 0, "nation"]
