"""Group the mentions of a corpus under canonical forms, and find what other documents name.

Reading a document knows that document alone. This second pass looks at all of them: a formula
quoted in one and used bare in another, one limb of it, its wording varied. It works on indexes of
wordings and limbs, so its time grows with the mentions, not with their pairs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from policytext import text as tx
from policytext.formulae import (
    COUNT_OF_THINGS,
    Formula,
    any_of,
    applies,
    formula_index,
    is_distinct,
    occurrences,
    unmarked,
    wording,
)
from policytext.parallel import Run, loose_pair, runs_in, stretches
from policytext.slogan_document import Document, Mention, Spans

_SPLIT = re.compile(r"[、，,;；\s]+")
_COUNT = re.compile(r"^([一二三四五六七八九十两双]+|\d+)[大个项张重种条]")
_HEAD = re.compile(r"(?:方法|工作法|举措|要求)$")
_CODE = re.compile(r"[\dNXMSV+\s]+")
_VERB_AND_LIMB = 7
_COMMON_PAIR = 40
_SHORT_WORD = 4
_WORDS_TYPES = {"saying", "policy_name", "spirit"}
_VARIED = 6
_EDGE = 3
_SHARED = 0.6
# 科学化、精细化: limbs of manner and measure are everybody's.
_MANNER = "化性度力感型"

Reading = tuple[Document, list[Mention]]


@dataclass
class Group:
    """One slogan: its wordings and where they were read."""

    canonical: str
    limbs: tuple[str, ...]
    types: tuple[str, ...]
    core: bool
    scopes: set[str] = field(default_factory=set)
    wordings: set[str] = field(default_factory=set)
    formula: Formula | None = None


def link(readings: Sequence[Reading]) -> list[Reading]:
    """Give every mention its canonical form and echo, and add what only the corpus shows."""
    groups = _groups(readings)
    if not readings:
        return []
    book = _Book(groups, readings)
    linked = [(doc, [book.linked(doc, m) for m in mentions]) for doc, mentions in readings]
    return [
        (doc, _merged(mentions, _in_use(doc, book.added(doc, mentions))))
        for doc, mentions in linked
    ]


def _in_use(document: Document, mentions: Iterable[Mention]) -> list[Mention]:
    """Leave out what stands in a glossary."""
    return [mention for mention in mentions if mention.end <= document.in_use]


def scopes(document: Document) -> set[str]:
    """What a document shares formulae with: its page, its place and the place above."""
    return {f"page {document.page}", *(f"place {place}" for place in document.places)}


def identity(document: Document, mention: Mention) -> str:
    """The wording by which mentions are the same slogan.

    Counting words between numeral and noun do not matter (十大新局面, 十个新局面). A code or a
    numeral that any place could use (1+N, 十大行动) is this place's own, unless the lexicon
    knows it.
    """
    words = wording(mention.canonical or mention.text)
    words = _HEAD.sub("", _COUNT.sub(r"\1", words)) if _COUNT.match(words) else _HEAD.sub("", words)
    own = _CODE.fullmatch(words) or COUNT_OF_THINGS.match(wording(mention.text))
    if own and not mention.level:
        return f"{words} {'/'.join(document.places[:1])}"
    return words


def limbs_of(text: str) -> tuple[str, ...]:
    """The wordings of the limbs of a parallel formula; one limb for anything else."""
    return tuple(limb for limb in (wording(part) for part in _SPLIT.split(text)) if limb)


def _groups(readings: Iterable[Reading]) -> dict[str, Group]:
    """The slogans of the corpus by identity; the commonest, then first, wording names it."""
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    groups: dict[str, Group] = {}
    for document, mentions in readings:
        for mention in mentions:
            key = identity(document, mention)
            texts[key][_display(mention)] += 1
            group = groups.setdefault(key, Group("", (), mention.types, False))
            group.core = group.core or mention.core
            group.wordings.add(wording(mention.text if mention.echo == "exact" else key))
            group.scopes |= scopes(document)
    for key, group in groups.items():
        group.canonical = max(texts[key], key=texts[key].__getitem__)  # the first of the commonest
        group.limbs = limbs_of(group.canonical)
        group.wordings |= {other for word in group.wordings for other in _recounted(word)}
    _tell_apart(groups)
    return groups


def _recounted(words: str) -> set[str]:
    """A numeral with the other common counting words: 十大新局面, 十个新局面."""
    numeral = _COUNT.match(words)
    rest = words[numeral.end() :] if numeral else ""
    return {f"{numeral[1]}{word}{rest}" for word in "大个"} if numeral and len(rest) > 2 else set()


def _tell_apart(groups: dict[str, Group]) -> None:
    """Name the place of codes and counts that several places have, each as its own."""
    names = Counter(group.canonical for group in groups.values())
    for key, group in groups.items():
        _, blank, place = key.partition(" ")
        if blank and names[group.canonical] > 1:
            group.canonical = f"{group.canonical}（{place}）"


def _display(mention: Mention) -> str:
    """The form for reading: blanks that stand for 、 written so, quotation marks left out."""
    text = re.sub("[“”‘’]", "", mention.canonical or mention.text)
    return re.sub(r"(?<=[\u4e00-\u9fff])[\s,，]+(?=[\u4e00-\u9fff])", "、", text)


class _Book:
    """The groups, indexed by wording, by limb and by the pairs of characters of their limbs."""

    def __init__(self, groups: dict[str, Group], readings: Sequence[Reading]) -> None:
        lexicon = readings[0][0].lexicon
        self.documents = Counter(scope for document, _ in readings for scope in scopes(document))
        self.never = lexicon.words("slogan_words", "word", kind="not")
        self.verbs = lexicon.words("slogan_words", "word", kind="verb")
        self.groups = groups
        self.by_limb: dict[str, list[Group]] = defaultdict(list)
        self.by_pair: dict[str, list[Group]] = defaultdict(list)
        self.on_page: dict[str, dict[str, list[Group]]] = defaultdict(lambda: defaultdict(list))
        self.above: dict[str, list[Group]] = defaultdict(list)
        self.by_tail: dict[str, list[Group]] = defaultdict(list)
        for group in groups.values():
            if group.core and len(group.limbs) > 1:
                self._index(group)
        for formula in set(formula_index(lexicon).by_wording.values()):
            self._index_formula(formula)
        self.by_scope = _by_scope(groups.values())
        self.patterns: dict[str, re.Pattern[str] | None] = {}
        self.tails = any_of(self.by_tail)

    def _index(self, group: Group) -> None:
        for limb in group.limbs:
            self.by_limb[limb].append(group)
            if len(limb) >= _VERB_AND_LIMB and limb[:2] in self.verbs:
                self.by_tail[limb[2:]].append(group)
        for pair in _pairs(group.limbs):
            self.by_pair[pair].append(group)
            for scope in group.scopes:
                if scope.startswith("page "):
                    self.on_page[scope][pair].append(group)

    def _index_formula(self, formula: Formula) -> None:
        """Upper-level formulae that a text may vary: long enough to be known in other words."""
        limbs = limbs_of(formula.formula)
        if formula.core and sum(map(len, limbs)) >= _VARIED:
            group = Group(formula.formula, limbs, formula.types, True, formula=formula)
            for pair in _pairs(limbs):
                self.above[pair].append(group)

    def linked(self, document: Document, mention: Mention) -> Mention:
        """The mention with its canonical form and echo."""
        return self._placed(document, mention, self.groups[identity(document, mention)])

    def _placed(self, document: Document, mention: Mention, group: Group) -> Mention:
        if mention.echo == "expansion":
            return replace(mention, canonical=group.canonical)
        known = mention.level or not mention.core
        larger = None if known else self._larger(document, mention, group)
        if larger and larger.formula:
            return _from_lexicon(mention, larger.formula)
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
        near = scopes(document)
        whole = [
            group
            for group in self.by_limb.get(limbs[0], [])
            if group is not own
            and group.scopes & near
            and set(limbs) <= set(group.limbs)
            and (len(group.limbs) > len(limbs) or self._before(group, own))
        ]
        if whole:
            return min(whole, key=lambda g: (len(g.limbs), g.canonical))
        if len(limbs) == 1 and len(limbs[0]) < _VARIED:
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

        Only formulae that share two pairs of neighbouring characters are looked at.
        """
        shared: Counter[int] = Counter()
        candidates: dict[int, Group] = {}
        for pair in _pairs(limbs):
            for group in (*index.get(pair, ())[:_COMMON_PAIR], *self.above.get(pair, ())):
                shared[id(group)] += 1
                candidates[id(group)] = group
        near = scopes(document)
        good = [
            group
            for key, group in candidates.items()
            if shared[key] > 1
            and (not group.scopes.isdisjoint(near) or _reaches(document, group))
            and _varies(limbs, group)
        ]
        return min(good, key=lambda g: (-len(g.limbs), g.canonical), default=None)

    def added(self, document: Document, mentions: list[Mention]) -> Iterator[Mention]:
        """What the document uses of formulae that other documents, or its own runs, show."""
        taken = {(m.start, m.end) for m in mentions}
        yield from self._quoted_limbs(document, taken)
        yield from self._used_bare(document, taken)
        yield from self._tails(document)
        yield from self._runs(document, taken)

    def _quoted_limbs(self, document: Document, taken: set[tx.Span]) -> Iterator[Mention]:
        """In quotation marks, one limb of the page's formula or an upper-level one reworded."""
        page = f"page {document.page}"
        for span in document.quotes:
            words = document.text[slice(*span)]
            limb = unmarked(words)
            if span in taken or limb in self.never:
                continue
            group = next((g for g in self.by_limb.get(limb, ()) if page in g.scopes), None)
            if group and len(limb) > 2:
                mention = self._mention(document, span, group, "limb of a formula", True)
                yield replace(mention, echo="member")
                continue
            varied = self.varied(document, limbs_of(words), {}) if len(limb) >= _VARIED else None
            if varied and varied.formula:
                mention = self._mention(document, span, varied, "varies a known formula", True)
                yield _from_lexicon(mention, varied.formula)

    def _used_bare(self, document: Document, taken: set[tx.Span]) -> Iterator[Mention]:
        """Formulae of the same page, which count as quoted elsewhere, and of the same place."""
        view = document.stripped
        page = f"page {document.page}"
        for scope in (page, *(f"place {place}" for place in document.places[:1])):
            for match in self._matches(scope, view.text):
                span = (view.at[match.start()], view.at[match.end() - 1] + 1)
                if span in taken or span in document.quotes or document.cuts_quote(span):
                    continue
                group = self.by_scope[scope][match[0]]
                core = scope == page or "numeral" in group.types
                mention = self._mention(document, span, group, "used in another document", core)
                yield self._placed(document, mention, group)

    def _matches(self, scope: str, text: str) -> Iterator[re.Match[str]]:
        """The formulae of a page or place in a text, where it has more than one document."""
        if scope not in self.patterns:
            shared = {w for w, g in self.by_scope[scope].items() if is_distinct(w)}
            self.patterns[scope] = any_of(shared) if self.documents[scope] > 1 else None
        pattern = self.patterns[scope]
        return occurrences(pattern, text) if pattern else iter(())

    def _tails(self, document: Document) -> Iterator[Mention]:
        """A limb with another verb: 谱写新时代创新史, 续写…新时代创新史."""
        view, near = document.stripped, scopes(document)
        for match in self.tails.finditer(view.text) if self.tails else ():
            groups = [g for g in self.by_tail[match[0]] if g.scopes & near]
            whole = view.text[max(0, match.start() - 2) : match.end()]
            if groups and not any(whole in group.limbs for group in groups):
                span = (view.at[match.start()], view.at[match.end() - 1] + 1)
                rule = "limb with another verb"
                yield replace(self._mention(document, span, groups[0], rule, True), echo="variant")

    def _runs(self, document: Document, taken: set[tx.Span]) -> Iterator[Mention]:
        """Parallel runs that vary a formula, or hold a limb of one among limbs of their own."""
        quotes, index = Spans(document.quotes), self.on_page[f"page {document.page}"]
        for run in _runs_like(document.text, index.keys() | self.above.keys()):
            if (run.start, run.end) in taken or quotes.around((run.start, run.end), True):
                continue
            limbs = [unmarked(document.text[a:b]) for a, b in run.limbs]
            group = self.varied(document, limbs, index)
            if group:
                span = _fitted(document.text, run, group)
                rule, core = "run that varies a formula", f"page {document.page}" in group.scopes
                mention = self._mention(document, span, group, rule, core)
                if group.formula:
                    yield _from_lexicon(mention, group.formula)
                else:
                    yield replace(mention, echo="variant")
            else:
                yield from self._holding(document, run, limbs)

    def _holding(self, document: Document, run: Run, limbs: list[str]) -> Iterator[Mention]:
        """A run of its own around limbs of a formula, and those limbs together."""
        page = f"page {document.page}"
        known = [
            next((g for g in self.by_limb.get(limb, []) if page in g.scopes), None)
            if len(limb) > 2 and limb[-1] not in _MANNER
            else None
            for limb in limbs
        ]
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
            yield self._mention(document, (run.start, run.end), own, rule, True)
        rule = "limbs of a formula in a run"
        yield replace(self._mention(document, inner, group, rule, True), echo="variant")

    @staticmethod
    def _mention(document: Document, span: tx.Span, group: Group, rule: str, core: bool) -> Mention:
        return Mention(
            *(*span, document.text[slice(*span)], core and group.core, group.types, rule),
            quoted=document.quoting(span),
            basis="corpus",
            canonical=group.canonical,
        )


