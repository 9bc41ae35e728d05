"""The page that a figure is drawn for: its width, its language, its letters; parts of figures."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any, Literal
from unicodedata import east_asian_width

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from policytext.charts.fonts import known_font

# Okabe and Ito's colours, which colour-blind readers can tell apart, and two greys.
INK, BLUE, ORANGE = "#1a1a1a", "#0072B2", "#D55E00"
GREY, LIGHT_GREY = "#9a9a9a", "#c9c9c9"

End = tuple[float, str, int, str]  # of a line: its last value, its name, that year, its shade

LANGUAGES = ("zh", "en", "both")
_INCHES = {"mm": 1 / 25.4, "cm": 1 / 2.54, "in": 1.0}
_WIDTH = re.compile(r"([\d.]+)\s*(mm|cm|in)")
_NARROWEST, _WIDEST = 2.0, 20.0
# Points: of names of rows and of what stands in the drawing, of titles of panels and axes.
SMALL, MIDDLE, LARGE = 7.5, 8.0, 9.5
_SPACING = 1.35  # of lines: Han characters are higher than the letters it is measured by
HIGHEST = 9.2  # inches: a page of A4 with its margins and a caption
_HIGHEST_COLUMN = 8.0  # and of one column, which is read at a glance
# What is not broken: a Han character or a word, with the marks that belong to it.
_PIECES = re.compile(
    r"""
    (?:[○●■◆▷◁—（]\s?)*            # a sign and what it explains
    (?:[^\x00-\u2e7f]|[^\s\u2e80-\uffff]+)
    [、，。；：）]*\s*             # no line begins with these
    |\s+
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Page:
    """The width in inches, the language of what is said, and another font than the project's."""

    width: float = 170 / 25.4
    language: str = "both"
    font: str = ""

    @classmethod
    def of(cls, width: str | float, language: str) -> "Page":
        """Read a width as ``"85 mm"``, ``"8.5 cm"``, ``"3.3 in"`` or a number of inches.

        Raises:
            ValueError: It is none of these or no width of a page, or another language.

        >>> Page.of("127 mm", "zh")
        Page(width=5.0, language='zh', font='')
        """
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r}: none of {', '.join(LANGUAGES)}")
        found = _WIDTH.fullmatch(width.strip()) if isinstance(width, str) else None
        try:
            size = float(found[1]) * _INCHES[found[2]] if found else float(width)
        except (TypeError, ValueError):
            size = 0.0
        if not _NARROWEST <= size <= _WIDEST:
            raise ValueError(
                f"width {width!r}: write '85 mm', '170 mm' or inches, 2 to 20 (50 to 500 mm)"
            )
        return cls(round(size, 6), language)


class TooNarrow(ValueError):
    """A drawing has more side by side than fits on its page."""


def needs(inches: float, what: str) -> None:
    """Say that a drawing does not fit on a page that is narrower.

    Raises:
        TooNarrow: The page is narrower.
    """
    if page().width < inches:
        raise TooNarrow(f"{what}: needs a page at least {ceil(25.4 * inches)} mm wide")


_FULL = Page()
_current: ContextVar[Page] = ContextVar("page", default=_FULL)


def page() -> Page:
    """The page that is drawn now."""
    return _current.get()


@contextmanager
def drawing_on(new: Page) -> Iterator[None]:
    """Draw on a page in the project's style, which knows the project's font."""
    token = _current.set(new)
    try:
        with styled(new.font):
            yield
    finally:
        _current.reset(token)


@contextmanager
def styled(family: str = "") -> Iterator[None]:
    """The project's style, with its font or another family."""
    font = {"font.family": [family or known_font()]}
    with plt.style.context([Path(__file__).with_name("policytext.mplstyle"), font]):
        yield


# --- words ----------------------------------------------------------------------------------------


