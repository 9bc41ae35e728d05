"""Ask which goals of the provinces for 2025 the finder finds, and what it says of them.

``python scripts/headline_targets.py SHARED`` lays the targets that are found in 30 work reports
beside ``data/reference/headline-targets-2025.csv``, which was read and not found. It prints a line
per province, how many goals are found and in how many of those each column agrees, and ends with
every goal that is missed or said otherwise.
"""

import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from policytext import find_targets, read_corpus
from policytext.corpus.issues import CorpusWarning
from policytext.evaluation.gold import shared_folder
from policytext.paths import HOME

TABLE = HOME / "data" / "reference" / "headline-targets-2025.csv"
FIELDS = "target_kind value value_max unit comparator indicator indicator_name measure".split()
COLUMNS = "place doc start end wording field wanted found".split()
MISSED = "missed"


def read_goals() -> pd.DataFrame:
    """Read the table of goals, its measures named as the finder names them.

    >>> len(read_goals())
    308
    """
    goals = pd.read_csv(TABLE)
    return goals.replace({"measure": {"increase": "change", "decrease": "change"}})


def targets_of(shared: Path) -> pd.DataFrame:
    """Find the targets of the reports that the table was read from."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)
        corpus = read_corpus(shared / "corpora" / "reports" / "provinces-2025.jsonl.gz")
    return find_targets(corpus)


def differences(goals: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Tell what the finder misses or says otherwise, a row for each.

    Goals of one predicate have the same offsets: a goal is laid beside that one of the targets on
    its characters that agrees in most columns.

    Args:
        goals: As ``read_goals`` returns them.
        targets: As ``find_targets`` returns them.

    Returns:
        place, doc, start, end and wording of the goal; field, a column or "missed"; wanted and
        found, what the table and the finder say.

    >>> goals = read_goals().head(2)
    >>> differences(goals, goals.tail(1).assign(unit="‰"))[["start", "field"]].values
    array([[8150, 'missed'],
           [8167, 'unit']], dtype=object)
    """
    of_doc = dict(list(targets.groupby("doc")))
    rows = []
    for _, goal in goals.iterrows():
        found = of_doc.get(goal["doc"], targets[:0])
        found = found[(found["start"] < goal["end"]) & (found["end"] > goal["start"])]
        unlike = [list(_unlike(goal, target)) for _, target in found.iterrows()]
        best = min(unlike, key=len, default=[(MISSED, goal["indicator_name"], None)])
        rows += [(*goal[COLUMNS[:5]], *row) for row in best]
    return pd.DataFrame(rows, columns=COLUMNS)


def _each(field: str, found: object) -> list[object]:
    """What a target says of a field; one of several indicators says each, a goal is of one."""
    if field == "indicator_name" and isinstance(found, str):
        return list(found.split("|"))
    if field == "indicator" and isinstance(found, str):
        return [found, *re.split("[、和及与]", re.sub("等[^、]*$", "", found))]
    return [found]


def _unlike(goal: pd.Series, target: pd.Series) -> Iterator[tuple[str, object, object]]:
    """Each field in which two rows differ; a measure counts where the reader stated one."""
    for field in FIELDS:
        wanted, found = goal[field], target[field]
        unstated = pd.isna(wanted) and (field == "measure" or pd.isna(found))
        if not unstated and wanted not in _each(field, found):
            yield field, wanted, found


def agreement(goals: pd.DataFrame, unlike: pd.DataFrame) -> pd.DataFrame:
    """Count, per place and in all: goals, those found, and those of them that agree in a field.

    Args:
        goals: As ``read_goals`` returns them.
        unlike: What ``differences`` says of them.

    >>> goals = read_goals().head(10)
    >>> agreement(goals, differences(goals, goals))[["goals", "found", "unit"]].values.tolist()
    [[9, 9, 9], [1, 1, 1], [10, 10, 10]]
    """
    counts = pd.crosstab(unlike["place"], unlike["field"])
    table = goals.groupby("place", sort=False).size().rename("goals").to_frame()
    counts = counts.reindex(index=table.index, columns=[MISSED, *FIELDS], fill_value=0)
    table["found"] = table["goals"] - counts[MISSED]
    table[FIELDS] = -counts[FIELDS].sub(table["found"], axis=0)
    table.loc["all"] = table.sum()
    return table


def main() -> None:
    """Print how many goals are found and agree, and exit with those that do not."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder()
    goals = read_goals()
    unlike = differences(goals, targets_of(shared))
    print(agreement(goals, unlike).to_string())
    if len(unlike):
        sys.exit(unlike.drop(columns="place").to_string(index=False))


if __name__ == "__main__":
    main()
