"""Notebooks are stored as one clean run: nbval passes over cells that were never run."""

import ast
import builtins
import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
ANSWERS = [path for path in NOTEBOOKS if path.name.startswith("0")]  # 90 is a tool
SCREEN = 40  # lines of code that stand on a screen
HEADING = re.compile(r"(?m)^#+ +(.+)$")
LINK = re.compile(r"\]\(([\w.-]*)#([^)]+)\)")
# A decimal is said as printed or shorter, a share also as per cent; a number in Chinese is a word.
NUMBER = re.compile(r"(?<![\w.])(?:\d[\d,]*)?\.?\d+(?: %)?")
MACHINE = re.compile(r"/(home|root|tmp|Users|work|opt|usr)/|[A-Z]:\\\\")


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def texts(path: Path, kind: str = "markdown") -> list[str]:
    return ["".join(cell["source"]) for cell in cells(path, kind)]


def answer(path: Path) -> str:
    """The cell that answers the question of a notebook: Chinese and English side by side."""
    (cell,) = (c for c in texts(path) if c.startswith("| 答案 | Answer |"))
    return cell.splitlines()[-1]


def anchors(path: Path) -> list[str]:
    """Marks before headings; JupyterLab finds none of Chinese letters, which a link encodes."""
    return re.findall(r'<a id="([a-z0-9-]+)"></a>\n\n#', "\n".join(texts(path)))


def printed(path: Path) -> list[str]:
    """The numbers in the tables and lines that the cells of a notebook print."""
    data = [output.get("data", {}) for c in cells(path, "code") for output in c["outputs"]]
    plain = [re.sub(r"<[^>]+>", " ", "".join(d.get("text/html", ""))) for d in data]
    lines = ["".join(d.get("text/plain", "")) for d in data]
    return re.findall(r"\d[\d,]*(?:\.\d+)?", " ".join(plain + lines))


def is_printed(said: str, numbers: list[str]) -> bool:
    """Whether one of the numbers is what is said, rounded to as many places."""
    digits = said.removesuffix(" %")
    places = len(digits.partition(".")[2])
    values = [float(number.replace(",", "")) for number in numbers]
    shares = [100 * value for value in values if said.endswith("%")]
    wanted = f"{float(digits.replace(',', '')):.{places}f}"
    return wanted in {f"{value:.{places}f}" for value in values + shares}


def _used(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    found = [name for name in ast.walk(node) if isinstance(name, ast.Name)]
    return {name.id for name in found if isinstance(name.ctx, context)}


def names(source: str) -> tuple[set[str], set[str]]:
    """The names that a cell sets, and those that it takes from other cells."""
    tree, made = ast.parse(source), set[str]()
    inner = [n for n in ast.walk(tree) if isinstance(n, ast.comprehension | ast.FunctionDef)]
    own = set(dir(builtins)).union(*(_used(node, ast.Store) for node in inner))
    own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    taken = set[str]()
    for statement in tree.body:
        taken |= _used(statement, ast.Load) - made - own
        made |= _used(statement, ast.Store) - own
        if isinstance(statement, ast.FunctionDef):
            made.add(statement.name)
        if isinstance(statement, ast.Import | ast.ImportFrom):
            made |= {(a.asname or a.name).partition(".")[0] for a in statement.names}
    return made, taken


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
            silent = re.match(r"(import|from|   ) |[\w, ]+ = |[)\]}]", last)
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

    def test_headings_are_in_both_languages(self, path: Path) -> None:
        for heading in HEADING.findall("\n".join(texts(path))):
            assert re.search("[\u4e00-\u9fff]", heading), heading
            assert re.search("[A-Za-z]{2}", heading), heading

    def test_each_section_says_it_in_chinese_first(self, path: Path) -> None:
        for cell in texts(path):
            said = HEADING.sub("", re.sub("`[^`]*`|<a.*</a>", "", cell)).strip()
            prose = not said.startswith(("|", "[", "-", "**"))
            assert not (said and prose) or re.match(".{0,12}[\u4e00-\u9fff]", said), said

    def test_chinese_has_marks_of_full_width(self, path: Path) -> None:
        for cell in texts(path):
            assert not re.search("[\u4e00-\u9fff”」][,:;?!](?=[\u4e00-\u9fff“])", cell), cell

    def test_links_lead_to_a_heading(self, path: Path) -> None:
        for name, anchor in LINK.findall("\n".join(texts(path))):
            target = path.with_name(name) if name else path
            assert anchors(target).count(anchor) == 1, anchor

    def test_at_most_a_screen_of_code_is_in_view(self, path: Path) -> None:
        shown = [c for c in cells(path, "code") if "jupyter" not in c["metadata"]]
        assert sum(len("".join(c["source"]).splitlines()) for c in shown) <= SCREEN

    def test_cells_can_run_in_any_order_and_twice(self, path: Path) -> None:
        """What a cell takes from another is set in one cell alone, so that none undoes it."""
        found = [names(source) for source in texts(path, "code")]
        for taken in set().union(*(taken for _, taken in found)):
            assert sum(taken in made for made, _ in found) == 1, taken


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_answers_in_two_languages_before_any_code(path: Path) -> None:
    chinese, english = answer(path).strip("| ").split(" | ")
    assert re.search("[\u4e00-\u9fff]{6}", chinese) and re.search("[A-Za-z]{3} [a-z]{2}", english)
    assert answer(path) in texts(path)[1]


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_each_number_of_the_answer_is_printed_below(path: Path) -> None:
    said, numbers = NUMBER.findall(answer(path)), printed(path)
    assert said
    assert not [number for number in said if not is_printed(number, numbers)]
