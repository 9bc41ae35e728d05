"""A promise on a card: its answers, its passage, and nothing of the text as markup."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.corpus.issues import SelectionError

TEXT = "大力推进<b>科技</b>创新，确保“十四五”末高新技术企业由60家增加到100家以上。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> pt.Corpus:
    (tmp_path / "甲.txt").write_text(TEXT, "utf-8")
    return pt.read_corpus(tmp_path)


def test_a_card_answers_every_question(corpus: pt.Corpus) -> None:
    card = pt.fact_sheet(corpus, pt.find_targets(corpus).iloc[0], language="en")
    answers = card.table.set_index("question")
    assert answers.loc["what", "answer"] == "增加到 高新技术企业"
    assert answers.loc["how much", "answer"] == "100家；≥ 100家"
    assert answers.loc["from", "answer"] == "60家"
    assert answers.loc["by when", "answer"].endswith("–2025-12-31")
    assert answers.loc["how firmly"].tolist() == ["hard", "确保；ensure"]
    assert answers.loc["who"].tolist() == ["not stated", ""]
    assert repr(card).startswith("大力推进")


def test_a_promise_is_named_as_one_likes(corpus: pt.Corpus) -> None:
    targets = pt.find_targets(corpus)
    card = pt.fact_sheet(corpus, targets.iloc[0])
    named = ((targets.iloc[0],), (targets, 0), (targets, card.where), (corpus, "甲:37-41"))
    for given in named:
        assert repr(pt.fact_sheet(*given)) == repr(card)
    for unknown in (len(targets), "甲:1-2"):
        with pytest.raises(SelectionError, match="no row"):
            pt.fact_sheet(targets, unknown)


def test_the_passage_shows_its_parts_and_is_whole(corpus: pt.Corpus) -> None:
    card = pt.fact_sheet(corpus, pt.find_targets(corpus).iloc[0])
    assert "".join(text for text, _ in card.pieces) == TEXT.strip() == card.passage
    assert [text for text, tag in card.pieces if tag == "mark"] == ["100家"]
    assert "&lt;b&gt;" in card._repr_html_()
    assert "<b>" not in card._repr_html_()


def test_what_is_no_target_is_said(corpus: pt.Corpus) -> None:
    target = pt.find_targets(corpus).iloc[0]
    with pytest.raises(ValueError, match="this is no row of find_targets"):
        pt.fact_sheet(corpus, pt.find_quantities(corpus).iloc[0])
    for given in ((pd.Series(target),), (corpus,), (pt.find_targets(corpus),)):
        with pytest.raises(SelectionError, match=r"write|fact_sheet\(corpus, targets.iloc\[0\]\)"):
            pt.fact_sheet(*given)
    with pytest.raises(ValueError, match="language 'fr'"):
        pt.fact_sheet(corpus, target, language="fr")
    with pytest.raises(SelectionError, match="make the table from the same corpus"):
        pt.fact_sheet(pt.read_corpus("data/wenzhou-2021"), target)
