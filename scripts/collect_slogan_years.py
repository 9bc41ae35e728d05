"""Collect in which reports formulae stand, and how much reports repeat, for notebook 10.

``python scripts/collect_slogan_years.py SHARED`` reads the reports and writes three tables of
facts into ``data/reference``: ``slogan-years.csv`` (a row per formula, place and year),
``slogan-reports.csv`` (which reports were read, and which were left out and why) and
``repetition.csv`` (how much of each stands in the report of the year before). No sentence of a
report is written.
"""

import sys
import warnings
from collections.abc import Collection, Iterable
from pathlib import Path

import pandas as pd

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.issues import CorpusWarning
from policytext.evaluation.gold import shared_folder
from policytext.lexicon.lexicon import default_lexicon
from policytext.paths import HOME
from policytext.tables import save_csv
from policytext.years import attestations, by_year, repetition, reports_of

FOLDER = HOME / "data" / "reference"
SETS = {
    "state-council": "reports/state-council.jsonl.gz",
    "guangdong": "reports/guangdong.jsonl.gz",
    "shenzhen": "reports/shenzhen.jsonl.gz",
    "shenzhen-districts": "shenzhen-districts",
    "provinces-2025": "reports/provinces-2025.jsonl.gz",
    "cities-2024": "reports/cities-2024.jsonl.gz",
}
SERIES = ["state-council", "guangdong", "shenzhen", "shenzhen-districts"]  # of several years
LEFT_OUT = {
    "city-2024-襄阳": "the national report under another name",
    "city-2024-台州": "the national report under another name",
    "city-2024-贵阳": "the national report under another name",
    "city-2024-池州": "of 2023",
    "city-2024-日照": "cut off",
    "city-2024-黄山": "a district's report",
    "pingshan-2021a": "a website's menu",
}
# Formulae that the lexicon does not list: they are no slogans today, or were none then.
NAMED = """
四个现代化 四项基本原则 五讲四美 一个中心、两个基本点 治理整顿 两个根本性转变 三步走 五年规划
有中国特色的社会主义 中国特色社会主义 社会主义市场经济 抓大放小 减员增效 再就业 扶贫攻坚 菜篮子
希望工程 三个代表 科学发展观 以人为本 和谐社会 社会主义和谐社会 社会主义新农村 创新型国家
自主创新 节能减排 循环经济 资源节约型、环境友好型社会 可持续发展 依法治国 西部大开发 中部崛起
东北地区等老工业基地 退耕还林 全面建设小康社会 新型农村合作医疗 保障性安居工程 棚户区改造
积极的财政政策 稳健的货币政策 扩大内需 简政放权 营商环境 减税降费 新常态 精准扶贫 精准脱贫
脱贫攻坚 工匠精神 获得感 中国制造2025 共享经济 数字经济 人工智能+ 人类命运共同体 京津冀协同发展
长江经济带 全国统一大市场 碳达峰 碳中和 新型举国体制 未来产业 银发经济 首发经济 先立后破
时间就是金钱 深圳质量 深圳速度 深圳标准 三个定位、两个率先 工业立市 科技立市 拼经济 产业第一
效益深圳 和谐深圳 幸福深圳 速度深圳 民生七有 来了就是深圳人 现代化国际化创新型城市 国际化城市
双区建设 双改示范
""".split()


def read(shared: Path, name: str) -> Corpus:
    """A set of reports; what is strange in them is known, see LEFT_OUT."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)
        return read_corpus(shared / "corpora" / SETS[name])


def together(corpora: Iterable[Corpus], docs: Collection[str]) -> Corpus:
    """The named reports of several sets as one corpus: an older homonym may be in another set."""
    kept = [one.select([doc for doc in docs_of(one) if doc in docs]) for one in corpora]
    sources = {doc: one.source(doc) for one in kept for doc in docs_of(one)}
    documents = pd.concat([one.documents for one in kept], ignore_index=True)
    sentences = pd.concat([one.sentences for one in kept], ignore_index=True)
    return Corpus(documents, sentences, sources)


def docs_of(corpus: Corpus) -> list[str]:
    """The names of its documents."""
    return list(corpus.documents["doc"])


def forms() -> list[str]:
    """The formulae of the lexicon that are the nation's, Guangdong's or anybody's, and NAMED."""
    table = default_lexicon()["formulae"]
    ours = table[table["place"].isin(["", "广东省"])]
    return list(dict.fromkeys([*ours["formula"], *NAMED]))


def main() -> None:
    """Read all sets and write the three tables."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder()
    corpora = {name: read(shared, name) for name in SETS}
    whole = pd.concat(
        [reports_of(corpus).assign(set=name) for name, corpus in corpora.items()],
        ignore_index=True,
    )
    whole["left_out"] = whole["doc"].map(LEFT_OUT)
    # Guangdong of 2025 and Shenzhen of 2024 stand in two sets; two reports of a year do not.
    again = whole.duplicated(["place", "year"]) & whole["set"].isin(
        ["provinces-2025", "cities-2024"]
    )
    whole.loc[again, "left_out"] = "in another set already"
    save_csv(whole, FOLDER / "slogan-reports.csv")
    corpus = together(corpora.values(), set(whole.loc[whole["left_out"].isna(), "doc"]))
    years = by_year(attestations(corpus, forms()))
    save_csv(years.sort_values(["form", "place", "year"]), FOLDER / "slogan-years.csv")
    series = whole.loc[whole["left_out"].isna() & whole["set"].isin(SERIES), "doc"]
    shares = repetition(corpus.select(series), lag=[1, 2], width=[8, 12, 20])
    save_csv(shares.round({"share": 4}), FOLDER / "repetition.csv")


if __name__ == "__main__":
    main()
