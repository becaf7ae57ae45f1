"""The ledger: what counts as a review, what each page says of it, and what is wrong in it."""

import json
import re
from pathlib import Path

import pytest

from kap_handbook.review.ledger import LEDGER
from kap_handbook.review.manifest import path_of
from kap_handbook.review.overdue import listing
from kap_handbook.review.sign import prepare
from tests.mini import ALL, Site, one, words
from tests.review.signing import SIGNED, command, sign, snapshot_of

FRONT = """---
summary: What this page answers.
audience: [nurse]
evidence-checked: {checked}
---
"""
PAGE = """# Page

Do not give it when the pressure exceeds 140/90 mmHg {footcite}`smith2020`.

:::{contraindication} Aneurysm
:id: aneurysm
:category: absolute
:applies-to: ketamine
:system: cardiovascular

:why: A surge {footcite}`smith2020`.
:action: Do not give it.
:::
"""
REVIEWS = "# Reviews\n\n```{sign-offs}\n```\n\n```{review-state}\n```\n"
NOT_REVIEWED = "Not yet reviewed by a clinician"
BY = "on 21 November 2026 by Test Person, MD"


@pytest.fixture
def site(mini: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site on the day after its pages were signed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # 22 November 2026
    mini.rooms = ALL
    return mini.write({"page": PAGE, "page-other": "# Other\n\nText.\n", "page-reviews": REVIEWS})


def status(site: Site, name: str = "page") -> str:
    """Return the status line of a page, without what is said of its evidence and readers."""
    built = site.build()
    assert built.warnings == []
    return words(one(built.soup(name), ".page-status")).split(" · ")[0]


def test_unsigned_book_says_so_everywhere(site: Site) -> None:
    built = site.build()
    assert words(one(built.soup(), ".page-status")).startswith(NOT_REVIEWED)
    text = built.text("page-reviews")
    assert "No one has signed yet." in text
    assert "0 of 4 pages reviewed, 0 changed since their review, 0 overdue" in text
    assert text.count(NOT_REVIEWED) == 5  # four pages, and the line under the title
    assert "lastReviewed" not in built.html()


def test_the_table_leads_to_the_pages(site: Site) -> None:
    links = site.build().soup("page-reviews").select("table a.internal")
    assert [link["href"] for link in links] == [
        "index.html",
        "page.html",
        "page-other.html",
        "#",  # the page of the table itself
    ]


def test_signed_page_names_its_reviewer_and_the_others_do_not(site: Site) -> None:
    sign(site)
    built = site.build()
    assert built.warnings == []
    assert words(one(built.soup(), ".page-status")).startswith(f"Reviewed {BY} · evidence")
    assert words(one(built.soup("page-other"), ".page-status")).startswith(NOT_REVIEWED)
    rows = [words(row) for row in built.soup("page-reviews").select("tr")]
    assert (
        "Page Test Person, MD; reviewer of mini sites whole page, 21 November 2026 none yes" in rows
    )
    assert f"Page Reviewed {BY} 21 November 2026 21 November 2027" in rows
    assert "1 of 4 pages reviewed" in built.text("page-reviews")


def graph(html: str) -> dict[str, object]:
    """Return what a page says of itself in JSON-LD."""
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert script is not None
    page: dict[str, object] = json.loads(script[1])["@graph"][0]
    return page


def test_json_ld_names_a_review_only_while_it_holds(site: Site) -> None:
    sign(site)
    built = site.build()
    assert graph(built.html())["lastReviewed"] == "2026-11-21"
    assert "lastReviewed" not in graph(built.html("page-other"))
    site.write({"page": PAGE.replace("140", "150")})
    assert "lastReviewed" not in graph(site.build().html())


def test_page_cannot_call_itself_reviewed(site: Site) -> None:
    front = FRONT.format(checked="2026-11-21").replace(
        "---\n", "---\nlast-reviewed: 2026-11-21\nreviewed: true\n", 1
    )
    site.write({"page": front + PAGE})
    assert status(site) == NOT_REVIEWED


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("140", "150", ["Altered: paragraph: Do not give it when the pressure exceeds …"]),
        ("A surge", "A rise", ["Altered: contraindication: Aneurysm"]),
        ("Do not give it when", "Do give it when", [
            "Added: paragraph: Do give it when the pressure exceeds 140/90 …",
            "Removed: paragraph: Do not give it when the pressure exceeds …",
        ]),
        ("# Page\n", "# Page\n\nNew.\n", ["Added: paragraph: New."]),
    ],
)  # fmt: skip
def test_changed_page_says_what_has_changed(
    site: Site, old: str, new: str, said: list[str]
) -> None:
    sign(site)
    assert status(site) == f"Reviewed {BY}"
    site.write({"page": PAGE.replace(old, new)})
    built = site.build()
    assert words(one(built.soup(), ".page-status")).startswith(f"Changed since review {BY}")
    box = one(built.soup(), ".changed-since-review")
    assert [words(item) for item in box.select("li")] == said
    assert "1 changed since their review" in built.text("page-reviews")
    assert "no, changed since" in built.text("page-reviews")


