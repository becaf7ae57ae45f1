"""Lists of the pages for programs: ``sitemap.xml``, ``robots.txt`` and ``llms.txt``.

The sitemap is our own, for sphinx-sitemap lists only those pages that a build wrote anew. It needs
whole addresses, and is left out while the site does not know its own.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.site.addresses import address_of


def write_lists(app: Sphinx, exception: Exception | None) -> None:
    """Write the lists into the output of an HTML build that went well."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    site = Path(app.outdir)
    robots = ["User-agent: *", "Allow: /"]
    if app.config.html_baseurl:
        (site / "sitemap.xml").write_text(sitemap(app), "utf-8")
        robots.append(f"Sitemap: {app.config.html_baseurl}sitemap.xml")
    else:
        (site / "sitemap.xml").unlink(missing_ok=True)  # of an earlier build
    (site / "robots.txt").write_text("\n".join([*robots, ""]), "utf-8")
    (site / "llms.txt").write_text(llms(app), "utf-8")


def sitemap(app: Sphinx) -> str:
    """Return all pages as https://www.sitemaps.org wants them."""
    entries = [
        f"  <url><loc>{escape(address_of(app, name))}</loc></url>"
        for name in sorted(app.env.all_docs)
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *entries,
            "</urlset>",
            "",
        ]
    )


def llms(app: Sphinx) -> str:
    """Return the contents of the book as https://llmstxt.org has it: title, address, summary."""
    root = app.config.root_doc
    lines = [f"# {app.config.project}", "", f"> {summary_of(app, root)}"]
    for caption, pages in parts(app.env):
        lines += ["", f"## {caption}", ""]
        for name in pages:
            title = app.env.titles[name].astext()
            lines.append(f"- [{title}]({address_of(app, name)}): {summary_of(app, name)}")
    return "\n".join([*lines, ""])


def summary_of(app: Sphinx, pagename: str) -> str:
    """Return what a page says that it answers."""
    return front_matter(app.env.metadata[pagename]).summary


def parts(env: BuildEnvironment) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of the book: their captions on the root page, and their pages in order."""
    for toctree in env.tocs[env.config.root_doc].findall(addnodes.toctree):
        pages = [page for name in toctree["includefiles"] for page in with_those_below(env, name)]
        yield toctree.get("caption") or "Pages", pages


def with_those_below(env: BuildEnvironment, pagename: str) -> Iterator[str]:
    """Yield a page and the pages that its own contents lists name."""
    yield pagename
    for below in env.toctree_includes.get(pagename, ()):
        yield from with_those_below(env, below)
