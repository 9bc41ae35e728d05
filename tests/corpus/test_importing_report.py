"""The report of an import: a page, a table that a spreadsheet holds, and corrections kept."""

from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from imported import BODY, HEAD, imported

WHOLE = "\n".join([*HEAD, BODY])


def listing(tmp_path: Path) -> pd.DataFrame:
    path = tmp_path / "texts" / "documents.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False).set_index("source")


def page(tmp_path: Path) -> str:
    return (tmp_path / "texts" / "import-report.html").read_text("utf-8")


def test_every_guess_has_a_confidence(tmp_path: Path) -> None:
    _, report = imported(tmp_path, a__txt=WHOLE, b__txt=BODY)
    guessed = report[report["done"] == "guessed"]
    assert set(guessed["confidence"]) == {"stated", "inferred", "unsure"}
    assert guessed["confidence"].iloc[0] == "unsure"
    assert (report[report["done"] != "guessed"]["confidence"] == "").all()


def test_the_worst_stands_first(tmp_path: Path) -> None:
    with pytest.warns(pt.CorpusWarning):
        imported(tmp_path, a__txt=WHOLE, b__txt=BODY, c__doc=b"\xd0\xcf")
    html = page(tmp_path)
    places = [html.index(f">{name}<") for name in ("c.doc", "b.txt", "a.txt")]
    assert places == sorted(places)


def test_a_kind_that_is_written_stays_where_it_is_the_guess(tmp_path: Path) -> None:
    imported(tmp_path, a__txt=WHOLE)
    table = listing(tmp_path).reset_index()
    kind = pt.read_corpus(tmp_path / "texts").documents["kind"].iloc[0]
    table["kind"] = kind
    table.to_csv(tmp_path / "texts" / "documents.csv", index=False)
    imported(tmp_path, a__txt=WHOLE)
    assert kind and listing(tmp_path)["kind"].to_list() == [kind]


def test_what_wants_a_look_is_said_in_chinese_too(tmp_path: Path) -> None:
    with pytest.warns(pt.CorpusWarning):
        imported(tmp_path, b__txt=BODY, c__txt=b"")
    html = page(tmp_path)
    assert "：页首、页末、文件名和文件夹都没有写明；在 documents.csv 中填" in html
    assert "文件是空的；补上或取出 the file is empty; fill it or take it out" in html


