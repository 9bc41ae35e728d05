"""A table of words becomes counts and statistics."""

from policytext.terms.collocations import collocations
from policytext.terms.dispersion import dispersion, diversity
from policytext.terms.keyness import first_term, keyness, keyness_by_group, text_test
from policytext.terms.matrix import read_reference
from policytext.terms.terms import CONTENT_TAGS, count_terms, select_terms
from policytext.terms.word_shift import word_shift

__all__ = [
    "CONTENT_TAGS",
    "collocations",
    "count_terms",
    "dispersion",
    "diversity",
    "first_term",
    "keyness",
    "keyness_by_group",
    "read_reference",
    "select_terms",
    "text_test",
    "word_shift",
]
