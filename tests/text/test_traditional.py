"""Traditional texts are read in simplified characters; each offset stays where it was."""

import json
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policytext as pt
from imported import imported
from policytext import text as tx
from policytext.terms.terms import select_terms
from policytext.text.clean import simplified

OLD = "標爭產總長業萬個設經濟發與項邁歲節進轉級擴強增穩資減環護並順臺階報"
NEW = "标争产总长业万个设经济发与项迈岁节进转级扩强增稳资减环护并顺台阶报"
TEXT = (
    "一、2021年主要目標\n"
    "2021年力爭生產總值增長6%以上，新增就業5萬個。推進“八大工程”建設，經濟發展邁上新臺階。\n"
    "我市穩步推進產業轉型升級，擴大有效投資，強化節能減排，經濟發展與環境保護並重，歲末項目進展順利。"
)


def one_for_one(text: str) -> str:
    """A converter of few characters, to whom a phrase is known that changes its length."""
    return text.replace("臺階", "新高台阶").translate(str.maketrans(OLD, NEW))


@pytest.fixture(params=["few characters", "opencc"])
def converting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "opencc":
        pytest.importorskip("opencc", reason="pip install -e .[opencc] to read traditional texts")
    else:
        for user in ("text.clean", "corpus.corpus", "corpus.issues"):
            monkeypatch.setattr(
                import_module(f"policytext.{user}"), "converter", lambda: one_for_one
            )
    yield


def corpus_of(tmp_path: Path, *texts: str) -> pt.Corpus:
    rows = [json.dumps({"text": text, "kind": "report", "date": "2021"}) for text in texts]
    (tmp_path / "t.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pt.CorpusWarning)
        return pt.read_corpus(tmp_path / "t.jsonl")


def test_a_traditional_text_is_read_like_a_simplified_one(converting: None, tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, TEXT, TEXT.translate(str.maketrans(OLD, NEW)))
    note = corpus.report.set_index("problem").loc["traditional characters"]
    assert (note["doc"], note["severity"]) == ("t-1", "guess")
    targets = pt.find_targets(corpus)
    old, new = (targets[targets["doc"] == doc] for doc in ("t-1", "t-2"))
    same = ["start", "end", "value", "indicator_name", "commitment", "horizon_end", "nature"]
    assert len(old) > 0
    assert old[same].to_dict("list") == new[same].to_dict("list")
    assert old["indicator"].iloc[0] == "生產總值"
    assert corpus.sentences.groupby("doc")["part"].agg(" ".join).nunique() == 1
    assert set(pt.find_slogans(corpus)["canonical"]) == {"八大工程"}
    words = select_terms(pt.segment(corpus), corpus, tags=None)
    terms = words.groupby("doc")["term"].agg(set)
    assert {"生产总值", "就业"} <= terms["t-1"]
    assert "產業" in set(words["text"]) and "產業" not in set(words["term"])
    for query in ("经济发展", "經濟發展"):
        assert len(pt.concordance(corpus, query).table) == 4


@pytest.mark.parametrize("query", ["经济", "經濟", "经?", "經濟/n"])
def test_a_word_is_found_in_either_script(converting: None, tmp_path: Path, query: str) -> None:
    corpus = corpus_of(tmp_path, TEXT)
    tokens = pt.segment(corpus)
    assert "經濟" in set(pt.concordance(corpus, query, tokens).table["text"])
    assert "經濟 (2)" in pt.concordance(corpus, "經濟學", tokens).near
    pattern = query.replace("?", "[济濟]").removesuffix("/n")
    assert set(pt.concordance(corpus, pattern, regex=True).table["text"]) == {"經濟"}


def test_title_office_and_kind_of_an_imported_text(converting: None, tmp_path: Path) -> None:
    head = ["瑞安市政府工作報告", "（2021年2月3日）", "市長 王小明", "各位代表："]
    corpus, _ = imported(tmp_path, a__txt="\n".join([*head, TEXT]))
    row = corpus.documents.iloc[0]
    assert (row["title"], row["author"], row["kind"]) == (head[0], "王小明", "report")


def test_without_the_extra_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in ("text.clean", "corpus.corpus", "corpus.issues"):
        monkeypatch.setattr(import_module(f"policytext.{user}"), "converter", lambda: None)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.warns(pt.CorpusWarning, match=r"traditional characters: a: .*pip install"):
        assert pt.read_corpus(tmp_path).traditional == frozenset()


@pytest.mark.parametrize(
    "text", ["", "，，", "臺階", "邁上新臺階", "增長，新臺階。\x00臺階", "abc", "😀臺階"]
)
def test_no_character_moves(converting: None, text: str) -> None:
    assert len(simplified(text)) == len(text)


PIECES = st.sampled_from(
    [*TEXT, "力爭", "增長", "6%", "５萬個", "“八大工程”", "\n\n", " ", "⻓", "臺階"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(mixed=st.lists(PIECES, min_size=1, max_size=30).map("".join))
def test_each_row_is_its_passage_of_the_source(
    converting: None, tmp_path: Path, mixed: str
) -> None:
    corpus = corpus_of(tmp_path, TEXT + "\n" + mixed)
    for find in (pt.segment, pt.find_quantities, pt.find_targets, pt.find_slogans):
        for row in find(corpus).itertuples():
            assert row.text == tx.clean(corpus.source(row.doc)[row.start : row.end])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("今年臺灣經濟增長百分之三。", True),
        ("全年生產總值增长6%，就業稳定。", True),  # mixed
        ("王喆同志发言，指出今年要治水。", False),
        ("今年台湾经济增长百分之三。", False),
        ("GDP up 6%", False),
    ],
)
def test_of_a_short_text_it_is_said_that_its_script_is_not_known(
    tmp_path: Path, text: str, said: bool
) -> None:
    notes = corpus_of(tmp_path, text, "今年全县新建三所学校。").report
    found = notes[notes["problem"] == "script not known"]
    assert list(found["doc"]) == ["t-1"] * said
