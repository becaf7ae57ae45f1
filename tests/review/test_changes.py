"""``make changes``: what is reported of a change between a commit and the pages at hand."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

from kap_handbook.review.at_commit import commit_named, snapshot_at
from kap_handbook.review.changes import Change, Group, changes
from kap_handbook.review.report import NOTHING, RESERVE, report
from kap_handbook.review.snapshot import Snapshot
from tests.mini import ALL, Site
from tests.review.signing import command, sign, snapshot_of

PAGE = """# Page

Do not give it when the pressure exceeds 140 mmHg {footcite}`smith2020,jones2021`.

## Doses

One infusion of 0.5 mg/kg over 40 min was given {footcite}`kim2022`.

It was given in the morning, after a light breakfast, by a nurse who knew the patient.

## After the dose

Nobody drives on that day.

:::{interaction} Benzodiazepines
:id: benzodiazepines
:examples: diazepam
:mechanism: pharmacodynamic
:severity: caution
:certainty: moderate

:effect: They may weaken the effect {footcite}`smith2020`.
:action: Do not stop them at once {footcite}`smith2020`.
:because: Data conflict.
:::

:::{dose} One infusion
:id: infusion
:route: intravenous
:product: racemic
:strategy: antidepressant
:status: off-label
:amount: 0.5 mg/kg

:setting: One trial {footcite}`kim2022`.
:::
"""
OTHER = """# Other

:::{contraindication} Aneurysm
:id: aneurysm
:category: absolute
:applies-to: ketamine
:system: cardiovascular

