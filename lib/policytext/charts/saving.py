"""A figure with its table and its words: shown in a notebook, drawn for any page, saved."""

import json
import os
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, wraps
from html import escape
from importlib.metadata import version
from io import BytesIO, StringIO
from pathlib import Path
from string import printable, whitespace
from typing import Any, ParamSpec, TypeVar, cast

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from policytext.charts.fonts import FAMILY, cut_font, font_style
from policytext.charts.page import Page, TooNarrow, drawing_on, filled, styled, words
from policytext.paths import HOME, write_whole
from policytext.tables import rounded, save_csv, save_json

_PACKAGES = ("policytext", "jieba", "pandas", "matplotlib")
_Given = ParamSpec("_Given")
_Drawn = TypeVar("_Drawn", bound="Chart | None")
# Without these no two runs give the same bytes.
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    "png": {"Software": None},
}
_SVG_METADATA = ("Date", "Creator", "Format", "Type")
_NAME_IN_SVG = re.compile(r'(\bid="|url\(#|href="#)')
_SHOWN_DPI = 144  # of a picture in a notebook: sharp on the screens of today
# Of a PNG: those of a figure, unchanged, and the steps between them at the edges of letters. Of 64
# the colour of a few small marks is mixed into another.
_COLOURS = 256
# What figures/ holds of each: for slides, the web, and both widths of a journal.
_FILES = {".svg": "170 mm", ".png": "170 mm", ".pdf": "170 mm", "-85mm.pdf": "85 mm"}


@cache
def versions() -> dict[str, str]:
    """Versions of the packages that a result depends on.

    >>> sorted(versions())
    ['jieba', 'matplotlib', 'pandas', 'policytext']
    """
    return {name: version(name) for name in _PACKAGES}


