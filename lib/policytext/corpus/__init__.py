"""Read files and tables into documents and sentences."""

from policytext.corpus.corpus import (
    Corpus,
    count_by_document,
    describe,
    main_kind,
    read_corpus,
    sentences_with_breaks,
)
from policytext.corpus.issues import CorpusError, CorpusWarning, SelectionError
from policytext.corpus.locate import in_sentence, locate, without_repeats

__all__ = [
    "Corpus",
    "CorpusError",
    "CorpusWarning",
    "SelectionError",
    "count_by_document",
    "describe",
    "in_sentence",
    "locate",
    "main_kind",
    "read_corpus",
    "sentences_with_breaks",
    "without_repeats",
]