def test_page_that_is_changed_back_is_reviewed_again(site: Site) -> None:
    sign(site)
    site.write({"page": PAGE.replace("140", "150")}).build()
    site.write({"page": PAGE})
    assert status(site) == f"Reviewed {BY}"


def test_only_the_order_is_said_to_have_changed(site: Site) -> None:
    more = PAGE + "\nOne more.\n\nAnd another.\n"
    sign(site.write({"page": more}))
    site.write({"page": PAGE + "\nAnd another.\n\nOne more.\n"})
    box = one(site.build().soup(), ".changed-since-review")
    assert [words(item) for item in box.select("li")] == ["The order of the passages"]


def test_long_list_of_changes_is_cut_and_counted(site: Site) -> None:
    sign(site)
    site.write({"page": PAGE + "\n\n".join(f"Passage {number}." for number in range(20))})
    items = one(site.build().soup(), ".changed-since-review").select("li")
    assert (len(items), words(items[-1])) == (13, "and 8 more")


def test_part_review_does_not_pass_for_a_review(site: Site) -> None:
    sign(site, scope="the contraindication")
    assert status(site) == f"Partly reviewed {BY} (the contraindication)"
    built = site.build()
    assert "lastReviewed" not in built.html()
    assert "0 of 4 pages reviewed" in built.text("page-reviews")


def test_two_reviewers_are_both_named_the_earlier_first(site: Site) -> None:
    sign(site, date="2026-11-22", reviewer="Second Person", credentials="RN")
    sign(site)
    assert status(site) == f"Reviewed {BY}; on 22 November 2026 by Second Person, RN"


def test_new_review_of_a_changed_page_takes_the_place_of_the_old_one(site: Site) -> None:
    sign(site)
    sign(site.write({"page": PAGE.replace("140", "150")}), date="2026-11-22")
    assert status(site) == "Reviewed on 22 November 2026 by Test Person, MD"


def test_signature_is_shown_without_any_change_of_a_page(site: Site) -> None:
    site.build()
    sign(site)
    assert site.build().written == {"page", "page-reviews"}
    assert site.build().written == set()


def test_mistake_in_the_ledger_is_located_and_its_record_does_not_count(site: Site) -> None:
    sign(site, date="2026-11-23")
    built = site.build()
    assert built.warnings == [
        f"{LEDGER}:5: `2026-11-23` lies in the future; write the day on which the page was signed "
        "[handbook.invalid-value]"
    ]
    assert words(one(built.soup(), ".page-status")).startswith(NOT_REVIEWED)


def test_forged_record_of_what_was_signed_is_found_out(site: Site) -> None:
    path = sign(site)
    site.write({"page": PAGE.replace("140", "150")})
    path.write_text(snapshot_of(site)["pages"]["page"]["manifest"], encoding="utf-8")
    built = site.build()
    assert "does not give this checksum: one of the two was altered" in built.warnings[0]
    assert words(one(built.soup(), ".page-status")).startswith(NOT_REVIEWED)


def overdue(site: Site) -> str:
    return listing(snapshot_of(site))


def test_overdue_page_says_so_and_is_listed_by_its_part(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({"page": FRONT.format(checked="2025-11-21") + PAGE})
    index = (site.folder / "index.md").read_text("utf-8")
    site.write({"index": index.replace(":glob:", ":glob:\n:caption: Safety")})
    assert overdue(site) == "Safety\n  2026-11-21  page"
    built = site.build()
    line = words(one(built.soup(), ".page-status"))
    assert "evidence checked 21 November 2025 · Overdue : to be checked again by 21 N" in line
    assert "21 November 2026: overdue" in built.text("page-reviews")
    assert "Overdue" not in built.text("page-other")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026, the day itself
    assert "Overdue" not in site.build().text()
    assert overdue(site) == "No page is overdue. The next is due on 2026-11-21."


def test_make_sign_leaves_blanks_and_the_build_refuses_them(site: Site) -> None:
    (site.folder / LEDGER).write_text("# Nobody has signed.\n", encoding="utf-8")
    page = snapshot_of(site)["pages"]["page"]
    for _ in range(2):  # asked twice, it prepares one record
        prepare(site.folder, "page", page)
    text = (site.folder / LEDGER).read_text("utf-8")
    assert text.startswith("# Nobody has signed.\n- page: page\n  reviewer: # your name\n")
    assert text.count("- page:") == 1
    assert path_of(site.folder, "page", page["checksum"]).is_file()
    built = site.build()
    assert [line.rpartition(" [")[2] for line in built.warnings] == ["handbook.unsigned-review]"]
    for name, value in SIGNED.items():
        text = re.sub(rf"  {name}: #.*", f"  {name}: {value}", text)
    (site.folder / LEDGER).write_text(text, encoding="utf-8")
    assert status(site) == f"Reviewed {BY}"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("pag", "there is no page `pag`; did you mean `page`?"),
        ("", "say which page was read: make sign PAGE=safety/monitoring"),
    ],
)
def test_make_sign_knows_its_pages(site: Site, page: str, said: str) -> None:
    snapshot_of(site)
    done = command("kap_handbook.review.sign", site.folder, site.folder / "_build/review/snapshot",
                   page)  # fmt: skip
    assert (done.returncode, done.stderr) == (1, f"{said}\n")
    assert not Path(site.folder, LEDGER).exists()
