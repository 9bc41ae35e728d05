"""What is promised, by when, how firmly, and what is not promised at all."""

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import policytext as pt
from made_cases import cases
from policytext.evaluation.gold import read_coded, read_reports
from policytext.lexicon.schema import FOLDER
from policytext.numbers.horizons import resolve
from timing import seconds

Sentence = Callable[..., pd.DataFrame]


@pytest.fixture
def sentence(tmp_path: Path) -> Sentence:
    """The targets of one sentence in the plan of a report of 2024."""

    def find(text: str, heading: str = "一、2024年工作任务", year: str = "2024") -> pd.DataFrame:
        (tmp_path / "a.txt").write_text(f"政府工作报告\n{heading}\n{text}\n", encoding="utf-8")
        header = f"file,kind,date,place\na.txt,report,{year},某区\n"
        (tmp_path / "documents.csv").write_text(header, encoding="utf-8")
        return pt.find_targets(pt.read_corpus(tmp_path))

    return find


def test_targets_of_the_page(corpus: pt.Corpus) -> None:
    found = pt.find_targets(corpus)
    strict = found[found["is_target"]].set_index("text")
    assert list(strict.index) == [
        *("千亿", "百亿", "百万", "20万", "10万元", "2家", "零突破", "百亿级", "97万", "2023年底"),
        "500亩",
    ]
    assert strict.loc["千亿", ["indicator_name", "horizon_end", "strength"]].tolist() == [
        "GDP",
        "2025-12-31",
        "soft",
    ]
    assert strict.loc["2023年底", ["target_kind", "horizon_end"]].tolist() == ["date", "2023-12-31"]


