"""The site without a network: after the first visit, through a change of edition, and from disk."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kap_handbook.site import offline
from tests.mini import Built
from tests.site.host import Host, failures, host

IS_SAVED = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const worker = registration.active;
  while (worker.state !== "activated") await new Promise((done) => setTimeout(done, 20));
}"""
DIALOG = "#kap-dialog-query"
PATIENCE = 30_000  # milliseconds: browsers look for a new worker when they have time


@dataclass
class Handbook:
    """The small book in its first edition, its host, and a reader's page."""

    host: Host
    page: Page
    newer: Path

    def go(self, path: str) -> None:
        self.page.goto(self.host.address + path)

    def visit(self, path: str = "page.html") -> None:
        """Open a page for the first time, and let the site be saved."""
        self.go(path)
        self.page.evaluate(IS_SAVED)

    def change_edition(self) -> None:
        """Put the second edition onto the host."""
        shutil.copytree(self.newer, self.host.folder, dirs_exist_ok=True)


@pytest.fixture
def handbook(browser: Browser, editions: tuple[Path, Path], tmp_path: Path) -> Iterator[Handbook]:
    first, second = editions
    with host(shutil.copytree(first, tmp_path / "site")) as running:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        yield Handbook(running, context.new_page(), second)
        context.close()


def test_every_page_search_and_figure_works_without_a_network(handbook: Handbook) -> None:
    handbook.visit()
    handbook.host.stop()
    page = handbook.page
    failed = failures(page)
    pages = [path for path in handbook.host.folder.rglob("*.html") if path.name != "404.html"]
    assert len(pages) > 5
    for path in pages:
        if "_static" not in path.parts:
            handbook.go(path.relative_to(handbook.host.folder).as_posix())
            expect(page.locator("h1:visible").first).to_be_visible()
    handbook.go("")  # the start page by its short address
    expect(page.locator("h1:visible").first).to_contain_text("Book")
    handbook.go("page.html")
    figure = page.locator("img[src$='field.svg']")
    figure.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('img[src$=\"field.svg\"]').naturalWidth > 0")
    page.keyboard.press("Control+k")
    page.locator(DIALOG).fill("drowsiness")
    expect(page.locator("dialog [role=option]").first).to_contain_text("Sedation")
    handbook.go("search.html?q=drive+after+session+7")
    expect(page.locator("#search-results a").first).to_contain_text("session 7")
    assert failed == []


def test_a_small_pdf_is_saved_and_a_large_one_when_it_is_opened(handbook: Handbook) -> None:
    folder = handbook.host.folder
    (folder / "card.pdf").write_bytes(b"%PDF-1.7 small")
    (folder / "book.pdf").write_bytes(b"%PDF-1.7 " + b"x" * offline.SMALL_PDF)
    (folder / "part.pdf").write_bytes(b"%PDF-1.7 " + b"y" * offline.SMALL_PDF)
    offline.write_worker(folder)
    handbook.visit()
    handbook.go("index.html")  # from here on the worker answers
    size_of = "(name) => fetch(name).then((answer) => answer.blob()).then((blob) => blob.size)"
    assert handbook.page.evaluate(size_of, "book.pdf") > offline.SMALL_PDF
    handbook.host.stop()
    assert handbook.page.evaluate(size_of, "card.pdf") == len(b"%PDF-1.7 small")
    assert handbook.page.evaluate(size_of, "book.pdf") > offline.SMALL_PDF
    handbook.go("part.pdf")
    expect(handbook.page.locator("h1:visible")).to_have_text("Not on this device")


def test_a_newer_edition_is_announced_and_comes_whole(handbook: Handbook) -> None:
    handbook.visit()
    handbook.go("page/two.html")
    handbook.change_edition()
    page = handbook.page
    handbook.go("page/two.html")
    expect(page.locator("main")).to_contain_text("first edition")
    note = page.locator(".kap-edition")
    expect(note).to_contain_text("A newer edition has been loaded.", timeout=PATIENCE)
    # Until the reader agrees everything is of the edition that is open, from the network or not.
    handbook.go("page.html")
    expect(page.locator(".admonition.warning")).to_contain_text("Not today")
    other = page.context.new_page()
    other.goto(handbook.host.address + "page/two.html")
    expect(other.locator("main")).to_contain_text("first edition")
    expect(note).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Reload").click()
    expect(page.locator(".admonition.warning")).to_contain_text("Not yet")
    expect(other.locator("main")).to_contain_text("second edition")  # open pages change together
    handbook.host.stop()
    handbook.go("page/two.html")
    expect(page.locator("main")).to_contain_text("second edition")
    expect(note).to_have_count(0)


def test_half_a_newer_edition_is_not_taken(handbook: Handbook) -> None:
    handbook.visit()
    old_page = (handbook.host.folder / "page.html").read_bytes()
    handbook.change_edition()
    new_page = (handbook.host.folder / "page.html").read_bytes()
    (handbook.host.folder / "page.html").write_bytes(old_page)  # not copied to the host yet
    page = handbook.page
    handbook.go("page/two.html")
    state = page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          await registration.update().catch(() => {});
          const worker = registration.installing || registration.waiting;
          if (!worker) return "refused";
          while (worker.state === "installing") await new Promise((done) => setTimeout(done, 20));
          return worker.state;
        }"""
    )
    assert state in ("redundant", "refused")
    handbook.go("page/two.html")
    expect(page.locator("main")).to_contain_text("first edition")
    expect(page.locator(".kap-edition")).to_have_count(0)
    (handbook.host.folder / "page.html").write_bytes(new_page)
    handbook.go("page/two.html")
    expect(page.locator(".kap-edition")).to_be_visible(timeout=PATIENCE)


def test_only_what_has_changed_is_loaded_again(handbook: Handbook) -> None:
    handbook.visit()
    before = contents(handbook.host.folder)
    handbook.change_edition()
    after = contents(handbook.host.folder)
    changed = {name for name, content in after.items() if before.get(name) != content}
    assert "page/two.html" in changed
    assert "_static/site.css" not in changed
    handbook.host.asked.clear()
    handbook.go("page/two.html")
    expect(handbook.page.locator(".kap-edition")).to_be_visible(timeout=PATIENCE)
    assert {"page/two.html", "page.html"} <= set(handbook.host.asked) <= changed


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_same_pages_give_the_same_site(
    built_small_book: Built, editions: tuple[Path, Path]
) -> None:
    one, first, second = map(contents, (built_small_book.output, *editions))
    for name in first:
        if Path(name).name not in (".buildinfo", "conf.py"):
            assert one[name] == first[name], name
    assert first[offline.WORKER] != second[offline.WORKER]


def test_the_site_can_be_installed(handbook: Handbook) -> None:
    handbook.visit()
    session = handbook.page.context.new_cdp_session(handbook.page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["url"].endswith("manifest.webmanifest")
    assert manifest["errors"] == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],  # as every test context is
    )


def test_a_reader_who_saves_data_is_not_sent_the_site(handbook: Handbook) -> None:
    handbook.page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    handbook.go("page.html")
    handbook.page.wait_for_timeout(300)
    found = handbook.page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((r) => r.length)"
    )
    assert found == 0


def test_a_copy_on_disk_works(browser: Browser, handbook: Handbook, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(handbook.host.folder, copy)
    handbook.host.stop()
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(error.message))
    page.goto((copy / "page.html").as_uri())
    page.keyboard.press("Control+k")
    page.locator(DIALOG).fill("drowsiness")
    page.locator("dialog [role=option]").first.click()
    page.wait_for_url("**/page/two.html*")
    context.close()
    assert said == []
