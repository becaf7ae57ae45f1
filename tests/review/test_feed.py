"""The feed of what changed, made from the sections of its page."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.mini import ALL, Site

PAGE = """# What changed

An introduction.

## 0.2.0 – 3 December 2026

- The dose of *one* drug & its \\<unit> {footcite}`smith2020`.
- A second thing.

## 0.1.0 – 21 November 2026

- First edition.
"""
INDEX = """# Book

All works {footcite}`smith2020,jones2021,agency2023,kim2022`.

```{toctree}
reference/changes
```
"""
A = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(mini: Site) -> Site:
    mini.rooms = ALL
    return mini.write({"index": INDEX, "reference/changes": PAGE})


def feed(site: Site) -> ElementTree.Element:
    built = site.build()
    assert built.warnings == []
    return ElementTree.parse(built.output / "changes.atom").getroot()


def text(element: ElementTree.Element, name: str) -> str:
    found = element.find(f"{A}{name}")
    assert found is not None
    return found.text or ""


def links(element: ElementTree.Element) -> list[str]:
    return [link.attrib["href"] for link in element.findall(f"{A}link")]


def test_feed_has_an_entry_for_each_release(site: Site) -> None:
    root = feed(site)
    assert text(root, "updated") == "2026-12-03T00:00:00Z"
    second, first = root.findall(f"{A}entry")
    assert text(second, "title").endswith(" 0.2.0")
    assert text(second, "updated") == "2026-12-03T00:00:00Z"
    assert text(second, "content") == (
        "<ul><li>The dose of one drug &amp; its &lt;unit&gt;.</li><li>A second thing.</li></ul>"
    )
    assert text(first, "content") == "<ul><li>First edition.</li></ul>"
    for element in (root, second, first):  # what RFC 4287 asks of a feed and of each entry
        assert text(element, "id").startswith("urn:uuid:")
        assert text(element, "title")
    assert len({text(element, "id") for element in (root, second, first)}) == 3
    assert root.find(f"{A}author/{A}name") is not None


def test_links_are_relative_without_an_address_and_the_feed_says_so(site: Site) -> None:
    root = feed(site)
    assert "links are relative" in text(root, "subtitle")
    assert links(root) == ["changes.atom", "reference/changes.html"]
    (anchor,) = links(root.findall(f"{A}entry")[1])
    page, _, name = anchor.partition("#")
    assert f'id="{name}"' in (site.folder / "_build/html" / page).read_text("utf-8")


def test_links_are_absolute_with_an_address_and_nothing_else_changes(site: Site) -> None:
    before = feed(site)
    conf = site.folder / "conf.py"
    conf.write_text(conf.read_text("utf-8") + 'html_baseurl = "https://example.org/kap/"\n')
    root = feed(site)
    assert root.find(f"{A}subtitle") is None
    assert links(root) == [
        "https://example.org/kap/changes.atom",
        "https://example.org/kap/reference/changes.html",
    ]
    assert text(root, "id") == text(before, "id")


def test_every_page_names_the_feed(site: Site) -> None:
    built = site.build()
    kind = 'type="application/atom+xml"'
    assert f'{kind} title="What changed" href="changes.atom"' in built.html("index")
    assert f'{kind} title="What changed" href="../changes.atom"' in built.html("reference/changes")


def test_feed_goes_with_its_page(site: Site) -> None:
    output = site.build().output
    (site.folder / "reference/changes.md").unlink()
    site.write({"index": INDEX.split("```")[0]})
    assert site.build().warnings == []
    assert not Path(output, "changes.atom").exists()


def test_feed_is_the_same_again(site: Site) -> None:
    path = site.build().output / "changes.atom"
    before = path.read_bytes()
    path.unlink()
    site.build()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (" – 21 November 2026", "", "15: the heading `0.1.0` gives no date that can be read; write "
         "such as `## 0.1.0 – 21 November 2026` [handbook.invalid-value]"),
        ("21 November", "31 November", "15: the heading `0.1.0 – 31 November 2026` gives no date "
         "that can be read; write such as `## 0.1.0 – 21 November 2026` [handbook.invalid-value]"),
        ("- First edition.", "First edition.", "15: nothing is said of 0.1.0; write a list of what "
         "changed, and why [handbook.missing-text]"),
        ("## 0.1.0", "## 0.2.0", "15: 0.2.0 has two sections; join them [handbook.duplicate-id]"),
    ],
)  # fmt: skip
def test_section_that_cannot_be_read_is_reported(site: Site, old: str, new: str, said: str) -> None:
    built = site.write({"reference/changes": PAGE.replace(old, new)}).build()
    assert [line.removeprefix("reference/changes.md:") for line in built.warnings] == [said]
