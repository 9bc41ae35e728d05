"""Text becomes words with tags."""

from policytext.words.segment import segment

__all__ = ["segment"]
