"""What CONTRIBUTING.md says of the code is so: its picture, its places, its commands."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PLACES = re.findall(r"`(\w+)` in \[[^\]]*\]\(([^)]*\.py)\)", TEXT)


def test_the_picture_is_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [
        contract["layers"]
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    (picture,) = re.findall(r"```text\n(.*?)\n```", TEXT, re.S)
    drawn = [re.split(r" {2,}", line)[0].split(" · ") for line in picture.splitlines()]
    assert drawn == [re.split(r" [|:] ", layer) for layer in layers]


@pytest.mark.parametrize(("name", "path"), PLACES)
def test_what_is_named_stands_in_its_file(name: str, path: str) -> None:
    assert name in defined(ast.parse((ROOT / path).read_text(encoding="utf-8")))


def defined(module: ast.Module) -> set[str]:
    """The functions, classes and constants of a module."""
    names = set()
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def test_ten_questions_have_their_answers() -> None:
    assert TEXT.count("? |") >= 12
    assert len(PLACES) >= 12


def test_commands_and_links_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in set(re.findall(r"`make ([a-z-]+)`", TEXT)):
        assert re.search(rf"^{command}:", makefile, re.M), command
    for path in re.findall(r"\]\(([^)]+)\)", TEXT) + re.findall(
        r"`((?:scripts|tests)/[^`]+)`", TEXT
    ):
        assert (ROOT / path).exists(), path
