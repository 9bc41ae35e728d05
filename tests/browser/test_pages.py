"""The report, marked texts and the chooser as a reader uses them, in a real browser."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import policytext as pt
from chromium import ROOT, SIZES, chromium, picture
from policytext.reading.marked import save_marked_texts
from policytext.reading.report import report

PAGES = ("report", "explore", "ouhai", "index")
AXE = ROOT / ".cache" / "axe" / "package" / "axe.min.js"  # fetched by `make browser`
Show = Callable[..., Any]


@pytest.fixture(scope="session")
def pages(corpus: pt.Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One page of each kind."""
    folder = tmp_path_factory.mktemp("pages")
    save_marked_texts(corpus, folder)
    report(corpus, by="label").save(folder / "report.html")
    pt.explore(corpus).save(folder / "explore.html")
    return {name: folder / f"{name}.html" for name in PAGES}


def test_the_chooser_opens(corpus: pt.Corpus, tmp_path: Path) -> None:
    """The only one that the ordinary run has: Chromium alone, without a driver."""
    program = chromium()
    page = pt.explore(corpus.select(["ouhai", "dongtou"])).save(tmp_path / "e.html")
    asked = f"{page.as_uri()}#kind=slogan&query=十四五&by=place"
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert "十四五 · " in done.stdout
    assert "瓯海区</button>" in done.stdout


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_has_no_serious_fault(
    name: str, scheme: str, size: str, pages: dict[str, Path], show: Show
) -> None:
    page = show(pages[name], size, scheme)
    if name == "explore":
        page.click("#hits button")
    picture(page, f"{name}-{scheme}-{size}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if AXE.exists():
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run(document)")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_valid_html(name: str, pages: dict[str, Path]) -> None:
    html5lib = pytest.importorskip("html5lib", reason="pip install -e .[browser]")
    html5lib.HTMLParser(strict=True).parse(pages[name].read_text("utf-8"))


@pytest.mark.browser
def test_a_claim_leads_to_its_passage(pages: dict[str, Path], show: Show) -> None:
    page = show(pages["report"])
    link = page.locator(".findings a").first
    anchor = link.get_attribute("href")
    link.click()
    mark = page.locator(f"{anchor} + *")
    page.wait_for_timeout(300)
    box = mark.bounding_box()
    assert box and 0 <= box["y"] < SIZES["wide"][1]
    assert page.locator(f"details:has({anchor})").get_attribute("open") is not None
    picture(page, "report-passage")


@pytest.mark.browser
def test_tables_are_filtered_sorted_and_taken_along(pages: dict[str, Path], show: Show) -> None:
    page = show(pages["report"])
    rows = page.locator("#table-targets tbody tr:visible")
    whole = rows.count()
    page.fill("[data-filter=targets]", "GDP")
    assert 0 < rows.count() < whole
    with page.expect_download() as download:
        page.click("[data-download=targets]")
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == rows.count() + 1
    page.locator("summary").nth(2).click()
    page.locator("#table-keys th button").nth(2).click()
    counts = [int(text) for text in page.locator("#table-keys td:nth-child(3)").all_inner_texts()]
    assert counts == sorted(counts)
    assert page.locator("#table-keys th").nth(2).get_attribute("aria-sort") == "ascending"


@pytest.mark.browser
def test_a_mark_explains_itself_and_its_layer_can_be_off(
    pages: dict[str, Path], show: Show
) -> None:
    page = show(pages["ouhai"])
    shown = "element => getComputedStyle(element, '::after').content"
    mark = page.locator("mark[data-row]").first
    assert mark.evaluate(shown) == "none"
    mark.hover()
    assert "提法 slogans s1" in mark.evaluate(shown)
    page.mouse.move(0, 0)
    mark.focus()
    assert "提法 slogans s1" in mark.evaluate(shown)
    colour = "element => getComputedStyle(element).backgroundColor"
    tint = mark.evaluate(colour)
    page.uncheck(".switch-slogan")
    assert mark.evaluate(colour) != tint


@pytest.mark.browser
def test_the_chooser_counts_and_shows(
    pages: dict[str, Path], corpus: pt.Corpus, show: Show
) -> None:
    page = show(pages["explore"])
    page.check("input[value=slogan]")
    page.fill("#query", "十四五")
    uses = pt.find_slogans(corpus).query("canonical == '十四五'")
    there = corpus.documents.set_index("doc").loc[uses["doc"], "place"].value_counts()
    for place, count in there.items():
        row = page.locator("#rates tr", has_text=place)
        assert row.locator("td").nth(1).inner_text() == str(count)
    page.select_option("#value", "瓯海区")
    assert page.locator("#hits li").count() == there["瓯海区"]
    page.locator("#hits button").first.focus()
    page.keyboard.press("Enter")
    assert "".join(page.locator(".hit").all_inner_texts()) == "十四五"
    picture(page, "explore-slogan")
    page.check("input[value=word]")
    page.fill("#query", "改革")
    words = pt.segment(corpus).query("text == '改革' and doc == 'ouhai'")
    assert page.locator("#hits li").count() == len(words)
    # Up to twenty hits stand open; of more it is said that they roll.
    assert page.evaluate("(at => at.scrollHeight - at.clientHeight)(window.hits)") == 0
    page.select_option("#value", "")
    page.fill("#query", "发展")
    assert page.locator("#rolls").is_visible()
    page.select_option("#value", "瓯海区")
    page.fill("#query", "改革")
    # Its address brings the same choice back.
    page.reload()
    assert page.input_value("#query") == "改革"
    assert page.locator("#hits li").count() == len(words)
