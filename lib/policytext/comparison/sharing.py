"""Who else says it: other groups, pair by pair, and the reports of a reference."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from policytext.comparison.adoption import grouped
from policytext.corpus.corpus import Corpus, counted_text
from policytext.slogans.grouping import words_counted
from policytext.slogans.reference import Reference, read_reference

_GRAM = 4
_MAX_LENGTH = 100_000  # strings of longer texts take too long to compare


def shared_by_pairs(
    slogans: pd.DataFrame, corpus: Corpus, by: str = "doc", max_groups: int = 12
) -> pd.DataFrame:
    """For every pair of groups the formulae and the strings that both have.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in.
        by: A column of ``corpus.documents``.
        max_groups: How many groups are paired, the first of the corpus.

    Returns:
        One row per pair: group_a, group_b, core and extended (formulae that both use), grams
        (4-grams of characters that both have), jaccard (of the sets of 4-grams), strings (maximal
        shared strings of 4 characters or more; all these without marks and blanks), longest (the
        longest of them), formulae (a tuple of the shared core ones). Of texts of more than
        100,000 characters together ``strings`` and ``longest`` are empty.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> pairs = shared_by_pairs(find_slogans(corpus), corpus).set_index(["group_a", "group_b"])
    >>> pairs.loc[("ouhai", "dongtou"), "longest"]
    '勇争先强执行开新局'
    """
    formulae = _formulae(slogans, corpus, by)
    texts = _texts(corpus, by)
    paired = combinations(list(texts)[:max_groups], 2)
    rows = [_pair(group_a, group_b, formulae, texts) for group_a, group_b in paired]
    columns = ["group_a", "group_b", "core", "extended", "grams", "jaccard", "strings", "longest"]
    return pd.DataFrame(rows, columns=[*columns, "formulae"])


def _formulae(slogans: pd.DataFrame, corpus: Corpus, by: str) -> dict[tuple[str, bool], set[str]]:
    table = grouped(slogans, corpus, by)
    used: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for (group, core), rows in table.groupby(["group", "core"]):
        used[(str(group), bool(core))] = set(rows["canonical"])
    return used


def _texts(corpus: Corpus, by: str) -> dict[str, list[str]]:
    """The texts of each group, in the order of the documents."""
    plain = counted_text(corpus)
    texts: dict[str, list[str]] = defaultdict(list)
    documents = corpus.documents.dropna(subset=[by])
    for doc, group in zip(documents["doc"], documents[by], strict=True):
        texts[str(group)].append(plain.get(doc, ""))
    return texts


def _pair(
    group_a: str,
    group_b: str,
    formulae: dict[tuple[str, bool], set[str]],
    texts: dict[str, list[str]],
) -> tuple[object, ...]:
    core = formulae[(group_a, True)] & formulae[(group_b, True)]
    extended = formulae[(group_a, False)] & formulae[(group_b, False)]
    first, second = (set(_grams(texts[group])) for group in (group_a, group_b))
    common, either = first & second, len(first | second)
    number, longest = None, None
    if sum(len(text) for text in texts[group_a] + texts[group_b]) <= _MAX_LENGTH:
        strings = _strings(texts[group_a], common, texts[group_b])
        number, longest = len(strings), min(strings, key=lambda s: (-len(s), s), default=None)
    counts = (len(core), len(extended), len(common), len(common) / either if either else 0.0)
    return (group_a, group_b, *counts, number, longest, tuple(sorted(core)))


def _grams(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for at in range(len(text) - _GRAM + 1):
            yield text[at : at + _GRAM]


def _strings(texts: list[str], common: set[str], others: list[str]) -> set[str]:
    """Maximal strings of the texts that stand in the other group too."""
    other = "\n".join(others)
    found: set[str] = set()
    for text in texts:
        at = 0
        while at <= len(text) - _GRAM:
            end = at + _GRAM
            if text[at:end] not in common:
                at += 1
                continue
            while end < len(text) and text[end - _GRAM + 1 : end + 1] in common:
                if text[at : end + 1] not in other:
                    break
                end += 1
            found.add(text[at:end])
            at = end - _GRAM + 1
    return _maximal(found)


def _maximal(strings: set[str]) -> set[str]:
    """Those that no other one holds; looked up in one long text, not pair by pair."""
    kept: list[str] = []
    held = ""
    for string in sorted(strings, key=len, reverse=True):
        if string not in held:
            kept.append(string)
            held += "\n" + string
    return set(kept)


# --- the reports of a reference -------------------------------------------------------------------

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
