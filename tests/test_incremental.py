"""A second build writes what has changed, and the pages that show it; nothing else."""

import pytest

from tests.mini import Site

ENTRY = """# Entries

:::{contraindication} Aneurysm
:id: aneurysm
:category: absolute
:applies-to: ketamine
:system: cardiovascular

:why: A surge {footcite}`smith2020`. See {question}`drive`.
:action: Do not give it.
:::
"""
QUESTION = """# Questions

:::{question} May I drive?
:id: drive
:audience: patient
:topic: aftercare

Not today {footcite}`agency2023`.
:::
"""
PAGES = {
    "page-entries": ENTRY,
    "page-questions": QUESTION,
    "page-table": "# Table\n\n```{entries} contraindication\n:columns: title, why\n```\n",
    "page-absolute": "# Absolute\n\n```{entries} contraindication\n:category: absolute\n```\n",
    "page-list": "# List\n\n```{entries} contraindication\n:form: list\n:only: aneurysm\n"
    ":columns: why\n```\n",
    "page-role": "# Role\n\nSee {contraindication}`aneurysm`.\n",
    "page-cites": "# Cites\n\nIt lasts {footcite}`jones2021`.\n",
    "page-plain": "# Plain\n\nNothing in particular.\n",
}
TABLES = {"page-table", "page-absolute", "page-list"}


@pytest.fixture
def built(mini: Site) -> Site:
    built = mini.write(PAGES).build()
    assert (built.warnings, built.written) == ([], set(PAGES))
    return mini


def test_nothing_is_written_without_a_change(built: Site) -> None:
    assert built.build().written == set()


def test_changed_text_is_written_in_its_page_and_in_tables(built: Site) -> None:
    second = built.write({"page-entries": ENTRY.replace("A surge", "A flood")}).build()
    assert second.written == {"page-entries", *TABLES}
    assert "A flood" in second.text("page-table")


def test_changed_title_is_written_where_a_role_shows_it(built: Site) -> None:
    second = built.write({"page-entries": ENTRY.replace("} Aneurysm", "} Rupture")}).build()
    assert second.written == {"page-entries", "page-role", *TABLES}
    assert "See Rupture" in second.text("page-role")


def test_changed_title_is_written_where_a_gathered_cell_shows_it(built: Site) -> None:
    second = built.write({"page-questions": QUESTION.replace("drive?", "ride?")}).build()
    assert second.written == {"page-questions", "page-entries", *TABLES}
    assert "May I ride?" in second.text("page-table")


def test_entry_that_leaves_a_filter_leaves_the_table(built: Site) -> None:
    other = ENTRY.replace("aneurysm", "other").replace("# Entries", "# More")
    built.write({"page-more": other}).build()
    second = built.write({"page-more": other.replace(": absolute", ": caution")}).build()
    assert second.written == {"page-more", *TABLES - {"page-list"}}  # it names its entries
    assert len(second.soup("page-absolute").select("tbody tr")) == 1


def test_page_that_is_moved_moves_its_links(built: Site) -> None:
    (built.folder / "page-entries.md").unlink()
    second = built.write({"page-moved": ENTRY}).build()
    assert second.warnings == []
    assert second.written == {"page-moved", "page-role", *TABLES}
    assert 'href="page-moved.html#contraindication-aneurysm"' in second.html("page-role")


def test_removed_page_takes_its_entries_along(built: Site) -> None:
    more = ENTRY.replace("aneurysm", "mania").replace("Aneurysm", "Mania")
    first = built.write({"page-more": more}).build()
    assert "Mania" in first.text("page-table")
    (built.folder / "page-more.md").unlink()
    second = built.build()
    assert (second.warnings, second.written) == ([], TABLES - {"page-list"})
    assert "Mania" not in second.text("page-table")
    assert b"mania" not in (second.output / "objects.inv").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "pages"),
    [
        ("Does it last?", "Does it stay?", {"page-cites"}),
        ("product information", "the label", {"page-questions"}),
        ("Blood pressure after", "Pressure after", {"page-entries", *TABLES}),
        ("A handbook of routes", "A book of routes", set()),
    ],
)
def test_changed_work_is_written_where_it_is_listed(
    built: Site, old: str, new: str, pages: set[str]
) -> None:
    path = built.folder / "references.bib"
    text = path.read_text(encoding="utf-8")
    assert old in text
    built.write_references(text.replace(old, new))
    second = built.build()
    assert pages <= second.written <= pages | TABLES  # a table may be written once too often
    for name in pages - {"page-absolute"}:  # which shows no prose, hence no source
        assert new in second.text(name)


def test_work_that_is_added_later_is_numbered(built: Site) -> None:
    first = built.write({"page-plain": "# Plain\n\nLate {footcite}`late2024`.\n"}).build()
    assert len(first.warnings) == 1
    path = built.folder / "references.bib"
    late = "@misc{late2024, title = {A late work}, year = {2024}, url = {https://example.org}}\n"
    built.write_references(path.read_text(encoding="utf-8") + late)
    second = built.build()
    assert (second.warnings, second.written) == ([], {"page-plain"})
    assert "A late work. 2024." in second.text("page-plain")
