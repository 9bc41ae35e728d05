"""The tables that ``make score`` prints: measured now, or stored when last measured."""

from collections.abc import Callable

import pandas as pd

from policytext.evaluation import segmentation as words
from policytext.evaluation.gold import read_gold
from policytext.evaluation.scores import development_scores
from policytext.paths import HOME

HELD_OUT = HOME / "data" / "held-out-scores.csv"
PEERS = HOME / "data" / "peers.csv"


def held_out_scores() -> pd.DataFrame:
    """Read the scores on held-out texts, as last measured.

    Returns:
        Rows of `development_scores`; ``scripts/score_heldout.py`` measures them.

    >>> set(held_out_scores()["task"]) == {"words", "quantities", "targets", "slogans"}
    True
    """
    return pd.read_csv(HELD_OUT).astype(dict.fromkeys(("hits", "found", "coded"), "Int64"))


def peer_scores() -> pd.DataFrame:
    """Read the scores of ours, patterns, jieba, JioNLP and cn2an on the page, as last measured.

    Returns:
        A row per task and system, measured by ``scripts/measure_peers.py``: task, system, version,
        hits, found, coded, precision, recall, f1, low and high (f1 at 95 %), interval (by which
        method; the clusters are those of `development_scores`), half (recall where half of the
        longer span is enough).

        *slogans*: core spans of the four essays. *quantities and dates, spans alone*: of all eight
        pieces; what a system finds of list marks, slogan numbers and the like counts neither for
        nor against, since the others do not distinguish them. Where ours does, it is scored for it
        as *quantities and dates* in `development_scores`. *money and times*: those of them that
        JioNLP looks for. *targets*: values and dates promised. *values*: what a numeral is worth,
        given where it stands, ordinals and ranges left out. A keyword extractor is asked for its
        50 best of each essay, and every place where one of them stands counts.

    >>> bool(peer_scores().query("system == 'policytext'")["f1"].min() > 0.8)
    True
    """
    return pd.read_csv(PEERS, dtype={"version": str}).fillna({"version": ""})


def coders() -> pd.DataFrame:
    """Read the agreement of two coders, both model-assisted, each by the same guide.

    Returns:
        task, what, measure, value, extended (of slogans: whether mentions that one coder calls
        extended are *counted* as differences or *neutral*, as in our scores), guide (*first*, by
        which the held-out passages were coded too, or *with ten decisions* made later).

    >>> float(coders().query("task == 'targets' and what == 'strict targets'")["value"].iloc[0])
    0.96
    """
    return read_gold("coder-agreement.csv")


TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "Development scores: the Wenzhou page, on which the rules were written": development_scores,
    "Development scores: passages of Shenzhen reports": lambda: development_scores("reports"),
    "Words of the page: ours without parts of the lexicon, and jieba as it comes": words.comparison,
    "Other tools on the page": peer_scores,
    "Held-out scores, as last measured": held_out_scores,
    "Two coders, model-assisted, on the same guides": coders,
}


def print_scores() -> None:
    """Print the tables, and which of them lack their texts."""
    for title, table in TABLES.items():
        print(f"# {title}")
        try:
            print(table().round(3).to_string(index=False, na_rep=""), flush=True)
        except FileNotFoundError as error:
            print(f"left out: {error}")
