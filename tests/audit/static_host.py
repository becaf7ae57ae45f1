"""A host for the built site that does what hosts of static sites do.

It compresses text, sends the headers that the site's own ``_headers`` names, answers with the
site's ``404.html`` where there is no page, and says "not modified" where nothing has changed.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.search.browser import running

PACKED = ("text/", "image/svg", "application/json", "application/javascript", "application/xml",
          "application/manifest+json")  # fmt: skip
"""How the types begin that are worth compressing."""
TYPES = {
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".js": "text/javascript",
}


@cache
def headers_of(site: Path) -> dict[str, str]:
    """Return the headers that the site asks its host to send with every file."""
    lines = (site / "_headers").read_text("utf-8").splitlines()
    assert lines[0] == "/*", "the host knows no headers for some files only"
    pairs = (line.strip().partition(": ") for line in lines[1:])
    return {name: value for name, _, value in pairs}


@cache
def packed(path: Path, _changed: int) -> bytes:
    """Return a file compressed."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


class StaticHost(BaseHTTPRequestHandler):
    """Answers for one site."""

    protocol_version = "HTTP/1.1"  # connections stay open

    def __init__(self, site: Path, *args: Any) -> None:
        self.site = site
        super().__init__(*args)

    def do_GET(self) -> None:
        """Send a file, or the page that says there is none."""
        path = self.site / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        inside = path.resolve().is_relative_to(self.site.resolve())
        if inside and path.is_file():
            self.send(HTTPStatus.OK, path)
        else:
            self.send(HTTPStatus.NOT_FOUND, self.site / "404.html")

    def send(self, status: HTTPStatus, path: Path) -> None:
        """Send a file, unless the browser has it."""
        kind = TYPES.get(path.suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        zipped = kind.startswith(PACKED) and "gzip" in self.headers.get("Accept-Encoding", "")
        body = packed(path, path.stat().st_mtime_ns) if zipped else path.read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if self.headers.get("If-None-Match") == tag:
            status, body = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        for name, value in headers_of(self.site).items():
            self.send_header(name, value)
        self.send_header("ETag", tag)
        self.send_header("Vary", "Accept-Encoding")
        if status is not HTTPStatus.NOT_MODIFIED:
            text = "; charset=utf-8" if kind.startswith("text/") else ""
            self.send_header("Content-Type", f"{kind}{text}")
            self.send_header("Content-Length", str(len(body)))
            if zipped:
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with suppress(ConnectionError):  # the browser has left the page
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """Host a site on a free port and give its address."""
    with running(partial(StaticHost, site)) as address:
        yield address
