"""Notebooks drawn into a folder, and once more from tables whose floats are moved a little."""

import importlib
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, get_type_hints

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryLocator
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator

import policytext
from policytext import charts
from policytext.charts import saving as figures
from policytext.charts.saving import Chart

_SIZES = {"": (1.0,), "万": (1e4,), "亿": (1e8,), "%": (0.01, 1.0)}
# Every float goes to the next one above and to the next one below; the rows of a column to
# different sides, so that what was equal is no longer.
MOVES = {"even rows up": 0, "odd rows up": 1}
# What is written from moved tables: the folder, and the kinds of files in it.
MOVED = {f"drawn, {move}": (".svg", ".csv", ".json") for move in MOVES} | {
    f"exported, {move}": (".csv", ".json") for move in MOVES
}


def moved(value: Any, odd: int, row: int = 0) -> Any:
    """A value with each float in it, however deep, one unit in the last place away."""
    if isinstance(value, pd.DataFrame):
        table = value.copy()
        for at in range(table.shape[1]):
            table.isetitem(at, moved(value.iloc[:, at], odd))
        table.attrs = moved(value.attrs, odd)
        return table
    if isinstance(value, pd.Series):
        cells = [moved(cell, odd, row) for row, cell in enumerate(value)]
        kind = "category" if value.dtype == "category" else value.dtype
        return pd.Series(cells, value.index, kind, value.name)
    if isinstance(value, float) and np.isfinite(value):
        return float(np.nextafter(value, -np.inf if (row + odd) % 2 else np.inf))
    if isinstance(value, Mapping):
        return {key: moved(item, odd, row) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(moved(item, odd, row + at) for at, item in enumerate(value))
    return value


def draw(notebook: Path, into: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run the cells of a notebook; the folder with its figures.

    The folders of `MOVED` stand beside it: what the charts' functions draw from moved tables, and
    what is exported when a chart's own table and method are moved.
    """
    again = _drawn_again(monkeypatch)
    real = figures.save

    def save(chart: Chart | None, name: str, otherwise: str = "") -> object:
        if chart is not None:
            assert not (wrong := list(wrong_ticks(chart.figure))), f"{name}: ticks {wrong}"
            for move, other in again[id(chart)][1].items():
                assert other is not None, f"{name}: nothing drawn from moved tables"
                _save_svg(other, _new(into / f"drawn, {move}") / name)
                shifted = replace(chart, data=moved(chart.data, MOVES[move]))
                figures.save_data(shifted, _new(into / f"exported, {move}") / name)
        return real(chart, name, otherwise)

    plt.switch_backend("agg")
    monkeypatch.setattr(charts, "save", save)
    monkeypatch.setenv("POLICYTEXT_FIGURES", str(_new(into / "figures")))
    monkeypatch.chdir(notebook.parent)
    scope: dict[str, Any] = {}
    for number, source in enumerate(_sources(notebook), start=1):
        exec(compile(source, f"{notebook.name}, code cell {number}", "exec"), scope)
    return into / "figures"


def wrong_ticks(figure: Figure) -> Iterator[str]:
    """Labels of ticks that name another number than the one where they stand: 2 at 2.5."""
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        named = isinstance(axis.get_major_locator(), (FixedLocator, StrCategoryLocator))
        for place, label in () if named else zip(*_ticks(axis), strict=True):
            number = re.fullmatch(r"[−-]?([\d.]+)([%万亿]?)", label)
            if number and not any(
                np.isclose(float(number[1]) * size, abs(place)) for size in _SIZES[number[2]]
            ):
                yield f"{label} at {place:g}"


def _ticks(axis: Axis) -> tuple[list[float], list[str]]:
    places = list(axis.get_major_locator()())
    return places, axis.get_major_formatter().format_ticks(places)


def _sources(notebook: Path) -> list[str]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _save_svg(chart: Chart, path: Path) -> None:
    chart.save(path.with_name(f"{path.name}.svg"))
    figures.save_data(chart, path)


def _drawn_again(
    monkeypatch: pytest.MonkeyPatch,
) -> dict[int, tuple[Chart, dict[str, Chart | None]]]:
    """Let each function that returns a chart draw it from moved tables too.

    Returns:
        By the id of each chart the chart itself, so that no later one gets its id, and the others.
    """
    again: dict[int, tuple[Chart, dict[str, Chart | None]]] = {}

    def watched(make: Callable[..., Chart | None]) -> Callable[..., Chart | None]:
        @wraps(make)
        def draws(*given: Any, **named: Any) -> Chart | None:
            chart = make(*given, **named)
            if chart is not None:
                others = {
                    move: make(*moved(given, odd), **moved(named, odd))
                    for move, odd in MOVES.items()
                }
                again[id(chart)] = chart, others
            return chart

        return draws

    for module, name, function in chart_functions():
        monkeypatch.setattr(module, name, watched(function))
    return again


def chart_functions() -> Iterator[tuple[Any, str, Callable[..., Chart | None]]]:
    """Every function of the library that returns a chart, with its module and name."""
    for found in pkgutil.walk_packages(policytext.__path__, "policytext."):
        if ".charts" in found.name:
            module = importlib.import_module(found.name)
            for name, function in list(vars(module).items()):
                own = getattr(function, "__module__", "") == found.name and callable(function)
                if own and get_type_hints(function).get("return") in (Chart, Chart | None):
                    yield module, name, function
