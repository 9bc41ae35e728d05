"""Places by folder, by short and shared names, and what is said where names contradict."""

from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext.corpus.importing.metadata import at_odds, guess

LEXICON = pt.default_lexicon()
BODY = "各位代表：\n现在报告工作，请予审议。\n"


def imported(tmp_path: Path, files: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The row of each file, and the report."""
    for name, text in files.items():
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    report = pt.import_files(tmp_path / "raw", tmp_path / "texts")
    rows = pd.read_csv(tmp_path / "texts" / "documents.csv", dtype=str, keep_default_na=False)
    return rows.set_index("source"), report


@pytest.mark.parametrize(
    ("name", "place", "date"),
    [
        ("浙江/温州/2021/报告.txt", "温州市", "2021"),
        ("2019年/杭州市.txt", "杭州市", "2019"),
        ("瓯海区2021/报告.txt", "瓯海区", "2021"),
        ("辽宁/朝阳/报告.txt", "朝阳市", ""),
        ("江苏/南京/鼓楼区/报告.txt", "鼓楼区", ""),
        ("吉林/吉林市/报告.txt", "吉林市", ""),
        ("2020-2021/慈溪/报告.txt", "慈溪市", ""),
        ("2020/义乌2021年政府工作报告.txt", "义乌市", "2021"),
        ("新建文件夹/报告.txt", "", ""),
        ("鼓楼区/报告.txt", "", ""),
        ("衡阳/报告.txt", "衡阳市", ""),  # and not 衡阳县 in it
        ("海南/报告.txt", "", ""),
    ],
)
def test_folders(tmp_path: Path, name: str, place: str, date: str) -> None:
    rows, report = imported(tmp_path, {name: BODY})
    assert (rows["place"].get(name, ""), rows["date"].get(name, "")) == (place, date)
    by = report.set_index("rule")
    if place and "义乌" not in name and "杭州" not in name:
        assert by.loc["place", "basis"].startswith("the folder ")
        assert by.loc["place", "confidence"] == "inferred"


def test_what_contradicts_is_named(tmp_path: Path) -> None:
    files = {
        "浙江/杭州/2019/a.txt": "2021年温州市政府工作报告\n" + BODY,
        "浙江/2021/b.txt": "2021年温州市政府工作报告\n" + BODY.replace("请", "再请"),
        "浙江/2020/2021年宁波.txt": "2021年宁波市政府工作报告\n" + BODY.replace("现在", "今天"),
    }
    _, report = imported(tmp_path, files)
    remarks = report[report["done"] == "remark"]
    assert list(remarks["file"]) == ["浙江/杭州/2019/a.txt"] * 2
    assert (
        "the folder 杭州 names 杭州市, and 2021年温州市政府工作报告 温州市"
        in remarks["text"].iloc[0]
    )
    assert "the folder 2019 names 2019, and the title 2021" in remarks["text"].iloc[1]


def test_a_shared_name_is_no_guess_and_a_remark(tmp_path: Path) -> None:
    rows, report = imported(tmp_path, {"a.txt": "新华区政府工作报告\n" + BODY})
    assert tuple(rows.loc["a.txt", ["place", "level"]]) == ("", "county")
    remark = report.loc[report["done"] == "remark", "text"].iloc[0]
    assert remark.startswith("no place: 新华区 may be 新华区 (石家庄市), 新华区 (沧州市)")


@pytest.mark.parametrize(
    ("title", "more", "place"),
    [
        ("福州市鼓楼区政府工作报告", "", "鼓楼区"),
        ("西湖区政府工作报告", "在南昌市委领导下工作。", "西湖区"),
        ("西湖区政府工作报告", "在市委领导下工作。", ""),
        ("吉林政府工作报告", "", ""),
        ("衡阳政府工作报告", "我代表县人民政府报告。", "衡阳县"),
        ("吉林政府工作报告", "我代表省人民政府报告。", "吉林省"),
        ("吉林政府工作报告", "我代表市人民政府报告。", "吉林市"),
        ("海南政府工作报告", "我代表州人民政府报告。", "海南藏族自治州"),
        ("海南州政府工作报告", "", "海南藏族自治州"),
        ("延边州统计局年报", "", "延边朝鲜族自治州"),
        ("景宁县政府工作报告", "", "景宁畲族自治县"),
        ("鄂温克旗政府工作报告", "", "鄂温克族自治旗"),
        ("赵县政府工作报告", "", "赵县"),
        ("石家庄市赵县政府工作报告", "", "赵县"),
        ("关于各市和县规划的报告", "", ""),
        ("马鞍山市和县政府工作报告", "", "和县"),
        ("浦东新区政府工作报告", "", "浦东新区"),
        ("雄安新区工作要点", "", "雄安新区"),
        ("臺北市施政報告", "", "台北市"),
        ("義烏市政府工作報告", "", "义乌市"),
        ("瑞安市住房和城乡建设局工作总结", "", "瑞安市"),
    ],
)
def test_names_of_places(title: str, more: str, place: str) -> None:
    if title.startswith(("臺", "義")):
        pytest.importorskip("opencc", reason="pip install -e .[opencc] to read traditional texts")
    found = guess([title, more], {}, "a", LEXICON)
    assert (found["place"].value if "place" in found else "") == place


@pytest.mark.parametrize(
    ("title", "place", "level"),
    [
        ("2008年北京市云岫区政府工作报告", "北京市云岫区", "county"),
        ("上海市碧湾区国民经济和社会发展统计公报", "上海市碧湾区", "county"),
        ("中共天津市云岫区委工作报告", "天津市云岫区", "county"),
        ("重庆云岫区政府工作报告", "重庆云岫区", "county"),
        ("河北省云岫县教育局工作总结", "河北省云岫县", "county"),
        ("河北省张家口市云岫县政府工作报告", "张家口市云岫县", "county"),
        ("嘉兴市云岫市政府工作报告", "嘉兴市云岫市", "county"),
        ("山东省云岫市2008年政府工作报告", "山东省云岫市", ""),
        ("杭州市文明城市工作总结", "杭州市", "prefectural"),
        ("浙江省大湾区工作要点", "浙江省", "provincial"),
        ("温州市农贸市场工作总结", "温州市", "prefectural"),
        ("广西壮族自治区政府工作报告", "广西壮族自治区", "provincial"),
        ("山东省济南市莱芜区政府工作报告", "莱芜区", "county"),
    ],
)
def test_a_place_that_is_not_listed_is_not_the_one_above_it(
    title: str, place: str, level: str
) -> None:
    found = guess([title, "各位代表："], {}, "a", LEXICON)
    assert (found["place"].value, found["level"].value if "level" in found else "") == (
        place,
        level,
    )
    remarks = [remark for remark in at_odds(found, "a", [], LEXICON) if "places.csv" in remark]
    assert len(remarks) == ("云岫" in title or "碧湾" in title)


def test_a_text_that_keeps_naming_an_unlisted_place_has_it() -> None:
    title = "北京市云岫区养犬管理办法"
    places = [guess([title, "云岫区。" * n], {}, "a", LEXICON)["place"].value for n in (0, 3)]
    assert places == ["北京市", "北京市云岫区"]


@pytest.mark.parametrize(
    ("name", "title", "place"),
    [
        ("新建 Microsoft Word 文档", "", ""),
        ("新建 文本文档 (3) - 副本", "", ""),
        ("新建文件夹 (2)/Document1", "", ""),
        ("untitled/未命名 2", "", ""),
        ("新建区", "新建区", "新建区"),
        ("新建文件夹/20210203", "20210203", ""),
    ],
)
def test_a_name_that_a_program_gives_says_nothing(
    tmp_path: Path, name: str, title: str, place: str
) -> None:
    made, _ = imported(tmp_path, {f"{name}.txt": "春天来了，农民下田，大家都很高兴。\n"})
    assert made.loc[f"{name}.txt", ["title", "place"]].to_list() == [title, place]
