"""Files brought in by `import_files`, for the tests of importing."""

from pathlib import Path
from typing import Any

import pandas as pd

import policytext as pt
from policytext.corpus.importing.recognition import Recogniser

BODY = "各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。"
HEAD = [
    "瑞安市政府工作报告",
    "——2021年2月3日在瑞安市第十六届人民代表大会第五次会议上",
    "市长 王小明",
]


def imported(
    tmp_path: Path, ocr: bool | Recogniser = False, **files: Any
) -> tuple[pt.Corpus, pd.DataFrame]:
    """What comes of some files; ``a__html`` stands for ``a.html``."""
    (tmp_path / "raw").mkdir(exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "raw" / name.replace("__", ".")).write_bytes(data)
    report = pt.import_files(tmp_path / "raw", tmp_path / "texts", ocr=ocr)
    return pt.read_corpus(tmp_path / "texts"), report


def removed(report: pd.DataFrame) -> list[tuple[str, str]]:
    rows = report[report["done"] == "removed"]
    return list(rows[["rule", "text"]].itertuples(index=False, name=None))
