"""What finders and reading say in English is said to a reader of Chinese in Chinese."""

import re
import warnings
from pathlib import Path

import pandas as pd

import policytext as pt
from policytext.corpus.importing.pdf import _BLANK, _SCAN
from policytext.corpus.importing.readers import _DAMAGED, _OTHERS, _STRICT
from policytext.corpus.issues import _CHECKS, _STRAY
from policytext.reading.labels import in_cell, reasons
from policytext.slogans.model import WEIGHTS, _in_words
from policytext.tables import remark_in_chinese, words

ONE = "".join(f"第{n}项工作由各部门分头抓好落实。" for n in range(30))
TEXTS = {
    "重复": ONE * 2,
    "同文": ONE * 2,
    "相近": f"{ONE * 2}另加一句说明。",
    "菜单": "首页\n要闻\n专题\n" * 12,
    "杂字": "增\ue000长\ufffd10%\u200b，推\u00ad进&ldquo;改\u202e革\x07。\n",
    "引号": "坚持”争先“、“创优。\n提高“效率。\n抓好“落实。\n建好“平台。\n",
    "繁体": "全面貫徹黨的決議，維護發展環境，實現經濟穩定增長，優化營商環境。",
}
# Names of columns, texts and encodings, and calls.
_AS_IT_IS = (
    r"columns=\{.*|(?<=读作)(?:title|text|date)|UTF-8|texts-\d+|pt\.\w+|&ldquo;|pip install.*opencc"
)


def test_remarks_on_texts_and_tables_have_no_english_in_chinese(tmp_path: Path) -> None:
    days = ["2021-02-30", *["2021-03-01"] * (len(TEXTS) - 1)]
    table = pd.DataFrame({"题目": TEXTS.keys(), "内容": TEXTS.values(), "发布时间": days})
    table.to_csv(tmp_path / "texts.csv", index=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pt.CorpusWarning)
        remarks = pt.read_corpus(tmp_path / "texts.csv").report
    assert len(set(remarks["problem"])) > 12
    for name in ("problem", "detail", "fix"):
        for value in remarks[name]:
            said = re.sub(_AS_IT_IS, "", in_cell(name, value, "zh"))
            assert not re.search("[A-Za-z]{3}", said), said


def test_why_a_file_is_not_read_is_said_in_chinese() -> None:
    reasons_of_import = {*_OTHERS.values(), _STRICT, _DAMAGED.format(".docx"), _SCAN, _BLANK}
    for reason in reasons_of_import:
        said = remark_in_chinese(reason)
        plain = re.sub(r"Word|WPS|RTF|Apple Pages|CNKI|PDF|Open(Document| XML)|Strict", "", said)
        plain = re.sub(r"\.\w+|pt\.\w+|make figures CORPUS=…|policytext import --ocr", "", plain)
        assert not re.search("[A-Za-z]{3}", plain), said


def test_reasons_have_no_english_in_chinese() -> None:
    features = map(_in_words, pd.read_csv(WEIGHTS)["feature"].str.partition(": ")[2])
    evidence = pt.find_quantities(pt.read_corpus("data/wenzhou-2021"))["evidence"]
    for reason in {*features, *evidence.dropna()}:
        said = reasons(reason, "zh")
        assert not re.search("(?<!含“)[A-Za-z]{3}", said), said


def test_every_check_of_characters_has_a_chinese_name() -> None:
    assert len(_CHECKS) and {name for name, _, _ in _STRAY} <= set(words()["remarks"])
