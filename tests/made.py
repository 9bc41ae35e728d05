"""Reports made up for tests: any number of places and years, with nothing of the Wenzhou page."""

import random
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

_INDICATORS = ("地区生产总值", "规模以上工业增加值", "一般公共预算收入", "社会消费品零售总额")
_WORKS = ("农贸市场", "乡村公路", "社区食堂", "污水管网", "中小学校", "卫生院")
_LIMBS = ("治", "美", "链", "专", "廊", "片")
_SAYINGS = ("山青水净", "户户有书声", "样样有回音", "件件有着落")


def report(place: str, year: int, seed: int) -> str:
    """A work report of a place: a review, targets, slogans of its own and of the city."""
    draw = random.Random(seed)
    limb, other = draw.sample(_LIMBS, 2)
    own = f"四{limb}四{other}"
    past = "。".join(
        f"{name}增长{draw.randint(30, 90) / 10}%" for name in draw.sample(_INDICATORS, 3)
    )
    plan = "，".join(
        f"{name}增长{draw.randint(4, 9)}%{draw.choice(['以上', '左右', ''])}"
        for name in draw.sample(_INDICATORS, 3)
    )
    works = "；".join(f"新建{name}{draw.randint(2, 60)}个" for name in draw.sample(_WORKS, 3))
    return (
        f"{place}人民政府工作报告\n"
        f"一、{year - 1}年工作回顾\n"
        f"全年{past}。改造{draw.choice(_WORKS)}{draw.randint(3, 40)}处。\n"
        f"我们坚持“{draw.choice(_SAYINGS)}、{draw.choice(_SAYINGS)}”，落实市委“三比三看”要求。\n"
        f"二、{year}年主要目标和重点工作\n"
        f"{year}年主要预期目标是：{plan}。{draw.choice(['力争', '确保', '计划'])}{works}。\n"
        f"深入实施“{own}”行动，打响“{place[:2]}好办”品牌，推动经济社会高质量发展。\n"
    )


def reports(folder: Path, places: Sequence[str], years: Sequence[int], **columns: object) -> Path:
    """A table of made reports, one a place and year.

    Args:
        folder: Where to write ``reports.csv``.
        places: The names.
        years: The years.
        columns: Further columns of documents, for all rows or one value a row.
    """
    rows = [
        {
            "doc": f"{place}-{year}",
            "title": f"{place}人民政府工作报告",
            "author": f"{place}政府",
            "office": f"{place}人民政府",
            "place": place,
            "level": "county",
            "kind": "report",
            "date": str(year),
            "text": report(place, year, seed=1000 * number + year),
        }
        for number, place in enumerate(places)
        for year in years
    ]
    path = folder / "reports.csv"
    pd.DataFrame(rows).assign(**columns).to_csv(path, index=False)
    return path
