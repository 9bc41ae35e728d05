"""What is past and what is planned, by chapter, paragraph, sentence and kind of document."""

from collections.abc import Callable
from pathlib import Path

import pytest

import policytext as pt

Promised = Callable[..., list[str]]


@pytest.fixture
def promised(tmp_path: Path) -> Promised:
    """The promised numbers of a text of 2024."""

    def find(text: str, kind: str | None = None) -> list[str]:
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        header = f"file,kind,date,place\na.txt,{kind or ''},2024,某区\n"
        (tmp_path / "documents.csv").write_text(header, encoding="utf-8")
        found = pt.find_targets(pt.read_corpus(tmp_path))
        return list(found.loc[found["is_target"], "text"])

    return find


REVIEW = "一、2023年工作回顾\n新增企业30家。\n"


@pytest.mark.parametrize("kind", ["report", None])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REVIEW + "入选省级未来社区2个。\n争取到资金5亿元。\n预计增长6%。", []),
        (REVIEW + "二、2024年工作安排\n新增企业40家。", ["40家"]),
        # What follows the review plans where its first paragraph says so.
        (
            REVIEW + "二、乘势而上\n今年，新增企业40家。\n三、改进作风\n新增网点5个。",
            ["40家", "5个"],
        ),
        # The heading of the plan is missing.
        (REVIEW + "今年的预期目标是：经济增长6%。\n新增企业40家。", ["6%", "40家"]),
        # Paragraphs review and plan before the first heading.
        (
            "过去一年，新增企业30家。\n今年的主要目标是：经济增长6%。\n"
            "一、抓好项目\n新增企业40家。\n二、振兴乡村\n建成公园5个。",
            ["6%", "40家", "5个"],
        ),
        # The text has lost its line ends.
        ("2023年工作回顾2023年新增企业30家。2024年工作安排2024年新增企业40家。", ["40家"]),
        (
            "一、2023年工作回顾和2024年工作要求\n去年，新增企业30家。\n今年，新增企业40家。",
            ["40家"],
        ),
    ],
)
def test_chapters_and_paragraphs_of_a_report(
    promised: Promised, kind: str | None, text: str, expected: list[str]
) -> None:
    opening = "政府工作报告\n各位代表：\n现在，我代表市政府，向大会作工作报告，请审议。\n"
    assert promised(opening + text, kind) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("report", ["40家"]), ("plan", ["40家"]), ("speech", []), ("news", []), (None, [])],
)
def test_a_passage_of_a_report_or_plan_that_announces_nothing_plans(
    promised: Promised, kind: str | None, expected: list[str]
) -> None:
    assert promised("新增企业40家。", kind) == expected


