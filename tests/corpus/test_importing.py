"""Word, PDF and web pages become texts; what is taken out is reported line by line."""

import io
import os
import warnings
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from imported import BODY, HEAD, imported, removed


def test_a_text_is_taken_over_with_guesses_to_check(tmp_path: Path) -> None:
    corpus, report = imported(tmp_path, a__txt="\n".join([*HEAD, BODY]))
    row = corpus.documents.iloc[0]
    assert (row["title"], row["author"], row["place"]) == (HEAD[0], "王小明", "瑞安市")
    assert (row["level"], row["date"], row["date_basis"]) == ("county", "2021-02-03", HEAD[1])
    assert corpus.source("a") == "\n".join([*HEAD, BODY]) + "\n"
    assert set(report["done"]) == {"guessed"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["2020年温州市", "政府工作报告", BODY],
            {"title": "2020年温州市政府工作报告", "date": "2020"},
        ),
        (["在全县会议上的讲话", "二〇二一年三月二十日", BODY], {"date": "2021-03-20"}),
        ([BODY, "苍南县人民政府", "2022年1月5日"], {"title": "a", "date": "2022-01-05"}),
        (["区长李大山在第七届人民代表大会上作报告", BODY], {"author": "李大山"}),
        (["温州市瓯海区政府工作报告", BODY], {"place": "瓯海区", "level": "county"}),
        (["标题不是文种", "作者：张三", BODY], {"title": "标题不是文种", "author": "张三"}),
    ],
)
def test_guesses(tmp_path: Path, lines: list[str], expected: dict[str, str]) -> None:
    corpus, _ = imported(tmp_path, a__txt="\n".join(lines))
    row = corpus.documents.iloc[0]
    assert {key: row[key] for key in expected} == expected


