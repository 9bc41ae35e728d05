"""Compare the use of formulae between groups of documents, over time, and with other reports."""

from collections import defaultdict
from itertools import combinations

import pandas as pd

from policytext.corpus.corpus import NOT_COUNTED, Corpus, counted_text, describe
from policytext.corpus.issues import SelectionError
from policytext.corpus.locate import locate
from policytext.corpus.selection import document_column
from policytext.kwic import concordance
from policytext.lexicon.lexicon import default_lexicon
from policytext.showing import corpus_of, tabled
from policytext.slogans.document import documents
from policytext.slogans.find import find_slogans
from policytext.slogans.grouping import words_alone, words_counted
from policytext.slogans.parallel import find_parallel_runs
from policytext.slogans.reference import Reference, read_reference

ECHOES = ("exact", "variant", "member", "expansion")


@tabled
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
        variant, member, expansion), mentions, score (the mean of those that have one), groups (how
        many groups use the formula),
        same_words (how many use its words: 十大行动（甲） and 十大行动（乙） are kept apart because
        each place could have its own list, so that neither is attested in one group alone),
        level, level_basis, passages (a tuple of (doc, start, end)). Formulae that most groups
        share come first.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> table = adoption_matrix(find_slogans(corpus), corpus)
    >>> sorted(table.loc[table["canonical"] == "五大新坐标", "group"])
    ['ouhai', 'policy-research', 'reform-office']
    """
    table = grouped(slogans[slogans["core"]] if core_only else slogans, corpus, by)
    spans = table[["doc", "start", "end"]].itertuples(index=False, name=None)
    table["passage"] = pd.Series(list(spans), index=table.index, dtype=object)
    for echo in ECHOES:
        table[echo] = (table["echo"] == echo).astype(int)
    matrix = table.groupby(["canonical", "group"], sort=False, as_index=False).agg(
        **{echo: (echo, "sum") for echo in ECHOES},
        mentions=("doc", "size"),
        score=("score", "mean"),
        level=("level", "first"),  # the first that is known
        level_basis=("level_basis", "first"),
        passages=("passage", tuple),
    )
    matrix.attrs = slogans.attrs | {"by": by, "core_only": core_only}
    matrix["groups"] = matrix.groupby("canonical")["group"].transform("nunique")
    words = matrix["canonical"].map(words_alone)
    matrix["same_words"] = matrix.groupby(words)["group"].transform("nunique")
    return matrix.sort_values(
        ["groups", "mentions", "canonical", "group"],
        ascending=[False, False, True, True],
        ignore_index=True,
    )


def grouped(slogans: pd.DataFrame, corpus: Corpus, by: str) -> pd.DataFrame:
    """The slogans with the ``group`` of their document; those without a group are left out.

    Raises:
        SelectionError: The documents have no such column.
    """
    column = document_column(corpus.documents, by).set_axis(corpus.documents["doc"])
    groups = slogans["doc"].map(column)
    return slogans.assign(group=groups).dropna(subset=["group"])


@tabled
def profile(slogans: pd.DataFrame, corpus: Corpus, by: str = "doc") -> pd.DataFrame:
    """How much each group speaks in formulae, and what the figure rests on.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in.
        by: A column of ``corpus.documents``.

    Returns:
        One row per group: group, characters, mentions (core), per_1000 (characters), distinct,
        quoted (share of the core mentions found as whole quotations: quoting habits differ
        between groups, and half of the rules rest on them), in_title, in_heading (core mentions
        there), runs (parallel runs), runs_per_1000, runs_share (of the characters).

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> table = profile(find_slogans(corpus), corpus).set_index("group")
    >>> int(table.loc["ouhai", "characters"])
    1635
    """
    core = grouped(place_in_text(slogans[slogans["core"]], corpus), corpus, by)
    runs = grouped(find_parallel_runs(corpus), corpus, by)
    inside = runs["text"].str.replace(NOT_COUNTED, "", regex=True).str.len()
    characters = describe(corpus).groupby(by, sort=False)["characters"].sum()
    mine, theirs = core.groupby("group"), runs.groupby("group")
    counts = {
        "characters": characters,
        "mentions": mine.size(),
        "distinct": mine["canonical"].nunique(),
        "in_title": core["part"].eq("title").groupby(core["group"]).sum(),
        "in_heading": core["part"].eq("heading").groupby(core["group"]).sum(),
        "runs": theirs.size(),
        "inside": inside.groupby(runs["group"]).sum(),
    }
    table = pd.DataFrame(counts, index=characters.index).fillna(0).astype(int)
    size = table["characters"].where(table["characters"] > 0)
    table = table.assign(
        group=table.index.map(str),
        per_1000=1000 * table["mentions"] / size,
        quoted=core["quoted"].eq("full").groupby(core["group"]).mean(),
        runs_per_1000=1000 * table["runs"] / size,
        runs_share=table["inside"] / size,
    )
    return table.reset_index(drop=True)[PROFILE_COLUMNS]


PROFILE_COLUMNS = (
    "group characters mentions per_1000 distinct quoted in_title in_heading "
    "runs runs_per_1000 runs_share"
).split()


@tabled
def place_in_text(slogans: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Add where in its text a mention stands.

    Returns:
        The table with ``part`` (title, heading, lead, body of the sentence around it) and
        ``position``, the share of the document that lies before it, from 0 to 1.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> placed = place_in_text(find_slogans(corpus), corpus)
    >>> bool(placed["position"].between(0, 1).all())
    True
    """
    spans = corpus.documents.set_index("doc")[["start", "end"]]
    bounds = [slogans["doc"].map(spans[edge]).astype("int64") for edge in ("start", "end")]
    share = (slogans["start"] - bounds[0]) / (bounds[1] - bounds[0])
    part = corpus.sentences["part"].take(locate(slogans, corpus)).set_axis(slogans.index)
    return slogans.assign(part=part, position=share)


