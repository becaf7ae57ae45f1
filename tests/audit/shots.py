"""Pictures of nine kinds of page, in three widths, light and dark: ``make shots``.

They come into `build/shots/`, to be looked at.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.search.browser import chromium, served  # noqa: E402

PAGES = {
    "start": "index.html",
    "chapter": "safety/monitoring.html",
    "entries": "prescribing/contraindications.html#contraindication-recent-mi",
    "gathered": "prescribing/interactions.html",
    "plots": "evidence/trials.html#depression-after-about-24-hours",
    "card": "cards/patient.html",
    "questions": "questions/by-topic.html",
    "glossary": "reference/glossary.html",
    "search": "search.html?q=blood+pressure",
}
WIDTHS = {360: 780, 768: 1024, 1440: 900}
"""Widths, each with its height, in pixels."""


def main() -> None:
    """Take the pictures of the pages that are named, or else of all."""
    wanted = sys.argv[1:] or list(PAGES)
    folder = ROOT / "build" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, served(ROOT / "build" / "html") as root:
        for width, height in WIDTHS.items():
            for theme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if theme == "dark" else "light",
                    service_workers="block",
                )
                page = context.new_page()
                for name in wanted:
                    page.goto(root + PAGES[name])
                    page.wait_for_timeout(400)  # what is found, and where the page scrolls to
                    page.screenshot(path=folder / f"{name}-{width}-{theme}.png")
                context.close()
    print(f"See {folder.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