def folder() -> Path:
    """Folder that figures are written to: ``figures/``, or what ``POLICYTEXT_FIGURES`` names."""
    return Path(os.environ.get("POLICYTEXT_FIGURES") or HOME / "figures")


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure that shows itself in a notebook, with its table and its words.

    ``data`` is the table that is drawn. ``caption`` says what to see, what is shown, from how many
    texts and by which method; ``alt`` what a reader hears who cannot see the figure; both stand in
    Chinese and, as ``caption_en`` and ``alt_en``, in English. ``figure`` is matplotlib's, drawn
    170 mm wide.

    >>> import policytext as pt
    >>> from policytext import charts
    >>> from policytext.corpus import describe
    >>> chart = charts.corpus.lengths(describe(pt.read_corpus("data/wenzhou-2021")))
    >>> chart
    <Chart of 8 rows: 横条图，8 篇，由长到短：最长 1,635 字，最短 449 字。>
    """

    figure: Figure
    data: pd.DataFrame
    caption: str
    caption_en: str
    alt: str
    alt_en: str
    redraw: Callable[[Page], Figure] | None = None

    @classmethod
    def of(cls, figure: Figure, data: pd.DataFrame, name: str, **values: object) -> "Chart":
        """Make a chart with the words that ``words.toml`` has for it.

        Args:
            figure: What was drawn.
            data: What it was drawn from.
            name: Of the words.
            values: What to write in braces, a pair where the languages differ; ``rows`` is the
                length of the table if not given. A sentence of ``also`` that has the name of a
                value is left out where that is 0.
        """
        known = {"rows": len(data), **values}
        texts = words()[name]
        also = [text for key, text in texts.get("also", {}).items() if known[key]]
        sentences = zip(texts["caption"], *also, strict=True)
        joined = [space.join(said) for space, said in zip(("", " "), sentences, strict=True)]
        caption, caption_en = filled(joined, **known)
        alt, alt_en = filled(texts["alt"], **known)
        return cls(figure, data, caption, caption_en, alt, alt_en)

    def drawn(self, width: str | float = "170 mm", language: str = "both") -> Figure:
        """The figure drawn for a width and a language; letters keep their size.

        Raises:
            ValueError: No such width or language, or the drawing needs a wider page.
        """
        return self._on(Page.of(width, language))

    def _on(self, page: Page) -> Figure:
        return self.figure if page == Page() or self.redraw is None else self.redraw(page)

    def save(
        self,
        path: str | Path,
        width: str | float = "170 mm",
        language: str = "both",
        dpi: int = 300,
    ) -> Path:
        """Write the figure, drawn for a width and a language, as .svg, .pdf or .png.

        Args:
            path: Where to, with the suffix of the kind; a folder that is not there is made.
            width: ``"85 mm"``, ``"170 mm"``, ``"12 cm"`` or a number of inches. It is drawn
                for this width and not scaled: no letter is smaller than 7 points.
            language: ``"zh"``, ``"en"`` or ``"both"``; words of the texts stay as they are.
            dpi: Dots an inch of a .png.

        Returns:
            The path.

        Raises:
            ValueError: Another suffix or language, no width of a page, or too narrow a page.
        """
        path = Path(path)
        if path.suffix.lower().removeprefix(".") not in _METADATA:
            raise ValueError(f"{path.name!r}: a figure is saved as {', '.join(_METADATA)}")
        page = Page.of(width, language)
        if path.suffix.lower() == ".png":
            write_whole(path, _png(self._on(page), dpi))
        else:
            self._save_letters(path, page)
        return path

    def _save_letters(self, path: Path, page: Page) -> None:
        """Write an SVG or PDF, the same bytes in every run.

        Letters stay letters: those of a PDF are TrueType, those of an SVG can be searched and
        bring their font. Both have the alternative text as their title.
        """
        letters, written = _letters(self._on(page)), BytesIO()
        kind, page = path.suffix.lower()[1:], replace(page, font=cut_font(letters))
        with styled(page.font):  # some ticks are made while the figure is saved
            title = {"Title": self.alt_in(page.language)}
            self._on(page).savefig(written, format=kind, metadata=_METADATA[kind] | title)
        drawing = written.getvalue()
        if kind == "svg":
            style = f'<style type="text/css">{font_style(letters)}'
            drawing = drawing.replace(b'<style type="text/css">', style.encode(), 1)
            drawing = drawing.replace(f"'{page.font}'".encode(), f"'{FAMILY}', sans-serif".encode())
        write_whole(path, drawing)

    def alt_in(self, language: str) -> str:
        """The alternative text in ``"zh"``, ``"en"`` or ``"both"``."""
        return {"zh": self.alt, "en": self.alt_en}.get(language, f"{self.alt} {self.alt_en}")

    def __repr__(self) -> str:
        return f"<Chart of {len(self.data)} rows: {self.alt}>"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        """The picture in two forms, since each is lost somewhere.

        JupyterLab takes alternative text from HTML alone. An image in HTML is lost in a PDF or
        Word file made of a notebook, and in viewers that clean HTML.
        """
        picture = b64encode(_png(self.figure, _SHOWN_DPI)).decode()
        width, alt = round(96 * self.figure.get_figwidth()), self.alt_in("both")
        html = f'<img alt="{escape(alt)}" width="{width}" src="data:image/png;base64,{picture}">'
        forms = {"text/html": html, "image/png": picture, "text/plain": repr(self)}
        return forms, {"image/png": {"alt": alt, "width": width}}


def drawn(make: Callable[_Given, _Drawn]) -> Callable[_Given, _Drawn]:
    """Let a function draw on a `Page`, and again on others, from `rounded` tables.

    What a figure shows is then what its CSV says. Without it the last digit of a number, which is
    not the same on every processor, decides which of two equal rows comes first and to which side
    the sixth decimal of a coordinate is rounded.
    """

    @wraps(make)
    def draw(*args: _Given.args, **named: _Given.kwargs) -> _Drawn:
        given, options = rounded(args), rounded(named)

        def on(page: Page) -> _Drawn:
            with drawing_on(page):
                return make(*given, **options)

        def redraw(page: Page) -> Figure:
            again = on(page)
            assert again is not None  # it was drawn once
            return again.figure

        chart = on(Page())
        # A copy has the type of what it is a copy of, which replace() cannot say.
        return cast(_Drawn, chart and replace(cast(Chart, chart), redraw=redraw))

    return draw


class _Sentence(str):
    """A string that a notebook shows without quotation marks."""

    def __repr__(self) -> str:
        return str(self)


def save(chart: Chart | None, name: str, otherwise: str = "") -> Chart | str:
    """Write a chart for paper, slides and the web, its table as CSV, its caption into index.md.

    Args:
        chart: What a function of `charts` returns; ``chart.data.attrs`` (method, lexicon) go
            into the side file ``name.json``. None, where there is nothing to draw.
        name: Begins with the number of the notebook: ``03-terms``.
        otherwise: Why there is nothing to draw, if there is nothing.

    Returns:
        The chart, so that a cell that ends in this call shows it; or a sentence that nothing was
        drawn.
    """
    if chart is None:
        why = f": {otherwise}" if otherwise else ""
        return _Sentence(f"没有可画的行 Nothing to draw here{why}.")
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    for end, width in _FILES.items():
        try:
            chart.save(target / f"{name}{end}", width, dpi=200)
        except TooNarrow:
            (target / f"{name}{end}").unlink(missing_ok=True)
    save_data(chart, target / name)
    write_index(target)
    return chart


def _letters(figure: Figure) -> str:
    """What is written in a figure, and what a tick may be named that is made when it is saved."""
    with styled():
        figure.draw_without_rendering()
    texts = figure.findobj(Text)
    written = "".join(text.get_text() for text in texts if isinstance(text, Text))
    return "".join(sorted(set(written + printable + "万亿−") - set(whitespace))) + " "


def _png(figure: Figure, dpi: int) -> bytes:
    written = BytesIO()
    with styled():
        figure.savefig(written, format="png", dpi=dpi)
    picture = Image.open(written).convert("RGB")
    written = BytesIO()
    few = picture.quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(written, "png", optimize=True, dpi=(dpi, dpi))
    return written.getvalue()


def inline_svg(chart: Chart, prefix: str, language: str = "both") -> str:
    """A chart as an element of a page, whose letters can be searched and are read out.

    Args:
        chart: What a function of `charts` returns.
        prefix: What makes the names inside the drawing differ from those of others on the page.
            The page must bring the `font_subset` of the letters.
        language: ``"zh"``, ``"en"`` or ``"both"``.
    """
    figure, written = chart.drawn(language=language), StringIO()
    with styled():
        figure.savefig(written, format="svg", metadata=dict.fromkeys(_SVG_METADATA))
    drawing = written.getvalue()
    inside = _NAME_IN_SVG.sub(rf"\1{prefix}", drawing[drawing.index("<svg ") + 5 :])
    return f'<svg role="img" aria-label="{escape(chart.alt_in(language))}" {inside}'


def save_data(chart: Chart, path: Path) -> None:
    """Write what a chart draws as ``path.csv``, and its words, method and versions as .json."""
    save_csv(chart.data, path.with_name(f"{path.name}.csv"))
    words = {key: getattr(chart, key) for key in ("caption", "caption_en", "alt", "alt_en")}
    made = {"method": dict(chart.data.attrs), "versions": versions()}
    save_json({**words, **made}, path.with_name(f"{path.name}.json"))


def write_index(target: Path) -> None:
    """Write ``index.md``: every figure of the folder with its caption and alternative text.

    Notebooks that run at the same time all do this. Each looks again after it wrote, so that the
    last to write has seen every figure.
    """
    written = ""
    while (text := _index(target)) != written:
        write_whole(target / "index.md", text)
        written = text


_HEAD = """\
# 图目 Figures

