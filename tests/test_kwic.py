"""Hits in context: what is found, how it lines up, and that every offset holds."""

import re
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from handmade import handmade
from policytext import text as tx
from policytext.corpus.issues import SelectionError
from policytext.kwic import Concordance
from policytext.tables import NO_ROW, width

ESSAYS = {
    "甲": "推进/v 改革/n ，/w 深化/v 改革/vn <b>/nx 。/w\n推进/v 项目/n 建设/vn 。/w",
    "乙": "推进器/n 推进/v 海洋/n 经济/n 。/w",
}
Made = tuple[pt.Corpus, pd.DataFrame]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return handmade(tmp_path, ESSAYS, place=["瓯海区", ""])


def hits(found: Concordance) -> list[str]:
    return found.table["text"].tolist()


def test_a_string_is_found_wherever_it_stands_and_a_word_only_as_a_word(made: Made) -> None:
    corpus, tokens = made
    assert hits(pt.concordance(corpus, "推进")) == ["推进"] * 4
    assert hits(pt.concordance(corpus, "推进", tokens)) == ["推进"] * 3


def test_tokens_that_know_their_corpus_are_enough(made: Made) -> None:
    corpus, tokens = made
    own = pt.segment(corpus, segmenter=tokens)
    assert hits(pt.concordance(own, "推进")) == ["推进"] * 3
    assert hits(pt.concordance(own[own["tag"] == "vn"], "改革")) == ["改革"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("/v /n*", ["推进改革", "推进项目", "推进海洋"]),
        ("改革/vn", ["改革"]),
        ("推进 /n /vn", ["推进项目建设"]),
        ("推进?", ["推进器"]),
        ("* 经济", ["海洋经济"]),
        ("经济 推进", []),
    ],
)
def test_words_and_tags_in_sequence(made: Made, query: str, found: list[str]) -> None:
    corpus, tokens = made
    assert hits(pt.concordance(corpus, query, tokens)) == found


def test_a_regular_expression_is_one_only_if_asked_for(made: Made) -> None:
    corpus, _ = made
    assert hits(pt.concordance(corpus, "改革|经济", regex=True)) == ["改革", "改革", "经济"]
    assert hits(pt.concordance(corpus, "改革|经济")) == []


def test_given_spans_are_shown_as_they_are(made: Made) -> None:
    corpus, _ = made
    spans = pd.DataFrame({"doc": ["乙"], "start": [5], "end": [9]})
    line = pt.concordance(corpus, spans=spans).table.iloc[0]
    assert line[["left", "text", "right"]].tolist() == ["推进器推进", "海洋经济", "。"]
    assert line[["author", "part", "paragraph"]].tolist() == ["乙", "body", 0]


def test_the_context_ends_with_the_paragraph(made: Made) -> None:
    corpus, _ = made
    line = pt.concordance(corpus, "项目", context=9).table.iloc[0]
    assert (line["left"], line["right"]) == ("推进", "建设。")
    assert pt.concordance(corpus, "项目", context=1).table["left"].iloc[0] == "进"


@pytest.mark.parametrize("query", ["海洋", "。”", "[一-龟]{2}争先", "高质量"])
def test_every_hit_on_the_page_is_where_it_says(query: str) -> None:
    corpus = pt.read_corpus("data/wenzhou-2021")
    table = pt.concordance(corpus, query, regex=True).table
    assert len(table)
    for row in table.itertuples():
        assert tx.clean(corpus.source(row.doc)[row.start : row.end]) == row.text


def test_a_column_break_inside_a_hit_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        "全区，推动海洋经\n\n济发展，ＧＤＰ增长。\n", encoding="utf-8"
    )
    corpus = pt.read_corpus(tmp_path)
    line = pt.concordance(corpus, "海洋经济").table.iloc[0]
    assert (line["start"], line["end"], line["text"]) == (5, 11, "海洋经济")
    assert hits(pt.concordance(corpus, "GDP")) == ["ＧＤＰ"]


def test_columns_stand_under_each_other(made: Made) -> None:
    corpus, _ = made
    count, *lines = pt.concordance(corpus, "改革").to_text().splitlines()
    assert count == "2 处，1 篇 2 hits in 1 text"
    assert lines == [
        "          推进  改革  ，深化改革<b>。  甲 瓯海区 甲:2–4",
        "推进改革，深化  改革  <b>。            甲 瓯海区 甲:7–9",
    ]
    assert len({width(line[: line.index("甲")]) for line in lines}) == 1


