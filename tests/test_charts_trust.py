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

CHOICES = pd.DataFrame(
    {
        "notebook": ["03", "03", "03", "04", "04"],
        "claim": ["one", "one", "one", "two", "two"],
        "default": [True, False, False, True, False],
        "flips": [False, True, False, False, False],
    }
)
SEEN = pd.DataFrame({"label": list("abc"), "characters": 1600, "slogans_core": [52, 51, 16]})


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def charts() -> Iterator[Chart]:
    yield ct.scores(development_scores(), stored())
    yield ct.peers(peers.comparison())
    yield ct.flips(CHOICES)
    yield cy.yearly(by.rates())
    yield cy.same_office(by.same_office(SEEN, "slogans_core"))
    yield cy.power(by.power("slogans_core", texts=[2, 5]))


@pytest.mark.filterwarnings("error:Glyph")
def test_every_figure_has_its_words_in_two_languages_and_all_glyphs() -> None:
    for chart in charts():
        chart.figure.canvas.draw()
        assert chart.caption and chart.caption_en and chart.alt and chart.alt_en
        assert len(chart.table)


def test_bars_of_a_claim_add_up_to_the_choices_tried() -> None:
    chart = ct.flips(CHOICES)
    bars = [patch.get_extents() for patch in chart.figure.axes[0].patches]
    unit = max(bar.width for bar in bars)
    widths = [round(bar.width / unit) for bar in bars]
    assert widths == [1, 1, 1, 0]
    assert "1 of 3" in chart.caption_en


def test_scores_leaves_parts_out() -> None:
    table = development_scores()
    chart = ct.scores(table)
    assert chart.table["by"].isna().all()
    assert len(chart.table) == table["by"].isna().sum()


def test_pairs_stand_in_the_order_of_their_shares() -> None:
    chart = cy.same_office(by.same_office(SEEN, "slogans_core"))
    assert chart.table["share"].is_monotonic_increasing
    assert "15 reports" not in chart.caption_en
