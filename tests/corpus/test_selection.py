"""Which documents are meant, by what a reader writes."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.corpus.issues import SelectionError
from policytext.corpus.selection import doc_named, grouping


@pytest.fixture(scope="module")
def corpus() -> pt.Corpus:
    return pt.read_corpus("data/wenzhou-2021")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"place": "瓯海"}, ["ouhai"]),
        ({"place": ["瓯海", "洞头区"]}, ["ouhai", "dongtou"]),
        ({"author": "王振勇", "year": 2021}, ["ouhai"]),
        ({"year": range(2020, 2022), "kind": "news", "place": "平阳"}, ["pingyang-mortgage"]),
        ({"level": "prefectural"}, ["policy-research", "reform-office"]),
        ({"level": "县区", "kind": "文章 essay", "place": "瓯海"}, ["ouhai"]),
        ({"year": (2020, 2022), "place": "瓯海"}, ["ouhai"]),
        ({"year": "2021-2022", "place": "瓯海"}, ["ouhai"]),
        ({"date": "２０２０年至2021年", "place": "瓯海"}, ["ouhai"]),
    ],
)
def test_documents_are_chosen_as_they_are_spoken_of(
    corpus: pt.Corpus, wanted: dict[str, object], found: list[str]
) -> None:
    assert corpus.where(**wanted).documents["doc"].tolist() == found


@pytest.mark.parametrize(
    ("names", "wanted", "found"),
    [
        (["瓯海"], {}, ["ouhai"]),
        (["林霞", "瓯海"], {}, ["ouhai", "dongtou"]),
        (["ouhai", "洞头"], {"author": "林霞"}, ["dongtou"]),
    ],
)
def test_a_name_alone_is_enough(
    corpus: pt.Corpus, names: list[str], wanted: dict[str, object], found: list[str]
) -> None:
    assert corpus.where(*names, **wanted).documents["doc"].tolist() == found


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"place": "瓯北"}, "no place '瓯北'; there are 瓯海区, "),
        ({"palce": "瓯海"}, "no column 'palce' in corpus.documents; there are place, "),
        ({"year": range(1990, 1999)}, r"no year in range\(1990, 1999\); there are 2021"),
        ({"place": []}, "no place is named; there are 瓯海区"),
        (
            {"place": "瓯海", "author": "林霞"},
            "no document has place='瓯海', author='林霞' together",
        ),
        ({}, "no column is named"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    corpus: pt.Corpus, wanted: dict[str, object], message: str
) -> None:
    with pytest.raises(SelectionError, match=message):
        corpus.where(**wanted)


def test_where_no_document_has_a_value_this_is_said(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("推进改革。\n", "utf-8")
    corpus = pt.read_corpus(tmp_path)
    with pytest.raises(SelectionError, match="no place '瓯海'; no document has one"):
        corpus.where(place="瓯海")
    assert len(corpus) == 1


def test_the_exact_name_goes_before_one_that_begins_with_it(tmp_path: Path) -> None:
    for name in ("海", "海洋"):
        (tmp_path / f"{name}.txt").write_text(f"推进{name}改革。\n", "utf-8")
    documents = pt.read_corpus(tmp_path).documents
    assert doc_named(documents, "海") == "海"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("2021", "abc"),
        ("2021年", "abc"),
        ("2021-03", "b"),
        ("2021年3月", "b"),
        ("2021年3月5日", "b"),
        (["2020", "2021-11"], "cd"),
    ],
)
def test_a_year_is_all_of_it_and_a_month_too(tmp_path: Path, wanted: object, found: str) -> None:
    rows = ["a,2021", "b,2021-03-05", "c,2021年11月", "d,2020-12-31"]
    table = tmp_path / "texts.csv"
    table.write_text("\n".join(["doc,date,text", *(f"{row},推进。" for row in rows)]), "utf-8")
    corpus = pt.read_corpus(table)
    assert "".join(corpus.where(date=wanted).documents["doc"]) == found


def test_a_name_of_several_documents_names_none(corpus: pt.Corpus) -> None:
    with pytest.raises(SelectionError, match="2 documents have the place '温州市'; name one of"):
        doc_named(corpus.documents, "温州市")


def test_a_corpus_shows_itself_in_five_lines(corpus: pt.Corpus) -> None:
    lines = repr(corpus).splitlines()
    assert len(lines) == 5
    assert lines[0] == "8 篇，7,019 字 | 8 texts, 7,019 characters"
    assert lines[1].startswith("地方 places: 温州市 (2)、瓯海区")


def test_what_names_nothing_and_a_label_that_others_share_name_none(tmp_path: Path) -> None:
    table = tmp_path / "texts.csv"
    table.write_text("doc,place,year,text\na,平湖市,2021,推进。\nb,平湖市,2022,深化。\n", "utf-8")
    documents = pt.read_corpus(table).documents.assign(label=["平湖市", "平湖市 2022"])
    with pytest.raises(SelectionError, match="2 documents have the place '平湖市'"):
        doc_named(documents, "平湖市")
    for name in ("", " ", None, 0):
        with pytest.raises(SelectionError, match=r"document(?: is named)?; there are 平湖市"):
            doc_named(documents, name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("place", ["甲县", "乙县"], "place"),
        ("place", ["甲县", "甲县"], "label"),
        ("place", ["甲县", None], "label"),
        ("date", ["2020", "2021"], "date"),
        ("genre", ["甲", "乙"], "label"),
    ],
)
def test_many_documents_are_compared_by_what_groups_them(
    column: str, values: list[str | None], expected: str
) -> None:
    table = pd.DataFrame({"label": range(20), column: values * 10})
    assert grouping(table) == expected
    assert grouping(table.head(12)) == "label"


def test_nobody_named_of_several_is_said(corpus: pt.Corpus) -> None:
    with pytest.raises(SelectionError, match="no document is named; there are 瓯海, 洞头"):
        doc_named(corpus.documents, None)
    with pytest.raises(
        SelectionError, match=r"no group is named, as in target=…; name one of 王振勇"
    ):
        pt.keyness(pt.segment(corpus.where("瓯海", "洞头")))
