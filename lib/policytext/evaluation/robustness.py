"""Robustness of a claim to other reasonable choices of analysis.

A claim that another reasonable choice turns round is no finding of the texts alone. The choices
stand in the notebook that makes the claim; here they are only tried.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from policytext.corpus.locate import SelectionError
from policytext.tables import rounded


def robustness(claim: str, variants: Mapping[str, Callable[[], object]]) -> pd.DataFrame:
    """Evaluate one claim under several choices; the first one is the claim as it is made.

    Args:
        claim: What is claimed, in a few words.
        variants: From the name of a choice to what gives the answer under it.

    Returns:
        A row per choice: claim, variant, answer, changes (whether the answer is another than the
        first one). A choice that leaves nothing to compare says so as its answer.

    >>> robustness("first word", {"G²": lambda: "海洋", "log ratio": lambda: "岛"})[
    ...     ["variant", "answer", "changes"]
    ... ].to_numpy().tolist()
    [['G²', '海洋', False], ['log ratio', '岛', True]]
    """
    answers = {name: _answer(compute) for name, compute in variants.items()}
    default = next(iter(answers.values()))
    return pd.DataFrame(
        {
            "claim": claim,
            "variant": list(answers),
            "answer": list(answers.values()),
            "changes": [answer != default for answer in answers.values()],
        }
    )


def _answer(compute: Callable[[], object]) -> object:
    try:
        return compute()
    except SelectionError as error:
        return f"no answer: {error}"


def leader(values: pd.Series) -> str:
    """Name the group with the greatest value; several where they tie, none without a value.

    Args:
        values: A number per group.

    >>> leader(pd.Series({"甲": 2, "乙": 2, "丙": 1})), leader(pd.Series({"甲": 0.0}))
    ('甲 = 乙', 'none')
    """
    known = rounded(values.astype(float)).dropna()
    first = known[known == known.max()] if len(known) else known
    return " = ".join(map(str, first.index)) if len(first) and first.max() > 0 else "none"