:why: A surge {footcite}`smith2020`.
:action: Do not give it.
:::
"""


class Book:
    """A site in a repository of its own, with one commit."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder, ALL).write({"page": PAGE, "page-other": OTHER})
        (folder / ".gitignore").write_text("_build\n", encoding="utf-8")
        self.git("init", "--quiet")
        self.commit()
        self.old: Snapshot | None = None

    def git(self, *words: str) -> str:
        names = {f"GIT_{who}_{what}": f"{what.lower()}@example.org" for who in
                 ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
        return subprocess.run(
            ["git", *words],
            cwd=self.site.folder,
            env={**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Pages")

    def changed(self, page: str = PAGE, other: str = OTHER, **more: str) -> list[Change]:
        """Return the changes since the commit, after writing the pages."""
        if self.old is None:
            with chdir(self.site.folder):
                self.old = snapshot_at(commit_named("HEAD"), Path(), Path("_build/base").resolve())
        self.site.write({"page": page, "page-other": other, **more})
        return changes(self.old, snapshot_of(self.site))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def book(repository: Book) -> Iterator[Book]:
    """The repository, whose pages are put back after each test."""
    yield repository
    repository.git("checkout", "--quiet", ".")
    repository.git("clean", "--force", "-d", "--quiet")


def shown(found: list[Change]) -> list[tuple[Group, str, tuple[str, ...]]]:
    return [(change.group, change.name, change.lines) for change in found]


SENTENCE = "paragraph under “Doses” (`page`)"
INTERACTION = "Altered: interaction “Benzodiazepines” (`page`, id `benzodiazepines`)"
ONE = {
    "a dose digit": (
        "0.5 mg/kg over", "5 mg/kg over", Group.WEIGHTY, f"Altered, figure: {SENTENCE}",
        "One infusion of ~~0.5~~ **5** mg/kg over 40 min was given \\[kim2022\\].",
    ),
    "a unit": (
        "0.5 mg/kg over", "0.5 µg/kg over", Group.WEIGHTY, f"Altered, unit: {SENTENCE}",
        "One infusion of 0.5 ~~mg/kg~~ **µg/kg** over 40 min was given \\[kim2022\\].",
    ),
    "a numeral": (
        "One infusion of 0.5", "Two infusions of 0.5", Group.WEIGHTY,
        f"Altered, figure: {SENTENCE}",
        "~~One infusion~~ **Two infusions** of 0.5 mg/kg over 40 min was given \\[kim2022\\].",
    ),
    "a dropped not": (
        "Do not give it", "Do give it", Group.WEIGHTY,
        "Altered, negation or limit: paragraph (`page`)",
        "Do ~~not~~ give it when the pressure exceeds 140 mmHg \\[jones2021, smith2020\\].",
    ),
    "a dropped source": (
        "smith2020,jones2021`.", "smith2020`.", Group.WEIGHTY,
        "Altered, citation: paragraph (`page`)",
        "Do not give it when the pressure exceeds 140 mmHg ~~\\[jones2021, smith2020\\].~~ "
        "**\\[smith2020\\].**",
    ),
    "a word": (
        "a light breakfast", "a small breakfast", Group.WORDING, f"Altered, {SENTENCE}",
        "It was given in the morning, after a ~~light~~ **small** breakfast, by a nurse who knew "
        "the patient.",
    ),
    "a certainty": (
        ":certainty: moderate", ":certainty: low", Group.FIRST, INTERACTION,
        "certainty: ~~moderate~~ **low**",
    ),
    "a severity": (
        ":severity: caution", ":severity: avoid", Group.INTERACTIONS, INTERACTION,
        "severity: ~~caution~~ **avoid**",
    ),
    "a negation in an entry": (
        "Do not stop", "Do stop", Group.INTERACTIONS, INTERACTION,
        "action (negation or limit): Do ~~not~~ stop them at once \\[smith2020\\].",
    ),
    "an amount": (
        ":amount: 0.5 mg/kg", ":amount: 0.75 mg/kg", Group.DOSES,
        "Altered: dose “One infusion” (`page`, id `infusion`)",
        "amount (figure): ~~0.5~~ **0.75** mg/kg",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "group", "name", "line"), ONE.values(), ids=ONE)
def test_change_is_shown_word_by_word_in_its_group(
    book: Book, old: str, new: str, group: Group, name: str, line: str
) -> None:
    assert PAGE.count(old) == 1
    assert shown(book.changed(PAGE.replace(old, new))) == [(group, name, (line,))]


LIGHT = {
    "nothing": (PAGE, PAGE),
    "a paragraph wrapped anew": (
        "One infusion of 0.5 mg/kg over", "One infusion\nof 0.5 mg/kg\nover",
    ),
    "a paragraph moved within its heading": (
        "One infusion of 0.5 mg/kg over 40 min was given {footcite}`kim2022`.\n\nIt was given in "
        "the morning, after a light breakfast, by a nurse who knew the patient.",
        "It was given in the morning, after a light breakfast, by a nurse who knew the patient."
        "\n\nOne infusion of 0.5 mg/kg over 40 min was given {footcite}`kim2022`.",
    ),
    "the order of options": (
        ":severity: caution\n:certainty: moderate", ":certainty: moderate\n:severity: caution",
    ),
    "a comment": ("Nobody drives", "% Why?\n\nNobody drives"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), LIGHT.values(), ids=LIGHT)
def test_what_no_reader_sees_is_not_reported(book: Book, old: str, new: str) -> None:
    assert PAGE.count(old) == 1
    assert book.changed(PAGE.replace(old, new)) == []


def test_contraindication_comes_before_everything_else(book: Book) -> None:
    page = PAGE.replace(":amount: 0.5", ":amount: 0.6").replace("caution", "avoid")
    page = page.replace("a light", "a heavy").replace("140 mmHg", "150 mmHg")
    found = book.changed(page, OTHER.replace("absolute", "relative"))
    assert [change.group for change in found] == [
        Group.FIRST, Group.DOSES, Group.INTERACTIONS, Group.WEIGHTY, Group.WORDING
    ]  # fmt: skip
    assert found[0].lines == ("category: ~~absolute~~ **relative**",)


def test_entry_that_is_removed_or_added_is_shown_whole(book: Book) -> None:
    other = OTHER.replace("aneurysm", "mania").replace("Aneurysm", "Mania")
    added, removed = sorted(book.changed(other=other), key=lambda change: change.name)
    assert (added.group, removed.group) == (Group.FIRST, Group.FIRST)
    assert added.name == "Added: contraindication “Mania” (`page-other`, id `mania`)"
    assert removed.name == "Removed: contraindication “Aneurysm” (`page-other`, id `aneurysm`)"
    assert removed.lines[0] == "category: ~~absolute~~"
    assert "action: **Do not give it.**" in added.lines


def test_work_that_nobody_cites_any_more_is_named(book: Book) -> None:
    book.site.write({"index": (book.site.folder / "index.md").read_text().replace(",kim2022", "")})
    found = book.changed(PAGE.replace("kim2022", "smith2020"))
    (source,) = [change for change in found if change.group is Group.SOURCES]
    assert source.name == "Cited no more: `kim2022`"
    assert re.fullmatch(r"~~Kim .*~~", source.lines[0])


def test_work_that_is_exchanged_behind_its_key_is_reported(book: Book) -> None:
    path = book.site.folder / "references.bib"
    text = path.read_text("utf-8")
    assert "Blood pressure after" in text
    path.write_text(text.replace("Blood pressure after", "Pressure of"), encoding="utf-8")
    (change,) = book.changed()
    assert (change.group, change.name) == (Group.SOURCES, "Record altered: `smith2020`")
    assert "~~Blood pressure after~~ **Pressure of** ketamine." in change.lines[0]


def test_page_that_comes_brings_its_entries_in_one_line(book: Book) -> None:
    points = "".join(
        f":::{{practice-point}} Point {number}\n:id: point-{number}\n:by: editors\n\nDo it.\n\n"
        f":because: Nobody tried.\n:::\n\n" for number in range(3)
    )  # fmt: skip
    found = book.changed(**{"page-new": f"# New\n\n{points}"})
    assert shown(found) == [
        (Group.ENTRIES, "Added with its page `page-new`, practice-point, 3: Point 0; Point 1; "
         "Point 2", ()),
        (Group.PAGES, "Added: `page-new` “New”, 5 passages", ()),
    ]  # fmt: skip


def test_page_that_goes_takes_its_entries_along(book: Book) -> None:
    book.changed()
    (book.site.folder / "page-other.md").unlink()
    assert book.old is not None
    found = changes(book.old, snapshot_of(book.site))
    assert [change.group for change in found] == [Group.FIRST, Group.PAGES]
    assert found[1].name == "Removed: `page-other` “Other”, 3 passages"


def test_page_that_is_renamed_is_moved_and_not_rewritten(book: Book) -> None:
    book.changed()
    (book.site.folder / "page-other.md").rename(book.site.folder / "page-moved.md")
    assert book.old is not None
    found = changes(book.old, snapshot_of(book.site))
    assert (Group.PAGES, "Moved: `page-other` to `page-moved`", ()) in shown(found)
    assert [change.lines for change in found if change.group is Group.FIRST] == [
        ("page: ~~page-other~~ **page-moved**",)
    ]


def test_passage_under_another_heading_is_said_to_have_moved(book: Book) -> None:
    sentence = "Nobody drives on that day.\n\n"
    page = PAGE.replace(sentence, "").replace("## After", f"{sentence}## After")
    name = "`page`, from “After the dose” to “Doses”: “Nobody drives on that day.”"
    assert shown(book.changed(page)) == [(Group.MOVED, name, ())]


def test_passage_on_another_page_is_said_to_have_moved(book: Book) -> None:
    sentence = "Nobody drives on that day.\n\n"
    found = book.changed(PAGE.replace(sentence, ""), f"{OTHER}\n{sentence}")
    assert shown(found) == [
        (Group.MOVED, "`page` to `page-other`: “Nobody drives on that day.”", ())
    ]


def test_renamed_heading_is_one_change(book: Book) -> None:
    found = book.changed(PAGE.replace("## After the dose", "## When the dose is over"))
    assert {change.group for change in found} <= {Group.WORDING, Group.WEIGHTY}
    assert all("heading" in change.name for change in found)


def test_markup_and_calls_in_a_text_are_only_text(book: Book) -> None:
    page = PAGE.replace("Nobody drives", "Nobody drives, says @someone in \\#12 \\<b\\> \\|")
    (change,) = book.changed(page)
    assert "**drives, says @\u200bsomeone in #\u200b12 \\<b\\> \\|**" in change.lines[0]


def test_review_that_no_longer_holds_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # the day after the signature
    book = Book(tmp_path)
    sign(book.site)
    book.commit()
    found = book.changed(PAGE.replace("140 mmHg", "150 mmHg"))
    assert [change.group for change in found] == [Group.WEIGHTY, Group.STALE]
    assert found[1].name == "`page`, reviewed on 21 November 2026 by Test Person, MD"


def test_report_counts_what_it_shows() -> None:
    found = [Change(Group.FIRST, "One", ("field: ~~a~~ **b**",)), Change(Group.WORDING, "Two")]
    assert report(found, "main") == (
        "# What has changed for a reader since main\n\n"
        "- Certainty and contraindications: 1\n- Wording: 1\n\n"
        "## Certainty and contraindications\n\n- One\n  - field: ~~a~~ **b**\n\n"
        "## Wording\n\n- Two\n"
    )


def test_report_of_nothing_says_so() -> None:
    assert report([], "main").splitlines()[-1] == NOTHING


def test_long_report_is_cut_at_its_lightest_end_and_says_what_was_cut() -> None:
    found = [Change(Group.FIRST, f"Weighty {number}") for number in range(50)]
    found += [Change(Group.WORDING, f"Light {number} " + 50 * "x") for number in range(100)]
    limit = 4000
    text = report(found, "main", limit)
    assert limit - RESERVE < len(text) <= limit
    assert text.count("Weighty ") == 50
    kept = text.count("Light ")
    assert 0 < kept < 100
    assert f"**Cut to fit.** {100 - kept} more: {100 - kept} under “Wording”." in text
    assert report(found, "main", 0).count("Light ") == 100


def test_command_writes_the_report_and_leaves_the_repository_as_it_was(book: Book) -> None:
    book.site.write({"page": PAGE.replace("140 mmHg", "150 mmHg")})
    before = book.git("status", "--porcelain", "--ignored"), book.git("worktree", "list")
    folder = book.site.folder
    done = command("kap_handbook.review.report", "HEAD", "--docs", ".", "--build", "_build",
                   folder=folder)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "exceeds ~~140~~ **150** mmHg" in done.stdout
    assert (book.git("status", "--porcelain", "--ignored"), book.git("worktree", "list")) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "`nothing` is no commit of this repository"),
        ([""], "say with what to compare: make changes BASE=main"),
        (["HEAD", "--docs", "pages"], "has no folder `pages`"),
    ],
)
def test_command_explains_what_it_cannot_do(book: Book, words: list[str], said: str) -> None:
    done = command("kap_handbook.review.report", *words, folder=book.site.folder)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
