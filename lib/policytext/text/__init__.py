"""Plain functions on Chinese text: folding, cleaning, sentences, numerals, dates."""

from policytext.text.clean import (
    Span,
    around,
    between,
    clean,
    fold,
    pieces,
    standard,
    trimmed,
    unmarked,
)
from policytext.text.patterns import any_word
from policytext.text.sentences import HEADING_MARK, pairs, paragraphs, sentences

__all__ = [
    "HEADING_MARK",
    "Span",
    "any_word",
    "around",
    "between",
    "clean",
    "fold",
    "pairs",
    "paragraphs",
    "pieces",
    "sentences",
    "standard",
    "trimmed",
    "unmarked",
]
