"""What the first view of a page weighs, beside the bare theme on the same pages: ``make weigh``.

The bare theme is sphinx-book-theme as it is installed, without the rooms `site` and `search`, built
from the same pages into a temporary folder. Both sites are opened in one run of Chromium.
"""

import os
import sys
import tempfile
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from kap_handbook import ROOMS  # noqa: E402
from tests.search.browser import chromium, served  # noqa: E402
from tests.weight import first_view  # noqa: E402

PAGES = {
    "start page": "index.html",
    "chapter": "safety/monitoring.html",
    "entries and tables": "prescribing/interactions.html",
    "trials and plots": "evidence/trials.html",
    "glossary": "reference/glossary.html",
}
WITHOUT = ("kap_handbook.site", "kap_handbook.search")


def build_bare(folder: Path) -> Path:
    """Build the book with the bare theme; return the site."""
    rooms = [room for room in ROOMS if room not in WITHOUT]
    settings = {
        "extensions": ["myst_parser", "sphinx_design", *rooms],
        "html_sidebars": {},
        "html_theme_options": {},
    }
    site = folder / "html"
    with docutils_namespace(), Path(os.devnull).open("w") as nowhere:
        app = Sphinx(
            ROOT / "docs", ROOT, site, folder / "doctrees", "html", settings,
            status=nowhere, warning=nowhere, parallel=os.cpu_count() or 1,
        )  # fmt: skip
        app.build()
    return site


def main() -> None:
    """Print the table."""
    own = ROOT / "build" / "html"
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        bare = build_bare(Path(name))
        print("First view, all files together, compressed with gzip -9")
        print(
            f"{'page':<20}{'this site':>11}{'files':>7}{'bare theme':>13}{'files':>7}{'ratio':>8}"
        )
        with served(own) as ours, served(bare) as theirs:
            for label, path in PAGES.items():
                one, two = (first_view(browser, root + path) for root in (ours, theirs))
                print(
                    f"{label:<20}{one.weight / 1000:>8.1f} kB{len(one.files):>7}"
                    f"{two.weight / 1000:>10.1f} kB{len(two.files):>7}"
                    f"{one.weight / two.weight:>8.2f}"
                )


if __name__ == "__main__":
    main()
