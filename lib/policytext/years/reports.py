"""Which reports of which place and year there are: what is not there is unobserved."""

from collections.abc import Iterator

import pandas as pd

from policytext.corpus.corpus import Corpus, check_corpus
from policytext.corpus.days import year as year_of
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import LEVELS
from policytext.years.places import cities_near, seat_of

_SHOWN = 8
REPORTS = ["doc", "place", "level", "year", "date"]


def reports_of(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """List the reports that can be laid on a line of years.

    Args:
        corpus: Documents with place and date.
        lexicon: The names of places; the default lexicon if None.

    Returns:
        A row per report, in the order of level, place and year: doc, place (its full name, so that
        广东 and 广东省 are one), level, year (a number), date (as much as is known). In
        ``attrs["notes"]`` a sentence on each place with several reports of a year, on places that
        have one year alone, and on documents without place or year, which are left out.

    >>> from policytext import read_corpus
    >>> table = reports_of(read_corpus("data/wenzhou-2021"))
    >>> len(table), table.attrs["notes"][0]
    (8, '温州市 2021: 2 reports (policy-research, reform-office), which count together')
    """
    check_corpus(corpus)
    lexicon = lexicon or default_lexicon()
    table = corpus.documents[["doc", "place", "level", "date"]].copy()
    table["year"] = [year_of(row) for row in corpus.documents.to_dict("records")]
    known = table["place"].notna() & table["year"].notna()
    left = table.loc[~known, "doc"].tolist()
    table = table[known].astype({"year": int})
    if len(table):
        table[["place", "level"]] = _seats(table, lexicon)
    table["rank"] = table["level"].map({level: rank for rank, level in enumerate(LEVELS)})
    table = table.sort_values(["rank", "place", "year", "doc"], ignore_index=True)[REPORTS]
    table.attrs["notes"] = list(_notes(table, left))
    return table


def _seats(table: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Place and level of each row; of two places of one name each behind the one above it."""
    near = cities_near(table["place"].unique().tolist(), lexicon)
    pairs = zip(table["place"], table["level"], strict=True)
    seats = pd.DataFrame([seat_of(*pair, lexicon, near) for pair in pairs], table.index)
    several = seats.groupby("name")["parent"].transform("nunique") > 1
    names = seats["name"].mask(several, seats["parent"] + seats["name"])
    return pd.DataFrame({"place": names, "level": seats["level"]})


def _notes(table: pd.DataFrame, left: list[str]) -> Iterator[str]:
    for (place, year), docs in table.groupby(["place", "year"], sort=False)["doc"]:
        if len(docs) > 1:
            names = ", ".join(docs)
            yield f"{place} {year}: {len(docs)} reports ({names}), which count together"
    if table.groupby("place")["year"].nunique().max() == 1:
        yield "no place has reports of two years: there is nothing to follow from year to year"
    if left:
        shown = ", ".join(left[:_SHOWN]) + (" …" if len(left) > _SHOWN else "")
        noun = (
            "document without place or year is"
            if len(left) == 1
            else ("documents without place or year are")
        )
        yield f"{len(left)} {noun} left out: {shown}"
