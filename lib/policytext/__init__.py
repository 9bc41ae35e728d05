"""Read Chinese local-policy prose: words, slogans and stated targets, each with its passage."""

from policytext.abbreviations import find_abbreviations
from policytext.aligned import Concordance
from policytext.comparison import adoption_matrix
from policytext.concordance import concordance
from policytext.corpus import Corpus, CorpusError, read_corpus
from policytext.lexicon import Lexicon, LexiconError, default_lexicon, read_lexicon
from policytext.overview import broken, describe
from policytext.quantities import find_quantities
from policytext.slogans import find_slogans
from policytext.tables import show
from policytext.targets import find_targets
from policytext.terms import CONTENT_TAGS, count_terms, select_terms
from policytext.tokens import segment
from policytext.units import SelectionError

__all__ = [
    "CONTENT_TAGS",
    "Concordance",
    "Corpus",
    "CorpusError",
    "Lexicon",
    "LexiconError",
    "SelectionError",
    "adoption_matrix",
    "broken",
    "concordance",
    "count_terms",
    "default_lexicon",
    "describe",
    "find_abbreviations",
    "find_quantities",
    "find_slogans",
    "find_targets",
    "read_corpus",
    "read_lexicon",
    "segment",
    "select_terms",
    "show",
]