@tabled
def first_attested(
    slogans: pd.DataFrame | Corpus,
    corpus: Corpus | None = None,
    formula: str | None = None,
    by: str = "place",
) -> pd.DataFrame:
    """When each formula is first attested in this corpus, and who follows when.

    "First attested here" is not "coined": the corpus may not hold the text that coined it.

    Args:
        slogans: The table of `find_slogans`, or the corpus.
        corpus: The corpus it was found in, where it does not know it.
        formula: Words that are looked for as they stand, slogan or not: who says 重要窗口 first.
        by: A column of ``corpus.documents``.

    Returns:
        One row per core formula and group that uses it: canonical, group, first and last (the
        dates of its first and last text there), documents, mentions, order (1 for the group whose
        text is the first; groups of one date share a number). Of a ``formula`` the groups whose
        texts have no date come last, without an order; of all slogans such texts are left out,
        and the table is empty where all dates are one.

    Raises:
        SelectionError: There is no column ``by``, or no text has the formula.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> len(first_attested(find_slogans(corpus), corpus))  # one page of one day
    0
    """
    if (corpus := corpus_of(corpus, slogans)) is None:
        raise SelectionError("this table does not know its texts; give (slogans, corpus, …)")
    columns = ["canonical", "group", "first", "last", "documents", "mentions", "order"]
    if formula is not None:
        dated = _said(formula, corpus, by)
    else:
        table = find_slogans(slogans) if isinstance(slogans, Corpus) else slogans
        dated = _dated(table[table["core"]], corpus, by).dropna(subset=["date"])
    if formula is None and dated["date"].nunique() < 2:
        return pd.DataFrame(columns=columns)
    table = dated.groupby(["canonical", "group"], as_index=False).agg(
        first=("date", "min"),
        last=("date", "max"),
        documents=("doc", "nunique"),
        mentions=("doc", "size"),
    )
    table["order"] = table.groupby("canonical")["first"].rank("dense").astype("Int64")
    return table.sort_values(["canonical", "order", "group"], ignore_index=True)[columns]


@tabled
def adoption_over_time(slogans: pd.DataFrame, corpus: Corpus, by: str = "place") -> pd.DataFrame:
    """How many texts of each date use a formula, of how many there are.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in; documents without a date are left out.
        by: A column of ``corpus.documents``; its values that use the formula are counted.

    Returns:
        One row per core formula and date of the corpus: canonical, date, mentions, users (texts
        that use it), texts (texts of that date), share (users of texts), groups (groups that use
        it). Dates without a use have a row with zeros. Empty where all dates are one.

    >>> from policytext import find_slogans, read_corpus
    >>> corpus = read_corpus("data/wenzhou-2021")
    >>> list(adoption_over_time(find_slogans(corpus), corpus).columns)[:3]
    ['canonical', 'date', 'mentions']
    """
    columns = ["canonical", "date", "mentions", "users", "texts", "share", "groups"]
    dated = _dated(slogans[slogans["core"]], corpus, by).dropna(subset=["date"])
    texts = corpus.documents.dropna(subset=["date"]).groupby("date")["doc"].nunique()
    if len(texts) < 2:
        return pd.DataFrame(columns=columns)
    table = dated.groupby(["canonical", "date"]).agg(
        mentions=("doc", "size"), users=("doc", "nunique"), groups=("group", "nunique")
    )
    every = pd.MultiIndex.from_product(
        [sorted(dated["canonical"].unique()), texts.index], names=["canonical", "date"]
    )
    table = table.reindex(every, fill_value=0).reset_index()
    table["texts"] = table["date"].map(texts)
    table["share"] = table["users"] / table["texts"]
    return table[columns]


