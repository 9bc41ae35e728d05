"""Read a text with what was found in it marked, and one promise on a card."""

from policytext.reading.fact_sheet import FactSheet, fact_sheet
from policytext.reading.marked import MarkedText, marked

__all__ = ["FactSheet", "MarkedText", "fact_sheet", "marked"]
