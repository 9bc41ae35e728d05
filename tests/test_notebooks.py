"""Notebooks are stored as one clean run: nbval passes over cells that were never run."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
MACHINE = re.compile(r"/(home|root|tmp|Users|work|opt|usr)/|[A-Z]:\\\\")


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def test_the_collection_is_there() -> None:
    names = [path.stem for path in NOTEBOOKS]
    assert names[:6] == [
        "00-contents",
        "01-the-corpus",
        "02-words-and-tags",
        "03-terms-by-author",
        "04-slogans-by-district",
        "05-stated-targets",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    """What holds of each stored notebook."""

    def test_is_one_run_from_the_top(self, path: Path) -> None:
        counts = [cell["execution_count"] for cell in cells(path, "code")]
        assert counts == list(range(1, len(counts) + 1))

    def test_ran_without_error_and_without_a_word_on_stderr(self, path: Path) -> None:
        for cell in cells(path, "code"):
            for output in cell["outputs"]:
                assert output["output_type"] != "error"
                assert output.get("name") != "stderr", output["text"]

    def test_every_cell_that_ends_in_a_value_shows_it(self, path: Path) -> None:
        for cell in cells(path, "code"):
            last = "".join(cell["source"]).splitlines()[-1]
            silent = re.match(r"(import|from|    return) |[\w, ]+ = |[)\]}]", last)
            assert cell["outputs"] or silent, last

    def test_names_no_machine_and_no_interpreter_version(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not MACHINE.search(text)
        assert set(json.loads(text)["metadata"].get("language_info", {})) <= {"name"}

    def test_has_no_trailing_semicolon_and_short_cells(self, path: Path) -> None:
        for cell in cells(path, "code"):
            source = "".join(cell["source"])
            assert not source.rstrip().endswith(";")
            assert len(source.splitlines()) <= 14, source

    def test_begins_with_a_question_and_leads_on(self, path: Path) -> None:
        prose = ["".join(cell["source"]) for cell in cells(path, "markdown")]
        assert re.search(r"[?？]", prose[0])
        assert ".ipynb)" in prose[-1]
