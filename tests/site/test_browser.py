"""The site in headless Chromium: with and without script, light and dark, by keyboard, on a phone; axe-core's rules."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openness.outputs.site.build import files
from tests.site.synthetic import catalogued, many, report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here (apt-get install chromium)"),
    pytest.mark.xdist_group("browser"),
    pytest.mark.filterwarnings("ignore"),
]


def written(folder: Path, cards: Any) -> Path:
    for name, content in files(report(cards)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("site"), catalogued())


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[Any]:
    """`opened("index.html#…", **context)` opens a page that may ask nobody for anything and must not complain."""
    contexts = []
    problems: list[str] = []

    def call(address: str, folder: Path = site, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "request",
            lambda request: problems.append(request.url) if not request.url.startswith(("file:", "data:")) else None,
        )
        page.goto(f"file://{folder}/{address}")
        return page

    yield call
    for context in contexts:
        context.close()
    assert problems == []


def a_release(site: Path, begin: str) -> str:
    return str(min((site / "releases").glob(f"{begin}*.html")).relative_to(site))


def visible(page: Any) -> list[str]:
    return [str(each) for each in page.locator("#board tbody tr:visible th a").all_text_contents()]


def test_filters_stand_in_the_address_and_come_back_from_it(opened: Any) -> None:
    page = opened("index.html")
    everything = visible(page)
    page.locator("select[name=verdict]").select_option("closed")
    closed = visible(page)
    assert 0 < len(closed) < len(everything)
    assert "verdict=closed" in page.url
    assert page.locator("#shown").text_content() == f"{len(closed)} of {len(everything)} releases shown"
    page.get_by_role("searchbox").fill("gpt")
    assert all("GPT" in name for name in visible(page))
    page.get_by_role("button", name="Clear").click()
    assert visible(page) == everything
    deep = opened("index.html#min=90&in=data&sort=name")
    names = visible(deep)
    assert names == sorted(names, key=str.lower)
    assert 0 < len(names) < len(everything)


def test_sorting_by_keyboard_is_told_to_a_screen_reader(opened: Any) -> None:
    page = opened("index.html")
    button = page.get_by_role("button", name="Documentation")
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("th[data-key=documentation]").get_attribute("aria-sort") == "descending"
    place = page.evaluate(
        "[...document.querySelectorAll('#board thead th')].findIndex(x => x.dataset.key == 'documentation')"
    )
    cells = page.locator(f"#board tbody tr td:nth-child({place + 1})").all_text_contents()
    figures = [float(text.split("–")[0]) for text in cells]
    assert figures == sorted(figures, reverse=True)
    page.keyboard.press("Enter")
    assert page.locator("th[data-key=documentation]").get_attribute("aria-sort") == "ascending"


def test_any_two_are_compared_and_the_address_says_which(opened: Any, site: Path) -> None:
    page = opened("compare.html")
    page.locator("select[name=a]").select_option(label="GPT-4 (gpt-4)")
    assert page.locator("#compared thead a").first.text_content() == "GPT-4"
    rows = page.locator("#compared tbody tr").count()
    page.get_by_label("only where they differ").check()
    assert page.locator("#compared tbody tr").count() < rows
    again = opened(page.url.rpartition("/")[2])
    assert again.locator("#compared").inner_html() == page.locator("#compared").inner_html()
    release = opened(a_release(site, "gpt-4-"))
    release.get_by_role("link", name="Compare GPT-4").click()
    assert release.locator("select[name=a]").input_value().startswith("gpt-4-")


@pytest.mark.parametrize("name", ["index.html", "compare.html", "methodology.html", "mistralai"])
def test_without_script_everything_can_be_read(opened: Any, site: Path, name: str) -> None:
    page = opened(name if name.endswith(".html") else a_release(site, name), java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert not page.locator("form:visible").count()
    if name == "index.html":
        assert len(visible(page)) == len(catalogued())
    if name == "compare.html":
        assert page.get_by_text("openness compare").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["index.html", "compare.html", "methodology.html", "mistralai", "gpt-4", "google-gemma-2-9b-it"]
)
def test_axe_finds_nothing_serious(opened: Any, site: Path, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = opened(name if name.endswith(".html") else a_release(site, name), color_scheme=scheme)
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)
    found = page.evaluate("axe.run()")["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in serious] == []
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")


@pytest.mark.parametrize("name", ["index.html", "compare.html", "methodology.html", "mistralai", "openai-gpt-oss"])
def test_on_a_phone_nothing_is_wider_than_the_screen(opened: Any, site: Path, name: str) -> None:
    page = opened(name if name.endswith(".html") else a_release(site, name), viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_thousand_releases_are_light_and_filtered_at_once(opened: Any, tmp_path: Path) -> None:
    folder = written(tmp_path, many(1_000))
    assert (folder / "index.html").stat().st_size < 1_000_000
    page = opened("index.html", folder)
    took = page.evaluate(
        """() => { const field = document.querySelector("[name=q]"); const took = [];
        for (const words of ["gpt", "olmo", "", "7b", "llama", ""]) { field.value = words; const begin = performance.now();
        field.dispatchEvent(new Event("input", {bubbles: true})); took.push(performance.now() - begin); }
        return took.sort((a, b) => a - b); }"""
    )
    assert took[len(took) // 2] < 50, took
