"""Who uses, echoes and varies which formula: tables by any grouping column."""

from collections.abc import Hashable, Mapping

import pandas as pd

from policytext.corpus import Corpus

ECHOES = ("exact", "variant", "member", "expansion")


def adoption_matrix(
    slogans: pd.DataFrame, corpus: Corpus, by: str = "doc", core_only: bool = True
) -> pd.DataFrame:
    """Which group uses which formula, how, and where.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in.
        by: A column of ``corpus.documents``: doc, place, office, year …
        core_only: Leave extended mentions out.

    Returns:
        One row per formula and group that uses it: canonical, group, one count per echo (exact,
        variant, member, expansion), mentions, groups (how many groups use the formula), level,
        level_basis, passages (a tuple of (doc, start, end)). Formulae that most groups share
        come first.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> table = adoption_matrix(find_slogans(corpus), corpus)
    >>> sorted(table.loc[table["canonical"] == "五大新坐标", "group"])
    ['ouhai', 'policy-research', 'reform-office']
    """
    table = _grouped(slogans[slogans["core"]] if core_only else slogans, corpus, by)
    rows = [
        _adoption(canonical, group, mentions)
        for (canonical, group), mentions in table.groupby(["canonical", "group"], sort=False)
    ]
    columns = ["canonical", "group", *ECHOES, "mentions", "level", "level_basis", "passages"]
    matrix = pd.DataFrame(rows, columns=columns)
    matrix["groups"] = matrix.groupby("canonical")["group"].transform("nunique")
    order = ["groups", "mentions", "canonical", "group"]
    return matrix.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def _grouped(slogans: pd.DataFrame, corpus: Corpus, by: str) -> pd.DataFrame:
    """The slogans with the group of their document; those without a group are left out."""
    if by not in corpus.documents:
        known = ", ".join(corpus.documents.columns)
        raise KeyError(f"no column {by!r} in corpus.documents; it has {known}")
    documents = corpus.documents
    groups: Mapping[Hashable, Hashable] = dict(zip(documents["doc"], documents[by], strict=True))
    return slogans.assign(group=slogans["doc"].map(groups)).dropna(subset=["group"])


def _adoption(canonical: Hashable, group: Hashable, mentions: pd.DataFrame) -> dict[str, object]:
    echoes = mentions["echo"].value_counts()
    spans = mentions[["doc", "start", "end"]].itertuples(index=False, name=None)
    return {
        **{"canonical": canonical, "group": group, "mentions": len(mentions)},
        **{echo: int(echoes.get(echo, 0)) for echo in ECHOES},
        **{name: _first(mentions[name]) for name in ("level", "level_basis")},
        "passages": tuple(spans),
    }


def _first(cells: pd.Series) -> object:
    """The first cell that says something."""
    said = cells.dropna()
    return said.iloc[0] if len(said) else None