def _runs_like(text: str, pairs: Set[str]) -> Iterator[Run]:
    """The runs of those stretches that have at least two known pairs of characters."""
    for start, end in stretches(text):
        if len({text[i : i + 2] for i in range(start, end - 1)} & pairs) > 1:
            yield from runs_in(text, start, end)
            pair = loose_pair(text, start, end)
            if pair:
                yield pair


def _by_scope(groups: Iterable[Group]) -> dict[str, dict[str, Group]]:
    """By page and place, the wordings of the formulae used there."""
    index: dict[str, dict[str, Group]] = defaultdict(dict)
    for group in groups:
        if group.core and _is_formula(group):
            for scope in group.scopes:
                index[scope].update(dict.fromkeys(group.wordings, group))
    return index


def _pairs(limbs: Iterable[str]) -> set[str]:
    """The pairs of neighbouring characters of some limbs."""
    return {limb[i : i + 2] for limb in limbs for i in range(len(limb) - 1)}


def _is_formula(group: Group) -> bool:
    """Whether a form says by itself that it is one; a short word in quotation marks does not."""
    return len(group.canonical) > _SHORT_WORD or bool(set(group.types) - _WORDS_TYPES)


def _reaches(document: Document, group: Group) -> bool:
    """Whether an upper-level formula can stand behind the document."""
    formula = group.formula
    return bool(formula and applies(formula, document.province, document.year))


