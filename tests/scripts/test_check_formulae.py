"""The table of checked formulae: it covers the lexicon, and the texts say what it says."""

import sys
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt

sys.path.insert(0, "scripts")

import check_formulae
from policytext.corpus.corpus import read_corpus
from policytext.slogans.document import documents

COLUMNS = ["formula", "level", "place", "year"]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(check_formulae.TABLE, keep_default_na=False, dtype=str)


def test_every_formula_is_in_it_as_the_lexicon_states_it(table: pd.DataFrame) -> None:
    lexicon = pt.default_lexicon()["formulae"].sort_values(["level", "formula"], ignore_index=True)
    pd.testing.assert_frame_equal(table[COLUMNS], lexicon[COLUMNS].astype(str), check_dtype=False)


def test_what_is_attested_says_where(table: pd.DataFrame) -> None:
    assert set(table["verdict"]) == {"attested", "used", "not found"}
    assert (table["attested_in"] != "").eq(table["verdict"] != "not found").all()
    assert table.loc[table["verdict"] == "not found", "documents"].eq("0").all()


def test_a_verdict_rests_on_level_place_and_year() -> None:
    corpus = pt.read_corpus("data/wenzhou-2021")
    texts = [check_formulae._text(d) for d in documents(corpus, pt.default_lexicon())]
    rows = check_formulae.checked(texts, pt.default_lexicon()).set_index("formula")
    assert rows.loc["十四五", "verdict"] == "used"  # a district's word proves no national origin
    assert rows.loc["一件事", "verdict"] == "attested"  # issued by the province of the page
    assert rows.loc["五子联动", "verdict"] == "not found"


def test_the_texts_say_what_it_says(table: pd.DataFrame, shared: Path) -> None:
    read = (
        read_corpus(shared / "corpora" / "reports" / f"{name}.jsonl.gz")
        for name in check_formulae.SETS
    )
    lexicon = pt.default_lexicon()
    found = (check_formulae._text(d) for corpus in read for d in documents(corpus, lexicon))
    again = check_formulae.checked({t.words: t for t in found}.values(), lexicon)
    again = again.astype(object).where(again.notna(), "").astype(str)
    pd.testing.assert_frame_equal(again, table, check_dtype=False)
