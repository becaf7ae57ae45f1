"""The directive ``reading-list``: pages in the order in which to read them, with their times."""

from collections.abc import Iterator

from docutils import nodes
from docutils.nodes import Element, Node
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.nodes import reading_list
from kap_handbook.clinical.reading_time import minutes_to_read, short_time
from kap_handbook.messages import Problem, warn

HOLDS_LIST = "holds-reading-list"


class ReadingListDirective(SphinxDirective):
    """A list of links to pages. The build adds the time of each page, and the sum."""

    has_content = True

    def run(self) -> list[Node]:
        """Return the list, its times to be added when all pages have been read."""
        node = reading_list("", *self.parse_content_to_nodes())
        self.set_source_info(node)
        self.env.metadata[self.env.current_document.docname][HOLDS_LIST] = True
        places: list[Element] = list(node.findall(nodes.list_item))
        for place in places or [node]:
            if next(page_links(place), None) is None:
                self.warn(place.line or self.lineno)
        return [node]

    def warn(self, line: int) -> None:
        """Report an item without a page."""
        message = (
            "this item of the reading list links to no page; write a link such as "
            "`- [Monitoring](../safety/monitoring.md)`"
        )
        warn(Problem.UNLINKED_READING, message, (self.env.docname, line))


def page_links(node: Element) -> Iterator[pending_xref]:
    """Yield the links to pages, as MyST-Parser writes them."""
    for link in node.findall(pending_xref):
        if link.get("refdomain") == "doc":
            yield link


class SumReadingTimes(SphinxPostTransform):
    """Add the reading times, now that every page has been read."""

    default_priority = 6  # before MyST-Parser resolves the links (9)

    def run(self, **kwargs: object) -> None:
        """Write the time after each link, and the sum below the list."""
        for node in list(self.document.findall(reading_list)):
            times: dict[str, int] = {}
            for link in list(page_links(node)):
                docname = link["reftarget"]
                if docname in self.env.found_docs:
                    times[docname] = minutes_to_read(self.env, docname)
                    time = nodes.Text(f" ({short_time(times[docname])})")
                    link.parent.insert(link.parent.index(link) + 1, time)
            total = f"Together {short_time(sum(times.values()))}."
            node += nodes.paragraph(total, total, classes=["reading-total"])
            node.replace_self(node.children)


def rewrite_lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the pages with a reading list written anew when a page takes another time."""
    now = {docname: minutes_to_read(env, docname) for docname in env.found_docs}
    before = getattr(env, "kap_reading_times", None)
    env.kap_reading_times = now  # type: ignore[attr-defined]
    if now == before:
        return []
    return sorted(docname for docname in env.found_docs if env.metadata[docname].get(HOLDS_LIST))
