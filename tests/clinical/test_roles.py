"""References to entries: roles, the inventory for other sites, and the names that they show."""

import pytest
from sphinx.ext.intersphinx import inspect_main

from tests.mini import Built, Site, one

ENTRIES = """# Entries

:::{question} May I *drive*?
:id: drive
:audience: patient
:topic: aftercare

Not today. See {practice-point}`drive`.
:::

:::{practice-point} Let no one drive
:id: drive
:by: handbook editors

Take the keys.

:because: No study has.
:::

:::{question} Care
:id: care
:audience: patient
:topic: aftercare

Rest.
:::

:::{question} This one has no address
:id: No Address
:audience: patient
:topic: aftercare

Nobody can link here.
:::
"""
ROLES = """# Roles

Title: {question}`drive`.

Own text: {question}`about driving <drive>`.

Domain: {clinical:question}`drive`.

Any: {any}`care`.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("roles"))
    return site.write({"pages/entries": ENTRIES, "page": ROLES}).build()


def test_role_shows_the_title_with_its_markup(built: Built) -> None:
    link = built.soup().select("p a")[0]
    assert link.text == "May I drive?"
    assert one(link, "em").text == "drive"
    assert link["href"] == "pages/entries.html#question-drive"


def test_role_shows_its_own_text(built: Built) -> None:
    link = built.soup().select("p a")[1]
    assert (link.text, link["title"]) == ("about driving", "May I drive?")


def test_role_may_name_its_domain(built: Built) -> None:
    assert built.soup().select("p a")[2].text == "May I drive?"


def test_any_role_finds_an_entry(built: Built) -> None:
    link = built.soup().select("p a")[3]
    assert (link.text, link["href"]) == ("Care", "pages/entries.html#question-care")


def test_the_same_id_may_exist_in_two_kinds(built: Built) -> None:
    link = one(built.soup("pages/entries"), "#question-drive p a")
    assert (link.text, link["href"]) == ("Let no one drive", "#practice-point-drive")


def test_inventory_lists_the_entries(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    inspect_main([str(built.output / "objects.inv")])
    listed = " ".join(capsys.readouterr().out.split())
    for line in (
        "drive May I drive? : pages/entries.html#question-drive",
        "drive Let no one drive : pages/entries.html#practice-point-drive",
    ):
        assert line in listed
    assert "clinical:practice-point" in listed
    assert "no address" not in listed