def test_widths_follow_the_east_asian_rules() -> None:
    assert width("改革ab") == 6
    assert width("ＡＢ，") == 6
    assert width("e\u0301") == 1
    assert width("“…”") == 6


def test_lines_sort_by_their_neighbours(made: Made) -> None:
    corpus, _ = made
    found = pt.concordance(corpus, "推进")
    assert found.sort("right").table["right"].str[0].tolist() == ["器", "改", "海", "项"]
    assert found.sort("left", "right").table["left"].str[-1:].tolist() == ["", "", "", "器"]
    assert found.sort("doc", "right").table["doc"].tolist() == ["乙", "乙", "甲", "甲"]
    assert len(found) == len(found.sort("left")) == 4
    assert len(found.head(2)) == 2


def test_html_is_escaped(made: Made) -> None:
    corpus, _ = made
    html = pt.concordance(corpus, "<b>").to_html()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert html in pt.concordance(corpus, "<b>")._repr_html_()


def test_nothing_found_is_an_empty_table_and_prints_a_sentence(made: Made) -> None:
    corpus, tokens = made
    for found in (pt.concordance(corpus, "浦东"), pt.concordance(corpus, "浦东", tokens)):
        assert len(found) == 0
        assert found.to_text() == NO_ROW
        assert list(found.sort("right").table.columns[:4]) == ["doc", "start", "end", "text"]


def test_several_words_and_a_pattern_are_one_query(made: Made) -> None:
    corpus, tokens = made
    assert hits(pt.concordance(corpus, ["经济", "改革"])) == ["改革", "改革", "经济"]
    assert hits(pt.concordance(corpus, ["推进", "推进"], tokens)) == ["推进"] * 3
    assert hits(pt.concordance(corpus, re.compile("改革|经济"))) == ["改革", "改革", "经济"]
    with pytest.raises(SelectionError, match="the query is empty"):
        pt.concordance(corpus, [])


def test_a_row_of_a_table_is_looked_for_as_what_it_stands_for(made: Made) -> None:
    corpus, tokens = made
    slogan = pd.Series({"doc": "甲", "start": 0, "end": 4, "text": "海洋经济", "canonical": "经济"})
    assert hits(pt.concordance(corpus, slogan)) == ["海洋经济", "经济"]
    assert (
        hits(pt.concordance(corpus, pd.Series({"term": "改革", "f1": 2}), tokens)) == ["改革"] * 2
    )
    span = pd.DataFrame({"doc": ["乙"], "start": [5], "end": [9]})
    for query in (span, span.iloc[0]):
        assert hits(pt.concordance(corpus, query)) == ["海洋经济"]


def test_in_names_the_texts_as_a_reader_does(made: Made) -> None:
    corpus, tokens = made
    for name in ("瓯海", ["甲", "瓯海区"]):
        assert hits(pt.concordance(corpus, "推进", tokens, in_=name)) == ["推进"] * 2
    rows = pt.concordance(corpus, "推进", tokens).table
    assert hits(pt.concordance(corpus, spans=rows, in_="乙")) == ["推进"]
    with pytest.raises(SelectionError, match="no group '丙' in any column; use one of 甲"):
        pt.concordance(corpus, "推进", in_="丙")


