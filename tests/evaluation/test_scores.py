"""All scores in one table: the same numbers as ``make score``, and a coder's own sentences."""

import json
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.evaluation import segmentation as words
from policytext.evaluation import summary
from policytext.evaluation.gold import GOLD, read_gold
from policytext.evaluation.metrics import (
    SUMMARY_COLUMNS,
    Score,
    bootstrap,
    inside,
    joined,
    total,
    wilson,
)
from policytext.evaluation.scores import (
    ERROR_COLUMNS,
    _of_numbers,
    by_reason,
    core_slogans,
    development_scores,
    errors,
    quantity_tables,
    score_quantities,
    score_slogans,
    slogan_reason,
    slogan_tables,
    status_reason,
)
from policytext.numbers.quantities import NOT_MEASURED
from policytext.tables import rounded


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return development_scores()


def one(table: pd.DataFrame, task: str, what: str) -> pd.Series:
    return table[(table["task"] == task) & (table["what"] == what) & table["by"].isna()].iloc[0]


def test_every_row_has_a_count_a_share_and_an_interval(table: pd.DataFrame) -> None:
    assert list(table.columns) == SUMMARY_COLUMNS
    figure = table["f1"].fillna(table["share"]).fillna(table["precision"])
    assert figure.notna().all() and table["hits"].notna().all()
    assert (table["low"] <= figure + 1e-9).all() and (figure <= table["high"] + 1e-9).all()
    assert not table.duplicated(["task", "what", "by", "part"]).any()


