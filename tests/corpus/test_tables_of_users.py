"""Tables as people keep them, each with what it is to be read as: cases/tables.jsonl."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.issues import CorpusError, CorpusWarning

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "tables.jsonl")
    .read_text("utf-8")
    .split("\n")
    if line
]
CUT = "文" * 32_767
Sheets = dict[str, list[list[object]]]


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_a_table_is_read_as_it_is_meant(case: dict[str, Any], tmp_path: Path) -> None:
    path = _made(case, tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)
        if "error" in case:
            with pytest.raises(CorpusError, match=case["error"].replace("(", r"\(", 1)):
                read_corpus(path, case.get("given"))
            return
        _check(read_corpus(path, case.get("given")), case)


def test_an_old_workbook_with_a_cover_merged_cells_and_a_failed_formula() -> None:
    path = Path(__file__).parent.parent / "cases" / "old-workbook.xls"
    with pytest.warns(CorpusWarning, match="only '2020', '2021' were read, not 封面"):
        corpus = read_corpus(path, {"text": "报告稿"})
    table = corpus.documents
    assert table["place"].to_list() == ["瑞安市", "乐清市", "平阳县", "平阳县"]
    dates = ["2020-01-15", "2020-01-15", "2021-01-15", "2021-03"]
    assert table["date"].to_list() == dates
    assert {"header", "merged cells", "failed formula", "left out"} <= set(corpus.report["problem"])


@pytest.mark.parametrize(
    "damage", [lambda d: d[: len(d) // 2], lambda d: d[:3000] + b"\n" + d[3000:]]
)
def test_a_damaged_old_workbook_is_said_to_be(tmp_path: Path, damage: Callable) -> None:
    data = (Path(__file__).parent.parent / "cases" / "old-workbook.xls").read_bytes()
    (tmp_path / "a.xls").write_bytes(damage(data))
    with pytest.raises(CorpusError, match=r"a\.xls: no Excel workbook, a damaged .*; open it"):
        read_corpus(tmp_path / "a.xls")


def _check(corpus: Corpus, case: dict[str, Any]) -> None:
    table = corpus.documents
    filled = table.astype(object).where(table.notna(), None)
    texts = [corpus.source(doc) for doc in table["doc"]]
    assert texts == [text.replace("$cut", CUT) for text in case["texts"]]
    read = {name: filled[name].to_list() for name in ("place", "year", "level") if name in case}
    assert read == {name: case[name] for name in read}
    assert table["doc"].to_list() == case.get("docs", table["doc"].to_list())
    assert set(case.get("columns", [])) <= set(table) - set(case.get("without", []))
    said = "\n".join(corpus.report["file"] + ": " + corpus.report["detail"])
    assert all(words in said for words in case.get("says", [])), said
    assert not any(words in said for words in case.get("silent", [])), said


def _made(case: dict[str, Any], folder: Path) -> Path:
    """The file or the folder of a case."""
    if "files" not in case:
        path = folder / case["file"]
        _write(path, case.get("sheets") or case["text"], case)
        return path
    for name, content in case["files"]:
        (folder / name).parent.mkdir(exist_ok=True)
        _write(folder / name, content, case)
    return folder


def _write(path: Path, content: str | Sheets, case: dict[str, Any]) -> None:
    if isinstance(content, str):
        text = content.replace("$cut", CUT)
        path.write_bytes(text.encode(case.get("encoding", "utf-8")))
    else:
        _write_xlsx(path, content, case)


def _write_xlsx(path: Path, sheets: Sheets, case: dict[str, Any]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([CUT if cell == "$cut" else cell for cell in row])
        if "merged" in case:
            sheet.merge_cells(case["merged"])
        sheet.sheet_state = "hidden" if title in case.get("hidden", []) else "visible"
    book.save(path)
