"""What a web page states of its text: the title and the day it was published."""

from pathlib import Path

import pandas as pd
import pytest

from imported import imported

BODY = "<p>本市昨日召开会议，部署春耕备耕，要求各县区备足种子。</p><p>会议强调，要守住耕地。</p>"


def listed(tmp_path: Path, page: str) -> pd.Series:
    corpus, _ = imported(tmp_path, a__html=page)
    return corpus.documents.iloc[0]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="articletitle" content="春耕备耕会议召开">', ""),
        ('<meta property="og:title" content="春耕备耕会议召开"><title>某某网</title>', ""),
        ("<title>春耕备耕会议召开_农业频道_某某网</title>", "<h1>某某网</h1><h1>农业频道</h1>"),
        ("<title>春耕备耕会议召开 - 某某网</title>", ""),
        ("<title>春耕备耕会议召开--某某网</title>", ""),
        ("<title>某某网</title>", "<h1>春耕备耕会议召开</h1>"),
        ("<title>春耕备耕会议召开-某某网</title>", "<h2>春耕备耕会议召开</h2>"),
    ],
)
def test_the_title_is_the_one_the_page_states(tmp_path: Path, head: str, body: str) -> None:
    page = f"<html><head>{head}</head><body>{body}{BODY}</body></html>"
    assert listed(tmp_path, page)["title"] == "春耕备耕会议召开"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="pubdate" content="2021-03-04 10:00">', ""),
        ('<meta itemprop="datePublished" content="2021-03-04">', ""),
        ('<script type="application/ld+json">{"datePublished": "2021-03-04T10:00"}</script>', ""),
        ("", '<time datetime="2021-03-04">前天</time>'),
        ("", "<div>2021年03月04日 10:00 来源</div>"),
    ],
)
def test_the_date_is_found_in_head_script_and_frame(tmp_path: Path, head: str, body: str) -> None:
    page = f"<html><head><title>会议召开</title>{head}</head><body>{body}{BODY}</body></html>"
    assert str(listed(tmp_path, page)["date"]) == "2021-03-04"