@cache
def words() -> dict[str, Any]:
    """What ``words.toml`` holds: pairs, Chinese and English."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def filled(texts: Sequence[str], /, **values: object) -> list[str]:
    """Write values in the braces of texts; of a tuple, Chinese and English, each its own.

    >>> filled(["{where}：{n} 份", "{n} reports of {where}"], where=("全国", "the nation"), n=3)
    ['全国：3 份', '3 reports of the nation']
    """
    sides = ((0 if side == 2 else side, text) for side, text in enumerate(texts))
    return [
        text.format(**{key: v[side] if isinstance(v, tuple) else v for key, v in values.items()})
        for side, text in sides
    ]


def in_language(pair: Sequence[str], between: str = " ") -> str:
    """Words in the language of the page: Chinese, English and, where it is no sum, both."""
    chinese, english, *both = pair
    if page().language != "both":
        return chinese if page().language == "zh" else english
    return both[0] if both else between.join(dict.fromkeys((chinese, english)))


def labels(name: str) -> dict[str, str]:
    """Names of rows, panels or methods of figures, in their order.

    >>> list(labels("rates").values())[0]
    '提法（核心） core slogans'
    """
    return {key: in_language(pair) for key, pair in words()["labels"][name].items()}


def name_of_indicator(name: str) -> tuple[str, str]:
    """What an indicator of a yearly target is called, Chinese and English.

    >>> name_of_indicator("GDP")
    ('GDP 增速', 'GDP growth')
    """
    chinese, english = words()["labels"]["indicators"].get(name, (name, name))
    return chinese, english


def said(figure: str, name: str, width: float = 1.0, points: float = MIDDLE, **values: Any) -> str:
    """A text of a figure in the language of the page, broken into lines.

    Args:
        figure: The function of the figure.
        name: Of the text.
        width: Of the page, that a line may take.
        points: Size of the letters.
        values: What to write in braces, a tuple where the languages differ.
    """
    pair = filled(words()[figure][name], **values)
    return fitted(pair, width * page().width - 0.1, points)


def fitted(pair: Sequence[str], inches: float, points: float = SMALL) -> str:
    """Words in one line or, where they are too long, each language in lines of its own."""
    one_line = in_language(pair)
    text = one_line if inches_of(one_line, points) <= inches else in_language(pair, "\n")
    return wrapped(text, inches, points)


def inches_of(text: str, points: float = SMALL) -> float:
    """About how wide a line is: Han characters are an em, others a little over half of one."""
    ems = sum(1.0 if east_asian_width(c) in "WFA" else 0.58 for c in text)
    return ems * points / 72


def wrapped(text: str, inches: float, points: float = SMALL) -> str:
    """Break a text into lines of at most so many inches, at spaces and between Han characters.

    >>> wrapped("规模以上工业增加值 industrial output", 1.2)
    '规模以上工业增加值\\nindustrial output'
    """
    return "\n".join(_broken(line, inches, points) for line in text.split("\n"))


def _broken(text: str, inches: float, points: float) -> str:
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and inches_of(lines[-1] + piece.rstrip(), points) > inches:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


# --- parts of figures -----------------------------------------------------------------------------


def panels(number: int, height: float, across: int = 1, **grid: Any) -> tuple[Figure, np.ndarray]:
    """Axes for so many panels, ``across`` a row, on the page.

    Args:
        number: How many; axes that are left over are bare.
        height: Of the figure in inches.
        across: Panels in a row.
        grid: What ``Figure.subplots`` takes.

    Raises:
        TooNarrow: In one column the figure would be higher than a page.
    """
    if is_narrow() and height > _HIGHEST_COLUMN:
        high = f"{25.4 * height:.0f} mm high on {25.4 * page().width:.0f} mm"
        raise TooNarrow(f"the figure would be {high}: take a wider page or fewer rows")
    figure = Figure(figsize=(page().width, height))
    axes = figure.subplots(ceil(number / across), across, squeeze=False, **grid)
    for ax in axes.flat[number:]:
        ax.axis("off")
    return figure, axes


def one_panel(height: float) -> tuple[Figure, Axes]:
    """One axis on the page."""
    figure, axes = panels(1, height)
    return figure, axes[0, 0]


def is_narrow() -> bool:
    """Whether the page is one column of a journal, where panels stand below each other."""
    return page().width < 5


def head(figure: Figure, name: str, key: str = "title", **values: Any) -> None:
    """Write the title of a figure at the top left of its page."""
    text = said(name, key, points=LARGE, **values)
    figure.suptitle(text, x=0.01, ha="left", size=LARGE, linespacing=_SPACING)


def foot(figure: Figure, name: str, signs: Iterable[str] = (), **values: Any) -> None:
    """Write what the axis below all panels shows, and what the signs that are drawn mean.

    Args:
        figure: What was drawn.
        name: The function of the figure.
        signs: Each with its meaning, which is not broken where a line can hold it.
        values: What to write in braces.
    """
    text, inches = said(name, "x", **values), page().width - 0.1
    for sign in signs:
        longer = f"{text}   {sign}"
        fits = inches_of(longer.rpartition("\n")[2], MIDDLE) <= inches
        text = longer if fits else f"{text}\n{wrapped(sign, inches, MIDDLE)}"
    figure.supxlabel(text, size=MIDDLE, linespacing=_SPACING)


def name_axis(ax: Axes, name: str, width: float = 1.0) -> None:
    """Write what the axis of one panel shows, where a legend stands below it."""
    # A legend of the figure makes room for the name of an axis, not for that of the figure.
    ax.set_xlabel(said(name, "x", width), size=MIDDLE, linespacing=_SPACING)


def name_panel(ax: Axes, text: str, width: float = 1.0) -> None:
    """Write a panel's title, in lines that take so much of the page."""
    lines = wrapped(text, width * page().width - 0.1, MIDDLE)
    ax.set_title(lines, linespacing=_SPACING)


