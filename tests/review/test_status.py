"""The lines under a page's title: what it answers, and how far it can be trusted."""

from datetime import date

import pytest

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.dates import long_date
from kap_handbook.review.status import join_words
from tests.mini import ALL, Site, one, words


def page(front: str) -> str:
    return f"---\n{front}\n---\n# Page\n\nIts first paragraph.\n\n## A section\n\nMore.\n"


def test_page_says_its_summary_status_date_and_readers(mini: Site) -> None:
    mini.rooms = ALL
    front = (
        "summary: When it is safe to drive.\naudience: [prescriber, nurse, patient]\n"
        "evidence-checked: 2026-11-02"
    )
    built = mini.write({"page": page(front)}).build()
    assert built.warnings == []
    parts = one(built.soup(), "h1").find_next_siblings(limit=3)
    assert words(parts[0]) == "When it is safe to drive."
    assert words(parts[1]) == (
        "Not yet reviewed by a clinician · evidence checked 2 November 2026 · "
        "for prescribers, nurses and patients · 1 minute to read"
    )
    assert words(parts[2]) == "Its first paragraph."
    assert len(built.soup().select(".page-status")) == 1


def test_page_without_front_matter_still_says_that_no_one_has_reviewed_it(mini: Site) -> None:
    mini.rooms = ALL
    body = mini.write({"page": page("{}")}).build().soup()
    assert words(one(body, ".page-status")) == "Not yet reviewed by a clinician · 1 minute to read"
    assert body.select(".page-summary") == []


def test_page_says_how_long_it_takes_to_read(mini: Site) -> None:
    mini.rooms = ALL
    words_of_table = f"\n\n| {'word ' * 220}|\n| --- |\n| {'word ' * 220}|\n"
    text = page("{}") + "word " * 440 + words_of_table
    body = mini.write({"page": text}).build().soup()
    assert words(one(body, ".page-status")).endswith("· 4 minutes to read")


def test_unknown_reader_and_broken_date_are_left_out(mini: Site) -> None:
    mini.rooms = ALL
    front = "summary: x\naudience: [nurse, nobody]\nevidence-checked: soon"
    text = words(one(mini.write({"page": page(front)}).build().soup(), ".page-status"))
    assert text == "Not yet reviewed by a clinician · for nurses · 1 minute to read"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('["nurse", "patient"]', ("nurse", "patient")),
        ("nurse", ("nurse",)),
        ("", ()),
        ("null", ()),
        ("[]", ()),
        ("[broken", ()),
    ],
)
def test_audience_is_read_in_every_form(text: str, found: tuple[str, ...]) -> None:
    assert front_matter({"audience": text}).audience == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        ("21 November 2026", None),
        ("null", None),
        ("", None),
        ("2026-13-01", None),
    ],
)
def test_date_is_read_or_left_out(text: str, found: date | None) -> None:
    assert front_matter({"evidence-checked": text}).evidence_checked == found


@pytest.mark.parametrize(
    ("checked", "given", "due"),
    [
        ("2026-11-21", "", date(2027, 11, 21)),
        ("2024-02-29", "", date(2025, 2, 28)),
        ("2026-11-21", "2027-01-31", date(2027, 1, 31)),
        ("2026-11-21", "soon", date(2027, 11, 21)),
        ("", "2027-01-31", date(2027, 1, 31)),
        ("", "", None),
    ],
)
def test_evidence_is_to_be_checked_again_after_twelve_months_or_when_the_page_says(
    checked: str, given: str, due: date | None
) -> None:
    assert front_matter({"evidence-checked": checked, "review-by": given}).review_by == due


def test_date_is_written_in_full() -> None:
    assert long_date(date(2026, 1, 9)) == "9 January 2026"


@pytest.mark.parametrize(
    ("given", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined(given: list[str], joined: str) -> None:
    assert join_words(given) == joined
