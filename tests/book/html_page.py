"""The ids, links and scripts of an HTML page."""

from html.parser import HTMLParser
from pathlib import Path


class HtmlPage(HTMLParser):
    """Gathers what tests ask of a page: ``ids``, ``links`` and the texts of JSON-LD scripts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.repeated_ids: list[str] = []
        self.links: list[str] = []
        self.json_ld: list[str] = []
        self._in_json_ld = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            if name in self.ids:
                self.repeated_ids.append(name)
            self.ids.add(name)
        if tag == "a" and (link := given.get("href")):
            self.links.append(link)
        self._in_json_ld = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_json_ld:
            self.json_ld.append(data)
            self._in_json_ld = False
