"""The ids, links and scripts of an HTML page."""

from html import escape
from html.parser import HTMLParser
from pathlib import Path


class HtmlPage(HTMLParser):
    """Gathers what tests ask of a page: ``ids``, ``links``, ``files`` and the texts of JSON-LD."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.repeated_ids: list[str] = []
        self.links: list[str] = []
        self.files: list[str] = []
        self.json_ld: list[str] = []
        self._in_json_ld = False
        self._text = path.read_text(encoding="utf-8")
        self.feed(self._text)

    def line_of(self, address: str) -> int:
        """Return the first line that holds an address."""
        place = self._text.find(f'"{escape(address)}')
        return self._text.count("\n", 0, place) + 1 if place >= 0 else 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            if name in self.ids:
                self.repeated_ids.append(name)
            self.ids.add(name)
        if tag == "a" and (link := given.get("href")):
            self.links.append(link)
        names = {"link": "href", "use": "href", "object": "data"}
        if address := given.get(names.get(tag, "src")):
            self.files.append(address)
        for part in (given.get("srcset") or "").split(","):
            self.files += part.split()[:1]
        self._in_json_ld = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_json_ld:
            self.json_ld.append(data)
            self._in_json_ld = False
