"""Run notebooks in place; print one line for each, with its time or its first error."""

import argparse
import sys
from pathlib import Path

from policytext.runs import CELL_SECONDS, Task, default_workers, report


def main(arguments: list[str] | None = None) -> int:
    """Run the named notebooks in place; one that fails stays as it was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=default_workers())
    parser.add_argument("--cell-seconds", type=int, default=CELL_SECONDS)
    given = parser.parse_args(arguments)
    tasks = [
        Task(path, path, cell_seconds=given.cell_seconds)
        for path in map(Path.resolve, given.notebooks)
    ]
    try:
        return 1 if report(tasks, given.jobs) else 0
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
