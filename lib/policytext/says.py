"""Sentences that are computed from tables, so that they hold on any corpus."""

from collections.abc import Iterable

import pandas as pd
from IPython.display import Markdown

from policytext.samenull import bursty


def lines(sentences: Iterable[str]) -> Markdown:
    """The sentences as a list that a notebook renders; marks in them stay text.

    >>> print(lines(["3 < 4"]).data)
    - 3 &lt; 4
    """
    safe = (s.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ") for s in sentences)
    return Markdown("\n".join(f"- {sentence}" for sentence in safe))


def leaning(table: pd.DataFrame, most: int = 4) -> Markdown:
    """For each target of `keyness_by_group` its first words; what was left out, and why."""
    tops = table.groupby("target", sort=False).head(most).groupby("target", sort=False)
    left_out = table.attrs.get("left_out", {})
    return lines(
        [*(_leaning(rows) for _, rows in tops), *(f"**{g}**: {w}." for g, w in left_out.items())]
    )


def _leaning(rows: pd.DataFrame) -> str:
    counts = zip(rows["term"], rows["f1"], rows["f2"], strict=True)
    words = ", ".join(f"{term} ({a}:{b})" for term, a, b in counts)
    bursts = rows.loc[bursty(rows), "term"]
    note = f"; {'、'.join(bursts)} as unevenly inside one text" if len(bursts) else ""
    texts = int(rows["texts1"].iloc[0])
    return f"**{rows['target'].iloc[0]}** ({texts} text{'s' * (texts > 1)}): {words}{note}."


def difference(shift: pd.DataFrame) -> Markdown:
    """How far two groups differ in their words, beside how far halves of one text do."""
    if shift.empty:
        return lines(["There are not two groups with words to set side by side."])
    one, two, total, cross, null = shift.iloc[0][
        ["target", "reference", "total", "cross_total", "null_total"]
    ]
    more = "hardly more than" if cross < 1.1 * null else "more than"
    return lines(
        [
            f"**{one}** and **{two}** differ by {total:.2f} bits; half a text of one and half a "
            f"text of the other by {cross:.2f} on average, the two halves of one text by up to "
            f"{null:.2f}: {more} inside one text."
        ]
    )


def flipped(choices: pd.DataFrame) -> Markdown:
    """Which claims of `sensitivity` another choice turns, and which stand under all of them."""
    if choices.empty:
        return lines(["Other choices were not tried: the corpus has too many documents for it."])
    return lines(
        f"**{claim}**: {_default(rows)}; " + (_turned(rows) or f"so under all {len(rows)} choices.")
        for claim, rows in choices.groupby("claim", sort=False)
    )


def _default(rows: pd.DataFrame) -> str:
    return str(rows.loc[rows["default"], "result"].iloc[0])


def _turned(rows: pd.DataFrame) -> str:
    other = rows[rows["flips"]]
    turned = "; ".join(f"{r.choice} {r.value}: {r.result}" for r in other.itertuples())
    return f"⚠ otherwise with {turned}." if turned else ""


def sharing(matrix: pd.DataFrame, most: int = 6) -> Markdown:
    """What each pair of groups shares and what each has to itself, from `adoption_matrix`.

    What others have in the same words is neither.
    """
    users = matrix.groupby("canonical", sort=False)["group"].agg(frozenset)
    several = set(matrix.loc[matrix["same_words"] > 1, "canonical"])
    groups = list(dict.fromkeys(matrix["group"]))[:most]
    pairs = [
        f"**{a}** and **{b}** share {len(both)}: {_some(both)}."
        for i, a in enumerate(groups)
        for b in groups[i + 1 :]
        if len(both := [name for name, used in users.items() if {a, b} <= used])
    ]
    alone = [
        f"Attested in **{group}** alone: {len(own)}, such as {_some(own)}."
        for group in groups
        if (
            own := [name for name, used in users.items() if used == {group} and name not in several]
        )
    ]
    return lines(pairs + alone)


def _some(names: list[str], most: int = 4) -> str:
    return "; ".join(names[:most]) + (" …" if len(names) > most else "")
