"""The site without a network: the service worker, and what makes the site installable.

What is written here counts the files of the site: see `recount.py` for files that come later.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from kap_handbook.site.head import THEME

SOURCE = Path(__file__).parent / "scripts" / "service-worker.js"
WORKER = "service-worker.js"
MANIFEST = "manifest.webmanifest"
SAVED = {".css", ".gif", ".html", ".jpg", ".js", ".png", ".svg", ".webmanifest", ".woff2"}
"""Endings of the files that are saved on the reader's device at once."""
NOT_SAVED = {WORKER, "404.html", "link-picture.png"}
SMALL_PDF = 256 * 1024
"""PDFs up to this many bytes are saved at once too: the cards. Others are when they are opened."""
COLOUR = "#0b5563"


def write_offline_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the web manifest, and the service worker over all files that were built."""
    is_html = isinstance(app.builder, StandaloneHTMLBuilder)
    if exception is not None or not is_html or app.config.html_theme != THEME:
        return
    site = Path(app.outdir)
    manifest = json.dumps(web_manifest(app.config.project, app.config.language), indent=2)
    (site / MANIFEST).write_text(manifest + "\n", "utf-8")
    write_worker(site)


def web_manifest(name: str, language: str) -> dict[str, object]:
    """Return what a browser must know to install the site as an application."""
    icons = [
        {"src": f"_static/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    return {
        "name": name,
        "short_name": name,
        "lang": language,
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": COLOUR,
        "background_color": "#ffffff",
        "icons": [*icons, {**icons[-1], "purpose": "maskable"}],
    }


def write_worker(site: Path) -> None:
    """Write the service worker of a built site. The same files give the same worker."""
    files = {path.relative_to(site).as_posix(): hash_of(path) for path in saved_files(site)}
    table = json.dumps(files, ensure_ascii=False, indent=0)
    (site / WORKER).write_text(f"const FILES = {table};\n{SOURCE.read_text('utf-8')}", "utf-8")


def saved_files(site: Path) -> Iterator[Path]:
    """Yield the files that are saved on the reader's device, in the order of their names."""
    for path in sorted(site.rglob("*")):
        small = path.suffix == ".pdf" and path.stat().st_size <= SMALL_PDF
        if (path.suffix in SAVED or small) and path.name not in NOT_SAVED and path.is_file():
            yield path


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file as browsers write it."""
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
