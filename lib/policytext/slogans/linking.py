"""Group the mentions of a corpus under canonical forms.

Reading a document knows that document alone. This second pass looks at all of them: a formula
quoted in one and used bare in another, one limb of it, its wording varied. It works on indexes of
wordings and limbs, so its time grows with the mentions, not with their pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from operator import add

from policytext import text as tx
from policytext.lexicon.abbreviations import is_distinct
from policytext.lexicon.lexicon import expressions
from policytext.slogans.document import (
    Mention,
    Reading,
    SloganDocument,
    drop_overlaps,
    mention_at,
)
from policytext.slogans.grouping import (
    MANNER,
    VARIED,
    Group,
    fitted,
    from_lexicon,
    groups_of,
    identities,
    limbs_of,
    pairs_of,
    varies,
    with_stated_codes,
    words_counted,
)
from policytext.slogans.parallel import Run, loose_pair, runs_in, stretches
from policytext.slogans.reference import Formula, applies, formula_index
from policytext.text.clean import unmarked, wording
from policytext.text.patterns import Words

_COMMON_PAIR = 40
_SHORT_WORD = 4
_WORDS_TYPES = {"saying", "policy_name", "spirit"}


class GroupIndex:
    """The groups, indexed by wording, by limb and by the pairs of characters of their limbs."""

    def __init__(self, groups: dict[str, Group], readings: Sequence[Reading]) -> None:
        self.lexicon = lexicon = readings[0][0].lexicon
        self.documents = Counter(scope for document, _ in readings for scope in document.own_scopes)
        self.manner = expressions(lexicon).words(MANNER)
        self.never = lexicon.words("slogan_words", "word", kind="not")
        # By scope first: what stands in thousands of other texts costs nothing here.
        self.by_limb: dict[tuple[str, str], list[Group]] = defaultdict(list)
        self.by_pair: dict[str, list[Group]] = defaultdict(list)
        self.on_page: dict[str, dict[str, list[Group]]] = defaultdict(lambda: defaultdict(list))
        self.above: dict[str, list[Group]] = defaultdict(list)
        self._known_larger: dict[tuple[object, ...], Group | None] = {}
        for group in groups.values():
            if group.core and len(group.limbs) > 1:
                self._index(group)
        for formula in set(formula_index(lexicon).by_wording.values()):
            self._index_formula(formula)
        self.by_scope = _by_scope(groups.values())
        self._shared: dict[str, Words] = {}

    def _index(self, group: Group) -> None:
        for scope in group.scopes:
            for limb in group.limbs:
                self.by_limb[scope, limb].append(group)
        for pair in pairs_of(group.limbs):
            self.by_pair[pair].append(group)
            for scope in group.scopes:
                if scope.startswith("page "):
                    self.on_page[scope][pair].append(group)

    def _index_formula(self, formula: Formula) -> None:
        """Upper-level formulae that a text may vary: long enough to be known in other words."""
        limbs = limbs_of(formula.formula)
        if formula.core and sum(map(len, limbs)) >= VARIED:
            group = Group(formula.formula, limbs, formula.types, True, formula=formula)
            for pair in pairs_of(limbs):
                self.above[pair].append(group)

    def shared(self, scope: str) -> Words:
        """The formulae of a page or place, where it has more than one document."""
        if scope not in self._shared:
            forms = self.by_scope[scope] if self.documents[scope] > 1 else ()
            self._shared[scope] = Words(w for w in forms if is_distinct(w, self.lexicon))
        return self._shared[scope]

    def placed(self, document: SloganDocument, mention: Mention, group: Group) -> Mention:
        """A mention of a group under its canonical form, or under the larger formula's."""
        if mention.echo == "expansion":
            return mention._replace(canonical=group.canonical)
        known = mention.level or not mention.core
        larger = None if known else self._larger(document, mention, group)
        if larger and larger.formula:
            return from_lexicon(mention, larger.formula)
        if larger:
            limbs = limbs_of(mention.text)
            echo = "member" if len(limbs) == 1 else "variant"
            return mention._replace(canonical=larger.canonical, echo=echo)
        same = wording(mention.canonical or mention.text) == words_counted(group.canonical)
        echo = mention.echo if mention.echo != "exact" else ("exact" if same else "variant")
        return mention._replace(canonical=group.canonical, echo=echo)

    def _larger(self, document: SloganDocument, mention: Mention, own: Group) -> Group | None:
        """The formula of which a mention is a limb, a part, another order or a variant."""
        limbs = limbs_of(mention.text)
        key = (limbs, id(own), document.visible_scopes, document.province, document.year)
        if key not in self._known_larger:
            self._known_larger[key] = self._larger_of(document, limbs, own)
        return self._known_larger[key]

    def _larger_of(
        self, document: SloganDocument, limbs: tuple[str, ...], own: Group
    ) -> Group | None:
        if set(limbs) < set(own.limbs):
            return None
        holding = (
            [self.by_limb.get((at, limb), ()) for at in document.visible_scopes] for limb in limbs
        )
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
        self, document: SloganDocument, limbs: Sequence[str], index: Mapping[str, Sequence[Group]]
    ) -> Group | None:
        """The formula that limbs repeat in other words, with most of their characters.

        Only formulae that share two pairs of neighbouring characters, and one for each limb, are
        looked at.
        """
        pairs = pairs_of(limbs)
        having = [index[pair][:_COMMON_PAIR] for pair in pairs & index.keys()]
        having += [self.above[pair] for pair in pairs & self.above.keys()]
        shared = Counter(chain.from_iterable(having))
        near = document.visible_scopes
        good = [
            group
            for group, number in shared.items()
            if number >= max(2, len(limbs))
            and (not group.scopes.isdisjoint(near) or _reaches(document, group))
            and varies(limbs, group, self.manner)
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


def _reaches(document: SloganDocument, group: Group) -> bool:
    """Whether an upper-level formula can stand behind the document."""
    formula = group.formula
    return bool(formula and applies(formula, document.province, document.year))


def link(readings: Sequence[Reading]) -> list[Reading]:
    """Give every mention its canonical form and echo, and add what only the corpus shows."""
    if not readings:
        return []
    readings = with_stated_codes(readings)
    keys = identities(readings)
    groups = groups_of(readings, keys)
    index = GroupIndex(groups, readings)
    linked = [
        (doc, [index.placed(doc, m, groups[key]) for m, key in zip(mentions, own, strict=True)])
        for (doc, mentions), own in zip(readings, keys, strict=True)
    ]
    return [
        (doc, drop_overlaps(_core_first([*mentions, *added(index, doc, mentions)]), _same_slogan))
        for doc, mentions in linked
    ]


def _core_first(mentions: list[Mention]) -> list[Mention]:
    """What another document shows to be a formula comes before what is doubtful by itself."""
    return sorted(mentions, key=lambda mention: not mention.core)


def _same_slogan(outer: Mention, inner: Mention) -> bool:
    return outer.core and outer.canonical == inner.canonical


def added(
    index: GroupIndex, document: SloganDocument, mentions: list[Mention]
) -> Iterator[Mention]:
    """What the text uses of formulae that other documents, or its own runs, show."""
    taken = {(m.start, m.end) for m in mentions if m.core}
    found = chain(
        _quoted_limbs(index, document, taken),
        _used_bare(index, document, taken),
        _runs(index, document, taken),
    )
    return (mention for mention in found if mention.end <= document.glossary_start)


def _quoted_limbs(
    index: GroupIndex, document: SloganDocument, taken: set[tx.Span]
) -> Iterator[Mention]:
    """In quotation marks, one limb of the page's formula or an upper-level one reworded."""
    page = document.scopes[0]
    for span in document.quotes:
        words = document.text[slice(*span)]
        limb = unmarked(words)
        if span in taken or limb in index.never:
            continue
        group = next(iter(index.by_limb.get((page, limb), ())), None)
        if group and len(limb) > 2:
            mention = _mention(document, span, group, "limb of a formula", True)
            yield mention._replace(echo="member")
            continue
        varied = index.varied(document, limbs_of(words), {}) if len(limb) >= VARIED else None
        if varied and varied.formula:
            mention = _mention(document, span, varied, "varies a known formula", True)
            yield from_lexicon(mention, varied.formula)


def _used_bare(
    index: GroupIndex, document: SloganDocument, taken: set[tx.Span]
) -> Iterator[Mention]:
    """Formulae of the same page, which count as quoted elsewhere, and of the same place."""
    page = document.scopes[0]
    for scope in document.scopes:
        for span in document.spans_of(index.shared(scope)):
            if span in taken or document.quoting(span) == "full" or document.cuts_quote(span):
                continue
            group = index.by_scope[scope][wording(document.text[slice(*span)])]
            core = scope == page or "numeral" in group.types
            mention = _mention(document, span, group, "used in another document", core)
            yield index.placed(document, mention, group)


def _runs(index: GroupIndex, document: SloganDocument, taken: set[tx.Span]) -> Iterator[Mention]:
    """Parallel runs that vary a formula, or hold a limb of one among limbs of their own."""
    page = index.on_page[document.scopes[0]]
    for run in _runs_like(document.text, page, index.above):
        if document.quoting((run.start, run.end)) != "none":
            continue
        limbs = [unmarked(document.text[a:b]) for a, b in run.limbs]
        known = (run.start, run.end) in taken
        group = None if known else index.varied(document, limbs, page)
        if group:
            span = fitted(document.text, run, group)
            rule, core = "run that varies a formula", document.scopes[0] in group.scopes
            mention = _mention(document, span, group, rule, core)
            if group.formula:
                yield from_lexicon(mention, group.formula)
            else:
                yield mention._replace(echo="variant")
        else:
            yield from _holding(index, document, run, limbs)


def _other_group(index: GroupIndex, page: str, limb: str, limbs: list[str]) -> Group | None:
    """A formula of the page with a limb of a run, other than the run itself."""
    if len(limb) < 3 or limb[-1] in index.manner:
        return None
    groups = index.by_limb.get((page, limb), ())
    return next((group for group in groups if group.limbs != tuple(limbs)), None)


def _holding(
    index: GroupIndex, document: SloganDocument, run: Run, limbs: list[str]
) -> Iterator[Mention]:
    """A run of its own around limbs of a formula, and those limbs together."""
    page = document.scopes[0]
    known = [_other_group(index, page, limb, limbs) for limb in limbs]
    at = [i for i, group in enumerate(known) if group]
    group = known[at[0]] if at else None
    if not group or len(limbs) < 3 or len(at) < 2 or at[-1] - at[0] != len(at) - 1:
        return
    inner = (run.limbs[at[0]][0], run.limbs[at[-1]][1])
    if len(at) >= len(limbs) - 1:
        inner = (run.start, run.end)
    else:
        own = Group("、".join(limbs), (), ("parallel",), True)
        rule = "run around limbs of a formula"
        yield _mention(document, (run.start, run.end), own, rule, True)
    rule = "limbs of a formula in a run"
    yield _mention(document, inner, group, rule, True)._replace(echo="variant")


def _mention(
    document: SloganDocument, span: tx.Span, group: Group, rule: str, core: bool
) -> Mention:
    core = core and group.core
    more = {"core": core, "basis": "corpus", "canonical": group.canonical}
    return mention_at(document, span, group.types, rule, **more)


def _runs_like(text: str, *indexes: Mapping[str, Sequence[Group]]) -> Iterator[Run]:
    """The runs of those stretches that have at least two pairs of characters of one formula."""
    pairs = frozenset(chain.from_iterable(indexes))
    for start, end in stretches(text):
        stretch = text[start:end]
        known = pairs.intersection(map(add, stretch, stretch[1:]))
        if len(known) > 1 and any(_shares_two(known, index) for index in indexes):
            yield from runs_in(text, start, end)
            pair = loose_pair(text, start, end)
            if pair:
                yield pair


def _shares_two(pairs: Set[str], index: Mapping[str, Sequence[Group]]) -> bool:
    """Whether at least two of the pairs of an index are of one formula."""
    seen: set[Group] = set()
    for pair in pairs:
        groups = index.get(pair, ())
        # What very many formulae share costs more to tell than to cut.
        if len(groups) > _COMMON_PAIR or not seen.isdisjoint(groups):
            return True
        seen.update(groups)
    return False
