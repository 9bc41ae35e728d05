"""Figures: the committed files are what the notebooks draw, in a font that has every character."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from differences import difference
from policytext import exports, figures
from redraw import MOVED, draw

ROOT = Path(__file__).resolve().parents[1]
COMMITTED = ROOT / "figures"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-8]*.ipynb"))
DATA = re.compile(r"^(?!.*(?:gold)).*\.(?:txt|csv)$")


def number(path: Path) -> str:
    """The number of a notebook, with which the names of its figures begin."""
    return path.name.partition("-")[0]


def faults(drawn: Path, committed: Path) -> Iterator[str]:
    """Files drawn and not committed, committed and no longer drawn, or not the same."""
    one, two = ({path.name for path in folder.iterdir()} for folder in (drawn, committed))
    for name in sorted(one | two):
        if name not in two:
            yield f"{name}: drawn but not committed; run make and commit it"
        elif name not in one:
            yield f"{name}: committed but no longer drawn; delete it"
        elif fault := difference(drawn / name, committed / name):
            yield fault


def moved_faults(drawn: Path) -> Iterator[str]:
    """Files that are not the same when the tables were moved."""
    for folder, kinds in MOVED.items():
        for path in sorted(drawn.iterdir()):
            fault = (
                difference(drawn.parent / folder / path.name, path) if path.suffix in kinds else ""
            )
            if fault:
                yield f"{folder}: {fault}"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_draws_the_committed_figures_from_moved_tables_too(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moved: two processors differ in the last place of a float, the files must not."""
    drawn = draw(notebook, tmp_path / "drawn", monkeypatch)
    (drawn / "index.md").unlink(missing_ok=True)
    committed = tmp_path / "committed"
    committed.mkdir()
    for path in COMMITTED.glob(f"{number(notebook)}-*"):
        (committed / path.name).write_bytes(path.read_bytes())
    found = [*faults(drawn, committed), *moved_faults(drawn)]
    assert not found, "\n".join(["what is drawn, and what it should be:", *found])


def test_every_committed_figure_has_a_notebook_and_stands_in_the_index(tmp_path: Path) -> None:
    numbers = {number(path) for path in NOTEBOOKS}
    files = [path for path in COMMITTED.iterdir() if path.name != "index.md"]
    assert not [path.name for path in files if number(path) not in numbers]
    for path in COMMITTED.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    figures.write_index(tmp_path)
    assert not difference(tmp_path / "index.md", COMMITTED / "index.md")


def test_each_figure_has_all_its_files_and_a_caption() -> None:
    stems = {path.stem for path in COMMITTED.glob("*.svg")}
    index = (COMMITTED / "index.md").read_text(encoding="utf-8")
    for stem in stems:
        assert all((COMMITTED / f"{stem}.{kind}").is_file() for kind in ("pdf", "png", "csv"))
        assert f"## {stem}\n" in index


def test_the_font_has_every_character_of_the_data_and_of_the_drawn_labels() -> None:
    known = set(TTFont(figures.font_file()).getBestCmap())
    data = [p for p in (ROOT / "data").rglob("*") if DATA.match(p.as_posix())]
    for path in [*data, *COMMITTED.glob("*.csv"), *(ROOT / "lib").rglob("charts*.py")]:
        text = path.read_text(encoding="utf-8-sig")
        missing = {c for c in text if ord(c) not in known and not c.isspace()}
        assert not missing, f"{path.name}: no glyph for {missing}"


def test_the_face_has_the_simplified_forms() -> None:
    face = TTFont(figures.font_file())
    assert face["name"].getDebugName(1) == figures.FAMILY
    cmap = face.getBestCmap()
    # The Japanese face draws these with other glyphs than the Simplified Chinese one.
    import noto_cjk_sans_otc
    from fontTools.ttLib import TTCollection

    japanese = TTCollection(noto_cjk_sans_otc.FONT_PATH).fonts[0].getBestCmap()
    assert all(cmap[ord(c)] != japanese[ord(c)] for c in "直骨海角")


def test_a_cell_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": ['=HYPERLINK("x")', "海洋", None], "value": [-1, 2, 3]})
    exports.save_csv(table, tmp_path / "t.csv")
    again = pd.read_csv(tmp_path / "t.csv")
    assert again["text"][0].startswith("'=")
    assert list(again["value"]) == [-1, 2, 3]
