"""What is known about the world: the tables of ``data/lexicon``, read and checked."""

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
