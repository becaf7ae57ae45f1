"""The parts of the book: the toctrees of its first page, each under its caption."""

from collections.abc import Iterator

from sphinx import addnodes
from sphinx.environment import BuildEnvironment

Parts = dict[str, list[str]]
"""The pages of each part, in reading order, by the part's caption."""


def parts_of(env: BuildEnvironment) -> Parts:
    """Return the parts: the toctrees of the root page that have a caption."""
    parts: Parts = {}
    root = env.config.root_doc
    seen = {root}
    for toctree in env.tocs[root].findall(addnodes.toctree):
        pages = parts.setdefault(toctree.get("caption") or "", [])
        for docname in toctree["includefiles"]:
            pages.extend(with_those_below(env, docname, seen))
    parts.pop("", None)
    return parts


def with_those_below(env: BuildEnvironment, docname: str, seen: set[str]) -> Iterator[str]:
    """Yield a page and the pages that its toctrees name."""
    if docname in seen or docname not in env.found_docs:
        return
    seen.add(docname)
    yield docname
    for below in env.toctree_includes.get(docname, ()):
        yield from with_those_below(env, below, seen)
