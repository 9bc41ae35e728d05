"""Figures: the committed files are what the notebooks draw, in a font that has every character."""

import re
from pathlib import Path

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from policytext import figures

ROOT = Path(__file__).resolve().parents[1]
COMMITTED = ROOT / "figures"
REDRAWN = ROOT / ".cache" / "redrawn"
FILES = sorted(path.name for path in COMMITTED.iterdir())
DATA = re.compile(r"^(?!.*(?:gold)).*\.(?:txt|csv)$")


@pytest.mark.parametrize("name", FILES)
def test_a_redrawn_figure_equals_the_committed_one(name: str) -> None:
    if not REDRAWN.is_dir():
        pytest.fail("nothing was re-drawn: run `make test`, which runs the notebooks first")
    assert (REDRAWN / name).read_bytes() == (COMMITTED / name).read_bytes()


def test_nothing_was_drawn_that_is_not_committed() -> None:
    assert sorted(path.name for path in REDRAWN.iterdir()) == FILES


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
    figures.safe_csv(table, tmp_path / "t.csv")
    again = pd.read_csv(tmp_path / "t.csv")
    assert again["text"][0].startswith("'=")
    assert list(again["value"]) == [-1, 2, 3]