def _from_lexicon(mention: Mention, formula: Formula) -> Mention:
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


def _varies(limbs: Sequence[str], group: Group) -> bool:
    """Whether each limb has its own counterpart and shares with it, in order, enough characters."""
    if len(limbs) > len(group.limbs) or any(len(x) < 3 or x[-1] in _MANNER for x in limbs):
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
    alike = len(one) == len(two) >= _VARIED
    return alike and same_edge and 2 * _in_order(one, two) >= len(one)


def _fitted(text: str, run: Run, group: Group) -> tx.Span:
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


def _in_order(one: str, two: str) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(two) + 1)
    for a in one:
        last = 0
        for j, b in enumerate(two, start=1):
            last, row[j] = row[j], last + 1 if a == b else max(row[j], row[j - 1])
    return row[-1]


def _merged(mentions: list[Mention], added: Iterable[Mention]) -> list[Mention]:
    """One mention per span, none that cuts another, none inside one of the same slogan."""
    kept: list[Mention] = []
    spans: set[tx.Span] = set()
    known = {id(m) for m in mentions}
    everything = sorted([*mentions, *added], key=lambda m: (m.start, -m.end, id(m) not in known))
    for mention in everything:
        around = [m for m in kept[-6:] if m.end > mention.start]
        cuts = any(m.end < mention.end for m in around)
        repeats = any(m.canonical == mention.canonical and m.core for m in around)
        if (mention.start, mention.end) not in spans and not cuts and not repeats:
            kept.append(mention)
            spans.add((mention.start, mention.end))
    return kept