def test_of_many_hits_the_first_show_themselves(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("改革，" * 70, "utf-8")
    found = pt.concordance(pt.read_corpus(tmp_path), "改革")
    assert len(found.to_text().splitlines()) == 71
    lines = repr(found).splitlines()
    assert lines[0].startswith("前 60 处，共 70 处") and len(lines) == 62
    assert found._repr_html_().count("<tr>") == 60
    for shown in (repr(found), found._repr_html_()):
        assert "全部 all: .to_text(), .table" in shown
    assert "在框内滚动" in found._repr_html_()
    assert "滚动" not in found.head(20)._repr_html_()  # all twenty stand open


def test_what_is_shown_says_of_how_many_it_is(made: Made) -> None:
    corpus, _ = made
    first = pt.concordance(corpus, "推进").sort("right").head(2)
    assert first.to_text().startswith("前 2 处，共 4 处 the first 2 of 4 hits\n")
    assert "the first 2 of 4 hits" in first.to_html()


def test_words_that_are_near_are_counted_as_the_search_counts_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("深化改革，推进改革。改革家要有改革开放的胆识。", "utf-8")
    corpus = pt.read_corpus(tmp_path)
    tokens = pt.segment(corpus)
    near = pt.concordance(corpus, "改革派", tokens).near
    assert f"改革 ({pt.concordance(corpus, '改革', tokens).found})" in near
    assert pt.concordance(corpus, "改革", tokens).found < pt.concordance(corpus, "改革").found == 4
    pattern = pt.concordance(corpus, re.compile("改革."), tokens)
    assert pattern.found == 4 and "whole words" not in repr(pattern)


@pytest.mark.parametrize(
    ("query", "with_words", "near"),
    [
        ("改革家", True, "改革 (2)"),
        ("海洋强国", False, "海洋 (1)"),
        ("改各", False, "改革 (2)"),
        ("浦东", True, ""),
    ],
)
def test_where_there_is_no_hit_what_is_near_is_offered(
    made: Made, query: str, with_words: bool, near: str
) -> None:
    corpus, tokens = made
    found = pt.concordance(corpus, query, tokens if with_words else None)
    assert found.near == (f"相近 near: {near}" if near else "")
    assert found.to_text() == f"{NO_ROW} {found.near}".strip()


@pytest.mark.parametrize(
    ("query", "offered"),
    [("改革|创新", True), ("推进.*建设", True), ("浦东|闵行", False), ("(", False)],
)
def test_a_pattern_that_is_read_as_a_string_says_how_to_ask(
    made: Made, query: str, offered: bool
) -> None:
    assert ("regex=True" in pt.concordance(made[0], query).to_text()) is offered


def test_lines_come_sorted_where_it_is_asked_for(made: Made) -> None:
    found = pt.concordance(made[0], "推进", sort="right")
    assert found.table["right"].str[0].tolist() == ["器", "改", "海", "项"]
    by_two = pt.concordance(made[0], "推进", sort=["doc", "right"])
    assert by_two.table["doc"].tolist() == ["乙", "乙", "甲", "甲"]


def test_a_line_opens_its_sentence_and_a_heading_has_no_mark(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("# 一、推进改革\n\n深化改革。\n", "utf-8")
    found = pt.concordance(pt.read_corpus(tmp_path), "改革", context=9)
    assert found.table["left"].tolist() == ["一、推进", "深化"]
    assert "<summary>甲:12–14</summary>" in found.to_html()
    assert ">深化改革。</div>" in found.to_html()


def test_errors_say_what_to_do(made: Made) -> None:
    corpus, tokens = made
    with pytest.raises(SelectionError, match="either a query or a table of spans"):
        pt.concordance(corpus)
    with pytest.raises(SelectionError, match="the corpus comes first"):
        pt.concordance(tokens, "改革")  # a table of one's own, which knows no corpus
    with pytest.raises(SelectionError, match=r"is no regular expression: .*fix it"):
        pt.concordance(corpus, "(改革", regex=True)
    with pytest.raises(SelectionError, match="the query is empty"):
        pt.concordance(corpus, " ")
    with pytest.raises(SelectionError, match="context=-3 is no number of characters"):
        pt.concordance(corpus, "改革", context=-3)
    with pytest.raises(SelectionError, match="cannot sort by 'colour'; use one of doc"):
        pt.concordance(corpus, "改革").sort("colour")


def test_a_query_of_no_kind_is_refused(made: Made) -> None:
    corpus, _ = made
    for query in (5, [5], b"x"):
        with pytest.raises(SelectionError, match="is no query; write a string"):
            pt.concordance(corpus, query)


def test_it_is_said_when_only_whole_words_are_hits(corpus: pt.Corpus) -> None:
    part = corpus.where("瓯海", "洞头")
    words, strings = pt.concordance(pt.segment(part), "城"), pt.concordance(part, "城")
    assert words.found < strings.found
    assert "whole words" in repr(words) and "whole words" not in repr(strings)
