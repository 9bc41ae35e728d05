"""How to cite: CITATION.cff is whole, and both forms say what it says."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from policytext.cli import main
from policytext.reading import citation as module
from policytext.reading.citation import citation

CFF = yaml.safe_load(Path("CITATION.cff").read_text("utf-8"))
PROJECT = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]


def test_the_file_says_what_the_project_says() -> None:
    for name in ("version", "license"):
        assert str(CFF[name]) == PROJECT[name]
    assert [author["name"] for author in CFF["authors"]] == [
        author["name"] for author in PROJECT["authors"]
    ]
    pinned = re.search("jieba==([0-9.]+)", str(PROJECT["dependencies"]))
    assert pinned
    assert [(one["title"], str(one["version"])) for one in CFF["references"]] == [
        ("jieba", pinned[1])
    ]
    assert {"message", "title", "abstract", "type", "date-released", "keywords"} <= set(CFF)


def test_both_forms_are_printed() -> None:
    printed = {
        form: CliRunner().invoke(main, ["cite", "--format", form]).output
        for form in ("text", "bibtex")
    }
    assert printed["text"].startswith("The policytext authors (2026). policytext: reading")
    assert "  author = {{The policytext authors}},\n" in printed["bibtex"]
    assert f"  version = {{{CFF['version']}}},\n" in printed["bibtex"]
    with pytest.raises(ValueError, match="none of text, bibtex"):
        citation("apa")


def test_a_name_may_be_a_persons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = CFF | {"authors": [{"family-names": "R&D", "given-names": "A."}, {"name": "B"}]}
    (tmp_path / "C.cff").write_text(yaml.safe_dump(entry), "utf-8")
    monkeypatch.setattr(module, "CITATION", tmp_path / "C.cff")
    assert citation().startswith("R&D, A., B (2026)")
    assert "author = {R\\&D, A. and {B}}" in citation("bibtex")
