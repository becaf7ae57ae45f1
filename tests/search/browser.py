"""The site in Chromium, over http and from disk."""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOW = "Chromium is missing; install it with: apt-get install chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ASK = """async (queries) => {
  const engine = await kapSearch.ready();
  await engine.whole;
  return queries.map((query) => engine.search(query, { most: 30 }).hits.map((hit) =>
    engine.pages[hit.document.page].address
      + (hit.document.isPage ? "" : "#" + hit.document.anchor)));
}"""


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A server with room for all files of a page at once; by default five requests may wait."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless the browser has hung up, as it may."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port and give its address."""
    with running(partial(Quiet, directory=str(folder))) as address:
        yield address


@contextmanager
def running(handler: Callable[..., BaseRequestHandler]) -> Iterator[str]:
    """Run a server on a free port and give its address."""
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser; without one skip the test, but fail in continuous integration."""
    if CHROMIUM is None:
        assert os.environ.get("CI") != "true", HOW
        pytest.skip(HOW)
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield instance
        finally:
            instance.close()


def ask(page: Page, queries: list[str]) -> list[list[str]]:
    """Return the addresses that our search finds for each query, best first."""
    found: list[list[str]] = page.evaluate(ASK, queries)
    return found
