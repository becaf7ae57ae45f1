"""Pages are read and written by several processes, as Sphinx does it, with less to carry.

Sphinx has every reader hand back all that the book knew when it set out, the more the later, and
resolves pages faster than they are written. Here a reader knows its own pages only, for what the
readers found is put together when the last has come back; and few pages wait to be written.

Sphinx has no hook for either: both functions take the place of methods that are its own, which the
range of versions in pyproject.toml holds as they are, and the tests notice if they are gone.
"""

import gc
import pickle
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.build_phase import BuildPhase
from sphinx.util.display import status_iterator
from sphinx.util.parallel import ParallelTasks, make_chunks

FEW = 5
"""So many pages are read and written by one process: to part others for them takes longer."""
AT_ONCE = 40
"""Pages that are handed to a writer: each is held in memory until it is written."""


def share_out(app: Sphinx) -> None:
    """Have the builder share out pages among processes in this way."""
    builder = app.builder
    builder._read_parallel = partial(read_pages, builder)  # type: ignore[method-assign]
    builder._write_parallel = partial(write_pages, builder)  # type: ignore[method-assign]


def read_pages(builder: Builder, docnames: list[str], nproc: int) -> None:
    """Read pages, and put together what the readers found, in the order of the pages."""
    if len(docnames) <= FEW:
        builder._read_serial(docnames)
        return
    for docname in docnames:
        builder.events.emit("env-purge-doc", builder.env, docname)
        builder.env.clear_doc(docname)
    chunks = make_chunks(docnames, nproc)
    done = progress(builder, "reading sources... ", chunks)
    found: dict[str, bytes] = {}

    def take(chunk: list[str], environment: bytes) -> None:
        found[chunk[0]] = environment
        next(done)

    tasks = ParallelTasks(nproc)
    for chunk in chunks:
        tasks.add_task(partial(read, builder), chunk, take)
    tasks.join()
    next(done, None)  # ends the line
    for chunk in chunks:
        merge(builder, chunk, found.pop(chunk[0]))


def read(builder: Builder, docnames: list[str]) -> bytes:
    """Read some pages in a process of their own; return the environment as a pickle."""
    builder.env._app = builder._app
    for docname in docnames:
        builder.read_doc(docname, _cache=False)
    return pickle.dumps(builder.env, pickle.HIGHEST_PROTOCOL)


def merge(builder: Builder, docnames: list[str], environment: bytes) -> None:
    """Take over what a reader found; the rest of its environment is garbage."""
    builder.env.merge_info_from(docnames, pickle.loads(environment), builder._app)
    gc.collect()
    gc.freeze()


def write_pages(builder: Builder, docnames: Sequence[str], nproc: int) -> None:
    """Resolve pages, and have them written by others; no writer has more than one share to do."""
    if len(docnames) <= FEW:
        builder._write_serial(docnames)
        return
    builder.phase = BuildPhase.RESOLVING
    write(builder, [resolved(builder, docnames[0])])  # compiles the templates for all writers
    builder.phase = BuildPhase.RESOLVING
    chunks = [docnames[first : first + AT_ONCE] for first in range(1, len(docnames), AT_ONCE)]
    done = progress(builder, "writing output... ", chunks)
    writers = [ParallelTasks(1) for _ in range(nproc)]
    for number, chunk in enumerate(chunks):
        pages = [resolved(builder, docname) for docname in chunk]
        builder.env._pickled_doctree_cache.clear()
        writer = writers[number % nproc]
        writer.join()
        writer.add_task(partial(write, builder), pages, lambda pages, result: next(done))
    for writer in writers:
        writer.join()
    next(done, None)


def resolved(builder: Builder, docname: str) -> tuple[str, nodes.document]:
    """Return a page with all that it takes from others, ready to be written."""
    doctree = builder.env.get_and_resolve_doctree(docname, builder, tags=builder.tags)
    builder.write_doc_serialized(docname, doctree)
    return docname, doctree


def write(builder: Builder, pages: list[tuple[str, nodes.document]]) -> None:
    """Write some pages in a process of their own."""
    builder.phase = BuildPhase.WRITING
    for docname, doctree in pages:
        builder.write_doc(docname, doctree)


def progress(builder: Builder, words: str, chunks: Sequence[Any]) -> Iterator[Any]:
    """Return what tells the editor of the next part that is done."""
    return iter(status_iterator(chunks, words, "purple", len(chunks), builder.config.verbosity))
