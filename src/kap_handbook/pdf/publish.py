"""Put the PDFs beside the site: ``python -m kap_handbook.pdf.publish build/pdf build/html``."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from kap_handbook.pdf.builder import MANIFEST
from kap_handbook.pdf.downloads import SIZE_CLASS, size_id

Made = dict[str, Any]
"""What the builder says of an edition: ``file``, ``title``, ``parts``, ``pages``, ``bytes``."""


def publish(pdfs: Path, site: Path) -> None:
    """Copy every edition to the site, and write its size where the site lists it."""
    editions: list[Made] = json.loads((pdfs / MANIFEST).read_text("utf-8"))
    for edition in editions:
        (site / edition["file"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pdfs / edition["file"], site / edition["file"])
    for page in sorted(site.rglob("*.html")):
        before = page.read_text("utf-8")
        if SIZE_CLASS in before:
            page.write_text(with_sizes(before, editions), "utf-8")


def with_sizes(html: str, editions: list[Made]) -> str:
    """Return a page with the sizes filled in, also where others stood."""
    for edition in editions:
        place = rf'(<span[^>]*\bid="{size_id(edition["file"])}"[^>]*>)[^<]*(</span>)'
        html = re.sub(place, rf"\g<1>{size_of(edition)}\g<2>", html)
    return html


def size_of(edition: Made) -> str:
    """Return the size of an edition as people say it: 312 pages, 4.1 MB."""
    megabytes = max(edition["bytes"] / 1e6, 0.1)
    return f"{edition['pages']} page{'s' * (edition['pages'] != 1)}, {megabytes:.1f} MB"


if __name__ == "__main__":
    publish(Path(sys.argv[1]), Path(sys.argv[2]))
