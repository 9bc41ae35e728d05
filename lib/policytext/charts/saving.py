"""The style and font of all figures, and saving one with its data and caption."""

import json
import os
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from html import escape
from importlib.metadata import version
from io import BytesIO, StringIO
from math import ceil
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

import matplotlib.pyplot as plt
import noto_cjk_sans_otc
import numpy as np
import pandas as pd
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policytext.paths import HOME, cached, write_whole
from policytext.tables import rounded, save_csv, save_json

_PACKAGES = ("policytext", "jieba", "pandas", "matplotlib")


@cache
def versions() -> dict[str, str]:
    """Versions of the packages that a result depends on.

    >>> sorted(versions())
    ['jieba', 'matplotlib', 'pandas', 'policytext']
    """
    return {name: version(name) for name in _PACKAGES}


# Okabe and Ito's colours, which colour-blind readers can tell apart, and two greys.
INK, BLUE, ORANGE = "#1a1a1a", "#0072B2", "#D55E00"
GREY, LIGHT_GREY = "#9a9a9a", "#c9c9c9"

FAMILY = "Policytext Sans SC"
_FACE = "Noto Sans CJK SC"
_Given = ParamSpec("_Given")
_Drawn = TypeVar("_Drawn")
# Without these no two runs give the same bytes.
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    "png": {"Software": None},
}

_SVG_METADATA = ("Date", "Creator", "Format", "Type")
_NAME_IN_SVG = re.compile(r'(\bid="|url\(#|href="#)')


def font_file() -> Path:
    """The Simplified Chinese face as a file of its own, taken out of the Noto collection once.

    Word clouds take face 0 of a collection, which has the Japanese forms of 直, 骨 and 海.
    """
    return cached("PolicytextSansSC-Regular.otf", _take_face)


