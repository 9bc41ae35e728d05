"""What a number is, what it is there for, and how near the coded tables that comes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.evaluation import scores as scoring
from policytext.evaluation.metrics import joined, total
from policytext.lexicon.schema import FOLDER
from policytext.numbers.quantities import measured
from policytext.text.clean import clean

Report = Callable[[str], pt.Corpus]

REPORT = """政府工作报告
一、2023年工作回顾
全区生产总值达910.6亿元、增长11.7%。为企业减负582亿元，新增优饮水入户2万多户。
二、2024年主要工作任务
今年经济社会发展的主要预期目标是：地区生产总值增长7%左右，一般公共预算收入增长6%以上。
新增专精特新企业10家、单项冠军企业5家以上，引进亿元以上项目50个。
推进49项重大改革项目，实施城中村整治三年行动，做强三大主导产业。
PM2.5年均浓度控制在18微克/立方米以下，每10万人拥有45台呼吸机，总投资4.7亿元。
推动6个“工业上楼”项目建成投用，确保10月底前全部开工。
"""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    def write(text: str) -> pt.Corpus:
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        header = "file,kind,date,place\na.txt,report,2024,某区\n"
        (tmp_path / "documents.csv").write_text(header, encoding="utf-8")
        return pt.read_corpus(tmp_path)

    return write


def test_the_words_around_a_number_are_those_of_the_lexicon(report: Report, tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    shutil.copytree(FOLDER, folder)
    table = pd.read_csv(folder / "context_words.csv", dtype=str)
    table[table["role"] != "completion"].to_csv(folder / "context_words.csv", index=False)
    corpus = report(REPORT)
    ours, changed = pt.find_quantities(corpus), pt.find_quantities(corpus, pt.read_lexicon(folder))
    assert ours.set_index("text").loc["6个", "status"] == "project_target"
    assert changed.set_index("text").loc["6个", "status"] == "work_item"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("910.6亿元", "achievement"),
        ("582亿元", "achievement"),
        ("7%", "target"),
        ("5家", "target"),
        ("50个", "target"),
        ("亿元", "project_param"),
        ("49项", "work_item"),
        ("三年", "work_item"),
        ("三大", "work_item"),
        ("2.5", "lexical"),
        ("18微克/立方米", "target"),
        ("10万人", "baseline"),
        ("4.7亿元", "project_param"),
        ("6个", "project_target"),
        ("10月底", "project_target"),
    ],
)
def test_status_in_a_report(report: Report, text: str, status: str) -> None:
    found = pt.find_quantities(report(REPORT))
    assert found.set_index("text")["status"].get(text) == status


@pytest.mark.parametrize(
    ("text", "norm", "unit", "comparator"),
    [
        ("582亿元", 5.82e10, "CNY", "="),
        ("2万多户", 20000, "count", ">"),
        ("7%", 7, "%", "≈"),
        ("10家", 10, "count", ">="),
        ("18微克/立方米", 18, "ug/m3", "<="),
    ],
)
def test_value_in_a_report(
    report: Report, text: str, norm: float, unit: str, comparator: str
) -> None:
    row = pt.find_quantities(report(REPORT)).set_index("text").loc[text]
    assert (row["norm_value"], row["norm_unit"], row["comparator"]) == (norm, unit, comparator)


@pytest.mark.parametrize("text", ["六比争先", "“五大新坐标”", "一带一路", "“1+5+2”", "世界500强"])
def test_numbers_of_formulae_are_no_quantities(report: Report, text: str) -> None:
    found = pt.find_quantities(report(f"题目\n一、2024年工作任务\n我们坚持{text}的要求。\n"))
    inside = found[found["text"] != "2024年"]
    assert not set(inside["status"]) - {"slogan_number", "lexical", "list_marker"}


def test_a_campaign_named_by_sizes_has_no_value(report: Report) -> None:
    table = pt.find_quantities(report("推进“百千万工程”，新建良田百万亩。"))
    value = table.set_index("text")["value"]
    assert pd.isna(value["百千万"])
    assert value["百万亩"] == 1e6


def test_every_row_is_a_passage_of_its_source(corpus: pt.Corpus) -> None:
    found = pt.find_quantities(corpus)
    for row in found.itertuples():
        assert clean(corpus.source(row.doc)[row.start : row.end]) == row.text
    assert found["evidence"].notna().all()


def test_a_document_reads_the_same_alone_and_among_others(corpus: pt.Corpus) -> None:
    together = pt.find_quantities(corpus)
    alone = pt.find_quantities(corpus.select(["dongtou"]))
    among = together[together["doc"] == "dongtou"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, among)


def test_full_width_reads_as_narrow(report: Report) -> None:
    found = pt.find_quantities(
        report("题目\n一、２０２３年工作回顾\n固定资产投资增长２１．５％。\n")
    )
    row = found[found["kind"] == "percentage"].iloc[0]
    assert (row["text"], row["value"], row["unit"]) == ("２１．５％", 21.5, "%")


def test_an_empty_document_has_an_empty_table(report: Report) -> None:
    found = pt.find_quantities(report("题目\n没有数字的一句话。\n"))
    assert list(found.columns)[:4] == ["doc", "start", "end", "text"]
    assert found["value"].dtype == float


def test_page_scores_hold() -> None:
    _, found, targets, coded = scoring.quantity_tables("page")
    _assert_scores(found, targets, coded)


def test_report_scores_hold(shared: Path) -> None:
    if not (shared / "corpora" / "shenzhen-districts").is_dir():
        pytest.skip("the district reports are not at hand")
    _, found, targets, coded = scoring.quantity_tables("reports")
    _assert_scores(found, targets, coded)


def _assert_scores(found: pd.DataFrame, targets: pd.DataFrame, coded: pd.DataFrame) -> None:
    real, theirs = measured(found), measured(coded)
    both = joined(real, theirs)
    score = total(both)
    assert score.precision >= 0.95
    assert score.recall >= 0.95
    assert _share(both, "norm_value") >= 0.97
    assert _share(both, "status") >= 0.90
    strict = coded[coded["is_target_strict"]]
    ours = targets[targets["is_target"]]
    hits = joined(ours, strict.fillna({"strength": "none"}))
    promised = total(hits)
    assert promised.precision >= 0.90
    assert promised.recall >= 0.90
    assert _share(hits, "comparator") >= 0.95
    assert _share(hits, "strength") >= 0.95


def _share(both: pd.DataFrame, part: str) -> float:
    return float(scoring.agreement(both, part).mean())
