"""Figures of trust draw what their tables say."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from policytext import between_years as by
from policytext import charts_trust as ct
from policytext import charts_years as cy
from policytext.figures import Chart
from policytext.scoring import peers
from policytext.scoring.heldout import stored
from policytext.scoring.summary import development_scores

SEEN = pd.DataFrame({"label": list("abc"), "characters": 1600, "slogans_core": [52, 51, 16]})


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def charts() -> Iterator[Chart]:
    yield ct.scores(development_scores(), stored())
    yield ct.peers(peers.comparison())
    yield cy.yearly(by.rates())
    yield cy.same_office(by.same_office(SEEN, "slogans_core"))
    yield cy.power(by.power("slogans_core", texts=[2, 5]))


@pytest.mark.filterwarnings("error:Glyph")
def test_every_figure_has_its_words_in_two_languages_and_all_glyphs() -> None:
    for chart in charts():
        chart.figure.canvas.draw()
        assert chart.caption and chart.caption_en and chart.alt and chart.alt_en
        assert len(chart.table)


def test_scores_leaves_parts_out() -> None:
    table = development_scores()
    chart = ct.scores(table)
    assert chart.table["by"].isna().all()
    assert len(chart.table) == table["by"].isna().sum()


def test_pairs_stand_in_the_order_of_their_shares() -> None:
    chart = cy.same_office(by.same_office(SEEN, "slogans_core"))
    assert chart.table["share"].is_monotonic_increasing
    assert "15 reports" not in chart.caption_en
