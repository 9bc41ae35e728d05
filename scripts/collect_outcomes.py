"""Write ``data/reference/outcome-facts.csv``: what reports say became of the year before.

``python scripts/collect_outcomes.py SHARED`` reads the reports of which the set has years that
follow each other: State Council, Guangdong, Shenzhen and five of its districts.
"""

import sys
from pathlib import Path

import pandas as pd

from collect_target_facts import LEFT_OUT, REFERENCE, of_each_set
from policytext.evaluation.gold import shared_folder
from policytext.paths import write_whole
from policytext.years.facts import outcome_facts

SETS = ("state-council", "guangdong", "shenzhen")
# A judgement is known by its offsets; its words stay in the report.
_LONGEST = 16


def facts_of(shared: Path) -> pd.DataFrame:
    """The outcome facts of all sets, each with its source, without sentences and misfiled texts."""
    return without_words(of_each_set(outcome_facts, shared, SETS))


def without_words(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts without those of misfiled reports, and without words longer than a number.

    >>> rows = {"doc": ["a", "a", "pingshan-2021a"], "wording": ["7.8%", "没" * 20, "5%"]}
    >>> without_words(pd.DataFrame(rows))["wording"].tolist()
    ['7.8%', '']
    """
    facts = facts[~facts["doc"].isin(LEFT_OUT)].reset_index(drop=True)
    return facts.assign(wording=facts["wording"].where(facts["wording"].str.len() <= _LONGEST, ""))


def main() -> None:
    """Write the table."""
    facts = facts_of(Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder())
    text = facts.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    write_whole(REFERENCE / "outcome-facts.csv", text.encode())


if __name__ == "__main__":
    main()
