"""A table becomes a figure, saved with its data and caption."""

from policytext.charts import corpus, evaluation, ladder, ledger, slogans, targets, terms
from policytext.charts.saving import Chart, save

__all__ = [
    "Chart",
    "corpus",
    "evaluation",
    "ladder",
    "ledger",
    "save",
    "slogans",
    "targets",
    "terms",
]
