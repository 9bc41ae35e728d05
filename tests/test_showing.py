"""Tables as a reader sees them: what matters first, heads in words, nothing acted on as markup."""

import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import policytext as pt
from policytext import comparison, terms, years
from policytext.charts import page
from policytext.corpus import describe
from policytext.corpus.issues import SelectionError
from policytext.evaluation import scores, summary
from policytext.paths import HOME
from policytext.showing import Table, words
from policytext.tables import in_both, padded


@pytest.fixture(scope="module")
def found(corpus: pt.Corpus) -> dict[str, Any]:
    """A few texts and what the finders make of them."""
    part = corpus.select(["ouhai", "dongtou", "poetry-prize", "cangnan-water"])
    tokens = pt.segment(part)
    words = terms.select_terms(tokens, part)
    slogans = pt.find_slogans(part)
    return {"corpus": part, "tokens": tokens, "words": words, "slogans": slogans}


Made = dict[str, Any]
REFERENCE = HOME / "data" / "reference"


def targets_of_reports() -> pd.DataFrame:
    """What a province set, out of the reference tables."""
    facts = years.read_facts(REFERENCE / "target-facts.csv")
    return facts[facts["place"].eq("广东省")]


def ledger() -> pd.DataFrame:
    """What became of it."""
    return years.ledger_of(
        targets_of_reports(), years.read_outcomes(REFERENCE / "outcome-facts.csv")
    )


# A table of each kind, and the heads that it has at first.
TABLES: dict[str, tuple[Callable[[Made], pd.DataFrame], str]] = {
    "targets": (
        lambda made: pt.find_targets(made["corpus"]),
        "doc actor action indicator amount horizon_end commitment_text strength",
    ),
    "quantities": (
        lambda made: pt.find_quantities(made["corpus"]),
        "doc text amount counted status evidence",
    ),
    "slogans": (
        lambda made: made["slogans"],
        "doc text canonical core echo level level_basis score",
    ),
    "adoption": (
        lambda made: comparison.adoption_matrix(made["slogans"], made["corpus"]),
        "canonical group groups mentions exact variant member expansion level",
    ),
    "profile": (
        lambda made: comparison.profile(made["slogans"], made["corpus"]),
        "group characters mentions per_1000 distinct quoted runs_per_1000 runs_share",
    ),
    "distinctiveness": (
        lambda made: comparison.distinctiveness(made["slogans"], made["corpus"]),
        "group canonical mentions documents of first_central band",
    ),
    "numerals": (
        lambda made: comparison.check_numerals(made["slogans"], made["corpus"]),
        "doc text declared listed items list_at verdict",
    ),
    "keyness": (
        lambda made: terms.keyness(made["words"], made["corpus"], "瓯海", by="label"),
        "target term f1 f2 log_ratio lrc score null_score",
    ),
    "text_test": (
        lambda made: terms.text_test(made["words"], made["corpus"], "essay", by="kind"),
        "term documents1 documents2 mean1 mean2 difference p_permutation p_adjusted",
    ),
    "word_shift": (
        lambda made: terms.word_shift(made["words"], made["corpus"]),
        "term f1 f2 share1 share2 percent higher_in",
    ),
    "counts": (
        lambda made: terms.count_terms(made["words"], made["corpus"], n_resamples=9),
        "group term count rate low high documents rank",
    ),
    "first_attested": (
        lambda made: comparison.first_attested(made["slogans"], dated(made["corpus"])),
        "canonical group first last order documents mentions",
    ),
    "adoption_over_time": (
        lambda made: comparison.adoption_over_time(made["slogans"], dated(made["corpus"])),
        "canonical date users texts share mentions groups",
    ),
    "lifelines": (
        lambda made: years.lifelines(*said(made["corpus"])),
        "form place first last began ended reports absent missing copied",
    ),
    "first_users": (
        lambda made: years.first_users(
            years.lifelines(*said(made["corpus"])), said(made["corpus"])[1]
        ),
        "form level place first order lag",
    ),
    "attestations": (
        lambda made: years.attestations(dated(made["corpus"]), ["共同富裕"]),
        "doc form year text quoted copied inside",
    ),
    "survival": (
        lambda made: years.survival(
            years.lifelines(*said(made["corpus"])), said(made["corpus"])[1], few=1
        ),
        "level years at_risk gone censored share low high",
    ),
    "repetition": (
        lambda made: years.repetition(dated(made["corpus"])),
        "place year lag width characters repeated share unobserved",
    ),
    "repeated_passages": (
        lambda made: years.repeated_passages(dated(made["corpus"])),
        "place year lag characters text",
    ),
    "renewal": (
        lambda made: years.renewal(of_one_place(made["corpus"])),
        "doc kind what change before after said_before said_after ratio low high",
    ),
    "collocations": (
        lambda made: terms.collocations(made["words"], made["corpus"]),
        "first second count count1 count2 documents log_dice npmi",
    ),
    "dispersion": (
        lambda made: terms.dispersion(made["words"], made["corpus"]),
        "term count range parts unit dp_norm juilland_d",
    ),
    "diversity": (
        lambda made: terms.diversity(made["words"], made["corpus"]),
        "group documents tokens types mattr yule_k",
    ),
    "cross_validated": (
        lambda made: summary.cross_validated(),
        "part hard hits found coded precision recall f1 brier",
    ),
    "target_facts": (
        lambda made: years.target_facts(made["corpus"]),
        "place year indicator_name wording role flag",
    ),
    "ladder": (
        lambda made: years.amplification(nation(), against="全国"),
        "place year indicator_name wording superior superior_wording verdict gap_low gap_high "
        "reason",
    ),
    "ladder_counts": (
        lambda made: years.amplification_by(years.amplification(nation())),
        "parent year targets numeric verbal same softer below undecidable compared share low high",
    ),
    "ledger": (
        lambda made: ledger(),
        "place indicator_name year promised delivered verdict how gap_low said admitted",
    ),
    "verdicts_by": (
        lambda made: years.verdicts_by(ledger(), "level"),
        "level promises exceeded met under within_tolerance missed not_reported not_comparable "
        "not_joinable share_not_reported low high",
    ),
    "vanished": (
        lambda made: years.vanished(ledger(), targets_of_reports()),
        "verdict promises vanished share low high",
    ),
    "words": (lambda made: made["words"], "doc start text term tag counted"),
    "tokens": (lambda made: made["tokens"], "doc start text tag"),
    "concordance": (
        lambda made: pt.concordance(made["corpus"], "改革").table,
        "doc author place left text right",
    ),
    "sentences": (lambda made: made["corpus"].sentences, "doc part heading text"),
    "documents": (
        lambda made: describe(made["corpus"]),
        "label title author place level kind date characters sentences",
    ),
}


