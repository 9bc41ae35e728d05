"""Run notebooks, several at a time; print one line for each, with its time or its first error.

``make`` runs the notebooks in place with `report`. ``policytext run path/to/texts`` runs copies on
another corpus, into ``out/<name>/``: in these the cell tagged ``parameters`` is followed by one
that names the corpus, and the cells tagged ``finding``, which speak of the page that the project
was made for, are left out.
"""

import os
import re
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from textwrap import indent
from threading import Event, Lock
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.issues import CorpusError
from policytext.corpus.rows import KINDS
from policytext.corpus.selection import chosen_group
from policytext.numbers.quantities import find_quantities
from policytext.numbers.targets import find_targets
from policytext.paths import HOME, write_whole
from policytext.slogans.find import find_slogans
from policytext.tables import save_table

CELL_SECONDS = 600  # the slowest cell takes 5; a cell that hangs must not hold a build for ever
_STARTUP_SECONDS = 120  # on a busy machine with a cold disk a kernel takes 20

# A warning without the kernel's temporary file, whose name is another in each run.
_PLAIN_WARNINGS = (
    "import warnings; "
    "warnings.formatwarning = lambda message, kind, *_, **__: f'{kind.__name__}: {message}\\n'"
)


# Sockets for kernels that run side by side are in a folder of their own. A TCP port is chosen free,
# let go, and bound by the kernel a second later; another kernel that starts meanwhile may have it.
Settings = dict[str, str]  # of a KernelManager
# Encrypted, TCP works on every system without a warning; where zmq lacks it, TCP stays plain.
TCP: Settings = {"transport_encryption": "auto"}


@contextmanager
def kernel_settings() -> Iterator[Callable[[], Settings]]:
    """Yield what gives each kernel its settings: sockets, or `TCP` where there can be none."""
    with ExitStack() as stack:
        folder, numbers = _socket_folder(stack), count()
        yield lambda: {"transport": "ipc", "ip": f"{folder}/{next(numbers)}"} if folder else TCP


def _socket_folder(stack: ExitStack) -> str:
    """A folder that takes sockets, in the usual place or the shortest; "" where none does."""
    for place in (tempfile.gettempdir(), "/tmp"):
        if Path(place).is_dir():
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="nb", dir=place))
            if _takes_sockets(folder):
                return folder
    return ""


def _takes_sockets(folder: str) -> bool:
    """Return True if a socket can be made: not on every file system, nor in a path of 100 bytes."""
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(f"{folder}/9999-9")
    except (OSError, AttributeError):
        return False
    return True


@dataclass(frozen=True)
class Task:
    """A notebook to run: read from ``source``, changed by ``parameters``, written to ``target``.

    ``left_out``: cells with this tag are taken out; ``keep_going``: what one cell cannot do, the
    cells after it may, and the notebook is written with its errors; ``environment`` is added to
    the kernel's.
    """

    source: Path
    target: Path
    parameters: Mapping[str, object] = field(default_factory=dict)
    left_out: str = ""
    keep_going: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    cell_seconds: int | None = CELL_SECONDS


@dataclass(frozen=True)
class Outcome:
    """The end of a task; ``error`` is empty where every cell came to its end."""

    name: str
    seconds: float
    error: str = ""

    def __str__(self) -> str:
        """The line that is printed, with what went wrong and where under it."""
        failed = f"  FAILED\n{indent(self.error, '    ')}" if self.error else ""
        return f"{self.name:<26}{self.seconds:6.1f} s{failed}"


