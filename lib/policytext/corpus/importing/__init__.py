"""Word, PDF and web pages become a folder of texts."""

from policytext.corpus.importing.importing import import_files

__all__ = ["import_files"]