def _take_face(path: Path) -> None:
    fonts = TTCollection(noto_cjk_sans_otc.FONT_PATH).fonts
    face = next(font for font in fonts if font["name"].getDebugName(1) == _FACE)
    face.recalcTimestamp = False
    # A family name of its own: of two fonts of one name matplotlib takes the first it met.
    for record in face["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = FAMILY
        if record.nameID == 6:
            record.string = FAMILY.replace(" ", "")
    face.save(path)


@cache
def _style() -> Path:
    """The style sheet; its font is added to matplotlib's list the first time."""
    font_manager.fontManager.addfont(font_file())
    return Path(__file__).with_name("policytext.mplstyle")


def folder() -> Path:
    """Folder that figures are written to: ``figures/``, or what ``POLICYTEXT_FIGURES`` names."""
    return Path(os.environ.get("POLICYTEXT_FIGURES") or HOME / "figures")


@dataclass(frozen=True)
class Chart:
    """A figure with the table that it draws and the words that go with it.

    ``caption`` says what is shown, by which method and from how many texts; ``alt`` what a reader
    sees who cannot see the figure. Both are Chinese, with English beside them.
    """

    figure: Figure
    table: pd.DataFrame
    caption: str
    caption_en: str
    alt: str
    alt_en: str

    @classmethod
    def of(
        cls, figure: Figure, table: pd.DataFrame, name: str, more: int = 0, **values: object
    ) -> "Chart":
        """Make a chart with the words that ``words.toml`` has for it.

        Args:
            figure: What was drawn.
            table: What it was drawn from.
            name: Of the words.
            more: How many more there are; the sentence ``more`` is left out where it is 0.
            values: What to write in braces; ``rows`` is the length of the table if not given.
        """
        known = {"rows": len(table), "more": more, **values}
        words = {key: text.format(**known) for key, text in _words()["captions"][name].items()}
        last, last_en = words.pop("more", ""), words.pop("more_en", "")
        if more:
            words["caption"] += last
            words["caption_en"] += f" {last_en}"
        return cls(figure, table, **words)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def labels(name: str) -> dict[str, str]:
    """Names of rows, panels or methods of figures, in their order.

    >>> list(labels("rates").values())[0]
    '提法(核心) core slogans'
    """
    return _words()["labels"][name]


def panels(
    number: int, size: tuple[float, float], across: int = 1, **grid: Any
) -> tuple[Figure, np.ndarray]:
    """Axes for so many panels, ``across`` a row, in a figure of so many inches.

    Args:
        number: How many; axes that are left over are bare.
        size: Of the figure.
        across: Panels in a row.
        grid: What ``plt.subplots`` takes.
    """
    fig, axes = plt.subplots(ceil(number / across), across, squeeze=False, figsize=size, **grid)
    for ax in axes.flat[number:]:
        ax.axis("off")
    return fig, axes


def beside(ax: Axes, text: str, x: float, y: float, points: int = 9, **look: Any) -> None:
    """Write a text so many points to the right of a place."""
    ax.annotate(text, (x, y), (points, 0), textcoords="offset points", va="center", **look)


def name_rows(ax: Axes, names: Sequence[str], grid: Literal["x", "y"] = "x") -> None:
    """Write names beside rows that go down from 0, with lines to read the values by."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.grid(axis=grid)


def drawn(make: Callable[_Given, _Drawn]) -> Callable[_Given, _Drawn]:
    """Let a function draw in the project's style, from `rounded` tables.

    What a figure shows is then what its CSV says. Without it the last digit of a number, which is
    not the same on every processor, decides which of two equal rows comes first and to which side
    the sixth decimal of a coordinate is rounded.
    """

    @wraps(make)
    def draw(*args: _Given.args, **named: _Given.kwargs) -> _Drawn:
        with plt.style.context(_style()):
            return make(*rounded(args), **rounded(named))

    return draw


def save(chart: Chart | None, name: str) -> Figure | str:
    """Write a chart as SVG, PDF and PNG, its table as CSV, and its caption into index.md.

    Args:
        chart: What a function of `charts` returns; ``chart.table.attrs`` (method, lexicon) go
            into the side file ``name.json``. None, where there is nothing to draw.
        name: Begins with the number of the notebook: ``03-terms``.

    Returns:
        The figure, closed for pyplot, so that a cell that ends in this call shows it once; or a
        sentence that nothing was drawn.
    """
    if chart is None:
        return "没有可画的行 Nothing to draw here."
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    for kind in _METADATA:
        save_picture(chart.figure, target / f"{name}.{kind}")
    save_data(chart, target / name)
    write_index(target)
    plt.close(chart.figure)
    return chart.figure


def save_picture(figure: Figure, path: Path) -> None:
    """Write a figure as .svg, .pdf or .png, the same bytes in every run."""
    with plt.style.context(_style()):
        figure.savefig(path, metadata=_METADATA[path.suffix[1:]])


def inline_svg(chart: Chart, prefix: str) -> str:
    """A chart as an element of a page, whose letters can be searched and are read out.

    Args:
        chart: What a function of `charts` returns.
        prefix: What makes the names inside the drawing differ from those of others on the page.
            The page must bring the `font_subset` of the letters.
    """
    with plt.style.context(_style()), plt.rc_context({"svg.fonttype": "none"}):
        written = StringIO()
        chart.figure.savefig(written, format="svg", metadata=dict.fromkeys(_SVG_METADATA))
    plt.close(chart.figure)
    drawing = written.getvalue()
    inside = _NAME_IN_SVG.sub(rf"\1{prefix}", drawing[drawing.index("<svg ") + 5 :])
    return f'<svg role="img" aria-label="{escape(f"{chart.alt} {chart.alt_en}")}" {inside}'


def png(chart: Chart, dpi: int) -> bytes:
    """A chart as the bytes of a PNG file."""
    written = BytesIO()
    with plt.style.context(_style()):
        chart.figure.savefig(written, format="png", dpi=dpi, metadata=_METADATA["png"])
    plt.close(chart.figure)
    return written.getvalue()


def font_subset(text: str) -> bytes:
    """The project's face with the letters of a text alone, as an OpenType font."""
    options = subset.Options(layout_features=[], name_IDs=[1, 2], notdef_outline=True)
    options.recalc_timestamp = False
    face = TTFont(font_file(), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(face)
    written = BytesIO()
    face.save(written)
    return written.getvalue()


def save_data(chart: Chart, path: Path) -> None:
    """Write what a chart draws as ``path.csv``, and its words, method and versions as .json."""
    save_csv(chart.table, path.with_name(f"{path.name}.csv"))
    words = {key: getattr(chart, key) for key in ("caption", "caption_en", "alt", "alt_en")}
    made = {"method": dict(chart.table.attrs), "versions": versions()}
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


def _index(target: Path) -> str:
    entries = [_entry(path) for path in sorted(target.glob("*.json"))]
    head = "# 图目 Figures\n\n每图附表(CSV)与方法(JSON)。 Each with its table and method.\n"
    return "\n".join([head, *entries])


def _entry(path: Path) -> str:
    words, name = json.loads(path.read_text(encoding="utf-8")), path.stem
    files = " · ".join(f"[{kind}]({name}.{kind})" for kind in ("svg", "pdf", "png", "csv", "json"))
    return (
        f"## {name}\n\n![{words['alt']} {words['alt_en']}]({name}.svg)\n\n"
        f"{words['caption']}\n\n{words['caption_en']}\n\n"
        f"替代文字 Alt text: {words['alt']} {words['alt_en']}\n\n{files}\n"
    )
