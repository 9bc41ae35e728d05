"""Read a text with what was found in it marked, and each mark explained."""

from policytext.reading.marked import MarkedText, marked

__all__ = ["MarkedText", "marked"]
