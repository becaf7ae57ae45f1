"""What the first view of a page weighs: every file that Chromium asks for, compressed."""

import gzip
from dataclasses import dataclass

from playwright.sync_api import Browser, Response

PACKED = {"image/png", "image/jpeg", "font/woff2"}
"""Types that a server does not compress, for they are compressed already."""


@dataclass(frozen=True)
class FirstView:
    """The addresses that a page asks for, with the compressed size of what comes, in bytes."""

    files: dict[str, int]

    @property
    def weight(self) -> int:
        """All files together, in bytes."""
        return sum(self.files.values())


def first_view(browser: Browser, address: str, *, to_the_end: bool = False) -> FirstView:
    """Open a page as a first visitor does; the service worker, which saves the rest, waits.

    What scripts ask for once the page is there counts if one waits *to the end*.
    """
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 800})
    responses: list[Response] = []
    context.on("response", lambda response: responses.append(response))
    page = context.new_page()
    page.goto(address)
    if to_the_end or page.locator("img").count():
        page.wait_for_load_state("networkidle")  # those in sight may come late
    files = {response.url: weight_of(response) for response in responses}
    context.close()
    return FirstView(files)


def weight_of(response: Response) -> int:
    """Return the size of a response as a server sends it, without its headers."""
    body = response.body()
    kind = response.headers.get("content-type", "").split(";")[0]
    return len(body) if kind in PACKED else len(gzip.compress(body, 9, mtime=0))
