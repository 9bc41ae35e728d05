"""Read and check the tables of ``data/lexicon``: what is known about the world."""

from policytext.lexicon.lexicon import (
    FOLDER,
    Lexicon,
    LexiconError,
    LexiconWarning,
    default_lexicon,
    read_lexicon,
)
from policytext.lexicon.schema import LEVELS

__all__ = [
    "FOLDER",
    "LEVELS",
    "Lexicon",
    "LexiconError",
    "LexiconWarning",
    "default_lexicon",
    "read_lexicon",
]
