"""One truth about what is installed: lock, pyproject.toml and environment.yml agree."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
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


def test_the_installer_is_pinned_in_one_place() -> None:
    assert re.fullmatch(r"uv==\d+\.\d+\.\d+\n", (ROOT / "requirements-uv.txt").read_text())
    assert not re.search(r"(?m)^uv==", LOCK)  # where uv has no wheel, pip must do without it
    others = [ROOT / "Makefile", ROOT / "pyproject.toml", *(ROOT / "scripts").iterdir()]
    assert not [path.name for path in others if path.is_file() and "uv==" in path.read_text()]


PYTHON = """#!/bin/sh
# Stands in for python3: -m venv makes a folder with this script; -m pip is logged.
case "$*" in
"-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; cp "$LOG/uv" "$3/bin/uv" ;;
*"config get"*) echo "$INDEX" ;;
*) echo "pip ${*#-m pip }" >>"$LOG/calls"; test "$FAILS" = pip && exit 1 || exit 0 ;;
esac
"""
UV = """#!/bin/sh
if [ "$1" = cache ]; then echo "$LOG/cache"; exit 0; fi
given="$1 $2 $4 ${5#"$LOG"/} $6 $7 $8 $9"
echo "uv $given index=$UV_DEFAULT_INDEX link=$UV_LINK_MODE" >>"$LOG/calls"
if [ "$FAILS" = uv ]; then exit 2; fi
"""
BOOTSTRAP = "pip install --quiet -r requirements-uv.txt"
WITH_UV = "uv pip install --python venv/bin/python -r requirements.txt -e . index={} link={}"
WITH_PIP = "pip install --quiet -r requirements.txt -e ."


class Installer:
    """``scripts/install.sh`` with a python and a uv that only log what they are given."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.venv = folder, folder / "venv"
        for name, text in (("python3", PYTHON), ("uv", UV)):
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)

    def run(self, fails: str = "", **more: str) -> tuple[int, list[str], str]:
        """Its exit code, what was called, what was printed."""
        calls = self.folder / "calls"
        calls.unlink(missing_ok=True)
        path = f"{self.folder}:/usr/bin:/bin"
        environment = {"PATH": path, "LOG": str(self.folder), "FAILS": fails, **more}
        command = ["sh", str(ROOT / "scripts" / "install.sh"), "python3", str(self.venv)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        called = calls.read_text().splitlines() if calls.exists() else []
        return done.returncode, called, done.stdout


@pytest.fixture
def installer(tmp_path: Path) -> Installer:
    return Installer(tmp_path)


def test_uv_installs_the_lock(installer: Installer) -> None:
    code, calls, _ = installer.run()
    assert (code, calls) == (0, [BOOTSTRAP, WITH_UV.format("", "")])
    assert (installer.venv / "ready").exists()


def test_pip_installs_where_uv_cannot_and_one_line_says_so(installer: Installer) -> None:
    code, calls, printed = installer.run(fails="uv")
    assert (code, calls) == (0, [BOOTSTRAP, WITH_UV.format("", ""), WITH_PIP])
    assert printed.splitlines()[1:] == [
        "uv could not install the packages; pip does, which takes longer"
    ]
    assert (installer.venv / "ready").exists()


def test_the_environment_of_another_copy_is_left_alone(installer: Installer) -> None:
    assert installer.run()[0] == 0
    other = installer.venv.rename(installer.folder / "other")
    installer.venv.symlink_to(other)
    assert installer.run()[0] != 0
    assert [path.name for path in other.glob("[ir]*")] == ["ready"]


def test_an_install_that_failed_is_not_ready_and_begins_again(installer: Installer) -> None:
    assert installer.run()[0] == 0
    (installer.venv / "mine").touch()
    assert installer.run()[0] == 0
    assert (installer.venv / "mine").exists()  # a new lock keeps what else was installed
    assert installer.run(fails="pip")[0] != 0
    assert not (installer.venv / "ready").exists()
    (installer.venv / "half").touch()
    assert installer.run()[0] == 0
    assert not (installer.venv / "half").exists()


def test_a_lock_that_changes_during_the_install_is_newer_than_ready(installer: Installer) -> None:
    slow = PYTHON.replace('"-m venv "*)', '"-m venv "*) sleep 0.2; touch "$LOG/lock";')
    (installer.folder / "python3").write_text(slow)
    assert installer.run()[0] == 0
    times = [
        path.stat().st_mtime_ns for path in (installer.venv / "ready", installer.folder / "lock")
    ]
    assert times[0] < times[1]


def test_an_index_that_pip_is_told_of_is_uvs_too(installer: Installer) -> None:
    assert installer.run(INDEX="https://a/simple")[1][1] == WITH_UV.format("https://a/simple", "")
    given = {"PIP_INDEX_URL": "https://b/simple", "INDEX": "https://a/simple"}
    assert installer.run(**given)[1][1] == WITH_UV.format("https://b/simple", "")
    given["UV_DEFAULT_INDEX"] = "https://c/simple"
    assert installer.run(**given)[1][1] == WITH_UV.format("https://c/simple", "")


def test_uv_copies_where_files_cannot_be_linked(installer: Installer) -> None:
    ln = installer.folder / "ln"
    ln.write_text("#!/bin/sh\nexit 1\n")
    ln.chmod(0o755)
    assert installer.run()[1][1] == WITH_UV.format("", "copy")
    assert not list((installer.folder / "cache").iterdir())
