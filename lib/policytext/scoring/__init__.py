"""Found against coded: precision, recall and their intervals."""

from policytext.scoring.core import (
    Score,
    bootstrap,
    compare,
    match,
    read_gold,
    wilson,
)

__all__ = ["Score", "bootstrap", "compare", "match", "read_gold", "wilson"]
