"""Every figure of a corpus, and what is wrong with the letters of a drawn figure."""

from collections.abc import Iterator
from itertools import combinations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import policytext as pt
from policytext import charts, comparison, terms
from policytext.charts.saving import Chart
from policytext.corpus import count_by_document, describe
from policytext.evaluation import office_variation, segmentation, summary
from policytext.evaluation.scores import development_scores
from policytext.numbers import measured

SMALLEST = 7  # points, on paper
# Letters touch where their boxes do not: a box has room above and below.
_SLACK = 1.0


def charts_of(corpus: pt.Corpus, by: str) -> Iterator[tuple[str, Chart]]:
    """The name and chart of each figure that a corpus gives, by a column of its documents."""
    words = terms.select_terms(pt.segment(corpus), corpus)
    slogans, targets = pt.find_slogans(corpus), pt.find_targets(corpus)
    groups = list(dict.fromkeys(corpus.documents[by].dropna()))
    numbers = measured(pt.find_quantities(corpus))
    strict, core = targets[targets["is_target"]], slogans[slogans["core"]]
    found = count_by_document(corpus, numbers=numbers, targets=strict, slogans=core)
    keys = terms.keyness_by_group(words, corpus, by=by)
    tracked = keys["term"].drop_duplicates().head(12).to_list()
    hits = words[words["term"].isin(tracked)]
    shift = terms.word_shift(words, corpus, groups[0], groups[1], by=by)
    matrix = comparison.adoption_matrix(slogans, corpus, by=by)
    made = {
        "lengths": charts.corpus.lengths(describe(corpus)),
        "findings": charts.corpus.findings(found),
        "rates": charts.terms.rates(terms.count_terms(words, corpus, by=by)),
        "keywords": charts.terms.keywords(keys),
        "clouds": charts.terms.clouds(keys),
        "shift": charts.terms.shift(shift),
        "places": charts.terms.places(hits, corpus.documents, tracked),
        "adoption": charts.slogans.adoption(matrix, corpus.documents[by]),
        "shares": charts.slogans.shares(comparison.level_shares(slogans, corpus, by=by)),
        "positions": charts.slogans.positions(core, corpus.documents, corpus.sentences),
        "timeline": charts.targets.timeline(targets),
        "paths": charts.targets.paths(targets, corpus.documents),
    }
    yield from ((name, chart) for name, chart in made.items() if chart is not None)


def charts_of_trust() -> Iterator[tuple[str, Chart]]:
    """The name and chart of each figure that shows how far to trust the tables."""
    seen = pd.DataFrame({"label": list("abc"), "characters": 1600, "slogans_core": [52, 51, 16]})
    pairs = office_variation.same_office(seen, "slogans_core")
    yield "systems", charts.evaluation.systems(segmentation.comparison())
    yield "scores", charts.evaluation.scores(development_scores(), summary.held_out_scores())
    yield "peers", charts.evaluation.peers(summary.peer_scores())
    yield "reliability", charts.evaluation.reliability(summary.calibration())
    yield "same_office", charts.evaluation.same_office(pairs)
    power = office_variation.power("slogans_core", texts=[2, 5])
    yield "power", charts.evaluation.power(power)


def faults(figure: Figure) -> Iterator[str]:
    """Letters that are too small, cut off at the edge of the page, or on others."""
    figure.draw_without_rendering()
    texts = [(text, text.get_window_extent()) for text in _drawn_texts(figure)]
    page = figure.bbox.padded(_SLACK)
    for text, box in texts:
        if float(text.get_fontsize()) < SMALLEST:
            yield f"{text.get_text()!r} has {text.get_fontsize()} points"
        if not (page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 <= box.y1 <= page.y1):
            yield f"{text.get_text()!r} is cut off at {box.bounds} of {figure.bbox.size}"
    for (one, first), (two, second) in combinations(texts, 2):
        common = Bbox.intersection(first, second)
        if common is not None and min(common.width, common.height) > _SLACK:
            yield f"{one.get_text()!r} lies on {two.get_text()!r}"


def _drawn_texts(figure: Figure) -> list[Text]:
    """The texts that are drawn: names of ticks beyond the ends of an axis are not."""
    hidden = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not (axes.axison and low - 1e-9 <= tick.get_loc() <= high + 1e-9):
                    hidden.add(tick.label1)
    texts = (text for text in figure.findobj(Text) if text.get_visible() and text not in hidden)
    return [text for text in texts if text.get_text().strip()]