@pytest.mark.parametrize(("text", "expected"), cases("targets"))
def test_the_last_number_of_a_sentence(sentence: Sentence, text: str, expected: str) -> None:
    found = sentence(text)
    if expected == "is_target=False":
        assert not found["is_target"].any()
        return
    if expected == "none":
        assert found.empty
        return
    cells = dict(cell.split("=", 1) for cell in expected.split(";"))
    assert found.iloc[-1][list(cells)].to_dict() == cells


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("未来两年天津将新建47座变电站。", "天津"),
        ("到2026年,内蒙古煤炭外运量将减少到5亿吨。", "内蒙古"),
        ("据了解,三地商定:到2026年,黑龙江省哈尔滨市再建设4条高速公路。", "黑龙江省哈尔滨市"),
        ("南京至杭州铁路计划2026年建成。", None),  # a railway, and no place
        ("江海经委已经会同有关部门决定,将建成500个项目。", "江海经委"),
        ("江海电视台今日启动招募,将推出3部纪录片。", "江海电视台"),
    ],
)
def test_news_that_speak_for_no_place_name_it(tmp_path: Path, text: str, actor: str | None) -> None:
    (tmp_path / "a.txt").write_text(f"{text}\n", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("file,kind,date\na.txt,news,2024\n", encoding="utf-8")
    found = pt.find_targets(pt.read_corpus(tmp_path)).iloc[-1]["actor"]
    assert found == actor if actor else pd.isna(found)


def test_rates_of_a_clause_are_dealt_out_to_the_numbers_before(sentence: Sentence) -> None:
    found = sentence("营业收入达到50亿元，利润达到6亿元，分别增长9%、7%。")
    assert list(found["indicator"]) == ["营业收入", "利润"] * 2


@pytest.mark.parametrize(("text", "expected"), cases("horizons"))
def test_by_when_in_older_reports(sentence: Sentence, text: str, expected: str) -> None:
    cells = dict(cell.split("=", 1) for cell in expected.split(";"))
    found = sentence(text, heading="一、工作任务", year=cells.pop("year"))
    assert found.iloc[-1][list(cells)].to_dict() == cells


def test_no_horizon_is_guessed(sentence: Sentence) -> None:
    unsaid = sentence("力争新增学位3万个。", heading="一、工作任务")
    in_no_calendar = sentence("汛期到来前，加固水库8座。")
    for found in (unsaid, in_no_calendar):
        assert pd.isna(found.iloc[0]["horizon_end"])


@pytest.mark.parametrize(
    ("opening", "ends"),
    [
        ("今年的主要任务是扩大就业。", "2024-12-31"),
        ("2024年是关键之年。", "2024-12-31"),
        ("到2035年，城市更加宜居。", None),  # the next paragraph is of another time
        ("2023年是收官之年。", None),  # past
    ],
)
def test_a_chapter_without_a_year_is_of_the_year_that_the_plan_names(
    sentence: Sentence, opening: str, ends: str | None
) -> None:
    found = sentence(f"{opening}\n（一）办好教育\n新增学位3万个。", heading="一、工作任务")
    row = found.iloc[-1]
    assert (row["text"], row["horizon_end"] or None) == ("3万个", ends)
    assert row["horizon_source"] == ("previous" if ends else None)


@pytest.mark.parametrize(
    ("words", "year", "dates"),
    [
        ("今年", 2024, ("2024-01-01", "2024-12-31")),
        ("明年", 2024, ("2025-01-01", "2025-12-31")),
        ("上半年", 2024, ("2024-01-01", "2024-06-30")),
        ("一季度", 2024, ("2024-01-01", "2024-03-31")),
        ("2月底", 2024, (None, "2024-02-29")),
        ("2023年底", 2021, (None, "2023-12-31")),
        ("十四五", None, ("2021-01-01", "2025-12-31")),
        ("年底", None, None),
    ],
)
def test_time_words(words: str, year: int | None, dates: tuple | None) -> None:
    assert resolve(words, year) == dates


def test_a_leading_cue_governs_its_list(sentence: Sentence) -> None:
    found = sentence("确保新增学位3000个，新建公园5个；引进企业20家。")
    assert list(found["commitment"]) == ["ensure", "ensure", "none"]
    assert list(found["strength"]) == ["hard", "hard", "none"]


def test_of_a_size_class_the_count_is_promised(sentence: Sentence) -> None:
    found = sentence("引进百亿级项目1个、亿元以上项目50个。")
    assert list(found["text"]) == ["1个", "50个"]


def test_strength_is_the_users_to_define(tmp_path: Path, corpus: pt.Corpus) -> None:
    folder = tmp_path / "lexicon"
    shutil.copytree(FOLDER, folder)
    table = (folder / "strength.csv").read_text(encoding="utf-8")
    (folder / "strength.csv").write_text(
        table.replace("strive,floor,soft", "strive,floor,hard"), encoding="utf-8"
    )
    found = pt.find_targets(corpus, pt.read_lexicon(folder)).set_index("text")
    assert found.loc["10万元", "strength"] == "hard"
    assert found.loc["2家", "strength"] == "soft"


def test_targets_without_a_number(sentence: Sentence) -> None:
    goals = (
        "今年主要预期目标是：地区生产总值增长7%以上、实际工作中争取更好结果，进出口总额实现正增长，"
        "居民收入与经济增长基本同步，节能减排完成市下达任务。"
    )
    found = sentence(goals)
    kinds = ["value", "paired", "directional", "reference", "reference"]
    assert list(found["target_kind"]) == kinds
    assert list(found["is_target"]) == [True, False, False, False, False]
    assert set(found["nature"]) == {"expected"}


def test_targets_of_a_table_of_quantities_are_the_same(corpus: pt.Corpus) -> None:
    quantities = pt.find_quantities(corpus)
    found = pt.find_targets(corpus, quantities=quantities)
    pd.testing.assert_frame_equal(found, pt.find_targets(corpus))
    for column in (name for name in found if name.endswith("_at")):
        words = {"comparator_at": "comparator_text", "commitment_at": "commitment_text"}
        assert found[column].dropna().str.fullmatch(r"\d+:\d+").all()
        if column in words:
            assert (found[column].notna() == found[words[column]].notna()).all()


def test_a_status_that_was_corrected_holds(corpus: pt.Corpus) -> None:
    quantities = pt.find_quantities(corpus)
    quantities.loc[quantities["text"] == "10万元", "status"] = "baseline"
    assert "10万元" not in set(pt.find_targets(corpus, quantities=quantities)["text"])


@pytest.fixture(scope="module")
def gdp() -> pd.DataFrame:
    return read_coded("gdp-targets")


def test_the_coded_growth_targets_say_what_their_wording_says(gdp: pd.DataFrame) -> None:
    growth = gdp[gdp["indicator"] == "GDP growth"]
    assert len(growth) == growth["doc"].nunique() == 38
    bounds = growth["bound"].value_counts(dropna=False).to_dict()
    nothing = bounds.pop(next(key for key in bounds if pd.isna(key)))
    assert bounds == {"approximate": 17, "floor": 10, "point": 3, "range": 3} and nothing == 5
    stated = gdp.dropna(subset=["start"])
    for row in stated.itertuples():
        numbers = [float(number) for number in re.findall(r"[\d.]+", row.wording)]
        assert numbers == [n for n in (row.value, row.value_max) if pd.notna(n)], row.doc
        if row.bound != "range":
            assert ("左右" in row.wording) == (row.bound == "approximate"), row.doc
    absent = gdp[gdp["start"].isna()]
    assert absent[["value", "value_max", "bound", "wording", "horizon_end"]].isna().all(axis=None)
    assert absent["note"].notna().all()


def _coded_row(row: Any) -> tuple[object, ...]:
    """A coded growth target as `find_targets` should give it."""
    growth = row.indicator == "GDP growth"
    over = row.bound == "floor" and re.search("突破|跨越", row.wording)
    comparators = {"approximate": "≈", "floor": ">=", "point": "=", "range": "range"}
    # Within five years, said late in 2021 without naming the last of them.
    horizon = row.horizon_end if pd.notna(row.horizon_end) else f"{row.date + 5}-12-31"
    value = row.value if growth else row.value * 1e8
    top = row.value_max if pd.notna(row.value_max) else None
    comparator = ">" if over else comparators[row.bound]
    return ("change" if growth else "level", value, top, row.bound, comparator, horizon)


def test_growth_targets_of_every_report(shared: Path, gdp: pd.DataFrame) -> None:
    """All that each report promises of its product, in order, and nothing where it says none."""
    found = pt.find_targets(read_reports(shared))
    found = found[found["indicator_name"].eq("GDP") & found["is_target"]].sort_values(
        ["doc", "start"]
    )
    columns = ["measure", "value", "value_max", "bound", "comparator", "horizon_end"]
    found["value_max"] = found["value_max"].astype(object).where(found["value_max"].notna(), None)
    for doc, rows in gdp.groupby("doc"):
        coded = rows.dropna(subset=["start"]).sort_values("start")
        ours = found[found["doc"] == doc]
        given = list(ours[columns].itertuples(index=False, name=None))
        assert given == [_coded_row(row) for row in coded.itertuples()], doc
        spans = zip(coded["start"], coded["end"], ours["start"], ours["end"], strict=True)
        assert all(a <= start < end <= b for a, b, start, end in spans), doc


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "新增3个",
            "“一",
            "“千亿”",
            "力争",
            "3万",
            "，新增3个",
            "确保5%以上、",
            "目标是：",
            "正增长",
        ),
        *("到2025年", "第一", "六比争先", "1+5+2", "十四五", "将", "等3个", "增长5%。"),
    ],
)
def test_reading_targets_is_linear(tmp_path: Path, piece: str) -> None:
    """Ten times the text takes about ten times as long, whatever is repeated."""
    corpora = (_corpus_of(tmp_path / str(n), piece * n) for n in (300, 3000))
    short, long = (seconds(partial(pt.find_targets, corpus), times=2) for corpus in corpora)
    assert long < 40 * max(short, 0.01)


