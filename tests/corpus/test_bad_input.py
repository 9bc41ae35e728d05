"""Bad input: each case has one clear sentence that names file, row and fix."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.charts import corpus as charts
from policytext.corpus import describe
from policytext.corpus.issues import SelectionError
from policytext.tables import save_csv


def raises(path: Path, *words: str) -> None:
    """Reading fails in one sentence, of one line, that has all these words."""
    with pytest.raises(pt.CorpusError) as caught:
        pt.read_corpus(path)
    message = str(caught.value)
    assert "\n" not in message
    assert all(word in message for word in words), message


def warns(path: Path, *words: str) -> pt.Corpus:
    """Reading warns in one sentence; the report has it too."""
    with pytest.warns(pt.CorpusWarning) as caught:
        corpus = pt.read_corpus(path)
    message = str(caught[0].message)
    assert all(word in message for word in words), message
    assert "warning" in set(corpus.report["severity"])
    return corpus


def text_folder(tmp_path: Path, *texts: str | bytes) -> Path:
    for number, text in enumerate(texts):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / f"{'abc'[number]}.txt").write_bytes(data)
    return tmp_path


def test_missing_folder(tmp_path: Path) -> None:
    raises(tmp_path / "nowhere", "nowhere", "no such folder or table", "check the path")
    raises(Path("nowhere"), str(Path.cwd() / "nowhere"))


def test_empty_folder_and_folder_of_word_files(tmp_path: Path) -> None:
    raises(tmp_path, "no .txt file", "put texts into the folder")
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    raises(tmp_path, "no .txt file", "a.docx", "pt.import_files")


@pytest.mark.parametrize("content", ["", " \n\t", "\ufeff"])
def test_empty_file(tmp_path: Path, content: str) -> None:
    raises(text_folder(tmp_path, content), "a.txt", "empty", "fill it")


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.jsonl", "t.parquet"])
def test_empty_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    raises(tmp_path / name, name, "empty")


def test_table_with_a_header_alone(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("text\n")
    raises(tmp_path / "t.csv", "no row under the header")


def test_file_that_is_listed_but_absent(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text("file\ngone.txt\n")
    raises(tmp_path, "documents.csv, row 2", "no file gone.txt", "correct the name")


LEVELLED = "甲区坚持“山海联动、双城融合”，推进“三山共进”。\n"


@pytest.mark.parametrize("as_table", [False, True], ids=["documents.csv", "one table"])
def test_unknown_levels_and_kinds_are_named_and_count_as_missing(
    tmp_path: Path, as_table: bool
) -> None:
    table = pd.DataFrame(
        {
            "file": ["a.txt", "b.txt", "c.txt"],
            "place": ["甲区", "乙区", "丙区"],
            "level": ["foo", "foo", "county"],
            "kind": ["report", None, "短评"],
        }
    )
    path = text_folder(tmp_path, LEVELLED, "今年很好。", "明年更好。")
    if as_table:
        path = tmp_path / "t.csv"
        table["text"] = [(tmp_path / name).read_text() for name in table["file"]]
    save_csv(table, path if as_table else path / "documents.csv")
    name = "t.csv" if as_table else "documents.csv"
    with pytest.warns(pt.CorpusWarning) as caught:
        corpus = pt.read_corpus(path)
    assert [str(warning.message) for warning in caught] == [
        f"unknown level: {name}, row 2: 'foo' here and in 1 more rows is none of central, "
        "provincial, prefectural, county, township; write one of them; until then the level "
        "counts as missing",
        f"unknown kind: {name}, row 4: '短评' is none of essay, report, plan, speech, regulation, "
        "notice, news, interview, bulletin; write one of them; until then the kind counts as "
        "missing",
    ]
    assert set(corpus.report.loc[corpus.report["severity"] == "warning", "problem"]) == {
        *("unknown level", "unknown kind")
    }
    assert list(corpus.documents["level"]) == ["foo", "foo", "county"]
    slogans = pt.find_slogans(corpus)
    assert len(slogans) and "foo" not in set(slogans["level"])


def test_same_text_under_two_names(tmp_path: Path) -> None:
    warns(
        text_folder(tmp_path, "甲。乙。", "甲。\n乙。"), "b: has the same text as a", "take one out"
    )


def test_wrong_encoding(tmp_path: Path) -> None:
    damaged = "温州市经济社会发展".encode("gb18030") + b"\xff\xff" + b"\x80"
    raises(text_folder(tmp_path, damaged), "a.txt", "byte 0", "UTF-8")
    (tmp_path / "documents.csv").write_text("file,encoding\na.txt,utf-8\n")
    raises(tmp_path, "a.txt: byte 0 is not utf-8", "name the right encoding")
    (tmp_path / "documents.csv").write_text("file,encoding\na.txt,gbx\n")
    raises(tmp_path, "a.txt: there is no encoding 'gbx'", "gb18030")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"PK\x03\x04" + bytes(range(256)), "a Word, Excel or zip file"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "an old Word or Excel file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
        (bytes(range(256)) * 20, "binary file"),
        (bytes(5000), "binary file"),
    ],
)
def test_binary_file(tmp_path: Path, data: bytes, what: str) -> None:
    raises(text_folder(tmp_path, data), "a.txt", what)


def test_very_long_line(tmp_path: Path) -> None:
    text = "全年生产总值增长6%，坚持“三个重点”。" * 60_000
    corpus = warns(text_folder(tmp_path, text), "very long line", "1,200,000", "line ends")
    assert len(corpus.sentences) == 60_000


def test_table_without_a_text_column(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("标题,甲\n一,二\n", encoding="utf-8")
    raises(tmp_path / "t.csv", "t.csv: no column 'text'", "标题, 甲", "columns=")


def test_a_table_whose_cells_are_parted_by_another_mark(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("区县，正文\n甲，全年增长。\n", encoding="utf-8")
    raises(tmp_path / "t.csv", "no column 'text'", "parted by '，'", "commas or tabs")


def test_sub_folders_may_hold_files_of_one_name(tmp_path: Path) -> None:
    for place in ("瓯海", "洞头"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "2020.txt").write_text(f"{place}增长6%。", encoding="utf-8")
    (tmp_path / "龙湾.txt").write_text("龙湾增长5%。", encoding="utf-8")
    assert list(pt.read_corpus(tmp_path).documents["doc"]) == ["洞头-2020", "瓯海-2020", "龙湾"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.csv", 'text,a\n甲。,1\n"乙。,2\n', ("row 3", "quotation mark")),
        ("t.csv", "text,text\n甲。,1\n", ("two columns are called 'text'", "rename one")),
        ("t.csv", "doc,text\nx,甲。\nx,乙。\n", ("row 3", "two documents are called x")),
        ("t.jsonl", '{"text": "甲\\ud800。"}\n', ("row 1", "character 1", "half a character")),
        ("t.csv", "text\n \n  \n", ("none of 2 documents", "row 2: the text is empty")),
        ("t.csv", "text,a\n甲。\n", ("row 2", "not as many cells as headings")),
        ("t.doc", "甲。", ("not .csv, .tsv, .xlsx", "save the table as one", "folder")),
        ("t.xlsx", "甲。", ("no Excel workbook", "save it as .xlsx")),
        ("t.parquet", "甲。", ("no Parquet file",)),
        ("t.jsonl.gz", "甲。", ("the gzip file is damaged", "get it again")),
    ],
)
def test_bad_table(tmp_path: Path, name: str, content: str, words: tuple[str, ...]) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    raises(tmp_path / name, name, *words)


def test_a_gzip_file_with_a_wrong_byte(tmp_path: Path) -> None:
    data = bytearray(gzip.compress('{"text": "甲。"}\n'.encode()))
    data[10] = 255
    (tmp_path / "t.jsonl.gz").write_bytes(data)
    raises(tmp_path / "t.jsonl.gz", "the gzip file is damaged", "get it again")


def test_workbook_with_more_sheets_and_a_cut_cell(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "t.xlsx") as book:
        pd.DataFrame({"正文": ["甲。" * 16_383 + "甲"]}).to_excel(
            book, sheet_name="一", index=False
        )
        pd.DataFrame({"甲": ["乙。"]}).to_excel(book, sheet_name="二", index=False)
    corpus = warns(tmp_path / "t.xlsx", "only '一' was read, not 二")
    assert {"more sheets", "cut cell"} <= set(corpus.report["problem"])


def test_null_characters(tmp_path: Path) -> None:
    corpus = warns(
        text_folder(tmp_path, "甲\x00乙。温州市" * 20), "null characters", "20, the first", "1;"
    )
    assert "\x00" in corpus.source("a")


def test_unpaired_quotes_over_a_whole_document(tmp_path: Path) -> None:
    text = "实施“三大工程，推进“两个攻坚，落实“一件事，建设“四个示范区。\n第二句。"
    corpus = warns(text_folder(tmp_path, text), "unpaired quotation marks", "4 without")
    assert list(corpus.sentences["text"])[-1] == "第二句。"


def test_right_to_left_marks(tmp_path: Path) -> None:
    warns(text_folder(tmp_path, "甲\u202e乙。"), "direction marks", "code point 1", "delete them")


def test_what_turns_a_line_round_or_rings_is_written_out_in_messages(tmp_path: Path) -> None:
    """A terminal and a page would obey them."""
    for name, text in (("报\u2067告\x1b", "甲\u2066乙\u2069。"), ("空\u2067\x1b", "")):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    corpus = warns(tmp_path, r"空\u2067\u001b.txt: the file is empty")
    assert corpus.source("报\u2067告\x1b") == "甲\u2066乙\u2069。"
    with pytest.raises(SelectionError) as error:
        corpus.where(place="\u2067瓯海")
    assert "\u2067" not in str(error.value)


def test_mixed_traditional_and_simplified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policytext.corpus.issues.converter", lambda: None)
    text = "全市经济发展实现了新的跨越。" * 5 + "產業轉型與環境保護應當並重。" * 5
    warns(text_folder(tmp_path, text), "traditional characters", "mixed with simplified")


def test_menu_of_a_website(tmp_path: Path) -> None:
    text = "\n".join(f"栏目{number}\n政务公开" for number in range(20))
    warns(text_folder(tmp_path, text), "little prose", "menu")


def test_two_reports_in_one_year(tmp_path: Path) -> None:
    listing = "file,地区,作者,年份\na.txt,瑞安市,市政府,2021\nb.txt,瑞安市,市政府,2021\n"
    (tmp_path / "documents.csv").write_text(listing, encoding="utf-8")
    corpus = warns(text_folder(tmp_path, "甲。", "乙。"), "瑞安市 2021 also has b", "select")
    assert list(corpus.documents["label"]) == ["瑞安市 2021 (1)", "瑞安市 2021 (2)"]


def test_path_that_climbs_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "corpus"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("甲。", encoding="utf-8")
    (inside / "documents.csv").write_text("file\n../secret.txt\n")
    raises(inside, "../secret.txt lies outside", "move it into the folder")
    (inside / "documents.csv").write_text(f"file\n{tmp_path / 'secret.txt'}\n")
    raises(inside, "lies outside")


def test_markup_stays_text_where_html_is_shown(tmp_path: Path) -> None:
    corpus = pt.read_corpus(text_folder(tmp_path, "坚持<script>alert(1)</script>&amp;争先。"))
    assert "<script>" in corpus.sentences["text"].iloc[0]
    for shown in (pt.show(corpus.sentences), corpus.sentences, pt.concordance(corpus, "争先")):
        html = shown._repr_html_()
        assert "<script>" not in html
        assert "&amp;amp;" in html


def test_dollar_signs_are_no_formulae_in_figures(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text("file,label\na.txt,$x_{$\n", encoding="utf-8")
    corpus = pt.read_corpus(text_folder(tmp_path, "甲。"))
    chart = charts.lengths(describe(corpus))
    chart.figure.canvas.draw()
    assert chart.figure.axes[0].get_yticklabels()[0].get_text() == "$x_{$"


def test_cells_like_formulae_are_text_in_exports(tmp_path: Path) -> None:
    cell = '=HYPERLINK("http://x","争先")'
    save_csv(pd.DataFrame({"text": [cell, "+1", "甲"]}), tmp_path / "t.csv")
    assert list(pd.read_csv(tmp_path / "t.csv")["text"]) == [f"'{cell}", "'+1", "甲"]


def test_cells_like_formulae_are_text_in_a_workbook_too(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"text": ['=HYPERLINK("http://x","争先")', "甲\x00乙", None], "n": [1, 2, 3]}
    )
    back = pd.read_excel(pt.save_table(table, tmp_path / "t.xlsx"))
    assert list(back["text"])[:2] == [table["text"][0], "甲\ufffd乙"]
    assert list(back["n"]) == [1, 2, 3]
    with pytest.raises(ValueError, match=r"t\.xlsx, row 2: a text of 40000 characters"):
        pt.save_table(pd.DataFrame({"text": ["甲" * 40_000]}), tmp_path / "t.xlsx")
    with pytest.raises(ValueError, match=r"t\.txt: end the name in \.csv, \.xlsx or \.tex"):
        pt.save_table(table, tmp_path / "t.txt")


@pytest.mark.parametrize("find", [pt.find_quantities, pt.find_targets, pt.find_slogans])
def test_where_nothing_is_found_tables_can_be_filtered_all_the_same(
    tmp_path: Path, corpus: pt.Corpus, find: Callable[[pt.Corpus], pd.DataFrame]
) -> None:
    nothing, something = find(pt.read_corpus(text_folder(tmp_path, "今天天气很好。"))), find(corpus)
    assert len(nothing) == 0 < len(something)
    assert list(nothing) == list(something)
    numbers = something.select_dtypes(["number", "bool"]).dtypes
    assert nothing[list(numbers.index)].dtypes.equals(numbers)


@pytest.mark.parametrize(
    "find", [pt.find_slogans, pt.find_quantities, pt.find_targets, pt.segment, pt.concordance]
)
def test_what_is_no_corpus_is_told_what_to_write(find: Callable[[object], object]) -> None:
    with pytest.raises(SelectionError, match=r"read_corpus\(|the corpus comes first"):
        find("my-texts")
