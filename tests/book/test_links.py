"""Every link and file within the site is there, and every address is unique in its page."""

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


def dead(site: Path) -> list[str]:
    """Return every link and file that a page of the site asks for and does not get."""
    # The theme leaves a template among its files.
    found = (path for path in site.rglob("*.html") if "_static" not in path.parts)
    pages = {path: HtmlPage(path) for path in found}
    return [
        f"{path.relative_to(site)}:{page.line_of(link)}: {link}"
        for path, page in pages.items()
        for link in [*page.links, *page.files]
        if not leads_somewhere(pages, path, link)
    ]


def test_links_and_files_within_the_site_exist(site: Path) -> None:
    assert dead(site) == []


def test_dead_links_are_found(tmp_path: Path) -> None:
    """The test above could pass because it looks at nothing; so it is tested itself."""
    (tmp_path / "other.html").write_text('<h1 id="here">Here</h1>')
    (tmp_path / "page.html").write_text(
        '<a href="other.html#here">good</a> <a href="other.html#gone">gone</a>\n'
        '<a href="gone.html">gone</a> <a href="https://example.org/gone">elsewhere</a>\n'
        '<img src="gone.png" srcset="large.png 2x"> <link rel="icon" href="icon.svg">\n'
        '<script src="gone.js"></script> <a href="#top">top</a> <img src="data:image/png,0">'
    )
    assert dead(tmp_path) == [
        "page.html:1: other.html#gone",
        "page.html:2: gone.html",
        "page.html:4: #top",
        "page.html:3: gone.png",
        "page.html:3: large.png",
        "page.html:3: icon.svg",
        "page.html:4: gone.js",
    ]


def test_ids_are_unique(pages: list[Path]) -> None:
    repeated = {path.name: HtmlPage(path).repeated_ids for path in pages}
    assert not any(repeated.values()), repeated
