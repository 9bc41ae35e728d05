"""The claims about slogans, targets and scores of notebooks 04 to 06, and their choices."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from policytext.choices import Answer, Claim
from policytext.corpus import Corpus
from policytext.lexicon import default_lexicon
from policytext.origin import level_shares
from policytext.overview import describe
from policytext.scoring import heldout
from policytext.scoring import slogans as formulae
from policytext.scoring.core import bootstrap
from policytext.sharing import shared_by_pairs
from policytext.slogans import find_slogans
from policytext.spanlookup import locate
from policytext.targets import find_targets


def slogan_claims(corpus: Corpus, by: str) -> Iterator[Claim]:
    """Which group speaks most in formulae, and which two share most of them."""
    lexicon = default_lexicon()
    found = find_slogans(corpus, lexicon)
    bare = find_slogans(corpus, formulae.without_formulae(lexicon))
    tables = {
        ("slogans", "core"): found[found["core"]],
        ("slogans", "core and extended"): found,
        ("slogans", "in quotation marks only"): found[found["core"] & (found["quoted"] == "full")],
        ("lexicon", "without formulae"): bare[bare["core"]],
    }
    densest = {choice: partial(_densest, table, corpus, by) for choice, table in tables.items()}
    yield "04", "the text with most slogans per 1,000 characters", densest
    if corpus.documents[by].nunique() > 2:
        everyone = {
            choice: partial(_sharers, table, corpus, by) for choice, table in tables.items()
        }
        grams = {
            ("wording", "strings of 4 characters"): partial(_sharers, found, corpus, by, "grams")
        }
        yield "04", "the two that share most slogans", everyone | grams


def level_claims(corpus: Corpus, by: str) -> Iterator[Claim]:
    """Which group takes most of its text from above, and which has most of its own."""
    found = find_slogans(corpus)
    shares = level_shares(found, corpus, by)
    alone = pd.concat(
        level_shares(find_slogans(one), one, by)
        for one in (corpus.select(docs) for docs in corpus.documents.groupby(by)["doc"].agg(list))
    )
    readings = {
        ("corpus", "all texts read together"): shares,
        ("corpus", "each group read alone"): alone,
    }
    above = {choice: partial(_largest, table, ["upper_core"]) for choice, table in readings.items()}
    extended = {("slogans", "core and extended"): partial(_largest, shares, ["upper_all"])}
    yield "04", "the group with the largest share of formulae from above", above | extended
    here = ["own_core", "only_here_core"]
    own = {
        ("level", "used here only, counted as own"): partial(_largest, shares, here),
        ("level", "stated as own"): partial(_largest, shares, ["own_core"]),
        ("corpus", "each group read alone"): partial(_largest, alone, here),
        ("slogans", "core and extended"): partial(_largest, shares, ["own_all", "only_here_all"]),
    }
    yield "04", "the group with the largest share of formulae of its own", own


def _largest(shares: pd.DataFrame, columns: list[str]) -> Answer:
    sums = shares.set_index("group")[columns].sum(axis=1).sort_values(ascending=False)
    if not sums.iloc[0] > 0:
        return Answer(None, "no group has any")
    return Answer(sums.index[0], ", ".join(f"{name} {x:.1%}" for name, x in sums.head(2).items()))


def _densest(table: pd.DataFrame, corpus: Corpus, by: str) -> Answer:
    sizes = describe(corpus).groupby(by, sort=False)["characters"].sum()
    groups = table["doc"].map(corpus.documents.set_index("doc")[by])
    rates = (1000 * groups.value_counts() / sizes).fillna(0).sort_values(ascending=False)
    told = ", ".join(f"{name} {rate:.1f}" for name, rate in rates.head(2).items())
    return Answer(rates.index[0], told)


def _sharers(table: pd.DataFrame, corpus: Corpus, by: str, column: str = "shared") -> Answer:
    pairs = shared_by_pairs(table, corpus, by=by)
    pairs = pairs.assign(shared=pairs["core"] + pairs["extended"])
    row = pairs.sort_values(column, ascending=False, kind="stable").iloc[0]
    return Answer((row["one"], row["two"]), f"{row['one']} and {row['two']} {row[column]}")


def target_claims(corpus: Corpus, by: str) -> Iterator[Claim]:
    """Who states most targets, and how firmly; none where the corpus has no target."""
    targets = find_targets(corpus)
    strict = targets["is_target"]
    numbered = targets["target_kind"].isin(("value", "date", "rank"))
    tables = {
        ("targets", "strict: a value or date"): targets[strict],
        ("targets", "broad: ranks too"): targets[numbered],
        ("targets", "with a cue of commitment"): targets[
            strict & (targets["commitment"] != "none")
        ],
    }
    if not numbered.all():
        tables["targets", "broad: without a number too"] = targets
    groups = corpus.documents.set_index("doc")[by]
    if targets["is_target"].any():
        yield (
            "05",
            f"the {by} that states most targets",
            {
                **{c: partial(_most, table["doc"].map(groups)) for c, table in tables.items()},
                ("rate", "per 1,000 characters"): partial(
                    _densest, tables["targets", "strict: a value or date"], corpus, by
                ),
            },
        )
        firm = {c: partial(_most, table["commitment"]) for c, table in tables.items()}
        yield "05", "the most frequent commitment", firm


def _most(cells: pd.Series) -> Answer:
    counts = cells.value_counts()
    if counts.empty:
        return Answer(None, "none")
    return Answer(counts.index[0], f"{counts.index[0]} {counts.iloc[0]} of {counts.sum()}")


def slogan_score_claim() -> Claim:
    """The development score of slogans against what two coders reach, measured the same way."""
    agreed = heldout.coders().query("what == 'core spans' and guide == 'first'")
    two = float(agreed.loc[agreed["extended"] == "neutral", "value"].iloc[0])
    corpus, found, coded = formulae.tables("page")
    joined = formulae.hits(found, coded)
    bare = formulae.hits(
        formulae.tables("page", formulae.without_formulae(default_lexicon()))[1], coded
    )

    def above(table: pd.DataFrame, clusters: pd.Series) -> Answer:
        scores = {name: formulae.score(rows) for name, rows in table.groupby(clusters)}
        low, high = bootstrap(scores)
        return Answer(low > two, f"{formulae.score(table).f1:.3f}, {low:.3f}–{high:.3f}")

    rows = locate(joined, corpus)
    paragraphs = pd.Series(corpus.sentences["paragraph"].to_numpy()[rows], joined.index)
    stretches = formulae.stretches
    return (
        "06",
        f"development F1 of core slogans above {two:.2f}, two coders' with extended ones neutral",
        {
            ("bootstrap", "stretches of 400 characters"): partial(above, joined, stretches(joined)),
            ("bootstrap", "sentences"): partial(above, joined, pd.Series(rows, joined.index)),
            ("bootstrap", "paragraphs"): partial(
                above, joined, joined["doc"] + paragraphs.astype(str)
            ),
            ("bootstrap", "documents"): partial(above, joined, joined["doc"]),
            ("lexicon", "without formulae"): partial(above, bare, stretches(bare)),
        },
    )
