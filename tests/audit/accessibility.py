"""What axe-core says of every page, light and dark, on a phone and on a desk: ``make axe``.

The rules are those of WCAG 2.0 to 2.2, levels A and AA, and axe's own best practices. axe-core
stands beside this file, as its package on npm has it.
"""

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.search.browser import chromium  # noqa: E402

AXE = Path(__file__).parent / "axe" / "axe.min.js"
RUN = """async (rules) => {
  const chosen = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
  const found = await axe.run(document, { ...chosen, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`));
}"""
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 780},
    "desk": {"width": 1440, "height": 900},
}
THEMES: dict[str, tuple[str, ...]] = {
    "light": (),
    "dark": ("color-contrast", "link-in-text-block"),
}
"""Which rules are asked: all, or those on colours, for nothing else differs in the dark."""
CHANGE = "theme => { document.documentElement.dataset.theme = theme; }"


def violations(page: Page, rules: Iterable[str] = ()) -> list[str]:
    """Return what breaks a rule in the page as it stands: rule, place and what to mend."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN, list(rules))
    return found


def audit(browser: Browser, paths: Iterable[Path], size: str) -> Iterator[str]:
    """Yield what axe finds on pages opened from disk in one size, in each theme."""
    context = browser.new_context(viewport=SIZES[size], reduced_motion="reduce")
    page = context.new_page()
    for path in paths:
        page.goto(path.as_uri())
        for theme, rules in THEMES.items():
            page.evaluate(CHANGE, theme)
            for found in violations(page, rules):
                yield f"{path.stem}, {size}, {theme}: {found}"
    context.close()


def main() -> None:
    """Audit every page of the built site; say what was found."""
    site = ROOT / "build" / "html"
    paths = sorted(
        path for path in site.rglob("*.html") if "_static" not in path.relative_to(site).parts
    )
    start = time.perf_counter()
    with chromium() as browser:
        found = [line for size in SIZES for line in audit(browser, paths, size)]
    seconds = time.perf_counter() - start
    print("\n".join(found))
    runs = len(paths) * len(SIZES) * len(THEMES)
    print(f"{len(found)} violations in {runs} runs on {len(paths)} pages; {seconds:.0f} s")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
