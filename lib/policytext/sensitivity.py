"""What each notebook's main claim becomes under other choices than those it was made with.

A claim that another reasonable choice turns round is no finding of the texts alone.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import pandas as pd

from policytext.choices import Answer, Choices, Claim
from policytext.claims_findings import (
    level_claims,
    slogan_claims,
    slogan_score_claim,
    target_claims,
)
from policytext.claims_words import word_claims, word_score_claim
from policytext.corpus import Corpus
from policytext.overview import leading_kind
from policytext.spanlookup import SelectionError

SENSITIVITY_COLUMNS = ["notebook", "claim", "choice", "value", "result", "default", "flips"]


def sensitivity(
    corpus: Corpus,
    by: str = "label",
    most: int = 4,
    notebook: str | None = None,
    longest: int = 12,
) -> pd.DataFrame:
    """The claims of notebooks 03 to 05 about a corpus under other choices.

    Args:
        corpus: The documents; of words and slogans only those of the leading kind.
        by: The column that groups them.
        most: How many groups' words are looked at.
        notebook: Only the claims of ``"03"``, ``"04"`` or ``"05"``.
        longest: With more documents than this nothing is tried, since each choice reads them all
            anew; the table is then empty.

    Returns:
        A row per claim and choice: notebook, claim, choice, value, result, default (the choice
        that the notebook makes), flips (whether the result is another than the default's).

    >>> from policytext import read_corpus
    >>> table = sensitivity(read_corpus("data/wenzhou-2021"), most=1)
    >>> bool(table.loc[table["default"], "flips"].any())
    False
    """
    leading = leading_kind(corpus)
    claims = {
        "03": word_claims(leading, by, most),
        "04": chain(slogan_claims(leading, by), level_claims(leading, by)),
        "05": target_claims(corpus, by),
    }
    wanted = [claims[notebook]] if notebook else claims.values()
    return _table(() if len(corpus.documents) > longest else chain.from_iterable(wanted))


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
        given = _answered(answer)
        first = first or given
        yield notebook, claim, choice, value, given.told, given is first, given.key != first.key


def _answered(answer: Callable[[], Answer]) -> Answer:
    """The answer under one choice; one that leaves nothing to compare says so."""
    try:
        return answer()
    except SelectionError as error:
        return Answer(None, f"no answer ({error})")
