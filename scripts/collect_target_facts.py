"""Write ``data/reference/target-facts.csv``: what reports of four levels set for their year.

``python scripts/collect_target_facts.py SHARED`` reads the reports of the State Council, Guangdong,
Shenzhen and its districts, 30 provinces of 2025 and 121 cities of 2024; and beside it writes
``superior-targets.csv``, the targets of the nation and of provinces that a ladder stands on.
"""

import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.issues import CorpusWarning
from policytext.evaluation.gold import shared_folder
from policytext.paths import HOME, write_whole
from policytext.years.facts import target_facts
from policytext.years.ladder import amplification
from policytext.years.places import NATION

REFERENCE = HOME / "data" / "reference"
BY_HAND = REFERENCE / "target-facts-by-hand.csv"
SETS = ("state-council", "guangdong", "shenzhen", "provinces-2025", "cities-2024")
# Reports that are not what they are filed as, by the name that they have in their set.
LEFT_OUT = {
    "city-2024-襄阳": "the national report",
    "city-2024-台州": "the national report",
    "city-2024-贵阳": "the national report",
    "city-2024-池州": "of 2023",
    "city-2024-日照": "cut off before its targets",
    "city-2024-黄山": "of a district",
    "pingshan-2021a": "the menu of a website",
}
SUPERIOR_COLUMNS = """
    place parent level year indicator low high comparator wording commitment unit date date_basis
    source doc start end
""".split()
# Most texts name no day. Work reports are given on the first day of a session: general knowledge,
# and marked so in the tables.
KNOWN = "general knowledge"
_MARCH_5 = range(1998, 2026)
_OTHER_DAYS = {1993: "03-15", 1994: "03-10", 1995: "03-05", 1997: "03-01", 2020: "05-22"}


def of_each_set(
    find: Callable[[Corpus], pd.DataFrame], shared: Path, sets: Iterable[str]
) -> pd.DataFrame:
    """What is found in some sets of reports and in those of districts, each with its source."""
    folders = [(name, shared / "corpora" / "reports" / f"{name}.jsonl.gz") for name in sets]
    folders.append(("shenzhen-districts", shared / "corpora" / "shenzhen-districts"))
    tables = []
    for name, path in folders:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CorpusWarning)
            corpus = read_corpus(path)
        tables.append(find(corpus).assign(source=name))
    return pd.concat(tables, ignore_index=True)


def facts_of(shared: Path) -> pd.DataFrame:
    """The facts of all sets, each with its source; a row that says why where one is left out."""
    facts = of_each_set(target_facts, shared, SETS)
    undated = facts["level"].eq("central") & facts["date"].str.len().eq(len("2021"))
    facts.loc[undated, "date"] = facts.loc[undated, "year"].map(day_of_report)
    facts.loc[undated & facts["date"].str.len().gt(len("2021")), "date_basis"] = KNOWN
    return without_misfiled(with_read(facts))


def with_read(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts, those of ``target-facts-by-hand.csv`` in the place of what was found there."""
    read = pd.read_csv(BY_HAND).rename(columns={"indicator": "indicator_name"})
    reports = facts.drop_duplicates("doc").set_index("doc")
    for name in ("place", "level", "parent", "year", "date", "date_basis", "source"):
        read[name] = read["doc"].map(reports[name])
    read["horizon_end"] = read["year"].map("{}-12-31".format)
    read["flag"] = "read by hand: " + read.pop("why")
    read = read.assign(measure="change", kind="value")
    places = set(zip(read["doc"], read["start"], strict=True))
    pairs = zip(facts["doc"], facts["start"], strict=True)
    replaced = pd.Series([pair in places for pair in pairs], facts.index)
    nothing = facts["role"].eq("none") & facts["doc"].isin(read["doc"])
    kept = facts[~(replaced | nothing)]
    facts = pd.concat([kept, read[facts.columns]], ignore_index=True)
    facts["start"], facts["end"] = facts["start"].astype("Int64"), facts["end"].astype("Int64")
    return facts


def drawn(facts: pd.DataFrame, number: int = 60, seed: int = 18) -> pd.DataFrame:
    """Verdicts drawn by lot from all that lay two targets side by side, to be read in the texts."""
    both = [amplification(facts, against=NATION), amplification(facts)]
    table = pd.concat(both, ignore_index=True)
    table = table.drop_duplicates(["place", "year", "indicator_name", "unit", "superior"])
    nothing = table["reason"].str.contains("no target of|left out|an amount|none set")
    return table[~nothing].sample(number, random_state=seed)


def without_misfiled(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts, and of each report that is left out one row of role none with the reason."""
    misfiled = facts["doc"].isin(LEFT_OUT)
    rows = facts[misfiled].drop_duplicates("doc").copy()
    told = "indicator_name measure unit comparator wording commitment kind horizon_end".split()
    empty = dict.fromkeys(told, "")
    rows = rows.assign(**empty, low=None, high=None, start=pd.NA, end=pd.NA, role="left out")
    rows["flag"] = "left out: " + rows["doc"].map(LEFT_OUT)
    return pd.concat([facts[~misfiled], rows], ignore_index=True)


def superior_targets(facts: pd.DataFrame) -> pd.DataFrame:
    """The headlines of the nation and of provinces."""
    upper = facts["level"].isin(["central", "provincial"]) & facts["role"].eq("headline")
    table = facts[upper].rename(columns={"indicator_name": "indicator"})
    table = table.drop_duplicates(["place", "year", "indicator", "unit"]).copy()
    return table[SUPERIOR_COLUMNS]


def day_of_report(year: int) -> str:
    """The day on which the State Council's report of a year was given; the year if not known.

    >>> day_of_report(2024), day_of_report(2020), day_of_report(1986)
    ('2024-03-05', '2020-05-22', '1986')
    """
    if year in _OTHER_DAYS:
        return f"{year}-{_OTHER_DAYS[year]}"
    return f"{year}-03-05" if year in _MARCH_5 else str(year)


def main() -> None:
    """Write both tables."""
    facts = facts_of(Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder())
    tables = {"target-facts": facts, "superior-targets": superior_targets(facts)}
    for name, table in tables.items():
        # Plain, not by save_csv, which writes an apostrophe before the comparator =.
        text = table.to_csv(index=False, lineterminator="\n", float_format="%.12g")
        write_whole(REFERENCE / f"{name}.csv", text.encode())


if __name__ == "__main__":
    main()
