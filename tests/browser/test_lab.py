"""Every notebook in a real JupyterLab: it runs, says no error, and paints each of its figures."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from chromium import ROOT, SIZES, chromium, picture

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# All cells are drawn at once, whether they are on the screen or not.
WINDOWING = '{"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}'
KERNEL = "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
KINDS = ("error", "stderr")
SAID = ", ".join(f".jp-OutputArea-output[data-mime-type*='{kind}']" for kind in KINDS)
UNPAINTED = """[...document.querySelectorAll('.jp-OutputArea-output img')]
  .filter((image) => !image.complete || image.naturalWidth < 50).length"""
PICTURE = "data:image/png"  # in HTML, which is shown where an output has other forms too
# A cell that runs has an asterisk.
IDLE = """![...document.querySelectorAll('.jp-InputPrompt')]
  .some((prompt) => prompt.textContent.includes('*'))"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab on copies of the notebooks; what they draw goes elsewhere."""
    chromium()
    pytest.importorskip("playwright", reason="pip install -e .[browser]")
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    settings = home / "settings"
    settings.mkdir()
    (settings / "overrides.json").write_text(WINDOWING, "utf-8")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"]
    command += [f"--ServerApp.root_dir={home}", f"--LabApp.app_settings_dir={settings}"]
    command += ["--LabApp.expose_app_in_browser=True"]
    places = {"POLICYTEXT_FIGURES": home / "figures", "JUPYTER_CONFIG_DIR": home / "config"}
    environment = os.environ | {name: str(place) for name, place in places.items()}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, stderr=log, stdout=log, env=environment)
        yield _address(home / "log", server)
        server.terminate()
        server.wait(timeout=30)


def _address(log: Path, server: subprocess.Popen[bytes]) -> str:
    """The address with its token, once the server has written it."""
    for _ in range(300):
        if found := re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", log.read_text("utf-8")):
            return found[0]
        assert server.poll() is None, log.read_text("utf-8")
        sleep(0.2)
    raise TimeoutError(log.read_text("utf-8"))


@pytest.fixture(scope="module")
def page(browser: Any, lab: str) -> Iterator[Any]:
    width, height = SIZES["wide"]
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.goto(lab)
    yield opened
    opened.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_paints_its_figures(path: Path, page: Any, lab: str) -> None:
    page.goto(lab.replace("/lab?", f"/lab/tree/notebooks/{path.name}?reset&"))
    page.wait_for_function("window.jupyterapp")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.wait_for_function(KERNEL, timeout=60_000)
    page.evaluate("jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(IDLE, timeout=300_000)
    assert page.locator(SAID).all_inner_texts() == []
    page.wait_for_function(f"{UNPAINTED} === 0", timeout=30_000)
    stored = len(re.findall(PICTURE, path.read_text("utf-8")))
    figures = page.locator(".jp-OutputArea-output img")
    assert figures.count() == stored
    if stored:
        figures.last.scroll_into_view_if_needed()
    picture(page, f"lab-{path.stem}")
