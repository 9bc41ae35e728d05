"""Time the way from a bare clone to figures: ``python3 scripts/time_setup.py [--against REV]``.

Clones a revision into a temporary folder and runs ``make`` there, first as far as the environment,
then the notebooks. Every cache (pip, uv, matplotlib) is an empty folder of that run, so everything
is downloaded. With ``--against`` two revisions take turns, and the ratio of their medians is
printed: on a machine that does other work too, only the ratio means something.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
_CACHES = ("PIP_CACHE_DIR", "UV_CACHE_DIR", "MPLCONFIGDIR")
# What a `make` around this one would hand on.
_OF_MAKE = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "VIRTUAL_ENV")


def time_revision(revision: str, python: str) -> tuple[float, float]:
    """Seconds for the environment and for the notebooks, in a fresh clone with empty caches.

    Prints the files that ``make`` changed.

    Raises:
        SystemExit: ``make`` failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        clone, caches = Path(folder, "clone"), Path(folder, "caches")
        repository = _git("rev-parse", "--path-format=absolute", "--git-common-dir")
        _git("clone", "--quiet", "--no-checkout", repository, str(clone))
        _git("checkout", "--quiet", revision, folder=clone)
        environment = {name: value for name, value in os.environ.items() if name not in _OF_MAKE}
        environment |= {name: str(caches / name) for name in _CACHES}
        ready = ".venv/ready" if python == "python3" else f".venv-{Path(python).name}/ready"
        seconds = [_make(clone, environment, python, goal) for goal in (ready, "figures")]
        changed = _git("status", "--porcelain", folder=clone)
        if changed:
            print(f"make changed files of {revision}:\n{changed}")
        return seconds[0], seconds[1]


def _make(clone: Path, environment: dict[str, str], python: str, goal: str) -> float:
    start = time.monotonic()
    command = ["make", goal, f"PYTHON={python}"]
    done = subprocess.run(
        command, cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout.decode(errors='replace')}")
    return time.monotonic() - start


def _git(*arguments: str, folder: Path = ROOT) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main(arguments: list[str] | None = None) -> int:
    """Print the seconds of each run, the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--revision", default="HEAD")
    parser.add_argument("--against", metavar="REV", help="a second revision to compare with")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--python", default="python3")
    given = parser.parse_args(arguments)
    revisions = [name for name in (given.revision, given.against) if name]
    commits = {name: _git("rev-parse", "--short", f"{name}^{{commit}}") for name in revisions}
    totals: dict[str, list[float]] = {name: [] for name in revisions}
    print(f"empty for each run: {', '.join(_CACHES)}")
    print(f"{'revision':<24}{'environment':>12}{'notebooks':>12}{'together':>12}  seconds")
    for name in revisions * given.rounds:
        parts = time_revision(commits[name], given.python)
        totals[name].append(sum(parts))
        row = "".join(f"{seconds:12.1f}" for seconds in (*parts, sum(parts)))
        print(f"{name + ' ' + commits[name] if name == 'HEAD' else name:<24}{row}", flush=True)
    if given.against:
        first, second = (median(totals[name]) for name in revisions)
        print(f"{given.revision} takes {first / second:.2f} of the time of {given.against}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
