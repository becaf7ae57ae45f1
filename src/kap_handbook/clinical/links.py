"""References that a transform makes, resolved with all the others."""

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment


def page_link(env: BuildEnvironment, docname: str) -> pending_xref:
    """Return a reference to a page by its title, for the page that is being resolved."""
    title = env.titles[docname].astext()
    return pending_xref(
        "",
        nodes.inline(title, title),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{docname}",
        refexplicit=True,
        refwarn=True,
        refdoc=env.current_document.docname,
    )