# Parts of a corpus and of what shows itself, and scores.
PLAIN = ("sentences", "documents", "concordance", "cross_validated")


def nation() -> pd.DataFrame:
    """Facts of the nation and of provinces in one year."""
    facts = years.read_facts("data/reference/superior-targets.csv")
    return facts[facts["year"] == 2025]


def dated(corpus: pt.Corpus) -> pt.Corpus:
    """The texts as if of two years."""
    dates = [f"202{at % 2}" for at in range(len(corpus.documents))]
    return replace(corpus, documents=corpus.documents.assign(date=dates, year=dates))


def of_one_place(corpus: pt.Corpus) -> pt.Corpus:
    """The texts as if of one place in two years."""
    return replace(corpus, documents=dated(corpus).documents.assign(place="温州市"))


def said(corpus: pt.Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    """In which years a place says a formula, and of which there are texts."""
    texts = of_one_place(corpus)
    return years.by_year(years.attestations(texts)), years.reports_of(texts)


@pytest.mark.parametrize("kind", TABLES)
def test_each_kind_of_table_has_its_face(found: Made, kind: str) -> None:
    make, names = TABLES[kind]
    table = make(found)
    assert isinstance(table, Table) or kind in PLAIN
    shown = pt.show(pd.DataFrame(table), max_rows=2)  # which knows no corpus
    assert [*shown.table] == names.split()
    heads = re.findall(r'<th title="(\w+)"[^>]*>([^<]+)(?:<br>([^<]+))?</th>', shown._repr_html_())
    assert [name for name, *_ in heads] == names.split()
    first = repr(shown).splitlines()[0]
    for name, zh, _ in heads:
        assert zh != name and f"{zh} {name}" in first
    assert len(pt.show(table, columns="all").table.columns) >= table.shape[1]


def test_every_kind_of_faces_toml_is_tried_and_every_column_has_a_head() -> None:
    faces, heads = words()["faces"], words()["heads"]
    assert {*faces} - {"scores"} == {*TABLES}
    for face in faces.values():
        assert {*face["columns"]} <= {*heads, *face.get("heads", {})}


@pytest.mark.parametrize("name", ["kinds", "echoes", "levels", "bounds", "firmness"])
def test_a_figure_and_a_table_say_it_in_the_same_words(name: str) -> None:
    in_tables = {key: value["zh"] for key, value in words()["values"].items()}
    in_figures = {key: pair[0] for key, pair in page.words()["labels"][name].items()}
    both = (set(in_figures) & set(in_tables)) - {"unknown"}  # of which a band says what is unknown
    assert len(both) > 3
    assert {key: in_figures[key] for key in both} == {key: in_tables[key] for key in both}


def test_a_table_with_its_corpus_shows_the_passage(found: Made) -> None:
    corpus = found["corpus"]
    targets = pt.find_targets(corpus).query("is_target")
    shown = pt.show(pd.DataFrame(targets), corpus=corpus).table
    assert shown.equals(pt.show(targets).table)
    assert next(iter(shown)) == "label" and "千亿GDP" in shown["sentence"].iloc[0]
    matrix = comparison.adoption_matrix(found["slogans"], corpus)
    uses = pt.show(matrix, max_rows=None).table
    assert len(uses) == len(matrix) and "五大新坐标" in "".join(uses["sentence"])
    titles = found["slogans"].head(1)
    assert pt.show(titles, ["sentence"], corpus=corpus).table["sentence"].str[0].tolist() == ["勇"]


# kind, value, value_max, unit, norm_unit, comparator, text; and how it is said.
AMOUNTS = [
    (("cardinal", 1e11, None, None, "CNY", ">=", "千亿"), "≥ 1000亿元"),
    (("cardinal", 500.0, None, "亩", "m2", "=", "500亩"), "500亩"),
    (("money", 1e5, None, "元", "CNY/person", ">", "10万元"), "> 10万元/人"),
    (("money", 3.0, None, "元/吨", "CNY/kg", "=", "3元/吨"), "3元/吨"),
    (("percentage", 6.5, None, "%", "%", "≈", "6.5%左右"), "≈ 6.5%"),
    (("percentage", 100.0, None, None, "%", "=", "百分之百"), "100%"),
    (("range", 5.0, 6.0, "%", "%", "range", "5%至6%"), "5–6%"),
    (("cardinal", 16.0, None, None, "count", "<=", "十六"), "≤ 16"),
    (("cardinal", 12_500.0, None, "个", "count", "=", "1.25万个"), "1.25万个"),
    (("ordinal", 1.0, None, None, "rank", "=", "第一"), "第一"),
    (("date", None, None, None, "date", "=", "2023年底"), "2023年底"),
]


@pytest.mark.parametrize(("cells", "said"), AMOUNTS)
def test_a_number_is_said_as_the_passage_has_it(cells: tuple[object, ...], said: str) -> None:
    names = "kind value value_max unit norm_unit comparator text".split()
    table = pd.DataFrame([cells], columns=names)
    assert pt.show(table, ["amount"]).table["amount"].tolist() == [said]


def test_cells_say_what_they_mean() -> None:
    table = pd.DataFrame(
        {
            "yes": [True, False],
            "far": [float("inf"), -float("inf")],
            "p": [3e-12, 0.5],
            "year": [2021.0, None],
            "many": [1234567.0, 0.25],
            "whole": [7.0, float("inf")],
            "items": [("甲", "乙"), ()],
        }
    )
    rows = re.findall(r">([^<>]*)</td>", pt.show(table)._repr_html_())
    assert rows[:7] == ["✓", "∞", "3e-12", "2021", "1,234,567.00", "7", "甲、乙"]
    assert rows[7:] == ["✗", "−∞", "0.50", "", "0.25", "∞", ""]
    assert repr(pt.show(table)).splitlines()[1].split()[:4] == rows[:4]


def test_words_of_the_tables_are_said_in_chinese_too_and_those_of_the_texts_are_left() -> None:
    table = pd.DataFrame({"level": ["county", "瓯海"], "text": ["county", "soft"]})
    rows = re.findall(r">([^<>]*)</td>", pt.show(table)._repr_html_())
    assert rows == ["县区 county", "county", "瓯海", "soft"]
    assert "县区 county  county" in repr(pt.show(table))


def test_a_word_that_means_another_thing_in_a_column_is_said_so_there() -> None:
    table = pd.DataFrame({"by": ["rule"], "status": ["rule"], "what": ["norm_value"]})
    rows = re.findall(r">([^<>]*)</td>", pt.show(table)._repr_html_())
    assert rows == ["规则 rule", "规定 rule", "统一数值 value in base units"]


@pytest.mark.parametrize("column", ["task", "what", "error", "reason", "measure", "interval"])
def test_every_word_of_the_scores_is_said_in_chinese(column: str) -> None:
    tables = [summary.held_out_scores(), summary.coders(), summary.peer_scores(), scores.errors()]
    said = {word for table in tables if column in table for word in table[column].dropna()}
    assert said and said <= {*words()["values"]}


def test_every_reason_of_the_tables_by_year_is_said_in_chinese() -> None:
    facts, kept = years.read_facts(), ledger()
    shares = pd.read_csv(REFERENCE / "repetition.csv")
    cells = [facts["flag"], facts["role"], kept["how"], shares["unobserved"]]
    cells += [years.amplification(facts, against=place)["reason"] for place in ("parent", "全国")]
    for column in cells:
        said = {cell: in_both(cell, column.name) for cell in column.dropna().unique() if cell}
        assert said and not {cell for cell, words in said.items() if words[0].isascii()}


def test_reasons_of_a_finder_are_said_in_chinese_too(found: Made) -> None:
    assert in_both("sentence: 力争; rank", "evidence") == "句中：力争；名次 sentence: 力争; rank"
    evidence = found["slogans"]["level_evidence"].dropna().unique()
    said = {why: in_both(why, "level_evidence") for why in evidence}
    assert len(said) > 10 and not [words for words in said.values() if re.match("[a-z]", words)]


def test_remarks_of_reading_and_importing_are_said_in_chinese_too() -> None:
    remark = {
        "severity": "warning",
        "problem": "same text twice",
        "detail": "has the same text as 甲",
    }
    said = repr(pt.show(pd.DataFrame([remark])))
    assert "提醒 warning" in said and "全文重复" in said and "与甲同文 has the same" in said
    rows = [("remark", "remark", "the file is empty"), ("guessed", "kind", "report")]
    rows += [("removed", "running head", "report")]  # words of the text, which stay as they are
    table = pt.show(pd.DataFrame(rows, columns=["done", "rule", "text"])).table
    assert table["text"].tolist() == ["文件是空的 the file is empty", "报告 report", "report"]


def test_a_table_says_what_is_cut_and_how_to_see_all(found: Made) -> None:
    words = found["words"]
    assert "前 2 行，共" in (shown := repr(pt.show(words, max_rows=2)))
    assert 'columns="all", max_rows=None' in shown
    assert 'all: pt.show(…, columns="all")' in repr(pt.show(words.head(3)))
    for whole in (pt.show(words.head(3), "all"), pt.show(words.head(3), ["doc"])):
        assert "all: pt.show" not in repr(whole)
        assert "all: pt.show" not in whole._repr_html_()


def test_what_is_behind_the_first_rows_opens(found: Made) -> None:
    short, long = (pt.show(found["words"].head(rows))._repr_html_() for rows in (12, 15))
    assert "<details>" not in short and short.count("<tr>") == 13
    assert "另 3 行 3 more rows</summary>" in long and long.count("<thead>") == 2


def test_names_stay_on_a_line_and_prose_has_room() -> None:
    phrase, prose = "推进改革。" * 5, "推进改革。" * 20
    table = pd.DataFrame({"place": ["瓯海区"], "n": [1], "text": [phrase], "sentence": [prose]})
    styles = re.findall(r'<td style="([^"]*)"', pt.show(table)._repr_html_())
    ends = ["white-space:nowrap", "vertical-align:top", "min-width:9em", "min-width:18em"]
    assert [style.split(";")[-1] for style in styles] == ends
    assert "right" in styles[1]


def test_cells_heads_and_names_are_never_markup() -> None:
    table = pd.DataFrame({'<i a="1">': ["<b>争先</b>"], "text": ['"&']})
    html = pt.show(table)._repr_html_()
    assert "<b>" not in html and "<i" not in html and html.count("&lt;b&gt;") == 1
    assert "&quot;&amp;" in html


def test_an_unknown_column_is_named_with_those_there_are() -> None:
    with pytest.raises(SelectionError, match="no column 'colour'; there are doc, text"):
        pt.show(pd.DataFrame({"doc": ["a"], "text": ["b"]}), ["colour"])


def test_an_unknown_table_is_shown_whole_with_the_heads_that_are_known() -> None:
    table = pd.DataFrame([["甲", 1]], columns=["place", 7])
    assert repr(pt.show(table)).splitlines() == ["地方 place  7", "甲          1"]


def test_columns_are_padded_by_display_width() -> None:
    assert padded(["改革", "a"]) == ["改革", "a   "]


def test_a_corpus_is_shown_as_its_documents() -> None:
    corpus = pt.read_corpus("data/wenzhou-2021")
    shown = pt.show(corpus)
    assert len(shown.table) == len(corpus)
    assert {"label", "title", "kind", "characters"} <= set(shown.table)


def test_a_table_shows_its_face_without_being_asked(found: Made) -> None:
    slogans = found["slogans"]
    html = slogans[slogans["core"]]._repr_html_()
    assert html == pt.show(slogans[slogans["core"]], corpus=found["corpus"])._repr_html_()
    assert 'title="sentence"' in html and "columns=&quot;all&quot;" in html
    counts = slogans.groupby("doc").size().to_frame("n")
    assert counts._repr_html_() == pd.DataFrame(counts)._repr_html_()
    elsewhere = slogans.assign(doc="no-such-text")  # the sentences cannot be looked up
    assert 'title="sentence"' not in elsewhere._repr_html_()


def test_a_selection_knows_the_corpus_of_its_table_and_what_is_joined_does_not(found: Made) -> None:
    corpus, slogans = found["corpus"], found["slogans"]
    made = slogans.query("core").sort_values("text").assign(seen=1).reset_index(drop=True)
    assert made.corpus is made.iloc[0].corpus is made.iloc[[0]].corpus is corpus
    assert slogans.merge(corpus.documents, on="doc").corpus is None
    back = pickle.loads(pickle.dumps(slogans))
    assert back.corpus is None and slogans.corpus is corpus
    pd.testing.assert_frame_equal(back, slogans)


def test_a_terminal_sees_the_face_of_a_table_and_no_line_is_a_paragraph(found: Made) -> None:
    targets = pt.find_targets(found["corpus"])
    printed = repr(targets).split("\n")
    assert "columns=" not in printed[0] and "句子" not in printed[0]
    assert len(printed) <= 14 and max(map(len, printed)) < 160


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (10, 21, "晚 10–21 个月", "10–21 months behind"),
        (-83, -61, "早 61–83 个月", "61–83 months ahead"),
        (-1, -1, "早 1 个月", "1 month ahead"),
        (0, 0, "同月", "the same month"),
        (0, 4, "晚 0–4 个月", "0–4 months behind"),
        (-3, 9, "早 3 至晚 9 个月", "from 3 months ahead to 9 behind"),
        (None, -61, "至少早 61 个月", "at least 61 months ahead"),
        (None, 9, "至多晚 9 个月", "at most 9 months behind"),
        (2, None, "至少晚 2 个月", "at least 2 months behind"),
        (-2, None, "至多早 2 个月", "at most 2 months ahead"),
        (None, None, "", ""),
    ],
)
def test_a_lag_is_said_without_a_sign(low: int | None, high: int | None, zh: str, en: str) -> None:
    table = pd.DataFrame({"form": ["四个全面"], "lag_low": [low], "lag_high": [high]})
    (cell,) = pt.show(table.astype({"lag_low": "Int64", "lag_high": "Int64"})).table["lag"]
    assert cell == f"{zh} {en}".strip()
