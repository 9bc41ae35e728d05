"""The report: one page for any corpus, whose findings lead to their passages."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import policytext as pt
from policytext.reading.report import Report, report

VOID = {"meta", "br", "input"}


class Page(HTMLParser):
    """Ids, links within the page, what is fetched, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        self.open += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif "src" in given or (tag == "link" and "href" in given):
            self.fetched.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def made() -> Report:
    return report(pt.read_corpus("data/wenzhou-2021"), by="label", language="zh")


def test_every_link_leads_to_a_passage_and_nothing_is_fetched(made: Report) -> None:
    page = Page(made.html)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    links = [link for link in page.links if re.match(r"#d\d+-", link)]
    assert len(links) > 50
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert page.fetched == []
    assert set(re.findall(r"url\(([a-z]+:)", made.html)) == {"data:"}


def test_a_finding_states_its_counts_and_its_interval(made: Report) -> None:
    said = made.findings.set_index("kind")["sentence"]
    assert said["promises"] == (
        "101 个数量、名次与日期中，11 个是可以核对的承诺，占 10.9%（95% 区间 6.2% 至 18.5%）。"
    )
    assert re.fullmatch(r"可以核对的承诺：(.+ \d+ 个[、。])+", said["promises by group"])
    assert made.findings["passages"].gt(0).sum() > 5


def test_letters_of_figures_are_text(made: Report) -> None:
    drawings = re.findall(r"<svg role=.*?</svg>", made.html, re.DOTALL)
    assert len(drawings) == 3
    assert all(re.search("<text[^>]*>[^<]*[一-龟]", drawing) for drawing in drawings)
    assert all('aria-label="' in drawing for drawing in drawings)


def test_a_corpus_without_a_find_is_a_page_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("今天<b>天气</b>很好。\n", "utf-8")
    made = report(pt.read_corpus(tmp_path), language="en")
    assert made.findings.empty
    assert Page(made.html).open == []
    assert "<li>none</li>" in made.html
    assert "<b>天气" not in made.html


def test_only_pages_and_word_files_are_written(made: Report, tmp_path: Path) -> None:
    assert made.save(tmp_path / "r.html").read_text("utf-8") == made.html
    with pytest.raises(ValueError, match=r"r\.pdf: no report"):
        made.save(tmp_path / "r.pdf")
    with pytest.raises(pt.CorpusError, match="no document has anything in such a column"):
        report(pt.read_corpus("data/wenzhou-2021"), by="colour")


def test_what_is_compared_and_what_is_unsure_is_said(made: Report) -> None:
    said = made.findings.groupby("kind")["sentence"].agg("".join)
    assert "文章 4 篇、" in said["kinds"] and "先选出这 4 篇" in said["kinds"]
    assert " 8 篇中的 " in said["shared"] and " 组" not in said["shared"]
    assert "瓯海" not in said["without words"] or "瓯海的特征词" not in said["words"]
    assert any("不加引号" in line for line in made.content.accuracy)
    assert not any(re.search("lexicon|label|core spans", line) for line in made.content.methods)
