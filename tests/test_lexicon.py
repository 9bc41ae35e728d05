"""A lexicon file that cannot be used says which file, which row and what to do."""

import shutil
from pathlib import Path

import pytest

import policytext as pt
from policytext.lexicon import FOLDER, TABLES


def edited(tmp_path: Path, name: str, content: str) -> Path:
    shutil.copytree(FOLDER, tmp_path / "lexicon")
    (tmp_path / "lexicon" / f"{name}.csv").write_text(content, encoding="utf-8")
    return tmp_path / "lexicon"


def test_every_table_is_read_and_the_content_has_a_name() -> None:
    lexicon = pt.read_lexicon()
    assert set(lexicon) == set(TABLES)
    assert all(len(table) for table in lexicon.values())
    assert lexicon.hash == pt.read_lexicon().hash


def test_another_word_gives_another_hash(tmp_path: Path) -> None:
    folder = edited(tmp_path, "stopwords", "word,why\n的,function word\n新词,mine\n")
    assert pt.read_lexicon(folder).hash != pt.read_lexicon().hash


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("word\n的\n", "stopwords.csv: the header lacks why; add the column"),
        ("word,why\n的\n", "stopwords.csv, row 2: 1 cells under 2 headings"),
        ("word,why\n的,a\n的,b\n", "stopwords.csv, row 3: 的 is there already"),
        ("word,why\n,a\n", "stopwords.csv, row 2: word is empty"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(pt.LexiconError, match=message):
        pt.read_lexicon(edited(tmp_path, "stopwords", content))


def test_an_unknown_word_in_a_closed_column_is_named(tmp_path: Path) -> None:
    header = (FOLDER / "formulae.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    cells = ["municipal" if name == "level" else "x" for name in header]
    folder = edited(tmp_path, "formulae", ",".join(header) + "\n" + ",".join(cells) + "\n")
    with pytest.raises(
        pt.LexiconError, match=r"formulae.csv, row 2: level is 'municipal'; use one"
    ):
        pt.read_lexicon(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = edited(tmp_path, "stopwords", "")
    (folder / "stopwords.csv").unlink()
    with pytest.raises(pt.LexiconError, match=r"stopwords.csv: no such file"):
        pt.read_lexicon(folder)
