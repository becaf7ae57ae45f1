"""The contents list beside each page: that of the theme, made once."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import AttributeValueList

from tests.mini import ALL, Built, Site, one

INDEX = """# Book

All works {footcite}`smith2020,jones2021,agency2023,kim2022`.

```{toctree}
:caption: First & last
:hidden:

page
part/index
```

```{toctree}
:hidden:

Elsewhere <https://example.org/a?b=1&c=2>
last
```
"""
PART = """# Part

```{toctree}
below
deep/index
```
"""
DEEP = """# *Deep* "page" `code`

```{toctree}
deepest
```
"""
PAGES = {
    "index": INDEX,
    "page": "# Page\n\n## Section of the page\n",
    "last": "# Last\n",
    "part/index": PART,
    "part/below": "# Below\n",
    "part/deep/index": DEEP,
    "part/deep/deepest": "# Deepest\n",
}


def book(folder: Path, pages: dict[str, str]) -> Site:
    folder.mkdir(exist_ok=True)
    return Site(folder, ALL, "sphinx_book_theme").write(pages)


def contents(built: Built, name: str) -> Tag:
    return one(BeautifulSoup(built.html(name), "html.parser"), "nav.bd-docs-nav")


def links(built: Built, name: str) -> list[str]:
    return [link.get_text() for link in contents(built, name).select("a")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    result = book(tmp_path_factory.mktemp("contents"), PAGES).build()
    assert result.warnings == []
    return result


@pytest.fixture(scope="module")
def by_the_theme(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the same pages with the list that the theme makes."""
    site = book(tmp_path_factory.mktemp("theme"), PAGES)
    conf = site.folder / "conf.py"
    text = conf.read_text("utf-8")
    conf.write_text(text + '\nhtml_sidebars = {"**": ["sbt-sidebar-nav.html"]}\n', "utf-8")
    return site.build()


@pytest.mark.parametrize("name", [*PAGES, "search", "genindex"])
def test_list_is_that_of_the_theme(built: Built, by_the_theme: Built, name: str) -> None:
    theirs = unfolded(contents(by_the_theme, name))
    assert compared(contents(built, name)) == compared(theirs)


def unfolded(tag: Tag) -> Tag:
    """Return the theme's list without the buttons that fold it, which have no name."""
    for button in tag.select("summary"):
        button.decompose()
    for folded in tag.select("details"):
        folded.unwrap()
    for item in tag.select(".has-children"):
        names = (name for name in item["class"] if name != "has-children")
        item["class"] = AttributeValueList(names)
    return tag


def compared(tag: Tag) -> list[str]:
    """Return the elements and words of *tag*, each on a line, its space aside."""
    return [line.strip() for line in tag.prettify().splitlines() if line.strip()]


@pytest.mark.parametrize("name", PAGES)
def test_only_the_page_itself_is_marked(built: Built, name: str) -> None:
    marked = [link.get_text() for link in contents(built, name).select("a.current")]
    title = BeautifulSoup(built.html(name), "html.parser").select_one("h1")
    assert title is not None
    assert marked == ([] if name == "index" else [title.get_text().removesuffix("#")])


def test_only_the_part_of_the_page_is_open(built: Built) -> None:
    assert "Below" not in links(built, "page")
    assert "Below" in links(built, "part/index")
    assert "Deepest" not in links(built, "part/below")
    assert "Below" in links(built, "part/deep/deepest")


def test_links_lead_to_the_pages(built: Built) -> None:
    for name in PAGES:
        folder = (built.output / name).parent
        for link in contents(built, name).select("a.internal:not(.current)"):
            assert (folder / str(link["href"])).is_file()


def test_new_title_reaches_every_page(tmp_path: Path) -> None:
    site = book(tmp_path, PAGES)
    site.build()
    renamed = site.write({"last": "# The end\n"}).build()
    for name in PAGES:
        assert "The end" in links(renamed, name)
        assert "Last" not in links(renamed, name)


def test_new_page_reaches_every_page(tmp_path: Path) -> None:
    site = book(tmp_path, PAGES)
    site.build()
    grown = site.write(
        {"added": "# Added\n", "index": INDEX.replace("last", "last\nadded")}
    ).build()
    for name in PAGES:
        assert "Added" in links(grown, name)


def test_other_pages_stay_when_the_list_does(tmp_path: Path) -> None:
    site = book(tmp_path, PAGES)
    site.build()
    edited = site.write({"last": "# Last\n\nA sentence.\n"}).build()
    assert edited.written == {"last"}
