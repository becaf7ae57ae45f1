"""What was published is not lost unawares, and no id is used for something else later."""

import sys
from pathlib import Path

import pytest

from kap_handbook.review import release_list
from kap_handbook.review.published import PUBLISHED, REDIRECTS, RETIRED, read
from tests.mini import ALL, ROOT, Site
from tests.review.signing import snapshot_of

PAGE = """# Page

## Blood pressure

A sentence.

```{table} A table without a name of its own
| Effect | Course |
| - | - |
| Nausea | Passes |
```

:::{practice-point} Keep watching the patient
:id: watch
:by: handbook editors

Watch the patient.

:because: No study has compared the two.
:::
"""
OTHER = "# Other\n\n## Blood pressure\n\nA sentence.\n"
ENTRY = PAGE[PAGE.index(":::{practice-point}") :]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A small book whose addresses have just been published."""
    site = Site(tmp_path, ALL).write({"page": PAGE, "page-other": OTHER})
    snapshot_of(site)
    folders = [str(tmp_path), str(tmp_path / "_build/review/snapshot")]
    monkeypatch.setattr(sys, "argv", ["release_list", *folders])
    release_list.main()
    return site


def note(site: Site, name: str, text: str) -> None:
    (site.folder / name).parent.mkdir(exist_ok=True)
    (site.folder / name).write_text(text, encoding="utf-8")


def said(site: Site) -> list[str]:
    return site.build().warnings


def test_the_list_holds_pages_places_and_titles(book: Site) -> None:
    lines = {line.address: line.rest for line in read(book.folder / PUBLISHED)}
    assert lines == {
        "index": "",
        "index#book": "",
        "page": "",
        "page#page": "",
        "page#blood-pressure": "",
        "page#practice-point-watch": "Keep watching the patient",
        "page-other": "",
        "page-other#other": "",
        "page-other#blood-pressure": "",
    }


def test_nothing_is_said_while_all_is_there(book: Site) -> None:
    assert said(book) == []
    book.write({"page": PAGE + "\n## One more\n\nA sentence.\n"})
    assert said(book) == []


def test_a_lost_place_is_reported_at_its_page(book: Site) -> None:
    book.write({"page-other": OTHER.replace("Blood pressure", "Heart")})
    assert said(book) == [
        "page-other.md:1: the address `page-other#blood-pressure` was published and is gone; put "
        "`(blood-pressure)=` on a line before the passage that now says it, or add "
        "`page-other#blood-pressure the reason` to `data/retired.txt` [handbook.lost-address]"
    ]


def test_a_target_keeps_the_old_place(book: Site) -> None:
    book.write({"page-other": "# Other\n\n(blood-pressure)=\n## Heart\n\nA sentence.\n"})
    assert said(book) == []


def test_a_retired_place_needs_a_reason(book: Site) -> None:
    book.write({"page-other": "# Other\n\nA sentence.\n"})
    note(book, RETIRED, "# gone for good\npage-other#blood-pressure said on the page on pressure\n")
    assert said(book) == []
    note(book, RETIRED, "page-other#blood-pressure\n")
    book.write({"page-other": "# Other\n\nOne more sentence.\n"})
    assert said(book) == [
        "data/retired.txt:1: `page-other#blood-pressure` gives no reason; write it after the "
        "address [handbook.lost-address]"
    ]


def test_a_lost_page_is_reported_once_and_a_redirect_mends_it(book: Site) -> None:
    (book.folder / "page-other.md").unlink()
    line = [item.address for item in read(book.folder / PUBLISHED)].index("page-other") + 2
    assert said(book) == [
        f"data/published.txt:{line}: the page `page-other` was published and is gone; add "
        "`page-other the/new-page` to `redirects.txt` [handbook.lost-address]"
    ]
    note(book, REDIRECTS, "page-other page-new\n")
    book.write({"page-new": OTHER})
    assert said(book) == []


def test_a_place_that_the_new_page_lacks_is_reported_there(book: Site) -> None:
    (book.folder / "page-other.md").unlink()
    note(book, REDIRECTS, "page-other page-new\n")
    book.write({"page-new": "# Other\n\nA sentence.\n"})
    (line,) = said(book)
    assert line.startswith("page-new.md:1: the address `page-other#blood-pressure` was published")


def test_a_retired_id_is_never_used_again(book: Site) -> None:
    note(book, RETIRED, "page#practice-point-watch the advice was withdrawn\n")
    book.write({"page": PAGE.replace(ENTRY, ""), "page-other": OTHER + "\n" + ENTRY})
    assert said(book) == [
        "page-other.md:12: the practice-point id `watch` was used before (data/retired.txt, line "
        "1) and is never used again; choose another [handbook.reused-id]"
    ]


def test_an_id_that_now_stands_for_something_else_is_reported(book: Site) -> None:
    book.write({"page": PAGE.replace("Keep watching the patient", "Offer a blanket")})
    (line,) = said(book)
    assert line.startswith(
        "page.md:18: the practice-point id `watch` was published for “Keep watching the patient”; "
        "give this entry an id of its own"
    )
    book.write({"page": PAGE.replace("Keep watching the patient", "Watching on")})
    assert said(book) == []


def test_the_list_of_the_handbook_is_kept() -> None:
    """An empty list would guard nothing; before the first release it says so itself."""
    text = (ROOT / "docs" / PUBLISHED).read_text(encoding="utf-8")
    assert read(ROOT / "docs" / PUBLISHED) or "Nothing has been released yet" in text