def _said(formula: str, corpus: Corpus, by: str) -> pd.DataFrame:
    """Where words stand, with their group and date, whether a finder calls them a slogan or not."""
    found = concordance(corpus, formula).table.assign(canonical=formula)
    dated = _dated(found, corpus, by)
    if dated.empty:
        raise SelectionError(
            f"no text with a {by} has {formula!r}; see concordance(corpus, {formula!r})"
        )
    return dated


def _dated(slogans: pd.DataFrame, corpus: Corpus, by: str) -> pd.DataFrame:
    """Mentions with their group and date."""
    table = grouped(slogans, corpus, by)
    dates = corpus.documents.set_index("doc")["date"]
    return table.assign(date=table["doc"].map(dates))


# --- who else says it -----------------------------------------------------------------------------

_GRAM = 4
_MAX_LENGTH = 100_000  # strings of longer texts take too long to compare


@tabled
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
    first, second = (
        {text[at : at + _GRAM] for text in texts[group] for at in range(len(text) - _GRAM + 1)}
        for group in (group_a, group_b)
    )
    common, either = first & second, len(first | second)
    number, longest = None, None
    if sum(len(text) for text in texts[group_a] + texts[group_b]) <= _MAX_LENGTH:
        strings = _strings(texts[group_a], common, texts[group_b])
        number, longest = len(strings), min(strings, key=lambda s: (-len(s), s), default=None)
    counts = (len(core), len(extended), len(common), len(common) / either if either else 0.0)
    return (group_a, group_b, *counts, number, longest, tuple(sorted(core)))


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


@tabled
def distinctiveness(
    slogans: pd.DataFrame, corpus: Corpus, by: str = "doc", reference: Reference | None = None
) -> pd.DataFrame:
    """Count for each core slogan of each group who else says it.

    That no report quotes a formula shows that it is rare among formulae of reports, not that the
    group made it, nor that its words stand nowhere. Texts of the group that are among the reports
    are no other ones.

    Args:
        slogans: The table of `find_slogans`.
        corpus: The corpus it was found in.
        by: A column of ``corpus.documents``.
        reference: Whose texts are counted; the reports that come with the project if None.

    Returns:
        One row per group and canonical form: group, canonical, mentions, quoted and documents (in
        how many other reports it stands in quotation marks, and at all; the latter missing where
        it was not looked for: only what some report quotes, or what is known as a formula, was),
        of (how many other reports there are), first_central (the year of the first national report
        that has it), band (one of ``BANDS``: none of those counted has it; a national report or a
        tenth of all have it; what is in between).

    Raises:
        SelectionError: The corpus has no column ``by``.

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
    others = _others(reference, corpus, by)
    pairs = zip(counted["group"], counted["canonical"], strict=True)
    counts = [others[group].counts(words_counted(canonical)) for group, canonical in pairs]
    counted["quoted"] = [count.quoted for count in counts]
    counted["documents"] = pd.array([count.documents for count in counts], dtype="Int64")
    counted["of"] = [others[group].size for group in counted["group"]]
    first = [count.first_central for count in counts]
    counted["first_central"] = pd.array(first, dtype="Int64")
    documents = counted["documents"].fillna(0)
    country = (documents >= _COMMON_SHARE * counted["of"]) | counted["first_central"].notna()
    counted["band"] = [
        BANDS[2] if known else BANDS[1] if some else BANDS[0]
        for known, some in zip(country, documents, strict=True)
    ]
    return counted


def _others(reference: Reference, corpus: Corpus, by: str) -> dict[object, Reference]:
    """For each group the reports that are none of its texts."""
    texts = {document.doc: document for document in documents(corpus, default_lexicon())}
    groups = corpus.documents.groupby(by)["doc"]
    return {group: reference.without(map(texts.__getitem__, docs)) for group, docs in groups}
