"""What the first view of a page weighs, beside two others on the same pages: ``make weigh``.

The bare theme is sphinx-book-theme as it is installed, without the rooms `site` and `search`.
MkDocs Material is installed from PyPI for the run; it is spared the fonts that it would ask of
another host, and the directives of MyST, which it does not know, remain as text there. All three
are built from the same pages, opened in one run of Chromium, and compressed alike.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from kap_handbook import ROOMS  # noqa: E402
from tests.bench.html_build import OTHERS, install  # noqa: E402
from tests.search.browser import chromium, served  # noqa: E402
from tests.weight import first_view  # noqa: E402

PAGES = {
    "start page": "index.html",
    "chapter": "safety/monitoring.html",
    "entries and tables": "prescribing/interactions.html",
    "trials and plots": "evidence/trials.html",
    "glossary": "reference/glossary.html",
}
MATERIAL = "MkDocs Material"
MKDOCS = """site_name: KAP Provider Handbook
use_directory_urls: false
theme:
  name: material
  font: false
"""
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


def build_material(folder: Path) -> Path:
    """Build the book's pages with MkDocs Material; return the site."""
    package, command = OTHERS[MATERIAL]
    others = install(folder, [package])
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    build = [str(others / "bin" / command), "build", "--quiet"]
    subprocess.run(build, cwd=folder, check=True, stderr=subprocess.DEVNULL)
    return folder / "site"


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser, ExitStack() as hosts:
        sites = {"this site": ROOT / "build" / "html"}
        for label, build in {"bare theme": build_bare, MATERIAL: build_material}.items():
            folder = Path(name) / label
            folder.mkdir()
            sites[label] = build(folder)
        roots = [hosts.enter_context(served(site)) for site in sites.values()]
        print(
            "First view: all files together, compressed with gzip -9; requests; ratio to this site"
        )
        print(f"{'page':<20}" + "".join(f"{label:>28}" for label in sites))
        for label, path in PAGES.items():
            views = [first_view(browser, root + path, to_the_end=True) for root in roots]
            own = views[0].weight
            cells = (
                f"{view.weight / 1000:>12.1f} kB{len(view.files):>5}{view.weight / own:>8.2f}"
                for view in views
            )
            print(f"{label:<20}{''.join(cells)}", flush=True)
    print(
        "MkDocs Material does not know the directives of MyST: entries, plots and gathered tables "
        "are bare text there, without pictures. Its fonts from another host are left out."
    )


if __name__ == "__main__":
    main()
