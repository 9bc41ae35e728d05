"""How rare each slogan of a text is elsewhere: in how many reports of a reference it stands."""

import pandas as pd

from policytext.comparison.adoption import grouped
from policytext.corpus.corpus import Corpus
from policytext.slogans.grouping import words_counted
from policytext.slogans.reference import Reference, read_reference

# A formula in a tenth of the reports, or in a national one, is the country's.
_COMMON_SHARE = 0.1
BANDS = ("nobody else counted", "some say it", "the country says it")


def distinctiveness(
    slogans: pd.DataFrame, corpus: Corpus, by: str = "doc", reference: Reference | None = None
) -> pd.DataFrame:
    """Count for each core slogan of each group who else says it.

    That no report has a formula shows that it is rare among formulae of reports, not that the
    group made it.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in.
        by: A column of ``corpus.documents``.
        reference: Whose texts are counted; the reports that come with the project if None.

    Returns:
        One row per group and canonical form: group, canonical, mentions, quoted and documents (in
        how many reports it stands in quotation marks, and at all), of (how many reports there
        are), first_central (the year of the first national report that has it), band (one of
        ``BANDS``: none has it; a national report or a tenth of all have it; what is in between).

    Raises:
        KeyError: The corpus has no column ``by``.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> table = distinctiveness(find_slogans(corpus), corpus).set_index(["group", "canonical"])
    >>> table.loc[("ouhai", "十四五"), "band"], table.loc[("ouhai", "五地五区"), "band"]
    ('the country says it', 'nobody else counted')
    """
    reference = reference or read_reference()
    table = grouped(slogans, corpus, by)
    core = table[table["core"]]
    counted = core.groupby(["group", "canonical"], sort=False).size().reset_index(name="mentions")
    counts = [reference.counts(words_counted(canonical)) for canonical in counted["canonical"]]
    counted["quoted"] = [count.quoted for count in counts]
    counted["documents"] = [count.documents for count in counts]
    counted["of"] = reference.size
    first = [count.first_central for count in counts]
    counted["first_central"] = pd.array(first, dtype="Int64")
    common = counted["documents"] >= _COMMON_SHARE * reference.size
    country = common | counted["first_central"].notna()
    counted["band"] = [
        BANDS[2] if known else BANDS[1] if documents else BANDS[0]
        for known, documents in zip(country, counted["documents"], strict=True)
    ]
    return counted
