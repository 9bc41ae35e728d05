"""Tables as people keep them, each with what it is to be read as: cases/tables.jsonl."""

import json
import warnings
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

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
    if case["file"].endswith(".ods"):
        pytest.importorskip("python_calamine", reason="pip install -e .[import] reads .ods")
    path = _made(case, tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)
        if "error" in case:
            with pytest.raises(CorpusError, match=case["error"].replace("(", r"\(", 1)):
                read_corpus(path, case.get("given"))
            return
        _check(read_corpus(path, case.get("given")), case)


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
    elif path.suffix == ".ods":
        _write_ods(path, content)
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


_ODS = """<office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""


def _write_ods(path: Path, sheets: Sheets) -> None:
    """The least that is an OpenDocument table."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    tables = ""
    for title, rows in sheets.items():
        made = ["".join(cell.format(escape(str(one))) for one in row) for row in rows]
        lines = "".join(f"<table:table-row>{line}</table:table-row>" for line in made)
        tables += f'<table:table table:name="{title}">{lines}</table:table>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS.format(tables))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
