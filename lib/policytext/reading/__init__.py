"""Read what was found: marked texts, a promise on a card, a corpus to explore, a report."""

from policytext.reading.explore import Explorer, explore
from policytext.reading.fact_sheet import FactSheet, fact_sheet
from policytext.reading.marked import MarkedText, marked
from policytext.reading.report import Report, report

__all__ = [
    "Explorer",
    "FactSheet",
    "MarkedText",
    "Report",
    "explore",
    "fact_sheet",
    "marked",
    "report",
]