class Runner:
    """A runner of tasks in kernels that all end when it is stopped."""

    def __init__(self) -> None:
        self._clients: set[NotebookClient] = set()
        self._stopped = Event()
        self._starting = Lock()

    def run(self, tasks: Iterable[Task], workers: int) -> Iterator[Outcome]:
        """Run the tasks and yield each outcome as it comes."""
        with kernel_settings() as settings, ThreadPoolExecutor(workers) as pool:
            # The longest first, and figures make them large; one that is not there says so at once.
            longest_first = sorted(tasks, key=lambda task: -_size(task.source))
            running = [pool.submit(self._run_one, task, settings) for task in longest_first]
            try:
                for done in as_completed(running):
                    yield done.result()
            except BaseException:  # Ctrl-C, as a rule
                pool.shutdown(wait=False, cancel_futures=True)
                self._stop()
                raise

    def _stop(self) -> None:
        self._stopped.set()
        for client in list(self._clients):
            if client.km is not None and client.km.has_kernel:
                client.km.provisioner.process.kill()

    def _run_one(self, task: Task, settings: Callable[[], Settings]) -> Outcome:
        start = time.monotonic()
        try:
            notebook = prepared(task)
            error = self._execute(task, notebook, settings())
            if not error or task.keep_going:
                write(notebook, task.target)
        except (OSError, ValueError) as why:  # cannot be read, or not be written
            error = f"{type(why).__name__}: {why}"
        return Outcome(task.source.stem, time.monotonic() - start, error)

    def _execute(self, task: Task, notebook: NotebookNode, settings: Settings) -> str:
        last = [0]  # the cell that is running

        def begin(cell: NotebookNode, cell_index: int) -> None:
            last[0] = cell_index
            if self._stopped.is_set():
                raise DeadKernelError("stopped")

        started = ExitStack()
        client = NotebookClient(
            notebook,
            config=Config({"KernelManager": settings}),
            resources={"metadata": {"path": str(task.source.parent)}},
            timeout=task.cell_seconds,
            startup_timeout=_STARTUP_SECONDS,
            extra_arguments=[f"--IPKernelApp.exec_lines={_PLAIN_WARNINGS}"],
            allow_errors=task.keep_going,
            record_timing=False,
            coalesce_streams=True,  # or the outputs would depend on when a stream was flushed
            shutdown_kernel="immediate",
            on_notebook_start=lambda **_: started.close(),
            on_cell_start=begin,
        )
        self._clients.add(client)
        if settings == TCP:  # one at a time, until its ports are bound
            started.enter_context(self._starting)
        try:
            client.execute(env={**os.environ, **task.environment})
        except CellExecutionError:
            pass  # the cell has the error among its outputs
        except Exception as error:  # whatever it is, the other notebooks go on
            died = f"{where(notebook, last[0])}\n{_why(error, task)}"
            return "\n".join(filter(None, [first_error(notebook), died]))
        finally:
            started.close()
            self._clients.discard(client)
        return first_error(notebook)


def _why(error: Exception, task: Task) -> str:
    if isinstance(error, DeadKernelError):
        return (
            "DeadKernelError: Python was stopped, as happens where memory runs out; "
            "try one job at a time, or fewer documents"
        )
    why = f"not done after {task.cell_seconds} s" if isinstance(error, CellTimeoutError) else error
    return f"{type(error).__name__}: {why}"


def first_error(notebook: NotebookNode) -> str:
    """The first error among the outputs, with its cell; empty where there is none.

    Also one that the kernel calls no error: a figure that cannot be drawn after its cell ended.
    """
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return f"{where(notebook, index)}\n{output.ename}: {output.evalue}"
    return ""


def where(notebook: NotebookNode, index: int) -> str:
    """The number of a cell as Jupyter shows it, In [3], and the first line of its source."""
    code = [cell.cell_type == "code" for cell in notebook.cells[: index + 1]]
    line = notebook.cells[index].source.strip().partition("\n")[0]
    return f"In [{sum(code)}]: {line}"


def _size(path: Path) -> float:
    return path.stat().st_size if path.is_file() else float("inf")


def prepared(task: Task) -> NotebookNode:
    """The notebook of a task, less what is left out, and with its parameters."""
    notebook = nbformat.read(task.source, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if task.left_out not in _tags(cell)]
    for index, cell in enumerate(notebook.cells):
        if "parameters" in _tags(cell):
            known = re.findall(r"(?m)^(\w+) *=", cell.source)
            lines = [f"{k} = {v!r}" for k, v in task.parameters.items() if k in known]
            given = nbformat.v4.new_code_cell("\n".join(lines))
            given.metadata["tags"] = ["injected-parameters"]
            notebook.cells[index + 1 : index + 1] = [given] if lines else []
            break
    return notebook


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook in one step, so that who stops it never finds half of one."""
    _forget_versions(notebook)
    write_whole(path, nbformat.writes(notebook).rstrip("\n") + "\n")


def _forget_versions(notebook: NotebookNode) -> None:
    """Keep the kernel's name, tags and what is folded; no version of the interpreter."""
    language = notebook.metadata.get("language_info", {})
    kept: dict[str, Any] = {"language_info": {"name": language.get("name", "python")}}
    if "kernelspec" in notebook.metadata:
        kept["kernelspec"] = notebook.metadata["kernelspec"]
    notebook.metadata = nbformat.from_dict(kept)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            held = {name: cell.metadata.get(name) for name in ("jupyter", "tags")}
            cell.metadata = nbformat.from_dict({name: held[name] for name in held if held[name]})