每图附表（CSV）与方法（JSON）；要别的宽度或只要一种文字：`chart.save("图.pdf", width="85 mm", \
language="zh")`。

Each with its table and method. For another width or one language alone: \
`chart.save("figure.pdf", width="85 mm", language="en")`.
"""


def _index(target: Path) -> str:
    return "\n".join([_HEAD, *(_entry(path) for path in sorted(target.glob("*.json")))])


def _entry(path: Path) -> str:
    words, name = json.loads(path.read_text(encoding="utf-8")), path.stem
    narrow = target if (target := path.with_name(f"{name}-85mm.pdf")).exists() else None
    paper = f"[{name}.pdf]({name}.pdf)（170 mm）"
    paper += f"、[{narrow.name}]({narrow.name})（85 mm）" if narrow else ""
    return (
        f"## {name}\n\n![{words['alt']} {words['alt_en']}]({name}.svg)\n\n"
        f"{words['caption']}\n\n{words['caption_en']}\n\n"
        f"替代文字 Alt text: {words['alt']} {words['alt_en']}\n\n"
        f"论文 paper: {paper} · 幻灯片 slides: [{name}.png]({name}.png) · "
        f"网页 web: [{name}.svg]({name}.svg) · "
        f"数据 data: [{name}.csv]({name}.csv) · 方法 method: [{name}.json]({name}.json)\n"
    )
