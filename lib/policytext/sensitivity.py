"""What each notebook's main claim becomes under other choices than those it was made with.

A claim that another reasonable choice turns round is no finding of the texts alone.
"""

from collections.abc import Iterable, Iterator

import pandas as pd

from policytext.choices import Choices, Claim
from policytext.claims_findings import slogan_claims, slogan_score_claim, target_claims
from policytext.claims_words import word_claims, word_score_claim
from policytext.corpus import Corpus
from policytext.overview import leading_kind

SENSITIVITY_COLUMNS = ["notebook", "claim", "choice", "value", "result", "default", "flips"]


def sensitivity(corpus: Corpus, by: str = "label", most: int = 4) -> pd.DataFrame:
    """The claims of notebooks 03 to 05 about a corpus under other choices.

    Args:
        corpus: The documents; of words and slogans only those of the leading kind.
        by: The column that groups them.
        most: How many groups' words are looked at.

    Returns:
        A row per claim and choice: notebook, claim, choice, value, result, default (the choice
        that the notebook makes), flips (whether the result is another than the default's).

    >>> from policytext import read_corpus
    >>> table = sensitivity(read_corpus("data/wenzhou-2021"), most=1)
    >>> bool(table.loc[table["default"], "flips"].any())
    False
    """
    leading = leading_kind(corpus)
    claims = [
        *word_claims(leading, by, most),
        *slogan_claims(leading, by),
        *target_claims(corpus, by),
    ]
    return _table(claims)


def page_sensitivity() -> pd.DataFrame:
    """The claims of notebooks 02 and 06 about the coded page, as `sensitivity` gives them.

    >>> page_sensitivity()["flips"].dtype.name
    'bool'
    """
    return _table([word_score_claim(), slogan_score_claim()])


def _table(claims: Iterable[Claim]) -> pd.DataFrame:
    rows = [row for claim in claims for row in _rows(*claim)]
    return pd.DataFrame(rows, columns=SENSITIVITY_COLUMNS)


def _rows(notebook: str, claim: str, choices: Choices) -> Iterator[tuple[object, ...]]:
    """The first choice is the notebook's."""
    first = None
    for (choice, value), answer in choices.items():
        given = answer()
        first = first or given
        yield notebook, claim, choice, value, given.told, given is first, given.key != first.key
