"""Lay the targets of a place beside those of the level above: above, firmer, the same, below."""

import pandas as pd


def amplification(facts: pd.DataFrame) -> pd.DataFrame:
    """Lay targets beside those of the level above."""
    raise NotImplementedError


def amplification_by(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Count verdicts."""
    raise NotImplementedError
