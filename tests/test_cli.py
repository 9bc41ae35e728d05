"""The command ``policytext``: what each command does, shows as help, and says of a mistake."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import policytext as pt
from policytext import runs
from policytext.cli import main
from policytext.evaluation import summary
from policytext.lexicon.schema import FOLDER


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.md").write_text("# 政府工作报告\n全年增长6%。\n第 1 页\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["import", "run", "annotate", "report", "cite", "score"])
def test_help_shows_an_example(name: str) -> None:
    assert name in command("--help").output
    done = command(name, "--help")
    assert done.exit_code == 0
    assert f"Example: policytext {name}" in done.output


def test_import_makes_texts_and_says_where_to_look(reports: Path, tmp_path: Path) -> None:
    done = command("import", reports, tmp_path / "texts")
    assert done.exit_code == 0, done.output
    assert "look through import-report.html" in done.stdout
    (text,) = (tmp_path / "texts").rglob("*.txt")
    assert "第 1 页" not in text.read_text(encoding="utf-8")


def test_import_knows_places_of_ones_own(tmp_path: Path) -> None:
    own = shutil.copytree(FOLDER, tmp_path / "lexicon")
    with (own / "places.csv").open("a", encoding="utf-8") as places:
        places.write("云岫县,云岫,county,浙江省,own\n")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("云岫县政府工作报告\n全年增长6%。\n", encoding="utf-8")
    command = [sys.executable, "-m", "policytext", "import", "raw", "texts", "--lexicon", str(own)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert "云岫县,county" in (tmp_path / "texts" / "documents.csv").read_text(encoding="utf-8")


def test_a_library_that_is_missing_is_one_line(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    done = command("import", "--ocr", reports, tmp_path / "texts")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line == "no rapidocr to recognise text with; pip install -r requirements-ocr.txt"


def test_annotate_writes_a_page_a_text_and_their_index(reports: Path, tmp_path: Path) -> None:
    (reports / "b&c.txt").write_text("力争新增企业50家。\n", encoding="utf-8")
    done = command("annotate", reports, tmp_path / "pages", "--language", "zh")
    assert done.exit_code == 0, done.output
    assert f"{tmp_path / 'pages'}: pages of 1 texts, open index.html" in done.stdout
    index = (tmp_path / "pages" / "index.html").read_text("utf-8")
    assert '<a href="b%26c.html">b&amp;c</a>' in index
    assert "多少：50家" in (tmp_path / "pages" / "b&c.html").read_text("utf-8")


def test_pages_are_written_where_nothing_is_lost(reports: Path, tmp_path: Path) -> None:
    for arguments, message in (
        (("annotate", reports, reports), "reports: holds files already; name a new"),
        (("report", reports, "-o", tmp_path / "r.pdf"), "r.pdf: end the name in .html or .docx"),
    ):
        done = command(*arguments)
        assert done.exit_code == 2
        assert message in done.stderr


def test_run_is_what_make_runs(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "HOME", tmp_path)  # has no notebooks
    monkeypatch.setattr(runs, "OUT", tmp_path / "out")
    command("import", reports, tmp_path / "texts")
    done = command("run", tmp_path / "texts", "--group", "doc", "--jobs", 1)
    assert done.exit_code == 0, done.output
    assert "compared by doc" in done.stdout
    assert (tmp_path / "out" / "texts" / "tables" / "targets.csv").is_file()
    makefile = Path("Makefile").read_text(encoding="utf-8")
    assert '$(BIN)/policytext run "$(CORPUS)"' in makefile
    for option in ("GROUP", "COLUMNS", "LEVEL"):
        assert f'$(if $({option}),--{option.lower()} "$({option})")' in makefile


def test_a_lexicon_of_ones_own_is_named_and_checked(tmp_path: Path) -> None:
    """In a process of its own, since the default lexicon is read once."""
    words = tmp_path / "mine.txt"
    code = "from policytext.cli import main; import sys; main(sys.argv[1:])"
    arguments = [sys.executable, "-c", code, "run", str(tmp_path / "none"), "--lexicon", str(words)]
    for row, told in (
        ("低空 3 tech", "mine.txt, row 1, tags: 'tech' is not in the column tag of tagset.csv"),
        ("低空 3 n", f"{tmp_path / 'none'}: no such folder"),
    ):
        words.write_text(row, encoding="utf-8")
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr[: len(told)]) == (2, told)


@pytest.mark.parametrize(
    ("given", "pairs"),
    [
        (("text=正文 title=标题",), {"text": "正文", "title": "标题"}),
        (("text=正文,title=标题",), {"text": "正文", "title": "标题"}),
        (("text=正文，定稿", "title=full title"), {"text": "正文，定稿", "title": "full title"}),
        (("text=a, level==county",), {"text": "a", "level": "=county"}),
    ],
)
def test_columns_are_parted_by_blanks_or_commas(
    given: tuple[str, ...], pairs: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, str]] = []
    monkeypatch.setattr(runs, "run", lambda *_, columns, **__: asked.append(columns))
    options = [part for one in given for part in ("--columns", one)]
    assert command("run", tmp_path, *options).exit_code == 0
    assert asked == [pairs]
    for wrong in ("text=", "text:正文", "text=正文 title:标题"):
        assert "no OURS=THEIRS" in command("run", tmp_path, "--columns", wrong).stderr


@pytest.mark.parametrize("failed", [[], ["01-bad"]])
def test_run_fails_where_a_notebook_does(
    failed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "run", lambda *_, **__: failed)
    assert command("run", "texts").exit_code == len(failed)


def test_score_prints_each_table(monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Held-out scores, as last measured"
    monkeypatch.setattr(summary, "TABLES", {title: summary.TABLES[title]})
    done = command("score")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(f"# {title}\n")


@pytest.mark.parametrize(("shared", "code"), [("here", 1), ("nowhere", 0)])
def test_score_fails_where_a_table_disappears_though_its_texts_are_there(
    shared: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking() -> None:
        raise FileNotFoundError("another text than the one coded")

    (tmp_path / "here").mkdir()
    monkeypatch.setenv("SHARED", str(tmp_path / shared))
    monkeypatch.setattr(summary, "TABLES", {"Genres": lacking})
    done = command("score")
    assert done.exit_code == code
    assert "left out: another text" in done.stdout


def test_a_mistake_is_said_in_one_line(reports: Path, tmp_path: Path) -> None:
    mistakes = {
        "no such folder or file; check": command("import", "no/such/folder", tmp_path / "texts"),
        "holds files already": command("import", reports, reports),
        "no such folder or table": command("run", "no/such/folder"),
        "end it in .csv or .xlsx": command("reference", reports, tmp_path / "formulae"),
        "name another place": command("import", reports, reports / "a.md" / "b"),
        "GROUP=plcae": command("run", "data/wenzhou-2021", "--group", "plcae"),
    }
    for message, done in mistakes.items():
        assert done.exit_code == 2
        assert message in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (pt.CorpusError("row 3:\nno text"), 2, "row 3: no text\n"),
        (pt.LexiconError("row 3:\nno tag"), 2, "row 3: no tag\n"),
        (pt.SelectionError("no sentence"), 2, "no sentence\n"),
        (KeyboardInterrupt(), 130, "stopped\n"),
    ],
)
def test_an_error_shows_no_traceback(
    error: BaseException, code: int, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(runs, "run", fail)
    done = command("run", "texts")
    assert (done.exit_code, done.stderr) == (code, line)


def test_columns_are_named_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "HOME", tmp_path)  # has no notebooks
    monkeypatch.setattr(runs, "OUT", tmp_path / "out")
    table = tmp_path / "a.csv"
    table.write_text("稿,处\n今年新增就业6万人。,甲区\n全年增长6%。,乙区\n", encoding="utf-8")
    assert "--columns text=稿" in command("run", table).stderr
    done = command("run", table, "--columns", "text=稿 place=处", "--jobs", 1)
    assert done.exit_code == 0, done.output
    made = tmp_path / "out" / "a" / "tables" / "documents.csv"
    assert "甲区" in made.read_text(encoding="utf-8")
    done = command("run", table, "--columns", "text=稿 place=处", "--level", "county")
    assert done.exit_code == 0, done.output
    assert made.read_text(encoding="utf-8").count(",county,") == 2
    wrong = command("run", table, "--columns", "text=稿", "--level", "district")
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("level 'district': none of central, ")
    wrong = command("run", table, "--columns", "text:稿")
    assert wrong.exit_code == 2
    assert "is no OURS=THEIRS" in wrong.stderr


def test_the_package_itself_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "policytext", "--help"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Usage: policytext ")