@pytest.mark.parametrize("kind", ["speech", "news", "notice", "regulation", None])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争新增企业40家。", ["40家"]),
        ("到2027年，产值达到5亿元，企业增加到60家。", ["5亿元", "60家"]),
        ("到二〇二七年，产值达到5亿元。", ["5亿元"]),
        ("由二〇二〇年的5家增加到二〇二三年的9家。", []),
        ("计划招录公务员800人。", ["800人"]),
        # What an effort is for, a duty, a possibility, what is said of another thing.
        ("为确保安全，出动飞机30架。", []),
        ("办理时间不超过48小时。", []),
        ("投票必须在60天内举行。", []),
        ("可能将新增企业40家。", []),
        ("一年接着一年干，一定将蓝图变为现实。", []),
        ("将对年收入超过100万元的个人提供服务。", []),
        ("在即将到来的节日前已转移群众500人。", []),
        ("我们必须推翻三座大山，实现四个现代化。", []),
        ("努力做到两个维护。", []),
        ("未来一周气温将维持在30摄氏度。", []),
        ("争取到中央资金8亿元。", []),
        ("据初步测算，到2030年，市场规模将达到8亿元。", []),
        ("晚会将于今晚播出，为300万名教师送上了礼物。", []),
        ("原计划新增企业40家。", []),
        ("上半年供应计划完成率较低，不到40%。", []),
        ("油价每吨将提高95元。", []),
        # A small number in Chinese counts what is made, and a date beside it does not.
        ("将新建三所中学，实现四个现代化。", ["三所"]),
        ("力争今年底前建成两条隧道。", ["两条"]),
        ("计划发射两颗卫星。", ["两颗"]),
        ("十一届全国人大常委会将完成换届。", []),
        ("将于7月上旬召开完成换届的会议。", []),
        ("确保失业率不高于5.5%。", ["5.5%"]),
        ("确保就业率90%以上。", ["90%"]),
        ("我县将把不良率控制在1%以内。", ["1%"]),
        ("我们要在今年新增就业5万人。", ["5万人"]),
        ("上月新增就业1.2万人。", []),
        ("上季度完成投资50亿元，本季度力争完成投资60亿元。", ["60亿元"]),
        ("大会将于今晚开幕，目前已有企业200家。", []),
        ("双方商定，基金规模将达到50亿元。", ["50亿元"]),
        ("队伍人数将从800人增加到2500人。", ["2500人"]),
        # A forecast says how a quantity moves, a plan or a builder what will be done.
        ("预计今年游客达到500万人次。", []),
        ("今年客流有望突破300万人次，收入将达到6亿元。", []),
        ("报告预测，明年增速将达到7%。", []),
        ("两条线路通车后，日客运量将超过90万人次。", []),
        ("预计大桥明年6月建成通车。", ["6月"]),
        ("今后三年，投资规模将达到50亿元。", ["50亿元"]),
        ("公司将在全市新建充电桩800个。", ["800个"]),
        ("预计每年可节电600万千瓦时。", []),
        ("经抢修将已恢复供电的六成用户转入。", []),
        ("将打造30亩以上的示范田5个。", ["5个"]),
        # Deeds of persons, prices and fines, what goes on by itself.
        ("3名航天员将完成30多项实验。", []),
        ("预计全年实现旅游收入120亿元。", []),
        ("预计客流超过60万人次，公司今天增开航班12架次。", []),  # what is done today
        ("力争将办理时限压缩至3个工作日以内。", ["3个工作日"]),
        ("确保候诊时间不超过２小时。", ["２小时"]),
        ("演习预计持续3天。", []),
        ("明年底完成之后，排放将减少。", []),
        ("合约保证金比例由7%调整为8%。", []),
        ("今后，行车时间缩短一半。", []),
        ("当局拟没收其收入3000万元。", []),
        ("汽油价格下调，每升将降低0.2元。", []),
        ("计划通过多方筹资，建设公园150个。", ["150个"]),
        ("确保床位从目前的19张提高到30张。", ["30张"]),
        ("今年将新开工住房700套。", ["700套"]),
        ("他计划申请30万元贷款。", []),
        ("到2030年，老年人口将突破4000万。", []),
        ("即日起至2030年项目完成前，停止审批。", []),
        ("目标是两年削减开支650亿欧元，约合5000亿元人民币。", ["650亿欧元"]),
        ("年底前，其余90个重建项目将全部完工。", ["90个"]),
        ("银行将发放不低于1000亿元的专项贷款。", ["1000亿元"]),
        ("今起将加开列车440列。", ["440列"]),
        ("计划明年发射，3名航天员将驾乘飞船。", []),
        ("到2030年，装机将达到100万千瓦，相当于全省的三分之一。", ["100万千瓦"]),
        ("工程进入冲刺阶段，20万移民已全部安置完毕。", []),
        ("今年计划新开工的60个项目已批复40个。", ["60个"]),
        ("专家预计，协定有利，同时可能创造2000万个岗位。", []),
        ("计划扩大试点，93所高校计划招收学生8600人。", ["8600人"]),
        ("到2030年，排放值将控制在每立方米50毫克以下。", ["50毫克"]),
        ("到2030年，我国十四亿人口将迈进现代化。", []),
        ("今年将投资40亿元，新建住房25万套。", ["25万套"]),
    ],
)
def test_without_chapters_a_promise_needs_a_cue_of_its_own(
    promised: Promised, kind: str | None, text: str, expected: list[str]
) -> None:
    assert promised(text, kind) == expected


