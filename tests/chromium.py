"""A real Chromium with pages opened in it; where there is none, tests of it skip themselves."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "out" / "pictures"
SIZES = {"wide": (1200, 900), "telephone": (360, 740)}


def chromium() -> str:
    """The program, or a skip that says how to get it."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    if found := next(filter(None, map(which, names)), None):
        return found
    pytest.skip("no chromium; apt-get install chromium fonts-noto-cjk")


def picture(page: Any, name: str, whole: bool = False) -> None:
    """Take a picture into a folder that git ignores, to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by playwright."""
    program = chromium()
    driver = pytest.importorskip("playwright.sync_api", reason="pip install -e .[browser]")
    with driver.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def show(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page of a size and a scheme; afterwards nothing may have failed or been fetched."""
    faults: list[str] = []
    contexts = []

    def opened(path: Path, size: str = "wide", scheme: str = "light") -> Any:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on("request", lambda request: faults.append(request.url) if is_net(request) else None)
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


def is_net(request: Any) -> bool:
    return not request.url.startswith(("file:", "data:", "blob:"))