def cores() -> int:
    """The processor cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def default_workers() -> int:
    """Number of workers: two where there are two cores; more would only wait for each other."""
    return min(2, cores())


def report(tasks: Iterable[Task], workers: int) -> list[str]:
    """Run tasks and print each outcome; the names of those that failed."""
    failed = []
    for outcome in Runner().run(tasks, workers):
        print(outcome, flush=True)
        if outcome.error:
            failed.append(outcome.name)
    return failed


# --- on another corpus ----------------------------------------------------------------------------

# 00 is the table of contents; 06 and 07 are about the coded page and about the tools.
NOTEBOOKS = re.compile("0[1-589]-|10-")
OUT = HOME / "out"
_FINDERS = {"quantities": find_quantities, "targets": find_targets, "slogans": find_slogans}


def run(
    path: str | Path,
    out: str | Path | None = None,
    notebooks: Iterable[Path] | None = None,
    group: str | None = None,
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
) -> list[str]:
    """Run the notebooks on a corpus and write what was found as tables.

    Args:
        path: What `read_corpus` takes.
        out: Where to: the notebooks, ``figures/`` (each with its table and caption) and
            ``tables/``. By default `folder_for` the corpus, where what an earlier run left is
            taken away first.
        notebooks: Which; 01 to 05 and 08 to 10 by default.
        group: The column of documents by which they compare; without it `grouping` chooses.
        workers: How many notebooks run at a time.
        columns: What the table calls our columns, as `read_corpus` takes it.

    Returns:
        The names of the notebooks in which a cell stopped with an error; the others ran.

    Raises:
        CorpusError: The corpus cannot be read, or has no such column; nothing was written.
    """
    path = Path(path).resolve()
    corpus = read_corpus(path, columns)
    values: dict[str, object] = {
        "CORPUS": str(path),
        "GROUP": chosen_group(corpus.documents, group),
    }
    values |= {"COLUMNS": dict(columns)} if columns else {}
    folder = Path(out).resolve() if out else emptied(folder_for(path), path)
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    print(f"compared by {values['GROUP']}; --group (GROUP=… with make) chooses another column")
    print(f"results go to {folder}")
    _write_tables(corpus, folder / "tables")
    sources = notebooks or sorted(
        path for path in (HOME / "notebooks").glob("*.ipynb") if NOTEBOOKS.match(path.name)
    )
    task = partial(
        Task,
        parameters=values,
        left_out="finding",
        keep_going=True,
        environment={"POLICYTEXT_FIGURES": str(folder / "figures")},
        cell_seconds=None,  # a cell may take hours where there are many documents
    )
    return report([task(source, folder / source.name) for source in sources], workers)


def folder_for(path: Path) -> Path:
    """The folder of ``out/`` for a corpus: a folder's whole name, a table's without its ending.

    >>> folder_for(Path("报告.2020")).name, folder_for(Path("articles.2021.jsonl.gz")).name
    ('报告.2020', 'articles.2021')
    """
    name = path.name
    if not path.is_dir():
        stem = name.removesuffix(".gz")
        name = stem.rpartition(".")[0] if stem.rpartition(".")[2].lower() in KINDS else name
    return OUT / (name or "corpus")


def emptied(folder: Path, corpus: Path) -> Path:
    """Delete what an earlier run left in a folder of ``out/``.

    Raises:
        CorpusError: The corpus itself lies in it.
    """
    if folder.parent != OUT or folder.name in ("", ".", ".."):
        raise ValueError(f"{folder}: not a folder of {OUT}")
    if corpus.is_relative_to(folder.resolve()):
        raise CorpusError(
            f"{corpus}: {folder.relative_to(HOME)} is where the results would go, and is emptied "
            "first; move the corpus to another folder"
        )
    if folder.is_symlink() or folder.is_file():
        folder.unlink()  # what a link points to lies elsewhere and stays
    elif folder.is_dir():
        shutil.rmtree(folder)
    return folder


def _write_tables(corpus: Corpus, folder: Path) -> None:
    start = time.monotonic()
    save_table(corpus.documents, folder / "documents.csv")
    for name, find in _FINDERS.items():
        try:
            save_table(find(corpus), folder / f"{name}.csv")
        except CorpusError as error:
            print(f"{name}: {error}", file=sys.stderr)
    # Last: a finder adds the documents that it leaves out.
    save_table(corpus.report, folder / "report.csv")
    print(Outcome("tables", time.monotonic() - start), flush=True)
