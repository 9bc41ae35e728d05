"""``make score``: every score as a table, development texts first, then held-out ones."""

from collections.abc import Callable

import pandas as pd

from policytext.evaluation import segmentation as words
from policytext.evaluation.scores import coders, development_scores, held_out_scores, peer_scores

TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "Development scores: the Wenzhou page, on which the rules were written": development_scores,
    "Development scores: passages of Shenzhen reports": lambda: development_scores("reports"),
    "Words of the page: ours without parts of the lexicon, and jieba as it comes": words.comparison,
    "Other tools on the page": peer_scores,
    "Held-out scores, as last measured": held_out_scores,
    "Two coders, model-assisted, on the same guides": coders,
}


def main() -> None:
    """Print the tables, and which of them lack their texts."""
    for title, table in TABLES.items():
        print(f"# {title}")
        try:
            print(table().round(3).to_string(index=False, na_rep=""), flush=True)
        except FileNotFoundError as error:
            print(f"left out: {error}")


if __name__ == "__main__":
    main()
