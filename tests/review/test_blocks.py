"""What a page says, passage by passage: what counts as a change of it, and what does not."""

import pytest

from kap_handbook.review.manifest import Difference, difference
from kap_handbook.review.snapshot import PageData, Snapshot, read_snapshot
from tests.mini import ALL, Site
from tests.review.signing import command, manifest_in, snapshot_of

ENTRY = """:::{interaction} Benzodiazepines
:id: benzodiazepines
:examples: diazepam, lorazepam
:mechanism: pharmacodynamic
:severity: caution
:certainty: moderate

:effect: May weaken the effect {footcite}`smith2020`.
:action: Do not stop them at once {footcite}`jones2021,smith2020`.
:because: Data conflict.
:::
"""
PAGE = f"""# Page

:::{{admonition}} In brief
:class: in-brief

- Give 0.5 mg/kg over 40 min {{footcite}}`smith2020`.
:::

## Before the dose

Do not give it "at once" when the pressure exceeds 140/90 mmHg
{{footcite}}`jones2021,smith2020`. See [the other page](page-other.md#a-section)
and {{interaction}}`benzodiazepines`.

1. Measure.
2. Decide.

| Route | Dose |
| --- | --- |
| Vein | 0.5 mg/kg {{footcite}}`smith2020` |
| Muscle | 0.7 mg/kg {{footcite}}`kim2022` |

The area is 10{{superscript}}`5` units.

{ENTRY}
```{{figure}} picture.svg
:alt: A line that rises to 140

A line.
```

```{{entries}} contraindication
:category: absolute
```
"""
OTHER = """# Other

## A section

:::{{contraindication}} {title}
:id: aneurysm
:category: absolute
:applies-to: ketamine
:system: cardiovascular

:why: A surge {{footcite}}`smith2020`.
:action: Do not give it.
:::
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>140</text></svg>'


UNSEEN = {
    "a line ends elsewhere": ("over 40 min", "over\n  40 min"),
    "more spaces": ("Measure.", "Measure.   "),
    "a no-break space": ("140/90 mmHg", "140/90\u00a0mmHg"),
    "a comment": ("1. Measure.", "% a note to editors\n\n1. Measure."),
    "curly quotes": ('"at once"', "“at once”"),
    "the order of two works": ("`jones2021,smith2020`. See", "`smith2020,jones2021`. See"),
    "the order of two options": (
        ":mechanism: pharmacodynamic\n:severity: caution",
        ":severity: caution\n:mechanism: pharmacodynamic",
    ),
    "the order of two prose fields": (
        ":effect: May weaken the effect {footcite}`smith2020`.\n:action: Do not stop them at once "
        "{footcite}`jones2021,smith2020`.",
        ":action: Do not stop them at once {footcite}`jones2021,smith2020`.\n"
        ":effect: May weaken the effect {footcite}`smith2020`.",
    ),
    "a blank line": ("## Before", "\n\n## Before"),
    "another sign for a bullet": ("- Give", "* Give"),
    "cells set wider": ("| Vein | 0.5", "| Vein      |   0.5"),
}

SEEN = {
    "a figure": ("over 40 min", "over 45 min", "list item under “In brief”"),
    "a unit": ("| Vein | 0.5 mg/kg", "| Vein | 0.5 µg/kg", "table row under “Before the dose”"),
    "a dropped not": ("Do not give it", "Do give it", "paragraph under"),
    "a work": ("`kim2022`", "`smith2020`", "table row"),
    "a work less": ("`jones2021,smith2020`. See", "`jones2021`. See", "paragraph"),
    "where a link leads": ("page-other.md#a-section", "page-other.md", "paragraph"),
    "which entry a role names": ("{interaction}`benz", "{contraindication}`benz", "paragraph"),
    "a short field": (":severity: caution", ":severity: minor", "interaction"),
    "a prose field": ("Do not stop", "Do stop", "interaction"),
    "the order of two steps": ("1. Measure.\n2. Decide.", "1. Decide.\n2. Measure.", "step"),
    "a raised figure": ("10{superscript}`5`", "105", "paragraph"),
    "the text of a picture": ("rises to 140", "rises to 160", "figure"),
    "what a table asks for": (":category: absolute", ":category: relative", "table of entries"),
    "a heading": ("## Before the dose", "## After the dose", "heading"),
    "the kind of a box": (":::{admonition} In brief\n:class: in-brief\n", ":::{danger}\n", "list"),
    "a minus sign for a dash": ("140/90", "140–90", "paragraph"),
}

FRONT = """---
summary: {summary}
audience: [{audience}]
evidence-checked: {checked}
---
"""
SAME_FRONT = FRONT.format(summary="What this page answers.", audience="therapist",
                          checked="2026-01-01\nreview-by: 2026-05-01")  # fmt: skip
OTHER_FRONT = FRONT.format(summary="Another.", audience="nurse", checked="2026-11-21")
AREA = "The area is 10{superscript}`5` units.\n"
MOVED = PAGE.replace(AREA, "").replace("1. Measure.", AREA + "\n1. Measure.")


def name_of(variant: str) -> str:
    """Return the name of the page that shows a variant."""
    return "page-" + variant.replace(" ", "-")


def pages() -> dict[str, str]:
    """Return the page, its variants, and the page that it refers to."""
    variants = {name: PAGE.replace(old, new) for name, (old, new) in UNSEEN.items()}
    variants |= {name: PAGE.replace(old, new) for name, (old, new, _) in SEEN.items()}
    variants |= {"same front": SAME_FRONT + PAGE, "other front": OTHER_FRONT + PAGE, "moved": MOVED}
    assert [name for name, text in variants.items() if text == PAGE] == []
    return {
        "page": PAGE,
        "page-other": OTHER.format(title="Aneurysm"),
        **{name_of(name): text for name, text in variants.items()},
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("blocks")
    (folder / "picture.svg").write_text(PICTURE, encoding="utf-8")
    return Site(folder, ALL).write(pages())


@pytest.fixture(scope="module")
def book(site: Site) -> Snapshot:
    """All variants, in one build: that two have an entry of the same id does not matter here."""
    return snapshot_of(site)


def changes(before: PageData, after: PageData) -> Difference:
    return difference(manifest_in(before), manifest_in(after))


def texts(page: PageData) -> list[str]:
    return [block["text"] for block in page["blocks"]]


@pytest.mark.parametrize("name", UNSEEN)
def test_what_no_reader_sees_is_no_change(name: str, book: Snapshot) -> None:
    before, after = book["pages"]["page"], book["pages"][name_of(name)]
    assert texts(after) == texts(before)
    assert after["checksum"] == before["checksum"]


@pytest.mark.parametrize("name", SEEN)
def test_what_a_reader_would_miss_is_a_change(name: str, book: Snapshot) -> None:
    before, after = book["pages"]["page"], book["pages"][name_of(name)]
    assert after["checksum"] != before["checksum"]
    found = changes(before, after)
    assert any(SEEN[name][2] in label for label in (*found.altered, *found.added))


def test_summary_is_a_passage(book: Snapshot) -> None:
    found = changes(book["pages"]["page"], book["pages"][name_of("other front")])
    assert found == Difference(altered=("summary: of the page",))


def test_dates_and_readers_are_no_passage(book: Snapshot) -> None:
    checksums = {book["pages"][name]["checksum"] for name in ("page", name_of("same front"))}
    assert len(checksums) == 1


def test_moved_passage_changes_nothing_but_the_order(book: Snapshot) -> None:
    before, after = book["pages"]["page"], book["pages"][name_of("moved")]
    assert after["checksum"] != before["checksum"]
    assert changes(before, after) == Difference(reordered=True)


def test_two_processes_say_what_one_does(site: Site, book: Snapshot) -> None:
    output = site.folder / "_build" / "two"
    options = ["-q", "-j", "2", "-b", "snapshot", "-d", str(output / "doctrees")]
    assert command("sphinx", *options, site.folder, output).returncode == 0
    assert read_snapshot(output) == book


def test_second_build_keeps_what_it_does_not_read_again(site: Site, book: Snapshot) -> None:
    site.write({"page-moved": MOVED.replace("0.7", "7")})
    second = snapshot_of(site)
    assert second["pages"]["page-moved"] != book["pages"]["page-moved"]
    for name in book["pages"].keys() - {"page-moved"}:
        assert second["pages"][name] == book["pages"][name]


def test_picture_that_is_drawn_anew_is_a_change(site: Site, book: Snapshot) -> None:
    (site.folder / "picture.svg").write_text(PICTURE.replace("140", "180"), encoding="utf-8")
    (label,) = changes(book["pages"]["page"], snapshot_of(site)["pages"]["page"]).altered
    assert label.startswith("figure under “Before the dose”: picture: A line")


def test_what_a_table_gathers_from_another_page_is_no_change(site: Site, book: Snapshot) -> None:
    (site.folder / "picture.svg").write_text(PICTURE, encoding="utf-8")
    site.write({"page-other": OTHER.format(title="Ruptured vessels")})
    after = snapshot_of(site)["pages"]
    assert after["page-other"]["checksum"] != book["pages"]["page-other"]["checksum"]
    assert after["page"] == book["pages"]["page"]
