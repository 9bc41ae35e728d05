"""The marked text: nothing lost, every mark explained, and nothing of the text ever markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import policytext as pt
from policytext import text as tx
from policytext.corpus.issues import SelectionError
from policytext.reading.marked import save_marked_texts

HOSTILE = (
    """# <script>alert("1")</script> & “双招双引”的标题
某某区区长　张三

一、力争“十四五”末生产总值突破<b>1000亿</b>元，打造“海上花园”。力争新增
企业50家。
（一）建成和公园3个。
"""
    + "谱写“双招双引”新篇章，实现“海上花园”蓝图。\n"
)


class Seen(HTMLParser):
    """The text of a page's passage, its anchors, and the tags that hold them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.ids: list[str | None] = []
        self.links: list[str | None] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids += [given["id"]] if given.get("id") else []
        self.links += [given[name] for name in ("href", "src") if given.get(name)]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def corpus(tmp_path: Path) -> pt.Corpus:
    (tmp_path / "某某区报告.txt").write_text(HOSTILE, "utf-8")
    return pt.read_corpus(tmp_path)


def passage(page: str) -> str:
    return page[page.index("</p>", page.index('class="key"')) : page.rindex("<h2>")]


def test_the_text_is_whole_and_no_markup_of_it_is_obeyed(corpus: pt.Corpus) -> None:
    seen = Seen(passage(pt.marked(corpus, "某某区").to_html()))
    bare = re.sub(r"\s", "", seen.text)
    source = re.sub(r"\s", "", tx.clean(HOSTILE)).replace("#", "")
    assert bare == source
    assert "script" not in seen.tags


def test_every_mark_has_its_passage_its_anchor_and_its_row(corpus: pt.Corpus) -> None:
    text = pt.marked(corpus, "某某区", words=["企业"])
    page = Seen(text.to_html())
    assert set(text.table["layer"]) == {"slogan", "target", "number", "word"}
    for row in text.table.itertuples():
        assert tx.clean(HOSTILE[row.start : row.end]) == row.text
        assert page.ids.count(row.mark) == 1
        assert page.ids.count(f"row-{row.mark}") == 1
        assert f"#{row.mark}" in page.links


def test_a_page_asks_nothing_of_a_network(corpus: pt.Corpus) -> None:
    page = pt.marked(corpus, "某某区").to_html()
    assert all(str(link).startswith("#") for link in Seen(page).links)
    assert "url(" not in page
    assert "@import" not in page


def test_marks_that_overlap_are_all_told(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("力争“十四五”末突破1000亿元。\n", "utf-8")
    corpus = pt.read_corpus(tmp_path)
    text = pt.marked(corpus, "甲", words=["十四五"])
    [words] = re.findall(
        r'data-row="([^"]*)" tabindex="0"[^>]*>(?:<[a-z]+>)*十四五', text.to_html()
    )
    assert "s1" in words
    assert "w1" in words


def test_a_layer_is_left_out_by_an_empty_table(corpus: pt.Corpus) -> None:
    slogans = pt.find_slogans(corpus)
    text = pt.marked(corpus, "某某区", slogans=slogans.head(0))
    assert "slogan" not in set(text.table["layer"])
    assert "switch-slogan" not in text.to_html()


@pytest.mark.parametrize(
    ("language", "there"), [("zh", "多少："), ("en", "how much: "), ("both", "多少 how much: ")]
)
def test_the_words_of_a_row_are_in_the_language_asked_for(
    corpus: pt.Corpus, language: str, there: str
) -> None:
    rows = pt.marked(corpus, "某某区", language=language).table
    assert rows.loc[rows["layer"] == "target", "words"].str.contains(there, regex=False).all()


def test_what_cannot_be_is_said(corpus: pt.Corpus, tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match="no document is called '乙'; there are"):
        pt.marked(corpus, "乙")
    with pytest.raises(ValueError, match="language 'fr': none of zh, en, both"):
        pt.marked(corpus, "某某区", language="fr")
    with pytest.raises(ValueError, match=r"text\.pdf: this is a page"):
        pt.marked(corpus, "某某区").save(tmp_path / "text.pdf")


def test_two_texts_in_one_notebook_have_anchors_of_their_own(corpus: pt.Corpus) -> None:
    ids = Seen(pt.marked(corpus, "某某区")._repr_html_()).ids
    assert ids
    assert all(str(name).startswith("某某区报告-") for name in ids)


def test_a_text_of_a_table_is_headed_by_its_title_and_where_it_is_from(tmp_path: Path) -> None:
    texts = tmp_path / "texts.csv"
    texts.write_text("title,author,place,text\n<b>报告,张三,某某县,力争增长6%。\n", "utf-8")
    corpus = pt.read_corpus(texts)
    page = pt.marked(corpus, corpus.documents["doc"].iloc[0]).to_html()
    assert "<h1><bdi>&lt;b&gt;报告</bdi></h1>" in page
    assert "<bdi>张三 · 某某县</bdi>" in page


def test_no_page_takes_the_place_of_another(tmp_path: Path) -> None:
    texts = tmp_path / "texts.csv"
    texts.write_text(
        "doc,text\nindex,推进改革。\na/b,力争新增企业50家。\na b,深化改革。\n", "utf-8"
    )
    pages = save_marked_texts(pt.read_corpus(texts), tmp_path / "pages")
    assert [page.name for page in pages] == ["index-2.html", "a_b.html", "a_b-2.html"]
    assert all(page.is_file() for page in pages)


def test_reasons_are_said_in_the_language_asked_for(corpus: pt.Corpus) -> None:
    for word in pt.marked(corpus, "某某区", language="zh").table["words"]:
        assert not re.search(r"[a-z]{3,}|: |; ", word), word
