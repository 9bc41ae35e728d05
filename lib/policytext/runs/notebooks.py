"""Run notebooks, several at a time; print one line for each, with its time or its first error.

``make`` runs the notebooks in place with this; `corpus.run` runs copies on another corpus.
"""

import os
import re
import socket
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
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

from policytext.paths import write_whole

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
    """Keep the kernel's name and the tags of code cells, no version of the interpreter."""
    language = notebook.metadata.get("language_info", {})
    kept: dict[str, Any] = {"language_info": {"name": language.get("name", "python")}}
    if "kernelspec" in notebook.metadata:
        kept["kernelspec"] = notebook.metadata["kernelspec"]
    notebook.metadata = nbformat.from_dict(kept)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata = nbformat.from_dict({"tags": _tags(cell)} if _tags(cell) else {})


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
