"""A figure in an answer stands in a chapter as well, with the same unit and the same source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kap_handbook.clinical.units import UNIT
from tests.book.conftest import ROOT

DOCS = ROOT / "docs"
QUESTIONS = DOCS / "questions"
NOT_A_CHAPTER = {DOCS / "reference" / "contributing.md"}  # its entry is an example

NO_CHAPTER_TEXT = {"question", "self-check"}  # they repeat what a chapter says

ENTRY = re.compile(r"^(:{3,})\{([\w-]+)\}[^\n]*\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
OPTION = re.compile(r"^:([\w-]+): (.*)\n", re.MULTILINE)
CITED = re.compile(r"\{footcite\}`([^`]+)`")
ROLE = re.compile(r"\{[\w-]+\}`(?:([^`<]+) <)?[^`]*`")
LINK_TARGET = re.compile(r"\]\([^)]*\)")
BLOCK_START = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*] |\d+\. |\||:[\w-]+:))")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
HEADER_ROW = re.compile(r"^\|(?P<cells>.*)\|\n\|[ :|-]+\|$", re.MULTILINE)

NUMBER = r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?"
JOINED = r"(?:,? (?:or|and|to) |, |[–/]| (?:against|of) )"
TIME = "seconds?|minutes?|hours?|days?|weeks?|months?|years?"
# A unit holds for all numbers joined to it: "56 or 84 mg". Counts, ages and dates have none.
FIGURE = re.compile(
    rf"(?P<numbers>{NUMBER}(?:{JOINED}{NUMBER})*)"
    rf"(?P<unit>%|[ \u00a0\u202f-](?:{UNIT}|{TIME})(?![\w/]))?"
)
BARE = re.compile(NUMBER)
NO_UNIT = ""
IN_MINUTES = {"s": 1 / 60, "second": 1 / 60, "min": 1, "minute": 1, "h": 60, "hour": 60}
IN_DAYS = {"day": 1, "week": 7}
IN_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True)
class Figure:
    """A number with its unit; spans of time in one unit for each scale."""

    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit}"


@dataclass
class Statement:
    """A sentence or table row of a chapter, and what it cites."""

    keys: set[str]
    figures: set[Figure] = field(default_factory=set)
    numbers: set[float] = field(default_factory=set)
    units: set[str] = field(default_factory=set)

    def states(self, figure: Figure) -> bool:
        """Say whether the figure stands here; a table may name the unit in its head."""
        known = figure.unit == NO_UNIT or figure.unit in self.units
        return figure in self.figures or (known and figure.value in self.numbers)


@dataclass(frozen=True)
class Claim:
    """A figure in an answer, and the works that the answer cites for it, if any."""

    entry: str
    figure: Figure
    keys: frozenset[str]


def number(text: str) -> float:
    return float(text.replace(",", ""))


def normal(value: float, unit: str) -> Figure:
    """Return a figure in the unit in which it is compared."""
    name = unit.removesuffix("s") if len(unit) > 2 else unit
    for scale, label in ((IN_MINUTES, "min"), (IN_DAYS, "days"), (IN_MONTHS, "months")):
        if name in scale:
            return Figure(round(value * scale[name], 3), label)
    return Figure(value, name)


def figures(text: str) -> Iterator[tuple[int, Figure]]:
    """Yield each figure of *text* with its place; spans of time in one unit each."""
    for match in FIGURE.finditer(text):
        unit = (match["unit"] or NO_UNIT).lstrip(" -\u00a0\u202f")
        for part in BARE.findall(match["numbers"]):
            yield match.start(), normal(number(part), unit)


def plain(text: str) -> str:
    """Return *text* without the targets of links and roles; citations stay."""
    text = LINK_TARGET.sub("]", text)
    return ROLE.sub(lambda role: role[0] if "footcite" in role[0] else role[1] or "", text)


def keys_in(text: str) -> set[str]:
    return {key.strip() for mark in CITED.findall(text) for key in mark.split(",")}


def statements(
    text: str, head: str = "", keys: frozenset[str] = frozenset()
) -> Iterator[Statement]:
    """Yield the sentences of a block, each with its sources or those of the block.

    *head* is the header of the table of which the block is a row; *keys* are further sources.
    """
    units = {normal(1, unit).unit for unit in re.findall(rf"\b(?:{UNIT}|{TIME})\b|%", head)}
    sources = keys_in(text) | keys
    for sentence in sentences(plain(text)):
        words = CITED.sub("", sentence)
        yield Statement(
            keys=keys_in(sentence) or sources,
            figures={figure for _, figure in figures(words)},
            numbers={number(part) for part in BARE.findall(words)},
            units=units,
        )


def sentences(text: str) -> Iterator[str]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def chapter_statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a page; the short data of an entry share the sources of the whole."""
    for entry in ENTRY.finditer(text):
        if entry[2] not in NO_CHAPTER_TEXT:
            options = "\n".join(value for _, value in OPTION.findall(entry[3]))
            yield from statements(options, keys=frozenset(keys_in(entry[3])))
    without = ENTRY.sub(lambda entry: "" if entry[2] in NO_CHAPTER_TEXT else entry[0], text)
    for paragraph in re.split(r"\n\s*\n", without):
        header = HEADER_ROW.search(paragraph)
        for part in BLOCK_START.split(paragraph):
            yield from statements(part, header["cells"] if header else "")