def beside(ax: Axes, text: str, x: float, y: float, points: int = 6, **look: Any) -> None:
    """Write a text so many points to the right of a place."""
    look = {"size": SMALL, "va": "center", **look}
    ax.annotate(text, (x, y), (points, 0), textcoords="offset points", **look)


def name_ends(ax: Axes, ends: Iterable[End]) -> None:
    """Write names behind the ends of lines, apart where they would lie on each other."""
    low, high = ax.get_ylim()
    line, below = 0.06 * (high - low), -np.inf
    box = {"fc": "white", "ec": "none", "pad": 0.6, "alpha": 0.8}
    for y, name, x, shade in sorted(ends):
        half = line * (name.count("\n") + 1)
        at = max(y, below + half)
        beside(ax, name, x, at, 8, color=shade, linespacing=1.1, bbox=box)
        below = at + half
    ax.set_ylim(low, max(high, below))


def behind(ax: Axes, text: str, y: float) -> None:
    """Write a text at the right end of a row."""
    ax.text(1.01, y, text, transform=ax.get_yaxis_transform(), va="center")


def key(figure: Figure, *columns: Sequence[tuple[Any, Sequence[str]]]) -> None:
    """Draw below a figure what its marks mean, a column each kind of mark.

    Args:
        figure: What was drawn.
        columns: Marks, of each what is drawn (None for a heading) and its words, Chinese and
            English. On one column of a journal all but the first stand below each other.
    """
    if is_narrow():
        columns = (columns[0], list(chain(*columns[1:])))
    widths = [max(inches_of(in_language(pair)) + 0.5 for _, pair in some) for some in columns]
    room = page().width / len(columns) - 0.5 if sum(widths) > page().width else page().width
    bare, depth = Line2D([], [], ls=""), max(map(len, columns))
    # A legend is filled column by column.
    signs = [
        sign for some in columns for sign in [*some, *[(None, (" ", " "))] * (depth - len(some))]
    ]
    drawn = [bare if mark is None else mark for mark, _ in signs]
    look = {"ncols": len(columns), "alignment": "left", "columnspacing": 2.0}
    named = [fitted(pair, room) for _, pair in signs]
    figure.legend(drawn, named, loc="outside lower left", **look)


def year_ticks(ax: Axes, years: Iterable[int], most: int) -> None:
    """Ticks at round years of those that are drawn, about so many at most."""
    first, last = int(min(years)), int(max(years))
    step = next((s for s in (1, 2, 5, 10, 20, 50) if (last - first) / s <= most), 100)
    ax.set_xticks([year for year in range(first, last + 1) if year % step == 0])


def row_names(names: Sequence[object], width: float = 0.36) -> list[str]:
    """Names of rows, broken where they would take more than so much of the page."""
    return [wrapped(str(name), width * page().width) for name in names]


def known_names(label: str, keys: Iterable[object], width: float = 0.36) -> list[str]:
    """Names that ``words.toml`` has for rows, each language in its own lines where one is short."""
    known = words()["labels"][label]
    pairs = (known.get(str(key), (str(key), str(key))) for key in keys)
    return [fitted(pair, width * page().width) for pair in pairs]


def height_of(names: Sequence[str], each: float = 0.19) -> float:
    """Inches that rows with these names take, each as high as the one of most lines."""
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return len(names) * max(each, 0.145 * lines + 0.05)


def name_rows(ax: Axes, names: Sequence[str], grid: Literal["x", "y"] = "x") -> None:
    """Write names beside rows that go down from 0, with lines to read the values by."""
    ax.set_yticks(range(len(names)), names, linespacing=1.15)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.grid(True, axis=grid)


def band(ax: Axes, y: float, text: str) -> float:
    """A band with a heading over rows of a figure whose y are inches; the y below it."""
    ax.axhspan(y, y + 0.2, color="#e3ebf1", lw=0, zorder=0)
    ax.text(0.01, y + 0.1, text, transform=ax.get_yaxis_transform(), va="center")
    return y + 0.24
