"""Group the mentions of a corpus under canonical forms.

Reading a document knows that document alone. This second pass looks at all of them: a formula
quoted in one and used bare in another, one limb of it, its wording varied. It works on indexes of
wordings and limbs, so its time grows with the mentions, not with their pairs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from policytext.formulae import Formula, any_of, applies, formula_index, wording
from policytext.groups import (
    Group,
    Reading,
    identity,
    limbs_of,
)
from policytext.slogan_document import Document, Mention
from policytext.variation import VARIED, from_lexicon, pairs_of, varies

_VERB_AND_LIMB = 7
_COMMON_PAIR = 40
_SHORT_WORD = 4
_WORDS_TYPES = {"saying", "policy_name", "spirit"}


class Tail(NamedTuple):
    """The first formula of a page with a limb that ends so, and all such limbs of the page."""

    group: Group
    limbs: set[str]


class Book:
    """The groups, indexed by wording, by limb and by the pairs of characters of their limbs."""

    def __init__(self, groups: dict[str, Group], readings: Sequence[Reading]) -> None:
        lexicon = readings[0][0].lexicon
        self.documents = Counter(scope for document, _ in readings for scope in document.home)
        self.never = lexicon.words("slogan_words", "word", kind="not")
        self.verbs = lexicon.words("slogan_words", "word", kind="verb")
        self.groups = groups
        # By scope first: what stands in thousands of other texts costs nothing here.
        self.by_limb: dict[tuple[str, str], list[Group]] = defaultdict(list)
        self.by_pair: dict[str, list[Group]] = defaultdict(list)
        self.on_page: dict[str, dict[str, list[Group]]] = defaultdict(lambda: defaultdict(list))
        self.above: dict[str, list[Group]] = defaultdict(list)
        self.by_tail: dict[tuple[str, str], Tail] = {}
        self._known_larger: dict[tuple[object, ...], Group | None] = {}
        for group in groups.values():
            if group.core and len(group.limbs) > 1:
                self._index(group)
        for formula in set(formula_index(lexicon).by_wording.values()):
            self._index_formula(formula)
        self.by_scope = _by_scope(groups.values())
        self.patterns: dict[str, re.Pattern[str] | None] = {}
        self.tails = any_of(tail for _, tail in self.by_tail)

    def _index(self, group: Group) -> None:
        for scope in group.scopes:
            for limb in group.limbs:
                self.by_limb[scope, limb].append(group)
            if scope.startswith("page "):
                self._index_tails(group, scope)
        for pair in pairs_of(group.limbs):
            self.by_pair[pair].append(group)
            for scope in group.scopes:
                if scope.startswith("page "):
                    self.on_page[scope][pair].append(group)

    def _index_tails(self, group: Group, page: str) -> None:
        tails = {
            limb[2:]
            for limb in group.limbs
            if len(limb) >= _VERB_AND_LIMB and limb[:2] in self.verbs
        }
        for limb in group.limbs:
            if limb[2:] in tails:
                self.by_tail.setdefault((page, limb[2:]), Tail(group, set())).limbs.add(limb)

    def _index_formula(self, formula: Formula) -> None:
        """Upper-level formulae that a text may vary: long enough to be known in other words."""
        limbs = limbs_of(formula.formula)
        if formula.core and sum(map(len, limbs)) >= VARIED:
            group = Group(formula.formula, limbs, formula.types, True, formula=formula)
            for pair in pairs_of(limbs):
                self.above[pair].append(group)

    def linked(self, document: Document, mention: Mention) -> Mention:
        """The mention with its canonical form and echo."""
        return self.placed(document, mention, self.groups[identity(document, mention)])

    def placed(self, document: Document, mention: Mention, group: Group) -> Mention:
        """A mention of a group under its canonical form, or under the larger formula's."""
        if mention.echo == "expansion":
            return replace(mention, canonical=group.canonical)
        known = mention.level or not mention.core
        larger = None if known else self._larger(document, mention, group)
        if larger and larger.formula:
            return from_lexicon(mention, larger.formula)
        if larger:
            limbs = limbs_of(mention.text)
            echo = "member" if len(limbs) == 1 else "variant"
            return replace(mention, canonical=larger.canonical, echo=echo)
        same = wording(mention.text) == wording(group.canonical)
        echo = mention.echo if mention.echo != "exact" else ("exact" if same else "variant")
        return replace(mention, canonical=group.canonical, echo=echo)

    def _larger(self, document: Document, mention: Mention, own: Group) -> Group | None:
        """The formula of which a mention is a limb, a part, another order or a variant."""
        limbs = limbs_of(mention.text)
        key = (limbs, id(own), document.reach, document.province, document.year)
        if key not in self._known_larger:
            self._known_larger[key] = self._larger_of(document, limbs, own)
        return self._known_larger[key]

    def _larger_of(self, document: Document, limbs: tuple[str, ...], own: Group) -> Group | None:
        holding = ([self.by_limb.get((at, limb), ()) for at in document.reach] for limb in limbs)
        fewest = min(holding, key=lambda lists: sum(map(len, lists)))
        whole = [
            group
            for group in chain.from_iterable(fewest)
            if group is not own
            and set(limbs) <= set(group.limbs)
            and (len(group.limbs) > len(limbs) or self._before(group, own))
        ]
        if whole:
            return min(whole, key=lambda g: (len(g.limbs), g.canonical))
        if len(limbs) == 1 and len(limbs[0]) < VARIED:
            return None
        varied = self.varied(document, limbs, self.by_pair)
        return varied if varied and (varied.formula or self._before(varied, own)) else None

    @staticmethod
    def _before(one: Group, other: Group) -> bool:
        """Of two forms of one formula the longer, then the first in order, is canonical."""
        return (-len(one.limbs), one.canonical) < (-len(other.limbs), other.canonical)

    def varied(
        self, document: Document, limbs: Sequence[str], index: Mapping[str, Sequence[Group]]
    ) -> Group | None:
        """The formula that limbs repeat in other words, with most of their characters.

        Only formulae that share two pairs of neighbouring characters, and one for each limb, are
        looked at.
        """
        shared: Counter[int] = Counter()
        candidates: dict[int, Group] = {}
        for pair in pairs_of(limbs):
            for group in (*index.get(pair, ())[:_COMMON_PAIR], *self.above.get(pair, ())):
                shared[id(group)] += 1
                candidates[id(group)] = group
        near = document.reach
        good = [
            group
            for key, group in candidates.items()
            if shared[key] >= max(2, len(limbs))
            and (not group.scopes.isdisjoint(near) or _reaches(document, group))
            and varies(limbs, group)
        ]
        return min(good, key=lambda g: (-len(g.limbs), g.canonical), default=None)


def _by_scope(groups: Iterable[Group]) -> dict[str, dict[str, Group]]:
    """By page and place, the wordings of the formulae used there."""
    index: dict[str, dict[str, Group]] = defaultdict(dict)
    for group in groups:
        if group.core and _is_formula(group):
            for scope in group.scopes:
                index[scope].update(dict.fromkeys(group.wordings, group))
    return index


def _is_formula(group: Group) -> bool:
    """Whether a form says by itself that it is one; a short word in quotation marks does not."""
    return len(group.canonical) > _SHORT_WORD or bool(set(group.types) - _WORDS_TYPES)


def _reaches(document: Document, group: Group) -> bool:
    """Whether an upper-level formula can stand behind the document."""
    formula = group.formula
    return bool(formula and applies(formula, document.province, document.year))
