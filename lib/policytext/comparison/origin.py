"""Separate formulae of higher levels from a place's own, and list those that a group lacks."""

from collections.abc import Iterator

import pandas as pd

from policytext.comparison.adoption import grouped
from policytext.corpus.corpus import Corpus, describe
from policytext.lexicon.lexicon import Lexicon, default_lexicon
from policytext.lexicon.schema import LEVELS
from policytext.showing import tabled
from policytext.slogans.document import documents
from policytext.slogans.grouping import words_alone
from policytext.slogans.reference import Formula, applies, formula_index
from policytext.text.clean import wording

_RANK = {level: rank for rank, level in enumerate(LEVELS)}
SIDES = ("upper", "own", "only_here")
_SOURCED = ("stated", "lexicon")


def origin(slogans: pd.DataFrame, corpus: Corpus) -> pd.Series:
    """Separate formulae from above, a place's own, and those that only its texts use.

    Returns:
        A column beside ``slogans``. *upper*: a text or the lexicon says that the formula's level
        is above the document's; or the same, where the document is an office's and another body
        states the formula. *own*: a text or the lexicon says that it is the document's level or a
        lower one. *only_here*: nobody says; no text of another place in this corpus uses it, and
        ``level_evidence`` has how many texts that rests on. None: nothing is known.
    """
    documents = corpus.documents.set_index("doc")
    # As numbers even where there is no row, of which pandas would make text.
    rank = slogans["level"].map(_RANK).astype(float)
    own_rank = slogans["doc"].map(documents["level"]).map(_RANK).astype(float)
    basis = slogans["level_basis"]
    from_office = slogans["doc"].map(documents["organ"].fillna("")).str.contains("office")
    given = (rank == own_rank) & from_office & (basis == "stated")
    sides = pd.Series(None, index=slogans.index, dtype=object)
    sides[basis.isin(_SOURCED) & (rank >= own_rank)] = "own"
    sides[basis.isin(_SOURCED) & ((rank < own_rank) | given)] = "upper"
    sides[basis == "only_here"] = "only_here"
    return sides


@tabled
def level_shares(slogans: pd.DataFrame, corpus: Corpus, by: str = "doc") -> pd.DataFrame:
    """Shares of the text in formulae from above, in own ones and in those used only here.

    A character in nested mentions counts for the innermost. The order of groups can depend on
    whether extended mentions count, so both are given; and on whether what only one place uses
    counts as its own, so `origin` keeps the two apart.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in.
        by: A column of ``corpus.documents``.

    Returns:
        One row per group: group, characters, then as shares of the characters upper_core,
        own_core, only_here_core of core mentions and upper_all, own_all, only_here_all of core
        and extended ones.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> table = level_shares(find_slogans(corpus), corpus).set_index("group")
    >>> table["own_core"].sum()  # no text states a formula as its district's own
    np.float64(0.0)
    """
    table = grouped(slogans.assign(side=origin(slogans, corpus)), corpus, by)
    sizes = describe(corpus).groupby(by, sort=False)["characters"].sum()
    rows = []
    for group, members in corpus.documents.groupby(by, sort=False)["doc"]:
        characters = int(sizes[group])
        row: dict[str, object] = {"group": group, "characters": characters}
        mine = table[table["doc"].isin(members)]
        known = _knowable(corpus.documents, members)
        for name, part in (("core", mine[mine["core"]]), ("all", mine)):
            counts = _characters(part, corpus)
            for side in SIDES:
                share = counts[side] / characters if characters and known[side] else float("nan")
                row[f"{side}_{name}"] = share
        rows.append(row)
    shares = pd.DataFrame(rows)
    shares.attrs = slogans.attrs | {"by": by}
    return shares


def _knowable(documents: pd.DataFrame, members: pd.Series) -> dict[str, bool]:
    """Of which sides the metadata of some documents let anything be known."""
    mine = documents[documents["doc"].isin(members)]
    levelled = bool(mine["level"].isin(LEVELS).all())
    placed = bool(mine["place"].notna().all()) and documents["place"].nunique() > 1
    return {"upper": levelled, "own": levelled, "only_here": placed}


