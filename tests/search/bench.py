"""Compare this search with Sphinx's own and with Pagefind on the same build: ``make bench-search``.

Prints recall by kind on both halves of the queries, the bytes that a reader loads, and the times in
Chromium with the processor slowed four times. What else runs on the machine lengthens the times;
the processor time of a keystroke is given too, times four.
"""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bs4 import BeautifulSoup  # noqa: E402
from playwright.sync_api import Browser, Page  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402

from tests.search.browser import ask, chromium, served  # noqa: E402
from tests.search.measure import place_of, queries, scores  # noqa: E402

FOLDER = ROOT / "build" / "bench-search"
PAGEFIND = "pagefind@1.6.0"
SLOWER = 4
# Sphinx's own scripts, which the site leaves out, kept in a folder of their own.
OWN = ("documentation_options.js", "doctools.js", "sphinx_highlight.js", "base-stemmer.js",
       "english-stemmer.js", "language_data.js", "searchtools.js")  # fmt: skip
SPHINX_PAGE = """<!doctype html><html data-content_root="./"><title>Sphinx</title>
{scripts}<script src="searchindex.js"></script><body></body></html>"""
ASK_SPHINX = """(queries) => queries.map((query) =>
  Search._performSearch(...Search._parseQuery(query)).reverse()
    .map(([docname, title, anchor]) => docname + ".html" + anchor))"""
ASK_PAGEFIND = """async (queries) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    const addresses = (page) => page.sub_results.slice(0, 3).map(({ url }) => url.slice(1));
    found.push(pages.flatMap(addresses));
  }
  return found;
}"""
COLD = """async () => {
  const start = performance.now();
  const engine = await kapSearch.ready();
  engine.search("blood pressure");
  const first = performance.now();
  await engine.whole;
  return [first - start, performance.now() - start];
}"""
TYPE = """(queries) => {
  const input = document.getElementById("kap-dialog-query");
  const times = [];
  for (const query of queries) {
    for (let end = 1; end <= query.length; end += 1) {
      input.value = query.slice(0, end);
      const start = performance.now();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      document.body.offsetHeight; // lay the results out
      times.push(performance.now() - start);
    }
  }
  return times;
}"""

KEYS = """(queries) => {
  const input = document.getElementById("kap-dialog-query");
  const typed = queries.flatMap((query) => [...query].map((_, end) => query.slice(0, end + 1)));
  let number = 0;
  window.pressKey = () => {
    input.value = typed[number++];
    input.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.offsetHeight; // lay the results out
  };
  return typed.length;
}"""
SPENT = {"ScriptDuration", "RecalcStyleDuration", "LayoutDuration"}


def build() -> Path:
    """Build the site with Sphinx's own index beside ours."""
    out = FOLDER / "html"
    app = Sphinx(ROOT / "docs", ROOT, out, FOLDER / "doctrees", "html", status=None, warning=None)
    app.builder.search = True  # type: ignore[attr-defined]
    own = out / "sphinx-own"
    own.mkdir(parents=True, exist_ok=True)
    kept: list[str] = []

    def keep(app: Sphinx, exception: Exception | None) -> None:
        for name in OWN:
            if (out / "_static" / name).is_file():
                shutil.copy(out / "_static" / name, own)
                kept.append(f'<script src="sphinx-own/{name}"></script>\n')

    app.connect("build-finished", keep, priority=1)
    app.build(force_all=True)
    page = SPHINX_PAGE.format(scripts="".join(kept))
    (out / "sphinx-search.html").write_text(page, encoding="utf-8")
    return out


def with_pagefind(site: Path) -> Path | None:
    """Return a copy of the site that Pagefind has indexed; nothing where npm is missing."""
    if shutil.which("npm") is None:
        print("Pagefind is left out: npm is missing.")
        return None
    copy = FOLDER / "pagefind"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site, copy)
    for path in copy.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for box in page.select("section[id], article.entry[id]"):  # it wants ids on headings
            heading = box.find(["h1", "h2", "h3", "h4", "h5"])
            if heading is not None and not heading.get("id"):
                heading["id"] = box["id"]
                del box["id"]
        for body in page.select("article.bd-article"):
            body["data-pagefind-body"] = ""
        path.write_text(str(page), encoding="utf-8")
    command = ["npx", "--yes", PAGEFIND, "--site", str(copy)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=FOLDER)
    if result.returncode:
        print("Pagefind is left out:", (result.stderr or result.stdout).strip()[-300:])
        return None
    return copy


def compressed(path: Path) -> int:
    """Return the size of a file as a server sends it."""
    return len(gzip.compress(path.read_bytes(), 9)) if path.is_file() else 0


