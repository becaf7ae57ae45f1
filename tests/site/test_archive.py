"""The site as one file: unpacked, it works from the disk."""

import os
import shutil
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Browser, expect

from kap_handbook.site.archive import write_archive
from tests.mini import Built


def test_the_unpacked_site_works_from_disk(
    browser: Browser, built_small_book: Built, tmp_path: Path
) -> None:
    target = tmp_path / "small-book.zip"
    write_archive(built_small_book.output, target)
    with ZipFile(target) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    site = tmp_path / "small-book"
    assert not (site / "service-worker.js").exists()
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(error.message))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "page.html").as_uri())
    page.locator("img[src$='field.svg']").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('img[src$=\"field.svg\"]').naturalWidth > 0")
    page.keyboard.press("Control+k")
    page.locator("#kap-dialog-query").fill("drowsiness")
    page.locator("dialog [role=option]").first.click()
    page.wait_for_url("**/page/two.html*")
    expect(page.locator("mark.kap-mark").first).to_be_visible()
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith((site.as_uri(), "data:"))] == []


def test_the_same_site_gives_the_same_archive(built_small_book: Built, tmp_path: Path) -> None:
    archives: list[bytes] = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        site = shutil.copytree(built_small_book.output, folder / "html", copy_function=shutil.copy)
        for path in site.rglob("*"):
            os.utime(path, (1.0e9, 1.0e9 + len(archives) * 86_400))
        write_archive(site, folder / "book.zip")
        archives.append((folder / "book.zip").read_bytes())
    assert archives[0] == archives[1]
