"""What made a table: versions and lexicon, kept in its ``attrs`` and written beside its CSV."""

from functools import cache
from importlib.metadata import version

import pandas as pd

from policytext.lexicon import Lexicon

_PACKAGES = ("policytext", "jieba", "pandas", "matplotlib")


def signed(table: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """The table, with the name of the lexicon's content in its ``attrs``.

    >>> from policytext import default_lexicon
    >>> len(signed(pd.DataFrame(), default_lexicon()).attrs["lexicon"])
    12
    """
    table.attrs["lexicon"] = lexicon.hash
    return table


@cache
def versions() -> dict[str, str]:
    """The packages that a result depends on, with their versions.

    >>> sorted(versions())
    ['jieba', 'matplotlib', 'pandas', 'policytext']
    """
    return {name: version(name) for name in _PACKAGES}