def print_table(name: str, half: str, table: dict[str, Any]) -> None:
    """Print recall and rank by kind."""
    print(f"\n{name}, {half}\n{'kind':14}{'n':>4} recall@1 recall@3   MRR")
    for kind, score in table.items():
        print(f"{kind:14}{score.count:4}{score.recall1:9.2f}{score.recall3:9.2f}{score.mrr:6.2f}")


def compare(name: str, page: Page, script: str | None) -> None:
    """Print how well a search finds, on both halves."""

    def search(texts: list[str]) -> list[list[str]]:
        found = ask(page, texts) if script is None else page.evaluate(script, texts)
        return [[place_of(address) for address in addresses] for addresses in found]

    for half in ("tuning", "measured"):
        print_table(name, half, scores(queries(half), search))


def loaded_bytes(browser: Browser, address: str, site: Path) -> tuple[int, int, int]:
    """Return what is loaded before the first answer, for all words, and with passages shown."""
    page = browser.new_context().new_page()
    page.goto(f"{address}index.html")
    seen: list[str] = []
    page.on("request", lambda request: seen.append(urlsplit(request.url).path.lstrip("/")))
    styles = ROOT / "src/kap_handbook/search/static/search/search.css"
    start = compressed(site / "_static/search/start.js") + compressed(styles)
    page.keyboard.press("Control+k")
    page.evaluate("async () => { const e = await kapSearch.ready(); await e.whole; }")
    first = start + sum(compressed(site / path) for path in seen if path != "search/text.js")
    whole = start + sum(compressed(site / path) for path in seen)
    page.keyboard.type("blood pressure before dosing")
    page.wait_for_timeout(500)
    return first, whole, start + sum(compressed(site / path) for path in seen)


def times(browser: Browser, address: str, slower: int) -> tuple[list[float], list[float]]:
    """Return the cold start (first answer, all words) and the time of each keystroke, in ms."""
    page = browser.new_context().new_page()
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{address}index.html")
    cold: list[float] = page.evaluate(COLD)
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog.kap-search[open]")
    page.wait_for_timeout(300)
    typed: list[float] = page.evaluate(TYPE, [query.text for query in queries("tuning")])
    return cold, typed


def processor_times(browser: Browser, address: str) -> list[float]:
    """Return the processor time of each keystroke, in ms, as if it were slowed."""
    page = browser.new_context().new_page()
    client = page.context.new_cdp_session(page)
    page.goto(f"{address}index.html")
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog.kap-search[open]")
    page.evaluate("async () => { const e = await kapSearch.ready(); await e.whole; }")
    client.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = client.send("Performance.getMetrics")["metrics"]
        total: float = sum(metric["value"] for metric in metrics if metric["name"] in SPENT)
        return 1000 * total

    found = []
    for _ in range(page.evaluate(KEYS, [query.text for query in queries("tuning")])):
        before = spent()
        page.evaluate("pressKey()")
        found.append(SLOWER * (spent() - before))
    return found


def main() -> None:
    """Print everything."""
    site = build()
    with chromium() as browser, served(site) as address:
        page = browser.new_page()
        page.goto(f"{address}search.html")
        compare("This search", page, None)
        page.goto(f"{address}sphinx-search.html")
        page.wait_for_function(
            "typeof Search !== 'undefined' && Search.hasIndex()", timeout=120_000
        )
        compare("Sphinx's own", page, ASK_SPHINX)
        sizes = loaded_bytes(browser, address, site)
        index = compressed(site / "searchindex.js")
        timed = {slower: times(browser, address, slower) for slower in (1, SLOWER)}
        worked = processor_times(browser, address)
        copy = with_pagefind(site)
        if copy is not None:
            with served(copy) as other:
                page.goto(f"{other}index.html")
                compare("Pagefind", page, ASK_PAGEFIND)
    print(f"\nLoaded, gzip: {sizes[0]} bytes before the first answer, {sizes[1]} with all words, "
          f"{sizes[2]} with the passages of one query; Sphinx's own index: {index}")  # fmt: skip
    for slower, (cold, typed) in timed.items():
        cut = quantiles(typed, n=100)
        print(f"Processor {slower} times slower: first answer after {cold[0]:.0f} ms, all words "
              f"after {cold[1]:.0f} ms; keystroke median {cut[49]:.1f} ms, p95 {cut[94]:.1f} ms "
              f"({len(typed)} keystrokes)")  # fmt: skip
    cut = quantiles(worked, n=100)
    print(f"Processor time of a keystroke, times {SLOWER}: median {cut[49]:.1f} ms, "
          f"p95 {cut[94]:.1f} ms")  # fmt: skip
    print(json.dumps({"first": sizes[0], "whole": sizes[1]}))


if __name__ == "__main__":
    main()