PLAN = """某区农业发展规划
{}发展基础
产值达到12亿元，建成大棚5万亩。
{}发展环境
农村居民收入增长9%。
{}主要成效
建成美丽乡村80个。
{}发展目标
产值达到15亿元。
{}主要指标
农村居民收入增长8%。
{}重点任务
新建冷库30座。
"""


@pytest.mark.parametrize("marks", ["", "一二三四五六"])
def test_the_past_of_a_plan(promised: Promised, marks: str) -> None:
    text = PLAN.format(*(f"{mark}、" for mark in marks) if marks else [""] * 6)
    assert promised(text, "plan") == ["15亿元", "8%", "30座"]


@pytest.mark.parametrize(
    "text",
    ["全区常住人口98万人。", "全市有学校120所。", "目前，全区建成公园12个。", "全县人口52万人。"],
)
def test_how_things_stand_is_no_promise(promised: Promised, text: str) -> None:
    assert promised(text, "report") == []
    assert promised("力争" + text.removeprefix("目前，"), "report") != []


def test_headings_without_numbers_behind_the_address(promised: Promised) -> None:
    text = "2023年工作回顾\n新增企业30家。\n稳中有进\n新建学校2所。\n"
    text += "2024年工作安排\n新增企业40家。\n全力稳增长\n新建学校3所。\n"
    opening = "各位代表：\n现在，我代表区政府，向大会报告工作，请予审议。\n"
    assert promised(opening + text, "report") == ["40家", "3所"]


def test_the_headlines_of_news_announce_nothing(promised: Promised) -> None:
    news = "晨间新闻：\n2024年就业任务提前完成\n全市新增就业3万人。\n"
    assert promised(news + "2024年主要目标\n建成公园5个。", "news") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A heading without a time, before anything was reviewed, says little.
        ("一、形势和任务\n去年新增企业40家，今年预计比去年增长5%。", []),
        ("一、基本任务\n目前已有企业60家。\n建成公园5个。", ["5个"]),
        ("一、基本任务\n2020年，新增企业60家。\n计划建成公园5个。", ["5个"]),
        ("一、计划的执行情况\n新增企业40家。", []),
    ],
)
def test_a_heading_without_a_time(promised: Promised, text: str, expected: list[str]) -> None:
    assert promised("政府工作报告\n" + text, "report") == expected


@pytest.mark.parametrize(
    "text",
    [
        "今年国民生产总值计划增长百分之八，是留有余地的。",
        "今年经济增长速度的调控目标，定为百分之八。",
        "今年的经济增长预期为百分之八。",
        "加快建立新体制，争取再上一个新台阶。今年经济计划增长百分之八。",
    ],
)
def test_the_goal_of_a_year_in_an_old_report(promised: Promised, text: str) -> None:
    chapters = "一、改革取得成就的五年\n产值增长9%。\n二、争取经济再上一个新台阶\n"
    assert promised("政府工作报告\n" + chapters + text, "report") == ["百分之八"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主要预期目标是：生产总值同比增长6%，出口同比增长3%左右。", ["6%", "3%"]),
        ("力争粮食产量同比提高2%。", ["2%"]),
        ("去年出口同比增长4%，今年力争增长5%。", ["5%"]),
        ("上年出口同比增长4%。", []),
    ],
)
def test_what_a_plan_compares_with_last_year(
    promised: Promised, text: str, expected: list[str]
) -> None:
    plan = f"二、2024年工作安排\n{text}"
    assert promised(f"{REVIEW}全区出口同比增长1%。\n{plan}", "report") == expected
