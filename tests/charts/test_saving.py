"""A chart shows itself with its words, and is drawn for the page of a journal."""

import re
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from IPython.core.formatters import DisplayFormatter
from matplotlib.text import Text
from PIL import Image

from policytext import charts
from policytext.charts.fonts import FAMILY, font_subset, known_font
from policytext.charts.page import one_panel
from policytext.charts.saving import Chart, inline_svg, save

LENGTHS = pd.DataFrame(
    {"label": ["甲区", "乙县"], "kind": ["report", "essay"], "characters": [1200, 800]}
)


@pytest.fixture(scope="module")
def chart() -> Chart:
    return charts.corpus.lengths(LENGTHS)


def written(chart: Chart, width: str, language: str) -> list[str]:
    figure = chart.drawn(width, language)
    figure.draw_without_rendering()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def test_a_notebook_shows_an_image_that_can_be_heard(chart: Chart) -> None:
    html = DisplayFormatter().format(chart)[0]["text/html"]
    assert html.startswith(f'<img alt="{chart.alt} {chart.alt_en}" ')
    assert "1,200" in chart.alt and "甲区" in chart.caption_en
    assert len(chart.data) == 2


def test_that_nothing_was_drawn_is_a_sentence_and_no_string() -> None:
    assert repr(save(None, "00-nothing")) == "没有可画的行 Nothing to draw here."
    assert repr(save(None, "00-nothing", "no year")).endswith("here: no year.")


def test_a_viewer_without_html_has_the_same_image(chart: Chart) -> None:
    forms, about = DisplayFormatter().format(chart)
    assert f'base64,{forms["image/png"]}"' in forms["text/html"]
    with Image.open(BytesIO(b64decode(forms["image/png"]))) as picture:
        assert picture.width == pytest.approx(1.5 * about["image/png"]["width"], abs=2)
    assert forms["text/plain"] == repr(chart)
    assert about["image/png"]["alt"] == f"{chart.alt} {chart.alt_en}"


def test_a_page_is_drawn_and_not_scaled(chart: Chart) -> None:
    wide, narrow = chart.drawn("170 mm"), chart.drawn("85 mm")
    assert [round(25.4 * figure.get_figwidth()) for figure in (wide, narrow)] == [170, 85]
    sizes = [
        {float(text.get_fontsize()) for text in figure.findobj(Text)} for figure in (wide, narrow)
    ]
    assert sizes[0] == sizes[1] and min(sizes[0]) >= 7


def test_a_figure_speaks_the_language_asked_for(chart: Chart) -> None:
    assert "各篇长度" in written(chart, "170 mm", "zh")
    english = written(chart, "85 mm", "en")
    assert "Length of each document" in english and "甲区" in english
    assert not [text for text in english if re.search(r"[\u4e00-\u9fff]", text.strip("甲区乙县"))]
    assert "各篇长度 Length of each document" in written(chart, "170 mm", "both")


@pytest.mark.parametrize(
    ("path", "given", "message"),
    [
        ("a.pdf", {"width": "85 px"}, "width '85 px': write '85 mm', '170 mm' or inches"),
        ("a.pdf", {"width": "20 mm"}, "2 to 20"),
        ("a.pdf", {"width": -1}, "width -1"),
        ("a.pdf", {"width": float("nan")}, "width nan"),
        ("a.pdf", {"language": "中文"}, "language '中文': none of zh, en, both"),
        ("a.jpg", {}, "'a.jpg': a figure is saved as svg, pdf, png"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    chart: Chart, tmp_path: Path, path: str, given: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        chart.save(tmp_path / path, **given)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_made(chart: Chart, tmp_path: Path) -> None:
    assert chart.save(tmp_path / "new" / "folder" / "a.svg").is_file()


def test_an_svg_has_letters_that_can_be_searched_and_their_font(
    chart: Chart, tmp_path: Path
) -> None:
    drawing = chart.save(tmp_path / "a.svg", language="zh").read_text(encoding="utf-8")
    assert ">各篇长度</text>" in drawing and "url(data:font/woff;base64," in drawing
    assert f"<title>{chart.alt}</title>" in drawing
    inline = inline_svg(chart, "f1-", "en")
    assert f'aria-label="{chart.alt_en}"' in inline and ">Length of each document</text>" in inline


def test_a_pdf_has_truetype_fonts_and_text(chart: Chart, tmp_path: Path) -> None:
    path = chart.save(tmp_path / "a.pdf", width="85 mm")
    content = path.read_bytes()
    assert b"/CIDFontType2" in content
    assert not re.search(rb"/Type3|/CIDFontType0|/OpenType", content)
    page = pypdfium2.PdfDocument(path)[0]
    assert page.get_width() == pytest.approx(85 / 25.4 * 72, abs=0.1)
    assert "各篇长度" in page.get_textpage().get_text_bounded()


def test_a_png_has_the_dots_asked_for(chart: Chart, tmp_path: Path) -> None:
    with Image.open(chart.save(tmp_path / "a.png", width=4, dpi=300)) as picture:
        assert picture.width == 1200


def test_a_small_mark_keeps_its_colour_in_a_png(tmp_path: Path) -> None:
    """Among letters in four shades and fifty bars two marks of one colour are few dots."""
    figure, axes = one_panel(4)
    for at in range(50):
        axes.barh(at, 50 - at, color=plt.colormaps["viridis"](at / 50))
    for at, shade in enumerate(("#D55E00", "#56B4E9")):
        axes.plot([60], [5 + 9 * at], "o", color=shade, ms=5)
        axes.text(30, 20 + 9 * at, "目标与期限 targets", color=shade, family=known_font())
    chart = replace(charts.corpus.lengths(LENGTHS), figure=figure, redraw=None)
    with Image.open(chart.save(tmp_path / "a.png", dpi=144)) as picture:
        pixels = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
    assert {(0xD5, 0x5E, 0x00), (0x56, 0xB4, 0xE9)} <= pixels


def test_every_name_of_a_tick_is_in_the_cut_font(tmp_path: Path) -> None:
    """Some are made while the figure is saved, and these were in the other font."""
    table = pd.DataFrame({"label": ["甲", "乙"], "numbers": [21, 5], "targets": [7, 0]})
    table = table.assign(slogans=[55, 16], numbers_per_1000=[12.8, 5.1], targets_per_1000=[4.3, 0])
    figures = charts.corpus.findings(table.assign(slogans_per_1000=[33.6, 16.3]))
    content = figures.save(tmp_path / "a.pdf").read_bytes()
    assert b"/CIDFontType2" in content and b"/CIDFontType0" not in content


def test_a_cut_font_has_the_letters_and_truetype_curves() -> None:
    font = TTFont(BytesIO(font_subset("海洋 Ab海", "one")))
    assert {chr(code) for code in font.getBestCmap()} == set("海洋 Ab")
    assert "glyf" in font and "CFF " not in font
    assert font["name"].getDebugName(1) == f"{FAMILY} one"


def test_two_runs_write_the_same_bytes(chart: Chart, tmp_path: Path) -> None:
    for kind in ("svg", "pdf", "png"):
        one = chart.save(tmp_path / f"1.{kind}").read_bytes()
        again = charts.corpus.lengths(LENGTHS).save(tmp_path / f"2.{kind}")
        assert one == again.read_bytes(), kind
