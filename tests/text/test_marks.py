"""Quotation marks as they are printed: turned, straight, doubled, in corners, without a partner."""

from pathlib import Path

import pytest

import policytext as pt
from policytext.corpus.corpus import read_corpus
from policytext.text.marks import read_marks, repaired


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("“敢闯敢试“精神", "“敢闯敢试”精神"),
        ("”敢闯敢试”精神", "“敢闯敢试”精神"),
        ("”敢闯敢试“精神", "“敢闯敢试”精神"),
        ("“先行“、”示范”", "“先行”、“示范”"),
        ("“先行”与”示范“", "“先行”与“示范”"),
        ("“先行“的一域，“示范“的一地", "“先行”的一域，“示范”的一地"),
        ("〝先行〞、〝示范〟", "“先行”、“示范”"),
        ('"先行"、＂示范＂', "“先行”、“示范”"),
        ("「先行」、『示范』、﹁领跑﹂", "“先行”、“示范”、“领跑”"),
        ("「先行『示范』一域」", "“先行‘示范’一域”"),
        ('他说"敢闯敢试"', "他说“敢闯敢试”"),
        ('“他说"甲乙"”', "“他说‘甲乙’”"),
        ("‘‘敢闯敢试’’", "‘“敢闯敢试”’"),
        ("坚持'敢闯敢试'，«先行»，‹示范›", "坚持“敢闯敢试”，“先行”，“示范”"),
        # Halves of two kinds of mark.
        ("“先行」、「示范”、“领跑』", "“先行”、“示范”、“领跑”"),
        ("“先行’的一域和“示范”", "“先行”的一域和“示范”"),
        ("‘先行”的一域和“示范”", "“先行”的一域和“示范”"),
        ("「他说“先行”的一域」", "“他说“先行”的一域”"),
        ("“他说'甲乙'”", "“他说‘甲乙’”"),
        # What parts two quotations is none, behind an unclosed one and between turned ones.
        ("“求实的要求，推动“先行“落地，牢记”实干”", "“求实的要求，推动“先行”落地，牢记“实干”"),
        ("推动”先行“落地，牢记”实干“", "推动“先行”落地，牢记“实干”"),
        ("推动”先行“的典型，牢记”实干“", "推动“先行”的典型，牢记“实干”"),
        ("“勇争先，强执行”落地，推动“先行“", "“勇争先，强执行”落地，推动“先行”"),
        # As printed: nested ones, a half, a quotation cut by a line, inches, apostrophes.
        ("“甲乙“丙丁”戊己”改革", "“甲乙“丙丁”戊己”改革"),
        ("“一件事”改革”，“先行”", "“一件事”改革”，“先行”"),
        ("“牵引、“创新”、“绿色”", "“牵引、“创新”、“绿色”"),
        ("”的路线。这一次，在毛主席“", "”的路线。这一次，在毛主席“"),
        ("”，“", "”，“"),
        ("“先行\n示范”", "“先行\n示范”"),
        ('15"的屏', '15"的屏'),
        ("Xi'an和Ya'an", "Xi'an和Ya'an"),
        ("北纬30°15'至30°20'", "北纬30°15'至30°20'"),
        ("workers' and farmers'", "workers' and farmers'"),
    ],
)
def test_marks_are_read_where_they_open_and_close(printed: str, read: str) -> None:
    assert repaired(printed) == read
    assert len(printed) == len(read)


def test_halves_of_clauses_are_no_pair() -> None:
    halves = "实施“三大工程，推进“两个攻坚，落实“一件事"
    assert read_marks(halves).text == halves


def test_what_is_repaired_is_named() -> None:
    assert read_marks("“先行“和”示范”").turned == (3, 5)
    assert read_marks("〝先行〞和“示范").unpaired == (5,)
    assert read_marks("Xi'an").unpaired == ()


@pytest.mark.parametrize("marks", ["“”", "““", "””", "”“", "〝〞", '""', "''", "«»", "「」"])
def test_every_finder_sees_the_same(marks: str, tmp_path: Path) -> None:
    body = f"坚持{marks[0]}敢闯敢试{marks[1]}。新增岗位{marks[0]}3433{marks[1]}个。"
    (tmp_path / "report.txt").write_text(body, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    slogans = pt.find_slogans(corpus)
    assert ("敢闯敢试", "full") in set(zip(slogans["text"], slogans["quoted"], strict=True))
    assert [body[a:b] for a, b in zip(slogans["start"], slogans["end"], strict=True)] == list(
        slogans["text"]
    )
    assert len(corpus.sentences) == 2
    turned = "turned quotation marks" in set(corpus.report["problem"])
    assert turned == (marks in ("““", "””", "”“"))
