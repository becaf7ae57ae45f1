"""What the environment knows of each page's documents."""

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.packed import Packed
from kap_handbook.search.document import Document, documents_in


class SearchCollector(EnvironmentCollector):
    """Note what can be found in each page."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        documents(env).forget(docname)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        """Take over what a parallel reader found."""
        documents(env).take_over(docnames, documents(other))

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the documents of a page."""
        docname = app.env.current_document.docname
        summary = front_matter(app.env.metadata[docname]).summary
        documents(app.env)[docname] = documents_in(doctree, summary)


def documents(env: BuildEnvironment) -> Packed[list[Document]]:
    """Return the documents of each page."""
    if not hasattr(env, "kap_search_documents"):
        env.kap_search_documents = Packed()  # type: ignore[attr-defined]
    return env.kap_search_documents  # type: ignore[attr-defined, no-any-return]


def pages_in_order(env: BuildEnvironment) -> list[str]:
    """Return the pages in reading order, as the tables of contents have them."""
    order: dict[str, None] = {}

    def visit(docname: str) -> None:
        if docname in order or docname not in documents(env):
            return
        order[docname] = None
        for child in env.toctree_includes.get(docname, ()):
            visit(child)

    visit(env.config.root_doc)
    for docname in sorted(documents(env)):
        visit(docname)
    return list(order)
