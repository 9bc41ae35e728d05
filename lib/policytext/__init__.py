"""Read Chinese local-policy prose: words, slogans and stated targets, each with its passage."""

from policytext.abbreviations import find_abbreviations
from policytext.corpus import Corpus, CorpusError, read_corpus
from policytext.lexicon import Lexicon, LexiconError, default_lexicon, read_lexicon
from policytext.overview import broken, describe
from policytext.tokens import segment

__all__ = [
    "Corpus",
    "CorpusError",
    "Lexicon",
    "LexiconError",
    "broken",
    "default_lexicon",
    "describe",
    "find_abbreviations",
    "read_corpus",
    "read_lexicon",
    "segment",
]
