"""Read Chinese local-policy prose: words, slogans and stated targets, each with its passage."""

from policytext.abbreviations import find_abbreviations
from policytext.corpus import Corpus, CorpusError, read_corpus
from policytext.lexicon import Lexicon, LexiconError, default_lexicon, read_lexicon

__all__ = [
    "Corpus",
    "CorpusError",
    "Lexicon",
    "LexiconError",
    "default_lexicon",
    "find_abbreviations",
    "read_corpus",
    "read_lexicon",
]
