"""Every link within the site leads somewhere, and every address is unique in its page."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.book.html_page import HtmlPage


def leads_somewhere(pages: dict[Path, HtmlPage], path: Path, link: str) -> bool:
    """Say whether a link on the page at *path* has a target; links to other sites pass."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target not in pages or not parts.fragment:
        return target.is_file()
    return unquote(parts.fragment) in pages[target].ids


def test_internal_links_resolve(site: Path) -> None:
    pages = {path: HtmlPage(path) for path in site.rglob("*.html")}
    dead = [
        f"{path.relative_to(site)}: {link}"
        for path, page in pages.items()
        for link in page.links
        if not leads_somewhere(pages, path, link)
    ]
    assert dead == []


def test_ids_are_unique(pages: list[Path]) -> None:
    repeated = {path.name: HtmlPage(path).repeated_ids for path in pages}
    assert not any(repeated.values()), repeated
