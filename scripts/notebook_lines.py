"""A pytest plugin for nbval: one line for each notebook, with its time, instead of dots.

``make test`` loads it with ``-p notebook_lines``. It also says how many notebooks run at a time,
and how they talk to their kernels.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import nbval.kernel
import pytest

from policytext.runs import Outcome, default_workers, kernel_settings


def pytest_configure(config: pytest.Config) -> None:
    """Print in the process that has the terminal, not in its workers; let kernels use sockets."""
    _use_sockets(config)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Lines(config))


def _use_sockets(config: pytest.Config) -> None:
    """Give each kernel that nbval starts its `kernel_settings`; it has no option for them."""
    stack = ExitStack()
    config.add_cleanup(stack.close)
    settings, manager = stack.enter_context(kernel_settings()), nbval.kernel.KernelManager
    nbval.kernel.KernelManager = lambda **given: manager(**settings(), **given)
    stack.callback(setattr, nbval.kernel, "KernelManager", manager)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """What ``-n auto`` means."""
    return default_workers()


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Count each cell, and print no dot or letter for it."""
    if report.when == "call" or report.outcome != "passed":
        return report.outcome, "", ""
    return None


class Lines:
    """Counts the cells of each notebook that are done, and prints its line after the last."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._left: Counter[str] = Counter()
        self._start: dict[str, float] = {}
        self._failed: dict[str, list[str]] = {}

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Iterable[str]) -> None:
        """Count the cells; each worker collects all of them."""
        self._left = Counter(map(_notebook, ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a report of a cell; the last of a notebook prints its line."""
        path = _notebook(report.nodeid)
        self._start.setdefault(path, report.start)
        if report.failed:
            self._failed.setdefault(path, []).append(_cell(report.nodeid))
        if report.when == "teardown":
            self._left[path] -= 1
            if not self._left[path]:
                self._print(path, report.stop - self._start[path])

    def _print(self, path: str, seconds: float) -> None:
        cells = self._failed.get(path, [])
        outcome = Outcome(Path(path).stem, seconds, ", ".join(cells))
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if terminal:
            terminal.ensure_newline()
            terminal.write_line(str(outcome))


def _notebook(test: str) -> str:
    return test.partition("::")[0]


def _cell(test: str) -> str:
    """What Jupyter calls the cell; nbval counts from 0.

    >>> _cell("notebooks/01-the-corpus.ipynb::ipynb::Cell 4")
    'In [5]'
    """
    return f"In [{int(test.rpartition(' ')[2]) + 1}]"