def _characters(mentions: pd.DataFrame, corpus: Corpus) -> dict[str, int]:
    """Written characters by side, each counted for the innermost mention around it."""
    counts = dict.fromkeys(SIDES, 0)
    for doc, rows in mentions.groupby("doc"):
        source = corpus.source(str(doc))
        inner: dict[int, object] = {}
        spans = zip(rows["start"], rows["end"], rows["side"], strict=True)
        for start, end, side in sorted(spans, key=lambda span: span[0] - span[1]):
            inner.update(dict.fromkeys(range(start, end), side))  # the longest mention first
        for at, side in inner.items():
            if isinstance(side, str) and wording(source[at]):
                counts[side] += 1
    return counts


@tabled
def not_used(
    slogans: pd.DataFrame, corpus: Corpus, by: str = "doc", lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """Upper-level formulae issued before a text that its group does not use.

    "Not used here" is all it says; a formula can be absent for many reasons.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in.
        by: A column of ``corpus.documents``.
        lexicon: Where the formulae stand; the default lexicon if None.

    Returns:
        One row per group and formula: group, canonical, level, since (year in the lexicon), source
        ("used by …" for formulae that other groups have from above), others (how many other
        groups use it). What most others use comes first.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> table = not_used(find_slogans(corpus), corpus)
    >>> "五大新坐标" in set(table.loc[table["group"] == "dongtou", "canonical"])
    True
    """
    lexicon = lexicon or default_lexicon()
    core = slogans[slogans["core"]]
    table = grouped(core.assign(side=origin(core, corpus)), corpus, by)
    users = {str(name): set(rows["group"]) for name, rows in table.groupby("canonical")}
    known = _known(corpus, by, lexicon)
    from_above = table[table["side"] == "upper"].drop_duplicates("canonical")
    rows: list[tuple[object, ...]] = []
    for group, formulae in known.items():
        used = [name for name, groups in users.items() if group in groups]
        rows.extend(_unused(group, formulae, set(map(wording, used)), users))
        words = set(map(words_alone, used))
        unused = from_above[~from_above["canonical"].map(words_alone).isin(words)]
        rows.extend(_formulae_only_others_use(group, unused, formulae, users))
    columns = ["group", "canonical", "level", "since", "source", "others"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(
        ["group", "others", "canonical"], ascending=[True, False, True], ignore_index=True
    )


def _known(corpus: Corpus, by: str, lexicon: Lexicon) -> dict[object, dict[str, Formula]]:
    """By group, the core formulae of the lexicon that can have reached one of its texts."""
    groups = dict(zip(corpus.documents["doc"], corpus.documents[by], strict=True))
    known: dict[object, dict[str, Formula]] = {}
    for document in documents(corpus, lexicon):
        reached = known.setdefault(groups[document.doc], {})
        for formula in set(formula_index(lexicon).by_wording.values()):
            local = not formula.place or formula.place == document.province
            if formula.core and local and applies(formula, document.province, document.year):
                reached[wording(formula.formula)] = formula
    return known


def _unused(
    group: object, formulae: dict[str, Formula], seen: set[str], users: dict[str, set[object]]
) -> Iterator[tuple[object, ...]]:
    for key, formula in formulae.items():
        if key not in seen:
            others = len(users.get(formula.formula, set()) - {group})
            since = formula.year or None
            yield group, formula.formula, formula.level, since, formula.source, others


def _formulae_only_others_use(
    group: object,
    from_above: pd.DataFrame,
    formulae: dict[str, Formula],
    users: dict[str, set[object]],
) -> Iterator[tuple[object, ...]]:
    """Formulae that other groups have from above and that no lexicon knows."""
    for name, level in zip(from_above["canonical"], from_above["level"], strict=True):
        others = users[name] - {group}
        if wording(name) not in formulae:
            source = "used by " + ", ".join(sorted(map(str, others)))
            yield group, name, level, None, source, len(others)
