"""One truth about what is installed: lock, pyproject.toml and environment.yml agree."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SIX = ("jupyterlab", "pandas", "jieba", "matplotlib", "wordcloud", "nbval")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PIP_PART: list[str] = ENVIRONMENT["dependencies"][-1]["pip"]


@pytest.mark.parametrize("package", SIX)
def test_the_six_packages_have_one_pin_everywhere(package: str) -> None:
    pin = next(line for line in LOCK.splitlines() if line.startswith(f"{package}=="))
    assert pin in PROJECT["project"]["dependencies"]
    assert pin in PIP_PART


def test_every_dependency_is_in_the_lock() -> None:
    named = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    for name in (re.split(r"[=<>\[ ]", line)[0] for line in named):
        assert re.search(rf"(?m)^{re.escape(name)}==", LOCK), f"{name}: run make lock"


def test_an_extra_has_a_lock_of_its_own_that_agrees_with_the_lock() -> None:
    main = dict(re.findall(r"(?m)^([\w.-]+)==([\w.]+)$", LOCK))
    for extra in PROJECT["project"]["optional-dependencies"]:
        path = ROOT / f"requirements-{extra}.txt"
        pins = dict(re.findall(r"(?m)^([\w.-]+)==([\w.]+)$", path.read_text(encoding="utf-8")))
        assert {name: pin for name, pin in pins.items() if main.get(name, pin) != pin} == {}


def test_the_locks_name_no_host() -> None:
    for path in ROOT.glob("requirements*.txt"):
        assert not re.search(r"://|--(extra-)?index-url|--find-links", path.read_text()), path.name


def test_conda_gets_the_python_that_binder_understands() -> None:
    assert ENVIRONMENT["dependencies"][:2] == ["python=3.11", "pip"]
    assert PIP_PART[-2:] == ["-r requirements.txt", "-e ."]


def test_the_pip_part_of_the_environment_installs(tmp_path: Path) -> None:
    listing = tmp_path / "pip-part.txt"
    listing.write_text(
        "\n".join(PIP_PART).replace("-r ", f"-r {ROOT}/").replace("-e .", f"-e {ROOT}")
    )
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "-r", str(listing)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
