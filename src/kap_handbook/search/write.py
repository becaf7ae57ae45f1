"""The data that the reader's browser loads, as scripts: a page opened from disk may load no other.

``search/titles.js`` comes first, and answers by itself. ``search/text.js`` follows: other wordings,
and which words stand in which document. ``search/passages/`` holds the texts, a file a page, loaded
for those pages that are shown among the results.
"""

import inspect
import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import FileAvoidWrite

from kap_handbook.between_builds import keep, recall
from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.kinds import KINDS
from kap_handbook.search.book import Book, Found, found_in_book
from kap_handbook.search.document import SECTION, Document
from kap_handbook.search.everyday import LIST, everyday_words
from kap_handbook.search.inverted import Inverted, inverted
from kap_handbook.search.words import with_titles
from kap_handbook.search.works import cited_works

FOLDER = "search"
INVERTED = inspect.getfile(Inverted)
KIND_LABELS = {
    SECTION: "Section",
    **{kind.name: kind.label for kind in KINDS.values() if not kind.asks},
}

Row = list[Any]


def write_search_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the data into the output of an HTML build that went well."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    book = found_in_book(app.env)
    texts = [shown(app, "\n".join(found.document.blocks)) for found in book.found]
    rows = [row(app, number, found) for number, found in enumerate(book.found)]
    folder = Path(app.outdir) / FOLDER
    (folder / "passages").mkdir(parents=True, exist_ok=True)
    write(folder, "titles", titles(app, book, rows))
    write(folder, "text", further(app, book, rows, texts))
    write_passages(folder, book, texts)


def titles(app: Sphinx, book: Book, rows: list[Row]) -> dict[str, Any]:
    """Return what answers by itself: pages, and those documents that come first."""
    gap: str = app.config.search_gap_page
    above = pages_above(app, book)
    pages = [
        [app.builder.get_target_uri(name), app.env.titles[name].astext(), *above.get(name, ())]
        for name in book.pages
    ]
    return {
        "kinds": list(KIND_LABELS.items()),
        "pages": pages,
        "documents": rows[: book.first],
        "everyday": everyday_words(LIST.read_text(encoding="utf-8")),
        "gap": app.builder.get_target_uri(gap) if gap in app.env.all_docs else "",
    }


def further(app: Sphinx, book: Book, rows: list[Row], texts: list[str]) -> dict[str, Any]:
    """Return the other documents, other wordings, words, and works."""
    numbers = {name: number for number, name in enumerate(book.pages)}
    before: Inverted | None = recall(app, "search", INVERTED)
    words = inverted(texts, before)
    if words != before:
        keep(app, "search", INVERTED, words)
    return {
        "documents": rows[book.first :],
        "wordings": [
            [number, *found.document.wordings]
            for number, found in enumerate(book.found)
            if found.document.wordings
        ],
        "words": words.lines(),
        "works": [
            [numbers[work.docname], work.anchor, work.title, work.byline]
            for work in cited_works(app.env, book.pages)
        ],
    }


def write_passages(folder: Path, book: Book, texts: list[str]) -> None:
    """Write the texts of each page, and remove those of pages that are no more."""
    held: list[Row] = [[] for _ in book.pages]
    for number, (found, text) in enumerate(zip(book.found, texts, strict=True)):
        if text:
            held[found.page].append([number, text])
    for page, passages in enumerate(held):
        write(folder, f"passages/{page}", passages)
    for path in (folder / "passages").glob("*.js"):
        if not path.stem.isdecimal() or int(path.stem) >= len(held):
            path.unlink()


def write(folder: Path, name: str, content: Any) -> None:
    """Write a script that hands *content* over; the same content, the same bytes."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    with FileAvoidWrite(folder / f"{name}.js") as file:
        file.write(f'kapSearch.receive("{name}",{data});\n')


def row(app: Sphinx, number: int, found: Found) -> Row:
    """Return a document, as short as JSON can be.

    Kind, page, anchor, title, how many rows above its parent stands (0: none), names, and how many
    of the names, at their end, are misspelt; what is empty at the end is left out. So is what a
    reader of the row knows of the anchor: the kind, or that it is made of the title.
    """
    item = found.document
    row: Row = [
        list(KIND_LABELS).index(item.kind),
        found.page,
        short_anchor(item),
        shown(app, item.title),
        0 if found.parent is None else number - found.parent,
        item.names,
        item.misspelt,
    ]
    while not row[-1] and len(row) > 5:
        row.pop()
    return row


def pages_above(app: Sphinx, book: Book) -> dict[str, list[int]]:
    """Return the number of the first page that lists a page, unless that is the first of all."""
    found: dict[str, list[int]] = {}
    for number, name in enumerate(book.pages):
        for below in app.env.toctree_includes.get(name, ()) if number else ():
            found.setdefault(below, [number])
    return found


def short_anchor(item: Document) -> str:
    """Return as much of an anchor as cannot be told from kind and title."""
    if item.kind != SECTION:
        return item.anchor.removeprefix(f"{item.kind}-")
    made = re.sub("[^a-z0-9]+", "-", item.title.lower()).strip("-")
    return "" if item.anchor == made else item.anchor


def shown(app: Sphinx, words: str) -> str:
    """Return *words* with the titles of the entries to which they refer."""
    domain = clinical_domain(app.env)

    def title_of(kind: str, entry_id: str) -> str:
        item = domain.find(kind, entry_id)
        return item.title if item is not None else entry_id

    return with_titles(words, title_of)
