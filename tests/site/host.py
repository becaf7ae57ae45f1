"""A host for a built site that a test can stop, start again, and give another site."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, Request

from tests.search.browser import Server


class Recording(SimpleHTTPRequestHandler):
    """Answers a request, and writes its path down."""

    def __init__(self, asked: list[str], *args: Any, **options: Any) -> None:
        self.asked = asked
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        self.asked.append(unquote(urlsplit(self.path).path).lstrip("/"))
        super().do_GET()

    def log_message(self, *args: object) -> None:
        pass


class Host:
    """Serves a folder at an address that stays the same; ``asked`` holds what was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.asked: list[str] = []
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        handler = partial(Recording, self.asked, directory=str(self.folder))
        self.server = Server(("127.0.0.1", self.port), handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def host(folder: Path) -> Iterator[Host]:
    """Serve a folder."""
    running = Host(folder)
    try:
        yield running
    finally:
        running.stop()


def failures(page: Page) -> list[str]:
    """Return the list to which the address of each request that fails will be added."""
    failed: list[str] = []

    def note(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # dropped because the page was left
            failed.append(request.url)

    page.on("requestfailed", note)
    return failed
