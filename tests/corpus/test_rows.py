"""Tables as people keep them: titles, marks, merged cells, failed formulae, dates of all kinds."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.issues import CorpusError, CorpusWarning
from policytext.corpus.rows import read_rows
from policytext.tables import save_table

TEXTS = [f"第{place}个区今年新增就业{place}万人。" for place in "一二三"]
ROWS: list[list[object]] = [["浙江省 ", 44228, TEXTS[0]], [" 浙江省", "二〇二一年二月", TEXTS[1]]]
ROWS += [["江苏省", "21-2-1", TEXTS[2]]]
HEADER: list[object] = ["省份", "日期", "报告全文"]


def _lines(mark: str, *above: str) -> str:
    rows = [HEADER, *ROWS]
    return "\n".join([*above, *(mark.join(str(cell) for cell in row) for row in rows)]) + "\n"


def _workbook(path: Path, rows: list[list[object]], merged: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(path)
    return path


def _check(corpus: Corpus) -> None:
    table = corpus.documents
    assert table["place"].to_list() == ["浙江省", "浙江省", "江苏省"]
    assert table["year"].to_list() == ["2021"] * 3
    assert table["date"][0] == "2021-02-01"
    assert [corpus.source(doc) for doc in table["doc"]] == TEXTS


@pytest.mark.parametrize(
    "text",
    [
        _lines(","),
        _lines(";"),
        _lines("|"),
        _lines("\t"),
        _lines(";", "sep=;"),
        _lines(",", "各省报告汇总"),
        _lines(",", "各省报告汇总,,"),
        _lines("|", "各省报告汇总||", "||"),
    ],
)
def test_marks_and_titles_of_a_csv(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    _check(read_corpus(path))


def test_a_row_keeps_its_number_below_a_title(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\n汇总;;\n" + _lines(";"), encoding="utf-8")
    table = read_rows(path)
    assert list(table.rows) == [4, 5, 6]
    assert [note.problem for note in table.notes] == ["header"]


def test_one_column_has_no_title_above_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\n甲\n乙,丙\n丁\n", encoding="utf-8")
    table = read_rows(path)
    assert table.header == ["text"]
    assert [note.file for note in table.left] == ["a.csv, row 3"]


def test_a_workbook_with_a_title_and_merged_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [["各省报告汇总"], HEADER, ROWS[0], [None, *ROWS[1][1:]], ROWS[2]]
    path = _workbook(tmp_path / "a.xlsx", rows, merged="A3:A4")
    corpus = read_corpus(path)
    _check(corpus)
    notes = corpus.report.set_index("problem")["detail"]
    assert "A3:A4" in notes["merged cells"]
    assert "row 2" in notes["header"]


def test_a_heading_over_two_columns_names_both(tmp_path: Path) -> None:
    rows: list[list[object]] = [["地区", "正文", "指标", None], ["甲县", "增长。", 3, 4]]
    documents = read_corpus(_workbook(tmp_path / "a.xlsx", rows, merged="C1:D1")).documents
    assert list(documents["指标 (2)"]) == [4]
    rows = [["地区", "正文", None, "年份"], ["甲县", "增长6%。", "增长7%。", 2021]]
    with pytest.raises(CorpusError, match="two columns are called '正文'"):
        read_corpus(_workbook(tmp_path / "b.xlsx", rows, merged="B1:C1"))


def test_a_merged_title_is_not_filled_into_the_header(tmp_path: Path) -> None:
    rows: list[list[object]] = [["各省报告汇总"], HEADER, *ROWS]
    _check(read_corpus(_workbook(tmp_path / "a.xlsx", rows, merged="A1:C1")))


def test_failed_formulae_and_escapes(tmp_path: Path) -> None:
    rows: list[list[object]] = [["地区", "正文"], ["#REF!", "一_x000D_\n二"], ["甲区", "#N/A"]]
    with pytest.warns(CorpusWarning, match="failed formula"):
        corpus = read_corpus(_workbook(tmp_path / "a.xlsx", rows))
    assert corpus.documents["place"].isna().all()
    assert corpus.source("a-1") == "一\r\n二"
    assert "left out" in set(corpus.report["problem"])


def test_a_tenth_of_the_texts_is_empty(tmp_path: Path) -> None:
    rows: list[list[object]] = [["地区", "正文"]]
    rows += [["甲区", None if n % 10 == 0 else f"第{n}号文。"] for n in range(40)]
    with pytest.warns(CorpusWarning, match="the text is empty"):
        corpus = read_corpus(_workbook(tmp_path / "a.xlsx", rows))
    assert len(corpus.documents) == 36
    assert (corpus.report["problem"] == "left out").sum() == 4


def test_a_folder_of_tables_is_one_corpus(tmp_path: Path) -> None:
    for number, row in enumerate(ROWS):
        text = "\n".join(",".join(str(cell) for cell in cells) for cells in (HEADER, row))
        (tmp_path / f"{number}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "9.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.warns(CorpusWarning, match=r"9\.csv"):
        corpus = read_corpus(tmp_path)
    _check(corpus)


@pytest.mark.parametrize(
    ("header", "likely"),
    [("地区,政府报告全文", "政府报告全文"), ("a,b", "b"), ("地区,工作报告", "工作报告")],
)
def test_the_likely_column_of_texts_is_named(tmp_path: Path, header: str, likely: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n甲区,{TEXTS[0]}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=f'columns={{"text": "{likely}"}}'):
        read_corpus(path)


@pytest.mark.parametrize("text", ["乡村振兴", "GDP增长6%", "file,place\na.txt,瓯海\n", "十四五"])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig"])
def test_short_texts_are_decoded(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "b.txt").write_bytes(text.encode(encoding))
    assert read_corpus(tmp_path).source("b") == text


def test_of_several_columns_of_places_the_lowest_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"省份,城市,正文\n浙江省,温州市,{TEXTS[0]}\n", encoding="utf-8")
    assert read_corpus(path).documents["place"].to_list() == ["温州市"]


def test_hidden_rows_are_read_and_named(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", [HEADER, *ROWS])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    notes = {note.problem: note.detail for note in read_rows(path).notes}
    assert notes["hidden rows"] == "row 3 is hidden, and read like the others"


def test_a_sheet_that_is_formatted_to_its_end(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", [HEADER, *ROWS])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(path)
    assert list(read_rows(path).rows) == [2, 3, 4]


def test_only_a_workbook_has_escapes(tmp_path: Path) -> None:
    table = pd.DataFrame({"正文": ["一_x000D_二", "#N/A"]})
    table.to_parquet(tmp_path / "a.parquet")
    corpus = read_corpus(tmp_path / "a.parquet")
    assert [corpus.source(doc) for doc in corpus.documents["doc"]] == table["正文"].to_list()


@pytest.mark.parametrize(
    ("place", "said", "level"),
    [
        ("瑞安市", "", "county"),
        ("济南", "", "prefectural"),
        ("北京", "", "provincial"),
        ("瑞安市", "prefectural", "prefectural"),
        ("吉林", "", None),
        ("甲地", "", None),
        ("", "", None),
    ],
)
def test_a_missing_level_is_that_of_the_place(
    tmp_path: Path, place: str, said: str, level: str | None
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"地区,level,正文\n{place},{said},全年增长6%。\n", "utf-8")
    corpus = read_corpus(path)
    found = corpus.documents["level"].iloc[0]
    assert (None if pd.isna(found) else found) == level
    assert ("level" in set(corpus.report["problem"])) == (level is not None and not said)


def test_a_cell_loses_the_apostrophe_that_keeps_it_from_being_a_formula(tmp_path: Path) -> None:
    titles = ["-关于绿化的通知", "=1+1", "@各部门", "'引号'", "平安"]
    save_table(pd.DataFrame({"title": titles}), tmp_path / "a.csv")
    rows = read_rows(tmp_path / "a.csv").rows
    assert [row["title"] for row in rows.values()] == titles