PAGE = f"""<html><head><meta charset="gb2312"><title>瑞安市政府工作报告_瑞安市人民政府</title>
<meta name="ArticleTitle" content="瑞安市2021年政府工作报告">
<meta name="PubDate" content="2021-02-08 10:00">
</head><body><nav>首页 | 要闻</nav><div><a href="/">走进瑞安</a> <a href="/x">办事</a></div>
<form id="aspnet"><h1>瑞安市2021年政府工作报告</h1><div>来源：瑞安日报 字体：大 中 小</div>
<p>{BODY[:20]}
{BODY[20:]}</p><p>见<a href="/plan">规划</a>，全年增长<b>6%</b>左右。<br>分两行。</p>
<p style="display: none">看不见</p><script>alert("x")</script></form>
<footer>版权所有 瑞安市人民政府</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_web_page_loses_its_frame(tmp_path: Path, encoding: str) -> None:
    corpus, report = imported(tmp_path, a__html=PAGE.encode(encoding))
    title = "瑞安市2021年政府工作报告"
    lines = [title, BODY, "见规划，全年增长6%左右。", "分两行。"]
    assert corpus.source("a").splitlines() == lines
    assert removed(report) == [
        ("menu: <nav>", "首页 | 要闻"),
        ("menu: only links", "走进瑞安 办事"),
        ("phrase of a web page", "来源：瑞安日报 字体：大 中 小"),
        ("hidden", "看不见"),
        ("menu: <footer>", "版权所有 瑞安市人民政府"),
    ]
    row = corpus.documents.iloc[0]
    assert (row["title"], row["date"]) == (title, "2021-02-08")


def test_a_menu_saved_as_text_is_taken_out_and_the_title_below_it_stays(tmp_path: Path) -> None:
    menu = [f"栏目{number}" for number in range(20)]
    text = "\n".join([*menu, "瑞安市人民政府", "政府工作报告", BODY, *menu])
    with pytest.warns(pt.CorpusWarning, match="little is left: 36 of 183 characters"):
        corpus, report = imported(tmp_path, a__txt=text)
    assert corpus.source("a").splitlines() == ["政府工作报告", BODY]
    assert len(removed(report)) == 41


def test_a_file_that_is_all_menu_is_left_out(tmp_path: Path) -> None:
    menu = "\n".join(f"栏目{number}" for number in range(40))
    with pytest.warns(
        pt.CorpusWarning, match=r"left out: menu\.txt: all its lines are taken out \(menu \d+"
    ):
        corpus, _ = imported(tmp_path, menu__txt=menu, b__txt=BODY)
    assert list(corpus.documents["doc"]) == ["b"]


def test_page_numbers_and_hyphens(tmp_path: Path) -> None:
    text = "全市经-\n济发展，smart infra-\nstructure建设。\n— 12 —\n第 3 页 共 20 页\n2021\n继续。"
    corpus, report = imported(tmp_path, a__txt=text)
    assert corpus.source("a") == "全市经济发展，smart infrastructure建设。\n2021\n继续。\n"
    assert removed(report) == [("page number", "— 12 —"), ("page number", "第 3 页 共 20 页")]
    changed = report[report["done"] == "changed"]
    assert list(changed["text"]) == ["全市经-", "infra-"]


def test_a_soft_hyphen_at_a_line_end_divides_a_word(tmp_path: Path) -> None:
    text = f"{BODY}\n建设smart infra\u00ad\nstructure，发展经\u00ad\n济。"
    corpus, _ = imported(tmp_path, a__txt=text)
    assert "建设smart infrastructure，发展经济。" in corpus.source("a")


def test_a_soft_hyphen_between_digits_is_a_dash(tmp_path: Path) -> None:
    corpus, _ = imported(tmp_path, a__txt=f"{BODY}\n规划期为2014\u00ad2020年，建\u00ad设。")
    assert "规划期为2014-2020年，建设。" in corpus.source("a")


def test_invisible_characters_and_letter_spacing_are_reported(tmp_path: Path) -> None:
    corpus, report = imported(
        tmp_path, a__txt=f"政 府 工 作 报 告\n全市\u200b经\u00ad济。\n⼀、⽣产\n{BODY}"
    )
    assert corpus.source("a").splitlines()[:3] == ["政府工作报告", "全市经济。", "一、生产"]
    changed = report[report["done"] == "changed"]
    rules = ["letter-spaced line", "invisible characters", "radicals for characters"]
    assert list(changed["rule"]) == rules
    assert list(changed["line"]) == [1, 2, 3]


def test_a_glossary_becomes_a_part_of_its_own(tmp_path: Path) -> None:
    text = f"{BODY}\n一、工作\n推进“三大工程”。\n名词解释\n1.三大工程：指三项工程。"
    corpus, report = imported(tmp_path, a__txt=text)
    assert list(corpus.sentences["part"])[-2:] == ["glossary", "glossary"]
    assert "from line 4 of the text on" in report[report["done"] == "remark"]["text"].iloc[0]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_zip_that_does_not_say_how_its_names_are_written(tmp_path: Path, encoding: str) -> None:
    content = io.BytesIO()
    name = "瑞安".encode(encoding)
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"2021/{'n' * len(name)}.txt", BODY)
        archive.writestr("__MACOSX/._x.txt", "x")
    # zipfile itself writes such names in UTF-8 and says so in the archive.
    packed = content.getvalue().replace(b"n" * len(name), name)
    corpus, _ = imported(tmp_path, a__zip=packed, 瑞安__txt=BODY + "另一年。")
    assert list(corpus.documents["source"]) == ["a.zip/2021/瑞安.txt", "瑞安.txt"]
    assert list(corpus.documents["file"]) == ["texts/a.zip-2021-瑞安.txt", "texts/瑞安.txt"]


def _zip(members: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt"])
def test_a_file_that_climbs_out_of_a_zip_is_left_out_and_the_others_are_read(
    tmp_path: Path, name: str
) -> None:
    packed = _zip({name: BODY, "b.txt": BODY, "in.zip": _zip({"c.txt": BODY})})
    with pytest.warns(pt.CorpusWarning, match=r"left out: a\.zip/.*climbs out of the folder"):
        corpus, report = imported(tmp_path, a__zip=packed)
    assert list(corpus.documents["source"]) == ["a.zip/b.txt"]
    left = report[report["done"] == "left out"].set_index("file")["text"]
    assert set(left.index) == {f"a.zip/{name}", "a.zip/in.zip"}
    assert left["a.zip/in.zip"] == "a zip file in another; unpack it into the folder"
    assert {path.name for path in tmp_path.iterdir()} == {"raw", "texts"}


@pytest.mark.parametrize("damage", ["broken", "locked"])
def test_a_file_of_a_zip_that_cannot_be_unpacked_keeps_back_no_other(
    tmp_path: Path, damage: str
) -> None:
    packed = bytearray(_zip({"b.txt": BODY * 9, "c.txt": BODY}))
    if damage == "broken":
        packed[36:40] = bytes(4)  # the first bytes behind the name
    else:
        packed[packed.find(b"PK\x01\x02") + 8] |= 1  # the flag of a password
    with pytest.warns(pt.CorpusWarning, match=r"a\.zip/b\.txt: cannot be unpacked .* by hand"):
        corpus, _ = imported(tmp_path, a__zip=bytes(packed))
    assert list(corpus.documents["source"]) == ["a.zip/c.txt"]


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("新建\ufffd\ufffd两所。", "replacement characters: 2, the first in line 2, at code point"),
        ("新建锟斤拷两所。", "replacement characters: 1, the first in line 2, at code point"),
        ("新建烫烫烫烫两所。", "replacement characters: 1, the first in line 2, at code point"),
        ("全年财政".encode().decode("latin-1"), "wrongly decoded characters: 1, the first in line"),
        ("增长，全年，".encode().decode("gbk", "replace"), "wrongly decoded characters: "),
        ("新建\0两所。", "null characters: 1, the first in line 2, at code point"),
    ],
)
def test_the_traces_of_a_wrong_encoding_are_in_the_report(
    tmp_path: Path, line: str, remark: str
) -> None:
    with warnings.catch_warnings():  # the corpus says so as well
        warnings.simplefilter("ignore", pt.CorpusWarning)
        _, report = imported(tmp_path, a__txt=f"{BODY}\n{line}\n", b__txt=BODY + "四。")
    remarks = report[report["text"].str.startswith(remark)]
    assert list(remarks["file"]) == ["a.txt"]
    assert remarks["text"].iloc[0].endswith(("get the original", "damaged or binary file"))


def test_one_file_is_a_folder_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BODY, encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(_zip({"c.txt": BODY}))
    for name, source in (("a.md", "a.md"), ("b.zip", "b.zip/c.txt")):
        pt.import_files(tmp_path / name, tmp_path / "texts")
        assert list(pt.read_corpus(tmp_path / "texts").documents["source"]) == [source]


def test_what_an_import_made_inside_the_folder_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BODY, encoding="utf-8")
    pt.import_files(tmp_path, tmp_path / "中" / "texts")
    for _ in range(2):
        with pytest.warns(pt.CorpusWarning, match="left out: 中/texts: an import made"):
            report = pt.import_files(tmp_path, tmp_path / "中" / "texts")
        corpus = pt.read_corpus(tmp_path / "中" / "texts")
        assert list(corpus.documents["source"]) == ["a.md"]
    left = report[report["done"] == "left out"]["file"]
    assert sorted(left) == ["中/texts", "中/texts.before"]


def test_other_bad_input(tmp_path: Path) -> None:
    with pytest.raises(pt.CorpusError, match="no such folder"):
        pt.import_files(tmp_path / "nowhere", tmp_path / "texts")
    with pytest.raises(pt.CorpusError, match="that could be read"):
        pt.import_files(tmp_path, tmp_path / "texts")
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    with pytest.raises(pt.CorpusError, match="holds files already"):
        pt.import_files(tmp_path, tmp_path)
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04broken")
    assert not (tmp_path / "texts").exists()


def test_what_cannot_be_read_is_left_out_with_a_warning(tmp_path: Path) -> None:
    with pytest.warns(pt.CorpusWarning, match=r"left out: old\.doc: .*save it as \.docx") as caught:
        _, report = imported(tmp_path, old__doc=b"\xd0\xcf\x11\xe0", a__txt=BODY)
    assert len(caught) == 1
    assert report["done"].iloc[0] == "left out"


def test_the_warning_names_the_report_that_the_import_wrote(tmp_path: Path) -> None:
    with pytest.warns(pt.CorpusWarning) as caught:
        imported(tmp_path, a__txt=BODY, b__doc=b"\xd0\xcf", c__doc=b"\xd0\xcf")
    said = str(caught[0].message)
    assert said.endswith("see import-report.html (also c.doc)")
    assert (tmp_path / "texts" / "import-report.html").is_file()


def test_a_damaged_zip_and_a_link_to_nowhere_are_left_out(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c.txt", BODY)
    damaged = content.getvalue().replace(content.getvalue()[40:60], bytes(20))
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "n.txt").symlink_to(tmp_path / "nowhere")
    with pytest.warns(pt.CorpusWarning, match=r"left out: b\.zip: cannot be unpacked .*by hand"):
        corpus, report = imported(
            *(tmp_path,), a__txt=BODY, b__zip=b"PK\x03\x04broken", c__zip=damaged
        )
    assert list(corpus.documents["source"]) == ["a.txt"]
    left = list(report[report["done"] == "left out"]["file"])
    assert left == ["b.zip", "c.zip/c.txt", "n.txt"]


def test_every_file_of_a_folder_is_a_text_or_has_a_line(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "深" / "处").mkdir(parents=True)
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    names = ["有 空格.txt", "😀.TXT", f"{'长' * 80}.txt", "1=1.txt", "a\nb.txt", "深/处/a.txt"]
    others = ["a.rar", "a.epub", "a.json", "a.ofd", "a.jpg", "没有", "a.caj", "Ａ.XLS"]
    system = [".a.txt", "~$a.docx", "Thumbs.db", "desktop.ini"]
    for name in [*names, *others, *system]:
        (raw / name).write_text(BODY, encoding="utf-8")
    (raw / os.fsdecode("报告.txt".encode("gbk"))).write_text(BODY, encoding="utf-8")
    (raw / "a.zip").write_bytes(empty.getvalue())
    (raw / "没有").write_bytes(b"\x00\x01")
    (raw / "b.txt").symlink_to(tmp_path / "nowhere")
    (raw / "around").symlink_to(raw)
    with pytest.warns(pt.CorpusWarning, match="left out"):
        corpus, report = imported(tmp_path)
    assert sorted(corpus.documents["source"]) == sorted([*names, "报告.txt"])
    left = report[report["done"] == "left out"].set_index("file")["text"]
    assert set(left.index) == {*others, "a.zip", "b.txt"}
    assert "unpack it" in left["a.rar"] and "call it .txt" in left["没有"]


def test_documents_csv_opens_in_excel_and_executes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, a__txt=f"=1+1报告\n{BODY}")
    written = (tmp_path / "texts/documents.csv").read_bytes()
    assert written.startswith("\ufefffile,title".encode())
    assert ",'=1+1报告,".encode() in written


def test_the_place_a_text_speaks_of_most_is_a_guess(tmp_path: Path) -> None:
    text = (
        f"{BODY}\n"
        + "学习乐清市的做法。\n"
        + "瑞安市要建设瑞安，发展瑞安，瑞安必须争先，瑞安必成。"
    )
    corpus, report = imported(tmp_path, a__txt=text)
    assert corpus.documents["place"].iloc[0] == "瑞安市"
    assert ("place", "named 5 times") in set(zip(report["rule"], report["basis"], strict=True))


def test_guesses_on_the_shenzhen_reports(shared: Path, tmp_path: Path) -> None:
    """38 files as found: the one that is a menu is left out, no place or year is wrong."""
    folder = shared / "corpora/shenzhen-districts"
    with pytest.warns(pt.CorpusWarning, match=r"left out: pingshan-2021a\.txt"):
        pt.import_files(folder / "texts", tmp_path / "made")
    guessed = pd.read_csv(tmp_path / "made/documents.csv", dtype=str)
    known = pd.read_csv(folder / "documents.csv", dtype=str)
    both = guessed.assign(file="texts/" + guessed["source"]).merge(known, on="file")
    assert len(both) == 37
    named = both.dropna(subset=["place_x"])
    assert len(named) >= 35
    assert (named["place_x"] == named["place_y"]).all()
    assert (both["date_x"].str[:4] == both["date_y"]).all()
