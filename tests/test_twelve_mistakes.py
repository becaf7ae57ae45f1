"""Twelve mistakes that could hurt somebody or break the book, each made on purpose and caught.

One small book is published, signed and committed. Then every mistake is made at once, each on a
page of its own, and the book is built again: each must be named with its file and its line, by the
build or by the report on changes that a pull request gets.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kap_handbook.review.published import PUBLISHED, Published, release_list
from kap_handbook.review.standing import State
from tests.mini import ALL, Built, Site
from tests.review.signing import command, sign, snapshot_of

TERM = """# Terms

:::{term} Esketamine
:id: esketamine

One of the two mirror-image halves of ketamine.
:::
"""
LEDGER = "review-ledger.yaml"
RETIRED = "retired practice-point blanket Offer tea\n"
TODAY = "1795219200"  # 21 November 2026, on which the page is signed


@dataclass(frozen=True)
class Mistake:
    """What was right, what is wrong, the line of it, and what is said."""

    name: str
    right: str
    wrong: str
    line: int
    said: str

    @property
    def page(self) -> str:
        return "page-" + self.name.replace(" ", "-")

    def text(self, passage: str) -> str:
        return f"# Page on {self.name}\n\n{passage}"


BY_BUILD = [
    Mistake(
        "a reused id",
        ":::{practice-point} Keep watching\n:id: watch\n:by: editors\n\nWatch.\n\n"
        ":because: No study has looked.\n:::\n",
        "(practice-point-watch)=\n\n"
        ":::{practice-point} Offer a blanket\n:id: blanket\n:by: editors\n\nOffer one.\n\n"
        ":because: No study has looked.\n:::\n",
        10,
        "the practice-point id `blanket` once meant “Offer tea” and cannot be used again",
    ),
    Mistake(
        "a dead link",
        "See [terms](page-terms.md).\n",
        "See [terms](page-gone.md).\n",
        8,
        "page-gone.md",
    ),
    Mistake(
        "an unknown source",
        "It was seen {footcite}`smith2020`.\n",
        "It was seen {footcite}`smith2021`.\n",
        8,
        "the bibliography has no work `smith2021`; did you mean `smith2020`?",
    ),
    Mistake(
        "a raw script tag",
        "A sentence.\n",
        'A sentence.\n\n<script src="https://example.org/x.js"></script>\n',
        10,
        "is HTML, which the PDF and the exports lose",
    ),
    Mistake(
        "a table without header",
        "| Effect | Course |\n| - | - |\n| Nausea | Passes |\n",
        "|   |   |\n| - | - |\n| Nausea | Passes |\n",
        8,
        "this table has no headings",
    ),
    Mistake(
        "an image without alt",
        "```{image} curve.svg\n:alt: A curve that falls.\n```\n",
        "```{image} curve.svg\n```\n",
        8,
        "the image `curve.svg` has no alternative text",
    ),
    Mistake(
        "a figure without citation",
        "Sedation lasted 90 min {footcite}`jones2021`.\n",
        "Sedation lasted 90 min.\n",
        8,
        "the figure `90 min` has no source",
    ),
    Mistake(
        "a misspelt drug",
        "They gave\nesketamine at night.\n",
        "They gave\nesketmaine at night.\n",
        9,
        "`esketmaine` is misspelt; did you mean `esketamine`?",
    ),
]
REMOVED = Mistake(
    "a removed anchor",
    "## Blood pressure\n\nIt rises.\n",
    "## Heart\n\nIt rises.\n",
    0,
    "the address `blood-pressure` in the page `page-a-removed-anchor` was published and is gone",
)
BY_REPORT = [
    Mistake(
        "a changed dose digit",
        "They gave 0.5 mg/kg over 40 min {footcite}`kim2022`.\n",
        "They gave 0.8 mg/kg over 40 min {footcite}`kim2022`.\n",
        8,
        "~~0.5~~ **0.8** mg/kg",
    ),
    Mistake(
        "a dropped not",
        "Do not give it to people with an aneurysm {footcite}`smith2020`.\n",
        "Do give it to people with an aneurysm {footcite}`smith2020`.\n",
        8,
        "Do ~~not~~ give it",
    ),
]
SIGNED = BY_REPORT[0].page


@dataclass(frozen=True)
class Found:
    """What was said after the mistakes: by the build, by the report, and of the signed page."""

    before: list[str]
    built: Built
    report: str
    standing: str


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    """The book with every mistake in it."""
    folder = tmp_path_factory.mktemp("book")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        yield make_mistakes(folder)


def make_mistakes(folder: Path) -> Found:
    """Build the good book, publish, sign and commit it; then make the mistakes."""
    docs = folder / "docs"
    docs.mkdir()
    mistakes = [REMOVED, *BY_BUILD, *BY_REPORT]
    site = Site(docs, ALL).write({"page-terms": TERM})
    site.write({mistake.page: mistake.text(mistake.right) for mistake in mistakes})
    site.draw("curve.svg")
    (docs / "data").mkdir()
    published = release_list(snapshot_of(site), Published())
    (docs / PUBLISHED).write_text(published + RETIRED, encoding="utf-8")
    sign(site, SIGNED)
    (folder / ".gitignore").write_text("_build\nbuild\n")
    (folder / "conf.py").write_text((docs / "conf.py").read_text())
    commit(folder)
    before = site.build().warnings
    site.write({mistake.page: mistake.text(mistake.wrong) for mistake in mistakes})
    sign(site, BY_REPORT[1].page, reviewer="", credentials="")
    built = site.build()
    said = command("kap_handbook.review.report", "HEAD", folder=folder)
    assert said.returncode == 0, said.stderr
    return Found(before, built, said.stdout, built.text(SIGNED))


def commit(folder: Path) -> None:
    """Commit everything in a new repository."""
    who = {
        f"GIT_{role}_{what}": "test@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "The good book"]):
        subprocess.run(["git", *words], cwd=folder, check=True, env={**os.environ, **who})


def test_nothing_is_said_of_the_good_book(found: Found) -> None:
    assert found.before == []


@pytest.mark.parametrize("mistake", BY_BUILD, ids=lambda mistake: mistake.name)
def test_the_build_names_it_with_file_and_line(found: Found, mistake: Mistake) -> None:
    said = [line for line in found.built.warnings if line.startswith(f"{mistake.page}.md:")]
    assert len(said) == 1, found.built.warnings
    assert said[0].startswith(f"{mistake.page}.md:{mistake.line}: ")
    assert mistake.said in said[0]


def test_the_build_names_a_removed_anchor_with_its_line_in_the_list(found: Found) -> None:
    (line,) = [line for line in found.built.warnings if line.startswith(PUBLISHED)]
    assert REMOVED.said in line
    text = (found.built.output.parents[1] / PUBLISHED).read_text().splitlines()
    assert text[int(line.split(":")[1]) - 1] == f"anchor {REMOVED.page}#blood-pressure"


def test_the_build_names_an_unsigned_review_with_file_and_line(found: Found) -> None:
    (line,) = [line for line in found.built.warnings if LEDGER in line]
    assert line.startswith(f"{LEDGER}:")
    number = int(line.split(":")[1])
    assert "unsigned review: `reviewer`, `credentials`" in line
    text = (found.built.output.parents[1] / LEDGER).read_text().splitlines()
    assert text[number - 1].strip() == "reviewer:"


@pytest.mark.parametrize("mistake", BY_REPORT, ids=lambda mistake: mistake.name)
def test_the_report_on_changes_names_it_with_file_and_line(found: Found, mistake: Mistake) -> None:
    weighty = found.report.partition("Figures, units, negations")[2]
    heading, shown = weighty.partition(f"(`{mistake.page}`, line {mistake.line})")[::2]
    assert heading
    assert mistake.said in shown.splitlines()[1]


def test_a_signed_page_says_that_it_has_changed(found: Found) -> None:
    assert State.CHANGED.value in found.standing
    assert "They gave 0.8 mg/kg" in found.standing


def test_nothing_else_is_said(found: Found) -> None:
    assert len(found.built.warnings) == len(BY_BUILD) + 2, found.built.warnings
