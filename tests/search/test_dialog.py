"""The dialog and the page in Chromium, from a server and from disk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.search.browser import served

PAGE = "safety/monitoring.html"
INPUT = "#kap-dialog-query"
HOSTILE = [
    "",
    " ",
    "a",
    "9",
    "x" * 5000,
    "blood pressure " * 400,
    "🙂🙃",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    ".*+?^${}()|[]\\",
    "%E0%A4%A",
    "__proto__ constructor toString",
    "\u202eضغط الدم",
    "\x00\ufffd\ud83d",
    "the of and",
    "'; DROP TABLE",
]


def open_dialog(page: Page, address: str, query: str = "", key: str = "Control+k") -> None:
    page.goto(address + PAGE)
    page.keyboard.press(key)
    expect(page.locator("dialog.kap-search")).to_be_visible()
    expect(page.locator(INPUT)).to_be_focused()
    if query:
        page.keyboard.insert_text(query)


def whole(page: Page) -> None:
    """Wait until all words can be found."""
    page.evaluate("async () => { const e = await kapSearch.ready(); await e.whole; }")


@pytest.mark.parametrize("key", ["Control+k", "/"])
def test_keys_open_the_dialog(page: Page, address: str, key: str) -> None:
    open_dialog(page, address, key=key)
    assert page.locator(INPUT).input_value() == ""
    page.keyboard.press("Escape")
    expect(page.locator("dialog.kap-search")).to_be_hidden()


def test_the_button_opens_the_dialog_and_takes_the_focus_back(page: Page, address: str) -> None:
    page.goto(address + PAGE)
    button = page.locator(".kap-search-field")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_nothing_is_loaded_before_the_reader_asks(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + PAGE)
    page.wait_for_load_state()
    names = [url.rsplit("/", 1)[-1].split("?")[0] for url in asked]
    assert not {"titles.js", "text.js", "terms.js", "engine.js"} & set(names)
    assert not {"searchindex.js", "searchtools.js", "language_data.js"} & set(names)


def test_arrows_choose_and_enter_opens(page: Page, address: str) -> None:
    open_dialog(page, address, "benzodiazepines")
    whole(page)
    options = page.locator("dialog [role=option]")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert page.locator(INPUT).get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    second = options.nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    chosen = page.locator(INPUT).get_attribute("aria-activedescendant")
    assert chosen == second.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"interactions\.html\?find=.*#interaction-bzd$"))


def test_results_out_of_view_follow_and_an_arrow_waits_for_none(page: Page, address: str) -> None:
    open_dialog(page, address)
    whole(page)
    options, counts = page.locator("dialog [role=option]"), []
    for keys in ([], ["ArrowUp"]):
        counts.append(
            page.evaluate(
                """(keys) => {
                  const input = document.getElementById("kap-dialog-query");
                  input.value = "blood pressure";
                  input.dispatchEvent(new Event("input"));
                  for (const key of keys) {
                    input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
                  }
                  return document.querySelectorAll("dialog [role=option]").length;
                }""",
                keys,
            )
        )
        expect(options).to_have_count(10)
    assert counts == [6, 10]
    expect(options.last).to_have_attribute("aria-selected", "true")


def test_the_count_is_announced(page: Page, address: str) -> None:
    open_dialog(page, address, "grapefruit")
    whole(page)
    status = page.locator("dialog [role=status]")
    expect(status).to_have_text(re.compile(r"^\d+ results?(, the best 10 shown|, best first)?\.$"))
    page.locator(INPUT).fill("qqqqzzzzqqqq")
    expect(status).to_have_text("No result.")


def test_results_are_grouped_named_and_marked(page: Page, address: str) -> None:
    open_dialog(page, address, "laryngospasm")
    whole(page)
    first = page.locator("dialog [role=option]").first
    expect(first.locator(".kap-kind")).to_have_text(re.compile("Section|Adverse effect"))
    expect(first.locator("mark").first).to_have_text(re.compile("laryngospasm", re.I))
    assert page.locator("dialog [role=group]").first.get_attribute("aria-label")


def test_a_kind_filters(page: Page, address: str) -> None:
    open_dialog(page, address, "blood pressure")
    whole(page)
    page.locator("dialog .kap-kinds").select_option("question")
    kinds = page.locator("dialog [role=option] .kap-kind").all_text_contents()
    assert kinds
    assert set(kinds) == {"Question"}


def test_the_page_lists_results_best_first(page: Page, address: str) -> None:
    page.goto(address + "search.html?q=grapefruit")
    page.wait_for_selector("html[data-search=whole]")
    items = page.locator("#search-results li")
    link = items.first.locator("a").first.get_attribute("href") or ""
    assert re.search(r"prescribing/interactions\.html\?find=\S+#interaction-grapefruit$", link)
    assert page.locator("#kap-search-query").input_value() == "grapefruit"
    page.locator("#kap-search-query").fill("porphyria")
    expect(items.first).to_contain_text(re.compile("porphyria", re.I))


def test_what_the_title_tells_is_not_sought_in_the_text(page: Page, address: str) -> None:
    page.goto(address + "search.html?q=blood+pressure+152%2F96")
    page.wait_for_selector("html[data-search=whole]")
    item = page.locator("#search-results li").first
    expect(item.locator(".kap-title")).to_contain_text("152/96")
    expect(item.locator(".kap-passage")).to_contain_text(re.compile(r"^\w+"))  # not "…"
    page.locator("#kap-search-query").fill("blood pressure 152/96 quiet rest")
    expect(item.locator(".kap-passage mark").first).to_have_text(re.compile("quiet|rest"))


@pytest.mark.parametrize("query", ["0.5 mg/kg", "0.5mg/kg", "140/90", "40 min", "CYP3A4"])
def test_numbers_are_found(page: Page, address: str, query: str) -> None:
    page.goto(address + "search.html?q=" + query.replace("/", "%2F").replace(" ", "+"))
    page.wait_for_selector("html[data-search=whole]")
    first = page.locator("#search-results li").first
    expect(first.locator("mark").first).to_be_visible()


def test_opening_a_result_marks_the_words_and_clears_them(page: Page, address: str) -> None:
    page.goto(address + "prescribing/interactions.html?find=lorazepam+12h#interaction-bzd")
    marks = page.locator("mark.kap-mark")
    expect(marks.first).to_have_text("lorazepam")
    texts = {re.sub(r"\s", " ", text) for text in marks.all_text_contents()}
    assert texts == {"lorazepam", "12 h"}
    entry = page.locator("#interaction-bzd")
    expect(entry).to_be_in_viewport()
    before = entry.inner_text()
    page.get_by_role("button", name=re.compile(r"Clear \d+ marks")).click()
    assert marks.count() == 0
    assert entry.inner_text() == before
    assert page.locator(".kap-marks").count() == 0


def test_a_closed_dropdown_is_opened(page: Page, address: str) -> None:
    page.goto(address + PAGE + "?find=sedat#sedation")
    page.evaluate(
        """() => {
          document.querySelectorAll("mark.kap-mark").forEach((m) => m.replaceWith(m.textContent));
          const box = document.createElement("details");
          box.append(document.createElement("summary"));
          const section = document.getElementById("sedation");
          section.before(box);
          box.append(section);
          const script = document.createElement("script");
          script.src = document.querySelector('script[src$="search/marks.js"]').src + "?again";
          document.head.append(script);
        }"""
    )
    expect(page.locator("details:has(#sedation)")).to_have_attribute("open", "")
    expect(page.locator("#sedation mark.kap-mark").first).to_be_in_viewport()


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_odd_input_breaks_nothing(page: Page, address: str, query: str) -> None:
    open_dialog(page, address)
    whole(page)
    page.evaluate(
        """(query) => {
          const input = document.getElementById("kap-dialog-query");
          input.value = query;
          input.dispatchEvent(new Event("input"));
        }""",
        query,
    )
    status = page.locator("dialog [role=status]").inner_text()
    assert status == "" or "result" in status
    assert page.locator("dialog :is(script, img, svg)").count() == 0


def test_odd_input_in_the_address_breaks_nothing(page: Page, address: str) -> None:
    page.goto(address + "search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%E0%A4%A")
    page.wait_for_selector("html[data-search=whole]")
    assert page.locator("main img").count() == 0
    page.goto(address + PAGE + "?find=%3Cscript%3E+(%5B+%E0%A4%A#%E0%A4%A")
    expect(page.locator("article h1")).to_be_visible()


def test_nothing_found_shows_the_way_on(page: Page, address: str) -> None:
    page.goto(address + "search.html?q=zqxjkvzqxj")
    page.wait_for_selector("html[data-search=whole]")
    nothing = page.locator(".kap-nothing")
    expect(nothing).to_contain_text("Nothing found for “zqxjkvzqxj”.")
    expect(nothing.get_by_role("link", name="Report the gap")).to_be_visible()
    expect(nothing.locator(".kap-topics a").nth(10)).to_be_attached()


@pytest.mark.parametrize("answer", ["missing", "broken", "empty"])
def test_a_broken_index_says_so(browser: Browser, book: Path, answer: str) -> None:
    page = browser.new_context().new_page()
    body = {"broken": 'kapSearch.receive("titles",{', "empty": ""}.get(answer)
    page.route("**/search/titles.js", lambda route: route.abort() if body is None
               else route.fulfill(body=body, content_type="text/javascript"))  # fmt: skip
    with served(book) as address:
        open_dialog(page, address, "ketamine")
        expect(page.locator("dialog [role=status]")).to_contain_text("Search cannot be loaded")
        page.unroute("**/search/titles.js")
        page.keyboard.press("Escape")
        if answer == "missing":  # the next try works
            page.keyboard.press("Control+k")
            expect(page.locator("dialog [role=option]").first).to_be_visible()
    page.context.close()


def test_titles_answer_when_the_words_do_not_come(browser: Browser, book: Path) -> None:
    page = browser.new_context().new_page()
    page.route("**/search/text.js", lambda route: route.abort())
    with served(book) as address:
        open_dialog(page, address, "laryngospasm")
        expect(page.locator("dialog [role=status]")).to_contain_text("Only titles and names")
        expect(page.locator("dialog [role=option]").first).to_contain_text("aryngospasm")
    page.context.close()


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_the_dialog_whole(browser: Browser, book: Path, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 700}, has_touch=True).new_page()
    page.goto((book / PAGE).resolve().as_uri())
    page.locator(".kap-search-open:visible").first.tap()
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.insert_text("blood pressure")
    whole(page)
    options = page.locator("dialog [role=option]")
    expect(options.first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("dialog.kap-search").bounding_box()
    assert box is not None
    assert box["width"] == width
    for name in ("input", ".kap-close", ".kap-kinds"):
        size = page.locator(f"dialog {name}").bounding_box()
        assert size is not None
        assert size["height"] >= 44
        assert size["x"] + size["width"] <= width
    options.first.tap()
    page.wait_for_url(re.compile("find="))
    page.context.close()


def test_the_theme_brings_no_second_search(page: Page, address: str) -> None:
    page.goto(address + PAGE)
    assert page.locator("#pst-search-dialog, form.bd-search").count() == 0
    assert page.locator(".kap-search-open:visible").count() in (1, 2)


def test_without_scripts_the_button_leads_to_the_indices(browser: Browser, book: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((book / PAGE).resolve().as_uri())
    page.locator(".kap-search-field").click()
    page.wait_for_url(re.compile(r"search\.html"))
    expect(page.get_by_role("link", name="Interactions from A to Z")).to_be_visible()
    page.context.close()


def test_the_chosen_result_is_seen_in_forced_colours(browser: Browser, book: Path) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    with served(book) as address:
        open_dialog(page, address, "blood pressure")
        whole(page)
        expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
        looks = page.locator("[role=option]").evaluate_all(
            """(options) => options.map((option) => {
              const { outlineStyle, borderLeftColor } = getComputedStyle(option);
              return [option.ariaSelected, outlineStyle, borderLeftColor];
            })"""
        )
    chosen, *others = sorted(looks, reverse=True)
    assert chosen[:2] == ["true", "solid"]
    assert {look[1] for look in others} == {"none"}
    assert chosen[2] not in {look[2] for look in others}
    context.close()
