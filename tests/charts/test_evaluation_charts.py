"""Figures of trust draw what their tables say."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from policytext.charts import evaluation
from policytext.charts.saving import Chart
from policytext.evaluation import office_variation
from policytext.evaluation.scores import development_scores
from policytext.evaluation.summary import held_out_scores, peer_scores

SEEN = pd.DataFrame({"label": list("abc"), "characters": 1600, "slogans_core": [52, 51, 16]})


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def charts() -> Iterator[Chart]:
    yield evaluation.scores(development_scores(), held_out_scores())
    yield evaluation.peers(peer_scores())
    yield evaluation.same_office(office_variation.same_office(SEEN, "slogans_core"))
    yield evaluation.power(office_variation.power("slogans_core", texts=[2, 5]))


@pytest.mark.filterwarnings("error:Glyph")
def test_every_figure_has_its_words_in_two_languages_and_all_glyphs() -> None:
    for chart in charts():
        chart.figure.canvas.draw()
        assert chart.caption and chart.caption_en and chart.alt and chart.alt_en
        assert len(chart.data)


def test_scores_leaves_parts_out_but_slogans_with_and_without_marks() -> None:
    table = development_scores()
    chart = evaluation.scores(table)
    parts = chart.data[chart.data["by"].notna()]
    assert list(parts["what"]) == ["core spans, quoted", "core spans, unquoted"]
    assert len(chart.data) == table["by"].isna().sum() + 2


def test_the_lowest_score_that_is_drawn_is_the_one_that_is_said() -> None:
    chart = evaluation.scores(development_scores(), held_out_scores())
    held_out = chart.data[chart.data["text"] == "held out"]
    assert f"{held_out['value'].min():.2f}（95% 区间" in chart.caption


def test_pairs_stand_in_the_order_of_their_shares() -> None:
    chart = evaluation.same_office(office_variation.same_office(SEEN, "slogans_core"))
    assert chart.data["share"].is_monotonic_increasing
    assert "15 reports" not in chart.caption_en
