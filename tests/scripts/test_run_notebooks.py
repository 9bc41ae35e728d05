"""The runner of notebooks: its lines, what it says of a failure, and what it writes."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient

import run_notebooks
from policytext import runs
from policytext.charts import saving as figures
from run_notebooks import main

SCRIPT = Path(run_notebooks.__file__)


def notebook(path: Path, *cells: str) -> Path:
    prose = [nbformat.v4.new_markdown_cell(text) for text in ("# 题 Title", "问 A question?")]
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    made = nbformat.v4.new_notebook(cells=[*prose, *code])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    nbformat.write(made, path)
    return path


def values(path: Path) -> list[str]:
    """The text of each code cell's value."""
    cells = nbformat.read(path, as_version=4).cells
    outputs = [cell.outputs for cell in cells if cell.cell_type == "code"]
    return [output[0]["data"]["text/plain"] for output in outputs]


def test_each_notebook_gets_its_line_when_it_ends(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # a goes on once b is stored with its run.
    stored = """'"execution_count": 1' in pathlib.Path('b.ipynb').read_text('utf-8')"""
    wait = f"import pathlib, time\nwhile not {stored}: time.sleep(.05)\n1"
    first = notebook(tmp_path / "a.ipynb", wait + " " * 500)  # the larger file starts first
    second = notebook(tmp_path / "b.ipynb", "'文'")
    assert main([str(first), str(second), "--jobs", "2"]) == 0
    printed = capfd.readouterr()
    assert [line.split()[0] for line in printed.out.splitlines()] == ["b", "a"]
    assert all(line.endswith(" s") for line in printed.out.splitlines())
    assert printed.err == ""  # no word of the kernel's about its transport, either
    assert values(first) == ["1"]
    assert values(second) == ["'文'"]


TRANSPORT = "from ipykernel.kernelapp import IPKernelApp\nIPKernelApp.instance().transport"


def test_kernels_that_run_side_by_side_share_no_ports(tmp_path: Path) -> None:
    paths = [notebook(tmp_path / f"{name}.ipynb", TRANSPORT) for name in "ab"]
    assert main([*map(str, paths), "--jobs", "2"]) == 0
    assert [values(path) for path in paths] == [["'ipc'"]] * 2


def test_without_sockets_one_kernel_starts_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    start, events = NotebookClient.async_start_new_kernel_client, []

    async def watched(client: NotebookClient) -> object:
        events.append("starts")
        started = await start(client)
        events.append("is ready")
        return started

    monkeypatch.setattr(NotebookClient, "async_start_new_kernel_client", watched)
    monkeypatch.setattr(runs, "_takes_sockets", lambda folder: False)
    paths = [notebook(tmp_path / f"{name}.ipynb", TRANSPORT) for name in "ab"]
    assert main([*map(str, paths), "--jobs", "2"]) == 0
    assert events == ["starts", "is ready"] * 2
    assert [values(path) for path in paths] == [["'tcp'"]] * 2
    assert capfd.readouterr().err == ""


def test_sockets_lie_where_their_paths_are_short_and_are_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setattr(runs.tempfile, "tempdir", str(deep))
    with runs.kernel_settings() as settings:
        first, second = (Path(settings()["ip"]) for _ in range(2))
        assert first != second and first.parent == second.parent
        assert first.parent.parent == Path("/tmp") and first.parent.is_dir()
    assert not first.parent.exists() and not list(deep.iterdir())


def test_kernels_of_nbval_share_no_ports_either(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", TRANSPORT)
    assert main([str(path)]) == 0
    command = [sys.executable, "-m", "pytest", "-p", "notebook_lines", "--nbval"]
    options = ["--nbval-current-env", "-p", "no:cacheprovider", "-n", "1", "-c", os.devnull]
    paths = filter(None, [str(SCRIPT.parent), os.environ.get("PYTHONPATH")])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    run = subprocess.run(
        [*command, *options, str(path)], env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("cells", "line", "error"),
    [
        (["x = 0", "y = 1\nx / 0"], "In [2]: y = 1", "ZeroDivisionError: division by zero"),
        (["import os\nos._exit(3)"], "In [1]: import os", "DeadKernelError: Python was stopped"),
        (["1", "import time\ntime.sleep(60)"], "In [2]: import time", "CellTimeoutError: not done"),
        (
            [
                "%matplotlib inline\nimport matplotlib.pyplot as plt",
                "plt.figure().text(0, 0, 'a', family=[0])",  # fails when the cell is over
            ],
            "In [2]: plt.figure()",
            "Error: ",
        ),
    ],
    ids=["error", "dead kernel", "timeout", "figure that cannot be drawn"],
)
def test_a_failure_is_said_and_the_stored_notebook_stays(
    cells: list[str], line: str, error: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = notebook(tmp_path / "bad.ipynb", *cells), notebook(tmp_path / "good.ipynb", "7")
    before = bad.read_bytes()
    patience = "2" if "Timeout" in error else "600"
    assert main([str(bad), str(good), "--cell-seconds", patience]) == 1
    head, where, why = [
        part.strip() for part in capsys.readouterr().out.split("bad", 1)[1].splitlines()[:3]
    ]
    assert head.endswith("FAILED")
    assert where.startswith(line)
    assert error in why
    assert bad.read_bytes() == before
    assert values(good) == ["7"]


def test_a_file_that_is_no_notebook_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.ipynb").write_text("{", encoding="utf-8")
    good = notebook(tmp_path / "good.ipynb", "7")
    arguments = [str(path) for path in (tmp_path / "none.ipynb", tmp_path / "bad.ipynb", good)]
    assert main(arguments) == 1
    printed = capsys.readouterr().out
    assert "FileNotFoundError: " in printed
    assert "NotJSONError: " in printed
    assert values(good) == ["7"]


def test_a_second_run_writes_the_same_bytes_without_versions_and_timings(tmp_path: Path) -> None:
    one = notebook(tmp_path / "a.ipynb", "print(1, flush=True)\nprint(2)")
    made = nbformat.read(one, as_version=4)
    kept = {"jupyter": {"source_hidden": True}, "tags": ["kept"]}
    made.cells[2].metadata.update({**kept, "execution": {"iopub.status.busy": "now"}})
    nbformat.write(made, one)
    assert main([str(one)]) == 0
    once = one.read_bytes()
    assert main([str(one)]) == 0
    assert one.read_bytes() == once
    written = nbformat.read(one, as_version=4)
    assert written.metadata["language_info"] == {"name": "python"}
    assert written.cells[2].metadata == kept
    assert [output["text"] for output in written.cells[2].outputs] == ["1\n2\n"]


def test_a_warning_is_the_same_in_every_run(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", "import warnings\nwarnings.warn('beware')", "1")
    assert main([str(path)]) == 0
    output = nbformat.read(path, as_version=4).cells[2].outputs[0]
    assert (output["name"], output["text"]) == ("stderr", "UserWarning: beware\n")
    once = path.read_bytes()
    assert main([str(path)]) == 0
    assert path.read_bytes() == once


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_stops_the_kernels(tmp_path: Path) -> None:
    wait = "import os, time\nopen('{}', 'w').write(str(os.getpid()))\ntime.sleep(300)"
    paths = [notebook(tmp_path / f"{name}.ipynb", wait.format(name)) for name in "ab"]
    command = [sys.executable, str(SCRIPT), *map(str, paths), "--jobs", "2"]
    # What a shell starts with & ignores the signal, and so would this.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heard) as running:
        pids = [_number(tmp_path / name) for name in "ab"]
        running.send_signal(signal.SIGINT)
        try:
            _, said = running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode == 130
    assert said.endswith("stopped\n")
    assert not any(map(alive, pids))


def _number(path: Path) -> int:
    """The number in a file, as soon as it is there."""
    for _ in range(1200):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise TimeoutError(path)


def chart(name: str) -> figures.Chart:
    return figures.Chart(Figure(), pd.DataFrame({"x": [1]}), name, name, name, name)


def test_the_index_has_the_figures_of_notebooks_that_run_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYTEXT_FIGURES", str(tmp_path))
    entry, later = figures._entry, [chart("later")]

    def entry_while_another_saves(path: Path) -> str:
        text = entry(path)
        if later:
            figures.save(later.pop(), "02-later")
        return text

    monkeypatch.setattr(figures, "_entry", entry_while_another_saves)
    figures.save(chart("first"), "01-first")
    index = (tmp_path / "index.md").read_text(encoding="utf-8")
    assert [line for line in index.splitlines() if line.startswith("## ")] == [
        *("## 01-first", "## 02-later")
    ]


def test_no_half_written_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYTEXT_FIGURES", str(tmp_path))
    figures.save(chart("old"), "01-first")

    def stopped(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:20])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stopped)
    with pytest.raises(KeyboardInterrupt):
        figures.save(chart("new"), "01-first")
    assert "old" in figures._entry(tmp_path / "01-first.json")
    assert "## 01-first" in (tmp_path / "index.md").read_text(encoding="utf-8")


def test_one_worker_begins_with_the_largest_notebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [notebook(tmp_path / f"{size}.ipynb", "1" + " " * size) for size in (10, 3000, 200)]
    assert main([*map(str, paths), "--jobs", "1"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        *("3000", "200", "10")
    ]


def test_there_are_never_more_than_two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, workers in ((1, 1), (2, 2), (64, 2)):
        monkeypatch.setattr(runs, "cores", lambda cores=cores: cores)
        assert runs.default_workers() == workers