def answers(text: str) -> Iterator[tuple[str, str]]:
    """Yield the id and the answer of each question of a page."""
    for entry in ENTRY.finditer(text):
        if entry[2] == "question":
            yield dict(OPTION.findall(entry[3]))["id"], plain(OPTION.sub("", entry[3]))


def claims(text: str) -> Iterator[Claim]:
    """Yield each figure of each answer with what its sentence cites, which may be nothing."""
    for entry, answer in answers(text):
        for part in BLOCK_START.split(answer):
            for start, figure in figures(CITED.sub(lambda mark: "\0" * len(mark[0]), part)):
                yield Claim(entry, figure, frozenset(sources_at(part, start)))


def sources_at(part: str, place: int) -> set[str]:
    """Return what is cited next in the sentence at *place*, or else before it there."""
    ends = [end.end() for end in SENTENCE_END.finditer(part)]
    first = max((end for end in ends if end <= place), default=0)
    last = min((end for end in ends if end > place), default=len(part))
    if after := CITED.search(part, place, last):
        return keys_in(after[0])
    before = list(CITED.finditer(part, first, place))
    return keys_in(before[-1][0]) if before else set()


def disagreements(pages: dict[Path, str]) -> list[str]:
    """Return each figure of an answer that no chapter states from the same source."""
    chapters = [
        found
        for page, text in pages.items()
        if not page.is_relative_to(QUESTIONS)
        for found in chapter_statements(text)
    ]
    return [
        f"{page.relative_to(DOCS)}: {claim.entry}: {claim.figure}"
        f" ({', '.join(sorted(claim.keys)) or 'no source'}) stands in no chapter"
        for page, text in pages.items()
        for claim in claims(text)
        if not any(
            found.states(claim.figure) and (not claim.keys or claim.keys & found.keys)
            for found in chapters
        )
    ]


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    """Return the text of every page that belongs to the book's content."""
    return {
        path: path.read_text(encoding="utf-8")
        for path in sorted(DOCS.rglob("*.md"))
        if path not in NOT_A_CHAPTER
    }


def test_answers_agree_with_the_chapters(pages: dict[Path, str]) -> None:
    """To mend one: correct the answer, or say the figure in the chapter where it belongs."""
    assert disagreements(pages) == []


def test_every_answer_is_read(pages: dict[Path, str], knowledge_base: dict[str, Any]) -> None:
    read = {entry for text in pages.values() for entry, _ in answers(text)}
    assert read == {entry["id"] for entry in knowledge_base["question"]["entries"]}


CHAPTER = """
Sedation lasts 60–90 min {footcite}`smith2020`.

Pressure rises in 8–19% {footcite}`jones2021`.

| Trial | Dose (mg) |
| --- | --- |
| First {footcite}`smith2020` | 56 or 84 |
"""
ANSWER = """
:::{{question}} How long?
:id: how-long
:audience: nurse
:topic: safety

{text}
:::
"""


@pytest.mark.parametrize(
    "text",
    [
        "About 1–1.5 h {footcite}`smith2020`.",  # the same span in another unit
        "Of 84 mg {footcite}`smith2020`, say some.",  # the head of the table has the unit
        "Up to 90 min {footcite}`smith2020`, with a rise in 19% {footcite}`jones2021`.",
    ],
)
def test_a_figure_of_the_chapter_is_accepted(text: str) -> None:
    assert judged(text) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("About 95 min {footcite}`smith2020`.", "95 min (smith2020)"),  # another number
        ("About 90% {footcite}`smith2020`.", "90 % (smith2020)"),  # another unit
        ("About 90 min {footcite}`jones2021`.", "90 min (jones2021)"),  # another source
        ("About 28 mg (practice).", "28 mg (no source)"),  # in no chapter at all
    ],
)
def test_a_figure_that_no_chapter_has_is_reported(text: str, figure: str) -> None:
    assert judged(text) == [f"page.md: how-long: {figure} stands in no chapter"]


def judged(answer: str) -> list[str]:
    """Return what is said of an answer that stands in a page with one chapter text."""
    return disagreements({DOCS / "page.md": CHAPTER + ANSWER.format(text=answer)})
