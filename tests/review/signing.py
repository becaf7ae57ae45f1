"""What the tests of reviews share: a snapshot of a mini site, and a person who signs."""

import os
import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

from sphinx.deprecation import RemovedInSphinx11Warning
from sphinx.testing.util import SphinxTestApp

from kap_handbook.review.ledger import LEDGER
from kap_handbook.review.manifest import Manifest, path_of
from kap_handbook.review.snapshot import PageData, Snapshot, read_snapshot
from tests.mini import ROOT, Site

# Nobody of this name exists; the records live in a folder that a test makes and removes.
SIGNED = {
    "reviewer": "Test Person",
    "credentials": "MD",
    "role": "reviewer of mini sites",
    "date": "2026-11-21",
    "scope": "whole page",
    "competing-interests": "none",
}


def snapshot_of(site: Site) -> Snapshot:
    """Return the snapshot of a site, with what is known from the snapshot before."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"'myst_parser\.", RemovedInSphinx11Warning)
        app = SphinxTestApp("snapshot", srcdir=site.folder, builddir=site.folder / "_build/review")
        try:
            app.build()
        finally:
            app.cleanup()
    return read_snapshot(Path(app.outdir))


def command(*words: str | Path, folder: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Run one of the room's commands, as ``make`` does."""
    return subprocess.run(
        [sys.executable, "-m", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def manifest_in(page: PageData) -> Manifest:
    """Return the manifest that a snapshot holds."""
    return Manifest(tuple((block["digest"], label_of(block)) for block in page["blocks"]))


def label_of(block: Mapping[str, str]) -> str:
    place = f" under “{block['section']}”" if block["section"] not in ("", block["name"]) else ""
    return f"{block['kind']}{place}: {block['name']}"


def sign(site: Site, name: str = "page", **fields: str) -> Path:
    """Add a signature of a page as it is now; return the file of what was read."""
    page = snapshot_of(site)["pages"][name]
    path = path_of(site.folder, name, page["checksum"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page["manifest"], encoding="utf-8")
    add_record(site.folder, name, page["checksum"], **fields)
    return path


def add_record(folder: Path, name: str, of: str, **fields: str) -> None:
    """Add a record to the ledger; *of* is the checksum."""
    values = {"page": name, **SIGNED, "checksum": of}
    values |= {key.replace("_", "-"): value for key, value in fields.items()}
    record = "\n  ".join(f"{key}: {value}" for key, value in values.items())
    with (folder / LEDGER).open("a", encoding="utf-8") as ledger:
        ledger.write(f"- {record}\n")
