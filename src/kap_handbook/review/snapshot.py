"""The snapshot: what the book says at one moment, as data to compare, sign and list.

``sphinx-build -b snapshot docs build/snapshot`` reads the pages, writes ``snapshot.json`` and makes
nothing else.
"""

import json
from collections.abc import Set
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypedDict

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from kap_handbook.citations.cite import bibliography, cited
from kap_handbook.citations.style import plain_reference
from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.kinds import KINDS, Prose
from kap_handbook.clinical.record import Entry
from kap_handbook.parts import parts_of
from kap_handbook.review.blocks import keys_in
from kap_handbook.review.collect import anchors, page_blocks
from kap_handbook.review.manifest import manifest_of, written
from kap_handbook.review.standing import Standing, signature, standings
from kap_handbook.review.words import words

FILE = "snapshot.json"


class PageData(TypedDict):
    """A page. ``blocks`` are those of ``Block``; days are written as 2026-11-21."""

    title: str
    part: str
    evidence_checked: str
    review_by: str
    overdue: bool
    state: str
    signed: list[str]
    checksum: str
    manifest: str
    anchors: list[str]
    blocks: list[dict[str, Any]]


class EntryData(TypedDict):
    """An entry: where it stands, its title, its fields, and the works that it cites."""

    kind: str
    id: str
    page: str
    line: int
    title: str
    fields: dict[str, str]
    sources: list[str]


class Snapshot(TypedDict):
    """The pages by name, the entries by ``kind id``, and the works that are cited by key."""

    pages: dict[str, PageData]
    entries: dict[str, EntryData]
    sources: dict[str, str]


class SnapshotBuilder(Builder):
    """Writes what the book says, and no page."""

    name = "snapshot"
    format = "snapshot"
    allow_parallel = True

    def get_outdated_docs(self) -> str:
        """Say that the whole is written anew."""
        return "what the book says"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page, which nobody uses."""
        return docname

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the snapshot."""
        text = json.dumps(snapshot(self.env), ensure_ascii=False, indent=1, sort_keys=True)
        Path(self.outdir, FILE).write_text(text + "\n", encoding="utf-8")


def read_snapshot(folder: Path) -> Snapshot:
    """Return the snapshot that a build has written into *folder*."""
    data: Snapshot = json.loads(Path(folder, FILE).read_text(encoding="utf-8"))
    return data


def snapshot(env: BuildEnvironment) -> Snapshot:
    """Return what the book says."""
    part_of = {docname: part for part, pages in parts_of(env).items() for docname in pages}
    works = bibliography(env)
    keys = {key for marks in cited(env).values() for key, _ in marks if key in works}
    known = standings(env)
    return {
        "pages": {
            docname: page_data(env, docname, part_of.get(docname, ""), known[docname])
            for docname in env.found_docs
        },
        "entries": {
            f"{item.kind} {item.id}": entry_data(env, item)
            for item in clinical_domain(env).entries()
        },
        "sources": {key: plain_reference(works[key]) for key in keys},
    }


def page_data(env: BuildEnvironment, docname: str, part: str, standing: Standing) -> PageData:
    """Return what is kept of a page."""
    blocks = page_blocks(env).get(docname, ())
    manifest = manifest_of(blocks)
    return {
        "title": standing.title,
        "part": part,
        "evidence_checked": str(standing.evidence_checked or ""),
        "review_by": str(standing.review_by or ""),
        "overdue": standing.overdue,
        "state": standing.state.value,
        "signed": [signature(item) for item in standing.sign_offs],
        "checksum": manifest.checksum,
        "manifest": written(manifest, docname),
        "anchors": list(anchors(env).get(docname, ())),
        "blocks": [{**asdict(block), "digest": block.digest} for block in blocks],
    }


def entry_data(env: BuildEnvironment, item: Entry) -> EntryData:
    """Return what is kept of an entry: its fields in words, those without any left out."""
    folder = Path(env.srcdir)
    found = {"text": words(nodes.container("", *item.text()), folder)}
    for field in KINDS[item.kind].fields:
        if isinstance(field, Prose):
            found[field.name] = words(nodes.container("", *item.prose(field.name)), folder)
        else:
            found[field.name] = ", ".join(sorted(item.options.get(field.name, ())))
    return {
        "kind": item.kind,
        "id": item.id,
        "page": item.docname,
        "line": item.line,
        "title": item.title,
        "fields": {name: text for name, text in found.items() if text},
        "sources": keys_in(item.node),
    }
