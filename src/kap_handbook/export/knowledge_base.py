"""``kb/``: one JSON file per kind of entry, its JSON Schema beside it, and an index of both."""

import hashlib
import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import new_document
from sphinx.util.logging import suppress_logging

from kap_handbook.citations.cite import bibliography
from kap_handbook.citations.nodes import citation_mark, source_list
from kap_handbook.citations.style import address, plain_reference
from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.kinds import KINDS, Kind, Prose
from kap_handbook.clinical.nodes import clinical_entry
from kap_handbook.clinical.record import Entry
from kap_handbook.export.plain import plain_text
from kap_handbook.export.schema import schema_of

IDENTIFIERS = ("doi", "pmid", "isbn", "url")


def write_knowledge_base(app: Sphinx, exception: Exception | None) -> None:
    """Write ``kb/`` into the output of an HTML build that went well."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    folder = Path(app.outdir) / "kb"
    folder.mkdir(exist_ok=True)
    domain = clinical_domain(app.env)
    written = set(pages_written(app))
    listing = []
    for kind in KINDS.values():
        path = folder / f"{kind.name}.json"
        before = content_of(path)
        known = {item["page"]: item for item in before["entries"]}
        entries = []
        for item in domain.entries(kind.name):
            kept = None if item.docname in written else known.get(place_of(app, item))
            entries.append(kept or record(app, kind, item))
        entries.sort(key=lambda item: str(item["id"]))
        write(folder / f"{kind.name}.schema.json", schema_of(kind))
        content = {"kind": kind.name, "edition": app.config.release, "entries": entries}
        if content != before:
            write(path, content)
        listing.append(
            {
                "kind": kind.name,
                "label": kind.label,
                "count": len(entries),
                "file": f"kb/{kind.name}.json",
                "schema": f"kb/{kind.name}.schema.json",
            }
        )
    write(folder / "index.json", {"edition": app.config.release, "kinds": listing})


def write(path: Path, content: dict[str, Any]) -> None:
    """Write JSON that is the same, byte for byte, whenever its content is."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def note_written(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Note that a page is written, with all that its entries show of other pages and of works."""
    pages_written(app).append(docname)


def pages_written(app: Sphinx) -> list[str]:
    """Return the pages that this build has written so far."""
    if not hasattr(app.builder, "kap_pages_written"):
        app.builder.kap_pages_written = []  # type: ignore[attr-defined]
    return app.builder.kap_pages_written  # type: ignore[attr-defined, no-any-return]


def content_of(path: Path) -> dict[str, Any]:
    """Return what the build before wrote: records of pages that stay as they are still hold."""
    nothing: dict[str, Any] = {"entries": []}
    try:
        content = json.loads(path.read_text("utf-8"))
        return content if all(item["page"] for item in content["entries"]) else nothing
    except (OSError, ValueError, LookupError, TypeError):
        return nothing


def place_of(app: Sphinx, item: Entry) -> str:
    """Return the address of an entry from the root of the site."""
    return f"{app.builder.get_target_uri(item.docname)}#{item.anchor}"


def record(app: Sphinx, kind: Kind, item: Entry) -> dict[str, Any]:
    """Return what is exported of one entry."""
    cited = keys_in(item.node)
    item = item.with_node(resolved(app, item))
    content = {
        "id": item.id,
        "title": item.title,
        "fields": fields(kind, item),
        "text": plain_text(item.node),
        "html": html(app, item),
        "sources": sources(app, cited),
    }
    serialised = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    return {
        **content,
        "page": place_of(app, item),
        "sha256": hashlib.sha256(serialised).hexdigest(),
    }


def resolved(app: Sphinx, item: Entry) -> clinical_entry:
    """Return a copy of the entry in which references and citations are resolved."""
    document = new_document(item.docname)
    document.settings.env = app.env
    document += item.node.deepcopy()
    with suppress_logging():  # what is wrong was said when the page was written
        app.env.apply_post_transforms(document, item.docname)
    for listing in list(document.findall(source_list)):
        listing.parent.remove(listing)
    node = document[0]
    assert isinstance(node, clinical_entry)
    return node


def html(app: Sphinx, item: Entry) -> str:
    """Return the entry as it stands in its page."""
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    app.builder.current_docname = item.docname
    return app.builder.render_partial(item.node)["fragment"]


def fields(kind: Kind, item: Entry) -> dict[str, str | list[str]]:
    """Return the entry's fields: a list where the kind allows several values."""
    found: dict[str, str | list[str]] = {}
    for field in kind.fields:
        if isinstance(field, Prose):
            if prose := item.prose(field.name):
                found[field.name] = plain_text(nodes.container("", *prose))
            continue
        values = list(item.options.get(field.name, ()))
        if values:
            found[field.name] = values if field.many else values[0]
    return found


def keys_in(node: nodes.Element) -> list[str]:
    """Return the works that *node* cites, in the order in which it does."""
    return list(dict.fromkeys(key for mark in node.findall(citation_mark) for key in mark["keys"]))


def sources(app: Sphinx, keys: list[str]) -> list[dict[str, str]]:
    """Return the works of *keys* with their identifiers."""
    works = bibliography(app.env)
    found = []
    for key in keys:
        if key in works:
            work = works[key]
            names = {name: address(work, name) for name in IDENTIFIERS if name in work.fields}
            found.append({"key": key, "reference": plain_reference(work), **names})
    return found
