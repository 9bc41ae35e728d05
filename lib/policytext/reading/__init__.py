"""Read what was found: a text with its marks, a promise on a card, a page about a corpus."""

from policytext.reading.fact_sheet import FactSheet, fact_sheet
from policytext.reading.marked import MarkedText, marked
from policytext.reading.report import Report, report

__all__ = ["FactSheet", "MarkedText", "Report", "fact_sheet", "marked", "report"]