def test_make_score_prints_each_table_and_the_same_number_everywhere(
    table: pd.DataFrame, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHARED", "no/such/folder")
    assert len(summary.print_scores()) == 3
    printed = capsys.readouterr().out
    assert [line[2:] for line in printed.splitlines() if line.startswith("# ")] == list(
        summary.TABLES
    )
    assert "left out: no/such/folder" in printed
    systems = summary.peer_scores().query("system == 'policytext'").set_index("task")
    same = {
        "words": one(table, "words", "boundaries"),
        "slogans": one(table, "slogans", "core spans"),
        "targets": one(table, "targets", "strict targets"),
    }
    cells = ["hits", "found", "coded", "f1", "low", "high"]
    for task, row in same.items():
        assert systems.loc[task, cells].tolist() == rounded(row[cells].tolist()), task
        assert f"{row['f1']:.3f}" in printed
    cut = words.comparison().set_index("system").loc["policytext"]
    assert cut[["f1", "f1_low", "f1_high"]].tolist() == same["words"][cells[3:]].tolist()


def test_no_table_is_left_out_where_the_texts_are_there(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summary.print_scores() == []
    assert "left out" not in capsys.readouterr().out


def test_what_was_coded_is_all_that_was_coded_on_the_page(table: pd.DataFrame) -> None:
    """No row of the coded tables is left out of any figure."""
    page = json.loads((GOLD / "expected_page.json").read_text(encoding="utf-8"))
    numbers, slogans = page["quantities"], page["slogans"]
    measures_nothing = sum(numbers["by_status"][status] for status in NOT_MEASURED)
    figures = {
        ("words", "boundaries"): len(words.coded_words()),
        # 一把手谈 of the masthead stands in none of the eight documents.
        ("quantities", "mentions"): numbers["n"] - 1,
        ("quantities", "quantities and dates"): numbers["n"] - measures_nothing,
        ("targets", "strict targets"): len(numbers["strict_targets"]),
        ("slogans", "core spans"): slogans["core_mentions"],
        ("slogans", "distinct slogans reached"): slogans["distinct_core"],
    }
    assert {key: one(table, *key)["coded"] for key in figures} == figures
    statuses = table[(table["task"] == "quantities") & (table["by"] == "status")]
    joined = statuses.set_index("part")["coded"].to_dict()
    assert all(count <= numbers["by_status"][status] for status, count in joined.items())
    assert sum(joined.values()) == one(table, "quantities", "mentions")["hits"]


def test_parts_of_a_whole_add_up(table: pd.DataFrame) -> None:
    for task, what in (("quantities", "mentions"), ("slogans", "core spans")):
        whole = one(table, task, what)
        parts = table[(table["task"] == task) & (table["what"] == what)]
        for by in set(parts["by"].dropna()) & {"document", "quotation"}:
            counts = parts.loc[parts["by"] == by, ["hits", "found", "coded"]].sum()
            assert counts.tolist() == whole[["hits", "found", "coded"]].tolist(), by


def test_an_interval_without_an_error_is_not_a_point(table: pd.DataFrame) -> None:
    assert (table["high"] - table["low"] > 0).all()
    assert bootstrap([Score(2, 2, 2)] * 4) == wilson(8, 8)


@pytest.fixture
def own(tmp_path: Path) -> pt.Corpus:
    """Three sentences of one's own."""
    text = "力争到2025年新增企业300家。去年完成投资5亿元。落实“三比三看”，打造“山水新城”。"
    (tmp_path / "own.txt").write_text(text, encoding="utf-8")
    (tmp_path / "documents.csv").write_text("file,place,date\nown.txt,文成县,2021\n", "utf-8")
    return pt.read_corpus(tmp_path)


def spans(corpus: pt.Corpus, *wordings: str, **columns: object) -> pd.DataFrame:
    source = corpus.source("own")
    rows = [("own", source.index(w), source.index(w) + len(w)) for w in wordings]
    return pd.DataFrame(rows, columns=["doc", "start", "end"]).assign(**columns)


def test_a_few_coded_sentences_of_ones_own_are_scored(own: pt.Corpus) -> None:
    coded = spans(own, "2025年", "300家", "5亿元", status=["target", "target", "achievement"])
    coded["is_target_strict"] = [False, True, False]
    table = score_quantities(own, coded)
    row = one(table, "quantities", "mentions")
    assert row["coded"] == 3 and row["hits"] >= 2
    assert one(table, "targets", "strict targets")["coded"] == 1
    coded = spans(own, "三比三看", "山水新城", core=True, echo="exact", quoted="full")
    coded = coded.assign(types=["numeral", "place_brand"], name=["a", "b"])
    table = score_slogans(own, coded)
    assert one(table, "slogans", "core spans")["coded"] == 2


def test_only_the_passages_that_were_coded_count(own: pt.Corpus) -> None:
    coded = spans(own, "5亿元", status="achievement", is_target_strict=False)
    within = pd.DataFrame({"doc": ["own"], "start": [18], "end": [28]})
    row = one(score_quantities(own, coded, within), "quantities", "mentions")
    assert row["coded"] == len(inside(coded, within)) == 1
    assert row["found"] <= 2


def test_parts_of_targets_are_as_they_were_read(shared: Path) -> None:
    table = summary.part_scores()
    shares = table[table["by"].isna()].set_index("what")["share"]
    floors = {"targets that were read": 0.95, "indicator_at": 0.95, "indicator_name": 0.97}
    floors |= {"action_at": 0.93, "counted": 0.96, "baseline": 0.97, "actor": 0.97}
    assert {what: share for what, share in shares.items() if share < floors[what]} == {}


def test_targets_of_other_genres_are_scored_by_half(shared: Path) -> None:
    table = summary.genre_scores()
    assert (table["low"] <= table["high"]).all() and not table.duplicated(["what", "part"]).any()
    strict = table[table["what"] == "strict targets"].set_index("part")
    assert strict["coded"].sum() == read_gold("genres-targets.csv")["is_target_strict"].sum()
    halves = read_gold("genres-passages.csv")[["genre", "half"]].drop_duplicates()
    assert set(strict.index) == {f"{genre}, {half}" for genre, half in halves.to_numpy()}
    assert strict.loc["report, open", "f1"] > 0.9


def test_another_text_than_the_one_coded_is_named(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = read_gold("genres-passages.csv").assign(length=lambda table: table["length"] + 1)
    monkeypatch.setattr(summary, "read_gold", lambda _: longer)
    with pytest.raises(FileNotFoundError, match="congress-12: the text that was coded had 32855"):
        summary.genre_scores()


# --- errors ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wrong() -> pd.DataFrame:
    return errors()


def test_every_error_lies_in_its_passage(wrong: pd.DataFrame) -> None:
    assert list(wrong.columns) == ERROR_COLUMNS
    assert all(row.text in row.passage for row in wrong.itertuples())


def test_what_is_missed_is_what_the_scores_lack(wrong: pd.DataFrame) -> None:
    missed = wrong[wrong["error"] == "missed"]["task"].value_counts()
    _, found, _, coded = quantity_tables("page")
    numbers = total(joined(found, coded))
    assert missed.get("quantities", 0) == len(coded) - numbers.hits
    _, slogans, mentions = slogan_tables("page")
    score = total(core_slogans(slogans, mentions))
    assert missed.get("slogans", 0) == score.coded - score.hits


def test_reasons_count_every_error_once(wrong: pd.DataFrame) -> None:
    assert by_reason(wrong)["errors"].sum() == len(wrong)
    assert wrong["reason"].notna().all()


def span(start: int, end: int, **columns: object) -> pd.DataFrame:
    return pd.DataFrame([{"doc": "d", "start": start, "end": end, **columns}])


def test_an_overlap_is_one_error_of_boundary() -> None:
    found, coded = span(3, 6, status="target"), span(3, 5, status="target")
    rows = list(_of_numbers("quantities", joined(found, coded), coded, "other"))
    assert rows == [("quantities", "missed", "wrong boundary", "d", 3, 5, ("d", 3, 6), ("d", 3, 5))]


def test_a_slogan_of_the_other_set_is_told_from_one_not_seen() -> None:
    others = span(0, 4, core=False)
    assert slogan_reason(("d", 0, 4), "none", others) == ("core or extended", "extended")
    assert slogan_reason(("d", 0, 5), "none", others)[0] == "wrong boundary"
    assert slogan_reason(("d", 8, 9), "full", others) == ("quoted", None)


@pytest.mark.parametrize(
    ("found", "coded", "reason"),
    [
        ("target", "slogan_number", "seen as a quantity"),
        ("lexical", "achievement", "seen as no quantity"),
        ("target", "work_item", "wrong status"),
        ("vague", "slogan_number", "wrong status"),
    ],
)
def test_the_border_of_quantities_is_named(found: str, coded: str, reason: str) -> None:
    assert status_reason(found, coded) == reason