def test_the_page_is_whole_and_runs_nothing(tmp_path: Path) -> None:
    name = "a<script>alert(1)<u>\u2067\x1b.txt"
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / name).write_text(f"<b>$x</b>\n{BODY}\n第 1 页 \n", "utf-8")
    imported(tmp_path)
    html = page(tmp_path)
    assert "&lt;b&gt;$x&lt;/b&gt;" in html
    assert "<script" not in html
    assert "http" not in html
    assert "&lt;u&gt;\\u2067\\u001b.txt" in html
    assert "\u2067" not in html
    open_tags: list[str] = []

    class Checked(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            open_tags.extend([] if tag == "meta" else [tag])

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Checked().feed(html)
    assert open_tags == []


@pytest.mark.filterwarnings("ignore:little")
def test_a_long_line_goes_on_in_the_next_cell(tmp_path: Path) -> None:
    long = "=" + "栏" * 70_000
    html = f"<p>{BODY}</p><nav>{long}</nav>"
    imported(tmp_path, a__html=html)
    table = pd.read_csv(tmp_path / "texts/import-report.csv", dtype=str, keep_default_na=False)
    cells = table[table["done"] == "removed"]["text"].to_list()
    assert max(map(len, cells)) <= 32_767
    assert "".join(cells) == "'" + long
    assert len(page(tmp_path)) < 20_000


def test_corrections_are_kept_by_the_next_import(tmp_path: Path) -> None:
    imported(tmp_path, a__txt=WHOLE, b__txt=BODY, c__txt=BODY + "另一。", d__txt=BODY + "三。")
    table = listing(tmp_path)
    table.loc["a.txt", ["author", "kind", "organ"]] = ["", "speech", "市政府"]
    table.loc["a.txt", "date"] = "2021/2/3"  # what a spreadsheet makes of 2021-02-03
    table.loc["b.txt", ["title", "place", "level"]] = ["甲市报告", "甲市", "prefectural"]
    table = table.drop("c.txt").reset_index()
    table.to_csv(tmp_path / "texts" / "documents.csv", index=False, encoding="gb18030")
    _, report = imported(tmp_path, e__txt=BODY + "四。")
    made = listing(tmp_path)
    assert made.index.to_list() == ["a.txt", "b.txt", "d.txt", "e.txt"]
    assert made.loc["a.txt", ["author", "kind", "organ"]].to_list() == ["", "speech", "市政府"]
    assert made.loc["a.txt", "date"] == "2021-02-03"
    assert made.loc["b.txt", ["title", "place"]].to_list() == ["甲市报告", "甲市"]
    set_by_hand = report[report["confidence"] == "corrected"]
    assert len(set_by_hand) == 6
    assert report[report["done"] == "left out"]["file"].to_list() == ["c.txt"]
    assert (tmp_path / "texts.before" / "texts" / "c.txt").is_file()


def test_corrections_are_kept_more_than_once(tmp_path: Path) -> None:
    imported(tmp_path, a__txt=WHOLE, b__txt=BODY)
    table = listing(tmp_path).reset_index()
    table.loc[0, "author"] = "李大山"
    table.drop(1).to_csv(tmp_path / "texts" / "documents.csv", index=False)
    for _ in range(2):
        imported(tmp_path)
        assert listing(tmp_path)["author"].to_dict() == {"a.txt": "李大山"}
    assert (tmp_path / "texts.before1").is_dir()


def test_a_file_that_was_cut_into_documents_stays_cut(tmp_path: Path) -> None:
    imported(tmp_path, a__txt=WHOLE, b__txt=BODY)
    path = tmp_path / "texts" / "documents.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    pieces = pd.DataFrame({"start": ["0", "20"], "end": ["20", ""], "title": ["前报告", "后报告"]})
    cut = pieces.assign(file=table["file"][0], source="a.txt")
    pd.concat([cut, table.drop(0)]).to_csv(path, index=False)
    for _ in range(2):
        corpus, report = imported(tmp_path)
        found = corpus.documents
        assert found["title"].to_list()[:2] == ["前报告", "后报告"]
        assert found["start"].to_list() == [0, 20, 0]
        assert "text that was cut has changed" not in set(report["rule"])
    with pytest.warns(pt.CorpusWarning, match=r"cut has changed: a\.txt: .*whether they still fit"):
        imported(tmp_path, a__txt=WHOLE + BODY)


def test_a_kind_that_is_guessed_stays_a_guess(tmp_path: Path) -> None:
    corpus, report = imported(tmp_path, a__txt=WHOLE)
    assert ("kind", "title") in set(zip(report["rule"], report["basis"], strict=True))
    assert corpus.documents["kind_basis"].to_list() == ["title"]


def test_a_listing_without_source_is_refused(tmp_path: Path) -> None:
    imported(tmp_path, a__txt=WHOLE)
    listing(tmp_path).to_csv(tmp_path / "texts" / "documents.csv", index=False)
    with pytest.raises(pt.CorpusError, match=r"documents\.csv: no column 'source'.*put the column"):
        imported(tmp_path)
    assert not (tmp_path / "texts.before").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("春耕记\n今年要种好田。", "no date, no place, no level, no kind: "),
        ("瑞安市政府工作报告\n今年要种好田。", "no date: "),
        ("国务院关于种田的意见\n今年要种好田。", "no date: "),
        ("关于种田的通知\n特此通知。\n瑞安市人民政府\n2021年3月5日", ""),
    ],
)
def test_what_is_not_told_is_said_once(tmp_path: Path, text: str, said: str) -> None:
    _, report = imported(tmp_path, a__txt=text)
    remarks = report.loc[report["done"] == "remark", "text"].to_list()
    assert [remark[: len(said)] for remark in remarks] == [said] * bool(said)
