"""The notebooks on another corpus: copies run, the committed ones stay as they are."""

import gzip
import os
from pathlib import Path

import nbformat
import pytest

from policytext import CorpusError, runs

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


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder ``out``, which does not exist yet."""
    monkeypatch.setattr(runs, "HOME", tmp_path)
    monkeypatch.setattr(runs, "OUT", tmp_path / "out")
    return tmp_path / "out"


def test_a_notebook_gets_the_corpus_and_figures_go_beside_it(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POLICYTEXT_FIGURES", raising=False)
    draw = "import os, pathlib\npathlib.Path(os.environ['POLICYTEXT_FIGURES']).mkdir()"
    one = notebook(tmp_path / "01-one.ipynb", "CORPUS = 'x'", draw, "CORPUS", "'GROUP' in vars()")
    before, out = one.read_bytes(), tmp_path / "out"
    assert runs.run(texts, out, [one]) == []
    assert one.read_bytes() == before
    assert "POLICYTEXT_FIGURES" not in os.environ
    *_, path, has_group = nbformat.read(out / "01-one.ipynb", as_version=4).cells
    assert path.outputs[0]["data"]["text/plain"] == repr(str(texts))
    assert has_group.outputs[0]["data"]["text/plain"] == "False"
    assert (out / "figures").is_dir()
    assert {path.stem for path in (out / "tables").iterdir()} == {
        *("documents", "report", "quantities", "targets", "slogans")
    }


def test_what_is_said_of_the_page_is_left_out(tmp_path: Path, texts: Path) -> None:
    one = notebook(tmp_path / "01-one.ipynb", "GROUP = 'x'", "'kept'", "'of the page'")
    made = nbformat.read(one, as_version=4)
    made.cells[2].metadata["tags"] = ["finding"]
    said = nbformat.v4.new_markdown_cell("洞头", metadata={"tags": ["hide", "finding"]})
    made.cells.append(said)
    nbformat.write(made, one)
    assert runs.run(texts, tmp_path / "out", [one], group="doc") == []
    cells = nbformat.read(tmp_path / "out" / "01-one.ipynb", as_version=4).cells
    assert [cell.source for cell in cells] == ["GROUP = 'x'", "GROUP = 'doc'", "'kept'"]


def test_a_notebook_that_fails_is_kept_and_the_next_one_runs(
    tmp_path: Path, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = notebook(tmp_path / "01-bad.ipynb", "CORPUS = 'x'", "x = 0\n1 / x", "'and on'")
    dead = notebook(tmp_path / "02-dead.ipynb", "CORPUS = 'x'", "import os\nos._exit(1)")
    good = notebook(tmp_path / "03-good.ipynb", "CORPUS = 'x'")
    failed = runs.run(texts, tmp_path / "out", [bad, dead, good], workers=2)
    assert sorted(failed) == ["01-bad", "02-dead"]
    cells = nbformat.read(tmp_path / "out" / "01-bad.ipynb", as_version=4).cells
    assert cells[-1].outputs[0]["data"]["text/plain"] == "'and on'"
    assert (tmp_path / "out" / "02-dead.ipynb").is_file()
    assert (tmp_path / "out" / "03-good.ipynb").is_file()
    printed = capsys.readouterr().out
    assert "FAILED\n    In [3]: x = 0\n    ZeroDivisionError: division by zero\n" in printed
    assert "FAILED\n    In [3]: import os\n    DeadKernelError: " in printed


def test_nothing_is_written_where_the_corpus_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        runs.run(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("group", "fix"),
    [("plcae", ""), ("place", "fill place in documents.csv beside the texts, or "), ("start", "")],
)
def test_an_unknown_group_is_refused_before_anything_is_written(
    tmp_path: Path, texts: Path, group: str, fix: str
) -> None:
    refused = rf"GROUP={group}: .* column; {fix}choose one of doc, label, file, kind$"
    with pytest.raises(CorpusError, match=refused):
        runs.run(texts, tmp_path / "out", [], group=group)
    assert not (tmp_path / "out").exists()


def test_each_corpus_has_a_folder_of_its_own(texts: Path, out: Path) -> None:
    names = []
    for name in ("报告.2020", "报告.2021", "tables.csv"):
        (texts / name).mkdir()
        names.append(runs.folder_for(texts / name).name)
    assert names == ["报告.2020", "报告.2021", "tables.csv"]
    for name in ("报告.2020.csv", "报告.2020.TSV", "报告.2020.jsonl.gz", "报告.2020.parquet"):
        assert runs.folder_for(texts / name) == out / "报告.2020"
    assert runs.folder_for(Path("/")).parent == out


def test_only_what_an_earlier_run_left_is_taken_away(texts: Path, out: Path) -> None:
    (texts / "kept").touch()
    out.mkdir()
    old, link = out / "old", out / "link"
    (old / "figures").mkdir(parents=True)
    link.symlink_to(texts)
    other = texts.parent / "other"
    for folder in (old, link):
        assert runs.emptied(folder, other) == folder
        assert not folder.exists()
    assert (texts / "kept").exists()
    for folder in (out, texts, out / "old" / "figures", out / ".."):
        with pytest.raises(ValueError, match="not a folder of"):
            runs.emptied(folder, other)


def test_a_corpus_that_lies_where_its_results_would_go_stays(out: Path) -> None:
    folder = out / "texts"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    table = folder / "texts.jsonl.gz"
    table.write_bytes(gzip.compress(b'{"text": "\xe6\x96\x87"}\n'))
    for corpus in (folder, table):
        with pytest.raises(CorpusError, match="move the corpus"):
            runs.run(corpus)
    assert (folder / "a.txt").exists()