def _corpus_of(folder: Path, text: str) -> pt.Corpus:
    folder.mkdir()
    (folder / "a.txt").write_text(f"题目\n一、2024年工作任务\n{text}\n", encoding="utf-8")
    return pt.read_corpus(folder)


def test_what_a_target_is_made_of_is_printed_in_full_width(tmp_path: Path) -> None:
    text = "题目\n二、２０２２年工作任务\n力争ＧＤＰ增长６．５％以上，新增３００个ＡＩ企业。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    rows = pt.find_targets(pt.read_corpus(tmp_path))
    assert rows["text"].tolist() == ["６．５％", "３００个"]
    assert rows["value"].tolist() == [6.5, 300]
    assert rows["comparator_text"].iloc[0] == "以上"
    assert rows["counted"].iloc[1] == "ＡＩ企业"
    assert rows["horizon_text"].tolist() == ["２０２２年"] * 2
    assert rows["horizon_end"].tolist() == ["2022-12-31"] * 2


def test_a_long_row_of_numbers_without_nouns_is_read(sentence: Sentence) -> None:
    found = sentence("去年增长3%、" * 3000 + "力争达到5%。")
    assert found["text"].iloc[-1] == "5%"


def test_the_limit_of_a_class_is_no_target(sentence: Sentence) -> None:
    for text in ("10亿元以上项目5个、50亿元以上2个。", "引进10亿元以上项目5个、50亿元以上2个。"):
        found = sentence(text)
        assert list(found["text"]) == ["5个", "2个"]
        assert list(found["comparator"]) == ["=", "="]


def test_short_items_keep_the_head_that_they_share(sentence: Sentence) -> None:
    """物流 alone would be no indicator; 亩均税收 is one."""
    found = sentence("金融、物流、文化产业增加值占GDP的比重分别达到35%、15%、12%。")
    of_each = ("金融", "物流", "文化产业")
    assert found["indicator"].tolist() == [f"{one}增加值占GDP的比重" for one in of_each]
    found = sentence("技工贸总收入、规模工业增加值、亩均税收分别增长15%、9%、18%。")
    assert found["indicator"].tolist() == ["技工贸总收入", "规模工业增加值", "亩均税收"]


@pytest.mark.parametrize("bound", ["高于", "不低于", "不少于", "优于"])
def test_a_bound_is_no_action(sentence: Sentence, bound: str) -> None:
    """Only a verb says what is done: 新增 of 新增学位不少于900个."""
    found = sentence(f"森林覆盖率{bound}58%，新增学位{bound}900个。")
    assert found["action"].fillna("").tolist() == ["", "新增"]
