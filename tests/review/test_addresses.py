"""What a release has published stays, or leads on; an id is never used again."""

from pathlib import Path

import pytest

from kap_handbook.redirects import FILE as REDIRECTS
from kap_handbook.review.published import PUBLISHED, read_published, release_list
from tests.mini import ALL, Site
from tests.review.signing import snapshot_of

PAGE = """# Page

## Before the dose

Text.

:::{question} May I drive?
:id: drive
:audience: patient
:topic: aftercare

Not today {footcite}`smith2020`.
:::
"""
OTHER = "# Other\n\nText.\n"


def write(site: Site, name: str, text: str) -> None:
    path = site.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def release(site: Site) -> None:
    """Note what the site publishes, as ``make release-list`` does."""
    before = read_published(site.folder / PUBLISHED)
    write(site, PUBLISHED, release_list(snapshot_of(site), before))


@pytest.fixture
def site(mini: Site) -> Site:
    """A site just after its first release."""
    mini.rooms = ALL
    mini.write({"page": PAGE, "page-other": OTHER})
    release(mini)
    return mini


def line_of(site: Site, words: str) -> int:
    lines = (site.folder / PUBLISHED).read_text("utf-8").splitlines()
    return lines.index(words) + 1


def test_release_raises_nothing_and_lists_pages_addresses_and_ids(site: Site) -> None:
    assert site.build().warnings == []
    lines = (site.folder / PUBLISHED).read_text("utf-8").splitlines()
    assert {
        "page page",
        "anchor page#before-the-dose",
        "anchor page#question-drive",
        "entry question drive May I drive?",
    } <= set(lines)
    release(site)
    assert (site.folder / PUBLISHED).read_text("utf-8").splitlines() == lines


def test_nothing_is_checked_before_the_first_release(site: Site) -> None:
    (site.folder / PUBLISHED).unlink()
    (site.folder / "page-other.md").unlink()
    assert site.build().warnings == []


def test_lost_page_is_reported(site: Site) -> None:
    (site.folder / "page-other.md").unlink()
    line = line_of(site, "page page-other")
    assert site.build().warnings == [
        f"{PUBLISHED}:{line}: the page `page-other` was published and is gone; restore it, or "
        f"write `page-other` and the page that takes its place into `{REDIRECTS}` "
        "[handbook.lost-address]"
    ]


def test_page_that_has_moved_leads_on(site: Site) -> None:
    (site.folder / "page.md").rename(site.folder / "page-new.md")
    write(site, REDIRECTS, "page page-new\n")
    built = site.build()
    assert built.warnings == []
    assert 'href="page-new.html"' in built.html("page")


def test_address_within_a_page_that_has_moved_must_be_in_the_new_one(site: Site) -> None:
    (site.folder / "page.md").unlink()
    write(site, REDIRECTS, "page page-new\n")
    site.write({"page-new": PAGE.replace("## Before the dose", "## Earlier")})
    line = line_of(site, "anchor page#before-the-dose")
    assert site.build().warnings == [
        f"{PUBLISHED}:{line}: the address `before-the-dose` in the page `page-new` was published "
        "and is gone; restore it, or write `(before-the-dose)=` above what takes its place there "
        "[handbook.lost-address]"
    ]


def test_lost_address_can_be_kept_by_a_label(site: Site) -> None:
    page = PAGE.replace("## Before the dose", "## Earlier")
    site.write({"page": page})
    (said,) = site.build().warnings
    assert "`before-the-dose` in the page `page` was published and is gone" in said
    site.write({"page": page.replace("## Earlier", "(before-the-dose)=\n## Earlier")})
    built = site.build()
    assert built.warnings == []
    assert 'id="before-the-dose"' in built.html()


def test_removed_entry_keeps_its_address_and_its_id_is_retired(site: Site) -> None:
    text = PAGE.split(":::")[0]
    site.write({"page": text})
    (said,) = site.build().warnings
    assert "the address `question-drive` in the page `page` was published and is gone" in said
    site.write({"page": f"{text}(question-drive)=\nDriving is treated elsewhere.\n"})
    assert site.build().warnings == []
    release(site)
    assert "retired question drive May I drive?" in (site.folder / PUBLISHED).read_text("utf-8")
    release(site)  # it stays so in every later release
    entry = PAGE.partition(":::")[2].replace("May I drive?", "May I ride?")
    site.write({"page": f"{text}\n:::{entry}"})
    assert site.build().warnings == [
        "page.md:13: the question id `drive` once meant “May I drive?” and cannot be used again; "
        "choose another [handbook.reused-id]"
    ]


@pytest.mark.parametrize("text", ["page", "anchor page", "entry question drive", "x y", "\x00"])
def test_list_that_was_written_by_hand_is_refused(site: Site, text: str) -> None:
    write(site, PUBLISHED, f"page page\n{text}\n")
    (said,) = site.build().warnings
    assert said == (
        f"{PUBLISHED}:2: `{text}` is no line of this list; restore it from the last release "
        "[handbook.unreadable-data]"
    )


def test_list_in_no_text_at_all_is_refused(site: Site) -> None:
    Path(site.folder, PUBLISHED).write_bytes(b"\xff\xfe")
    (said,) = site.build().warnings
    assert said.startswith(f"{PUBLISHED}:1: the list cannot be read")
