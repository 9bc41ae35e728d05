"""How many promises were kept, how many are not reported, which are no longer set."""

import math

import pandas as pd
from scipy.stats import binomtest

from policytext.corpus.corpus import Corpus
from policytext.lexicon.lexicon import Lexicon
from policytext.showing import tabled
from policytext.years.facts import outcome_facts, target_facts
from policytext.years.ledger import DECIDED, LEDGER_COLUMNS, VERDICTS, ledger_of


@tabled
def ledger_of_corpus(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """The ledger of a corpus of any kind: without rows where no text has a place and a year.

    >>> from policytext import read_corpus
    >>> what_is_missing(ledger_of_corpus(read_corpus("data/wenzhou-2021")))[:6]
    '没有年度目标'
    """
    known = corpus.documents["place"].notna() & corpus.documents["year"].notna()
    if not known.any():
        return pd.DataFrame(columns=LEDGER_COLUMNS)
    return ledger_of(
        target_facts(corpus, lexicon=lexicon), outcome_facts(corpus, lexicon=lexicon), lexicon
    )


@tabled
def verdicts_by(table: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Count verdicts by place, indicator, year or level, with the share not reported.

    Args:
        table: What `ledger_of` returns.
        by: One column or several.

    Returns:
        A row a group: how many of each verdict; ``promises``, all that can be joined to a next
        report; ``share_not_reported`` of those with a Wilson interval, ``low`` and ``high``.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"place": ["甲", "甲"], "verdict": ["met", "not reported"]})
    >>> verdicts_by(rows, "place")[["promises", "share_not_reported"]].values.tolist()
    [[2.0, 0.5]]
    """
    keys = [by] if isinstance(by, str) else by
    counts = table.groupby([*keys, "verdict"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(VERDICTS), fill_value=0)
    promises = counts.drop(columns="not joinable").sum(axis=1)
    counts = counts.rename(columns=lambda name: name.replace(" ", "_")).assign(promises=promises)
    hidden = [_share(n, of) for n, of in zip(counts["not_reported"], promises, strict=True)]
    names = ["share_not_reported", "low", "high"]
    return counts.join(pd.DataFrame(hidden, counts.index, names)).reset_index()


def _share(hits: int, of: int) -> tuple[float, float, float]:
    """A share and its Wilson interval; nothing of nothing."""
    if not of:
        return (math.nan,) * 3
    low, high = binomtest(int(hits), int(of)).proportion_ci(method="wilson")
    return hits / of, low, high


@tabled
def vanished(table: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """How often an indicator is no longer promised in the report that shows it missed.

    Args:
        table: What `ledger_of` returns; promises for a year.
        targets: The facts that it was made of.

    Set again is what the next report has a headline target for, its target for its own year: a
    goal for later years, or one that is printed beside another, is no promise for that year.

    Returns:
        Columns ``verdict`` (missed, kept, not reported), ``promises``, ``vanished`` and ``share``
        with ``low`` and ``high``, a Wilson interval; ``which`` names place, indicator and year.
        A year without a report is left out: nothing can vanish in it.
    """
    again = targets[targets["role"] == "headline"]
    set_again = set(zip(again["place"], again["indicator_name"], again["year"], strict=True))
    rows = table[(table["span"] == "year") & table["verdict"].isin([*DECIDED, "not reported"])]
    kept = rows["verdict"].where(rows["verdict"].isin(["missed", "not reported"]), "kept")
    keys = zip(rows["place"], rows["indicator_name"], rows["year"] + 1, strict=True)
    gone = pd.Series([key not in set_again for key in keys], rows.index, dtype=bool)
    found = []
    for name in ("missed", "kept", "not reported"):
        part, left = rows[kept == name], gone[kept == name]
        which = [f"{r.place} {r.indicator_name} {r.year}" for r in part[left].itertuples()]
        cells = (*_share(int(left.sum()), len(part)), "、".join(which))
        found.append((name, len(part), int(left.sum()), *cells))
    return pd.DataFrame(found, columns="verdict promises vanished share low high which".split())


def what_is_missing(table: pd.DataFrame) -> str:
    """Say in a sentence how much of a ledger can be joined, and what is needed where none can.

    >>> import pandas as pd
    >>> what_is_missing(pd.DataFrame({"place": [], "verdict": []})).split("。")[0]
    '没有年度目标'
    """
    if table.empty:
        return (
            "没有年度目标。要有写明地方和年份、并有增长等目标的报告。 "
            "No promise for a year: reports with a place, a year and a goal are needed."
        )
    joined = int((table["verdict"] != "not joinable").sum())
    if not joined:
        return (
            f"{len(table)} 个目标，都没有下一年的报告。 "
            f"{len(table)} promises, and no next report of any: add the report of the year after."
        )
    return (
        f"{len(table)} 个目标，{joined} 个接上了下一年。 "
        f"Of {len(table)} promises {joined} have a next report."
    )
