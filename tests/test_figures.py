"""Figures: the committed files are what the notebooks draw, in a font that has every character."""

import re
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from differences import difference
from policytext import tables as exports
from policytext.charts import fonts
from policytext.charts import saving as figures
from policytext.charts.page import words
from redraw import MOVED, chart_functions, draw

ROOT = Path(__file__).resolve().parents[1]
COMMITTED = ROOT / "figures"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-8]*.ipynb"))
# What other reports say is counted, and never drawn.
DATA = re.compile(r"^(?!.*(?:gold|reference)).*\.(?:txt|csv)$")


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
    for path in [*COMMITTED.glob("*.json"), *COMMITTED.glob("*-85mm.pdf")]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    figures.write_index(tmp_path)
    assert not difference(tmp_path / "index.md", COMMITTED / "index.md")


def test_a_file_that_differs_is_named_with_the_place(tmp_path: Path) -> None:
    drawn, committed = tmp_path / "drawn", tmp_path / "committed"
    for folder, share in ((drawn, 0.25), (committed, 0.5)):
        folder.mkdir()
        (folder / f"03-only-{folder.name}.svg").write_text("<svg/>")
        (folder / "same.csv").write_text("term\n海洋\n")
        (folder / "t.csv").write_text(f'term,share\n"海\n洋",{share}\n')
        (folder / "t.json").write_text(f'{{\n "alpha": {share}\n}}\n')
        (folder / "t.pdf").write_bytes(b"%PDF-1.4 " + str(share).encode())
        pixels = np.zeros((20, 30, 3))
        pixels[4:6, 7] = share
        plt.imsave(folder / "t.png", pixels)
    assert list(faults(drawn, committed)) == [
        "03-only-committed.svg: committed but no longer drawn; delete it",
        "03-only-drawn.svg: drawn but not committed; run make and commit it",
        "t.csv: row 2, column share: '0.25', not '0.5'",
        "t.json: 1 of 3 lines differ; line 2, column 13: ' \"alpha\": 0.25', not ' \"alpha\": 0.5'",
        "t.pdf: from byte 11 of 13 on: b'25', not b'5' of 12",
        "t.png: 2 of 600 pixels differ, rows 4-5, columns 7-7",
    ]


def test_files_that_differ_in_no_cell_and_no_line_differ_all_the_same(tmp_path: Path) -> None:
    for kind in ("csv", "svg"):
        one, two = tmp_path / f"one.{kind}", tmp_path / f"two.{kind}"
        one.write_bytes(b"a,b\n")
        two.write_bytes(b"a,b\r\n")
        assert (
            difference(one, two) == f"one.{kind}: from byte 3 of 4 on: b'\\n', not b'\\r\\n' of 5"
        )


def test_every_kind_of_chart_is_drawn_from_moved_tables_too() -> None:
    """Those that no notebook draws here are made in the same way."""
    assert {name for _, name, _ in chart_functions()} >= {"lengths", "paths", "power"}
    for _, name, function in chart_functions():
        assert hasattr(function, "__wrapped__"), f"{name} does not draw from rounded tables"


def test_every_kind_of_chart_has_its_words_in_two_languages() -> None:
    texts = {name: group for name, group in words().items() if name != "labels"}
    # A shift of texts too short for halves has words of its own.
    assert set(texts) - {"shift_alone"} == {name for _, name, _ in chart_functions()}
    for name, group in [*texts.items(), *words()["labels"].items()]:
        needed = {"caption", "alt"} | ({"title"} if name != "shift_alone" else set())
        assert name in words()["labels"] or set(group) >= needed, name
        for key, pair in (group | group.get("also", {})).items():
            if key == "also":
                continue
            assert len(pair) in (2, 3) and all(pair), (name, key)
            # Marks between Han characters are full width.
            assert not re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]", pair[0])


def test_each_figure_has_all_its_files_and_a_caption() -> None:
    stems = {path.stem for path in COMMITTED.glob("*.svg")}
    index = (COMMITTED / "index.md").read_text(encoding="utf-8")
    for stem in stems:
        assert all((COMMITTED / f"{stem}.{kind}").is_file() for kind in ("pdf", "png", "csv"))
        assert f"## {stem}\n" in index


def test_the_font_has_every_character_of_the_data_and_of_the_drawn_labels() -> None:
    known = set(TTFont(fonts.font_file()).getBestCmap())
    data = [p for p in (ROOT / "data").rglob("*") if DATA.match(p.as_posix())]
    charts = Path(figures.__file__).parent
    labels = [*charts.glob("*.py"), *charts.glob("*.toml")]
    for path in [*data, *COMMITTED.glob("*.csv"), *labels]:
        text = path.read_text(encoding="utf-8-sig")
        missing = {c for c in text if ord(c) not in known and not c.isspace()}
        assert not missing, f"{path.name}: no glyph for {missing}"


def test_the_face_has_the_simplified_forms() -> None:
    face = TTFont(fonts.font_file())
    assert face["name"].getDebugName(1) == fonts.FAMILY
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
