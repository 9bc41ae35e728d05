"""Whatever is drawn, its letters are large enough, on the page and not on each other."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import policytext as pt
from drawings import charts_of, charts_of_trust, faults
from made import reports
from policytext.charts.page import HIGHEST, TooNarrow
from policytext.charts.saving import Chart

# Places with short names and long ones.
FORTY = [
    start + end
    for start, end in product(
        "东西南北中",
        "山县 河口经济技术开发区 岭市 江区 湖高新技术产业园区 原县 桥镇 坡民族自治县".split(),
    )
]


def test_the_figures_of_the_page(corpus: pt.Corpus) -> None:
    assert not list(wrong(charts_of(corpus, "label"), ("both", "zh")))


def test_the_figures_of_trust() -> None:
    assert not list(wrong(charts_of_trust(), ("both", "en")))


def test_the_figures_of_two_reports(shared: Path, tmp_path: Path) -> None:
    folder = shared / "corpora" / "shenzhen-districts" / "texts"
    for path in sorted(folder.glob("*.txt"))[:2]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert not list(wrong(charts_of(pt.read_corpus(tmp_path), "label"), ("both",)))


def test_the_figures_of_forty_places(tmp_path: Path) -> None:
    corpus = pt.read_corpus(reports(tmp_path, FORTY, [2023, 2024]))
    assert not list(wrong(charts_of(corpus, "place"), ("both",)))


def wrong(charts: Iterator[tuple[str, Chart]], languages: tuple[str, ...]) -> Iterator[str]:
    """Faults of the figures in both widths; one that is too wide for a column says so."""
    for name, chart in charts:
        for width, language in product(("170 mm", "85 mm"), languages):
            try:
                figure = chart.drawn(width, language)
            except TooNarrow:
                assert width == "85 mm", name
                continue
            if figure.get_figheight() > HIGHEST + 0.5:
                yield f"{name}, {width}, {language}: {figure.get_figheight()} inches high"
            yield from (f"{name}, {width}, {language}: {fault}" for fault in faults(figure))
