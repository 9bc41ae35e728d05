"""The notebooks on another corpus: copies run, the committed ones stay as they are."""

import os
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from policytext import CorpusError, batch

TEXT = "# 报告\n坚持“三个重点”。\n一、全年生产总值增长6%左右。\n二、新建学校3所，新增学位2000个。\n"


def notebook(path: Path, *cells: str) -> Path:
    """A notebook of which the first cell is tagged ``parameters``."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.cells[0].metadata["tags"] = ["parameters"]
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    nbformat.write(made, path)
    return path


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(TEXT + name, encoding="utf-8")
    return folder


def test_a_notebook_gets_the_corpus_and_figures_go_beside_it(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POLICYTEXT_FIGURES", raising=False)
    draw = "import os, pathlib\npathlib.Path(os.environ['POLICYTEXT_FIGURES']).mkdir()"
    one = notebook(tmp_path / "01-one.ipynb", "CORPUS = 'x'", draw, "CORPUS")
    before, out = one.read_bytes(), tmp_path / "out"
    assert batch.run(texts, out, [one], GROUP="unknown to this notebook") == []
    assert one.read_bytes() == before
    assert "POLICYTEXT_FIGURES" not in os.environ
    result = nbformat.read(out / "01-one.ipynb", as_version=4).cells[-1].outputs[0]
    assert result["data"]["text/plain"] == repr(str(texts))
    assert (out / "figures").is_dir()
    assert {path.stem for path in (out / "tables").iterdir()} == {
        *("documents", "report", "quantities", "targets", "slogans")
    }


def test_a_notebook_that_fails_is_kept_and_the_next_one_runs(tmp_path: Path, texts: Path) -> None:
    bad = notebook(tmp_path / "01-bad.ipynb", "CORPUS = 'x'", "1 / 0", "'and on'")
    dead = notebook(tmp_path / "02-dead.ipynb", "CORPUS = 'x'", "import os\nos._exit(1)")
    good = notebook(tmp_path / "03-good.ipynb", "CORPUS = 'x'")
    assert batch.run(texts, tmp_path / "out", [bad, dead, good]) == ["01-bad", "02-dead"]
    cells = nbformat.read(tmp_path / "out" / "01-bad.ipynb", as_version=4).cells
    assert cells[-1].outputs[0]["data"]["text/plain"] == "'and on'"
    assert (tmp_path / "out" / "03-good.ipynb").is_file()


def test_nothing_is_written_where_the_corpus_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        batch.run(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert batch.main(["no/such/folder"]) == 2
    assert "no such folder or table" in capsys.readouterr().err


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
    assert batch.grouping(table) == expected
    assert batch.grouping(table.head(12)) == "label"
