"""How wording varies: limbs that repeat a formula in other words, sayings with another half."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from policytext import text as tx
from policytext.formulae import Formula, wording
from policytext.groups import Group
from policytext.parallel import Run
from policytext.slogan_document import Mention

VARIED = 6  # characters that a formula needs to be known in other words
# 科学化、精细化: limbs of manner and measure are everybody's.
MANNER = "化性度力感型"
_EDGE = 3
_SHARED = 0.6


def pairs_of(limbs: Iterable[str]) -> set[str]:
    """The pairs of neighbouring characters of some limbs."""
    return {limb[i : i + 2] for limb in limbs for i in range(len(limb) - 1)}


def from_lexicon(mention: Mention, formula: Formula) -> Mention:
    """A mention as a variant of an upper-level formula."""
    types = tuple(dict.fromkeys((*mention.types, "borrowed_variant")))
    return replace(
        *(mention,),
        canonical=formula.formula,
        echo="variant",
        types=types,
        level=formula.level,
        level_basis="lexicon",
        level_evidence=formula.source,
    )


def varies(limbs: Sequence[str], group: Group) -> bool:
    """Whether each limb has its own counterpart and shares with it, in order, enough characters."""
    if len(limbs) > len(group.limbs) or any(len(x) < 3 or x[-1] in MANNER for x in limbs):
        return False
    if len(limbs) == 1:
        return len(group.limbs) == 1 and _echoes(limbs[0], group.limbs[0])
    free = list(group.limbs)
    total = longer = 0
    for limb in limbs:
        other = max(free, key=lambda text: _in_order(limb, text))
        shared = _in_order(limb, other)
        if shared < 2:
            return False
        free.remove(other)
        total += shared
        longer += max(len(limb), len(other))
    return total >= _SHARED * sum(map(len, limbs)) and 2 * total >= longer


def _echoes(one: str, two: str) -> bool:
    """碧海蓝天也是金山银山: a saying of the same length that ends or begins as the other does."""
    same_edge = one[-_EDGE:] == two[-_EDGE:] or one[:_EDGE] == two[:_EDGE]
    alike = len(one) == len(two) >= VARIED
    return alike and same_edge and 2 * _in_order(one, two) >= len(one)


def fitted(text: str, run: Run, group: Group) -> tx.Span:
    """Cut a run to begin and end where the formula's limbs that it varies do."""
    (start, first_end), (last_start, end) = run.limbs[0], run.limbs[-1]
    first = _closest(wording(text[start:first_end]), group.limbs)
    last = _closest(wording(text[last_start:end]), group.limbs)
    head = text.find(first[0], start, first_end)
    tail = text.rfind(last[-1], last_start, end)
    start, end = max(start, head), tail + 1 if tail >= 0 else end
    if start > run.start and text[start - 1] == "“":
        start -= 1
    if text[start:end].count("“") > text[start:end].count("”") and text[end : end + 1] == "”":
        end += 1
    return start, end


def _closest(limb: str, limbs: Sequence[str]) -> str:
    return max(limbs, key=lambda other: _in_order(limb, other))


@lru_cache(maxsize=1 << 16)
def _in_order(one: str, two: str) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(two) + 1)
    for a in one:
        last = 0
        for j, b in enumerate(two, start=1):
            last, row[j] = row[j], last + 1 if a == b else max(row[j], row[j - 1])
    return row[-1]
