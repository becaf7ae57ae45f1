"""What the guides tell people to copy can be built, and what they name is there."""

import re
from pathlib import Path

import pytest

from kap_handbook.clinical.kinds import KINDS
from kap_handbook.messages import Problem
from tests.mini import ALL, ROOT, Site

GUIDES = ROOT / "docs" / "reference"
FENCE = re.compile(r"^(`{3,})(markdown|bibtex|sh)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
CITED = re.compile(r"\{footcite\}`([^`]+)`")
RECORD = r"^@\w+\{{{key},.*?^\}}\n"
MAKE = re.compile(r"\bmake ([a-z-]+)")
# These judge a whole chapter, which the page of examples is not.
OF_A_CHAPTER = ("[handbook.unpaired-objectives]", "[handbook.self-check-count]")
INDEX = "# Book\n\n```{toctree}\npage\n```\n"


def snippets(page: str, language: str) -> list[str]:
    """Return what stands between fences in a guide."""
    text = (GUIDES / page).read_text(encoding="utf-8")
    return [match[3] for match in FENCE.finditer(text) if match[2] == language]


ENTRIES = snippets("entries.md", "markdown")


def bibliography(text: str) -> str:
    """Return the records of the handbook's bibliography that *text* cites."""
    known = (ROOT / "docs" / "references.bib").read_text(encoding="utf-8")
    records = []
    for key in sorted({key.strip() for mark in CITED.findall(text) for key in mark.split(",")}):
        match = re.search(RECORD.format(key=key), known, re.MULTILINE | re.DOTALL)
        assert match, f"the bibliography has no work `{key}`"
        records.append(match[0])
    return "\n".join(records)


def test_every_entry_to_copy_is_an_entry_without_mistake(tmp_path: Path) -> None:
    page = "# Page\n\n" + "\n".join(ENTRIES)
    site = Site(tmp_path, ALL).write({"index": INDEX, "page": page})
    site.write_references(bibliography(page))
    said = site.build().warnings
    assert [line for line in said if not line.endswith(OF_A_CHAPTER)] == []


def test_each_kind_has_an_entry_to_copy() -> None:
    shown = {name for text in ENTRIES for name in re.findall(r"^:::\{([\w-]+)\}", text)}
    assert shown == set(KINDS)


def test_the_front_matter_to_copy_is_complete(tmp_path: Path) -> None:
    (page,) = [text for text in snippets("contributing.md", "markdown") if text.startswith("---")]
    site = Site(tmp_path, ALL).write({"index": INDEX, "page": page})
    site.write_references("")
    assert site.build().warnings == []


def test_the_sentence_and_the_work_to_copy_can_be_built(tmp_path: Path) -> None:
    sentence = next(text for text in snippets("contributing.md", "markdown") if CITED.search(text))
    (work,) = snippets("contributing.md", "bibtex")
    key = re.search(r"\{(\w+),", work)[1]  # type: ignore[index]
    page = f"# Page\n\n{sentence}\nA second sentence {{footcite}}`{key}`.\n"
    site = Site(tmp_path, ALL).write({"index": INDEX, "page": page})
    site.write_references(work + bibliography(sentence))
    assert site.build().warnings == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/reference"])
def test_the_commands_that_are_named_exist(name: str) -> None:
    place = ROOT / name
    files = sorted(place.glob("*.md")) if place.is_dir() else [place]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    marked = re.compile(r"`[^`\n]+`|^make .+", re.MULTILINE)
    named = {
        target
        for path in files
        for code in marked.findall(path.read_text(encoding="utf-8"))
        for target in MAKE.findall(code)
    }
    assert named - targets == set()


def test_the_messages_that_are_explained_exist() -> None:
    text = (GUIDES / "contributing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\[handbook\.([\w-]+)\]", text))
    assert named
    assert named <= {problem.value for problem in Problem}
