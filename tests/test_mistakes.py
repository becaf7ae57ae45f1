"""Every mistake that the handbook knows: what is said of it, where, and that the text is kept.

The inputs and the messages stand in ``*/fixtures/mistakes.md``, beside the tests of each room.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kap_handbook.messages import Problem
from tests.mini import ALL, CLINICAL, REFERENCES, ROOT, Site

HERE = Path(__file__).parent
SENTENCE = re.compile(r"\b[A-Z][a-z]*(?: [a-z]+)+\.")
FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
# MyST-Parser says so too, without a line. What it says is not ours to test.
NOT_OURS = "[myst.topmatter]"
ROOMS = {"clinical": CLINICAL, "citations": CLINICAL, "lint": ALL}


@dataclass(frozen=True)
class Mistake:
    name: str
    room: str
    pages: dict[str, str]
    works: str
    expected: list[str]

    def __str__(self) -> str:
        return f"{self.room}: {self.name}"


def read(path: Path) -> list[Mistake]:
    """Read the blocks of a fixture: a name, a dot, pages and works, a dot, warnings, a dot."""
    found = []
    parts = re.split(r"^\.\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(parts) % 3 == 1, f"{path}: a block is not closed"
    for heading, text, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
        names = ["page.md", *re.findall(r"^>>> (.+)$", text, re.MULTILINE)]
        texts = re.split(r"^>>> .+\n", text, flags=re.MULTILINE)
        name = heading.strip().splitlines()[-1]
        files = dict(zip(names, texts, strict=True))
        works = files.pop("references.bib", "")
        pages = {file.removesuffix(".md"): text for file, text in files.items()}
        found.append(Mistake(name, path.parent.parent.name, pages, works, expected.splitlines()))
    return found


MISTAKES = [
    mistake for path in sorted(HERE.glob("*/fixtures/mistakes.md")) for mistake in read(path)
]
GOOD = """# Good page

:::{contraindication} Aneurysm
:id: aneurysm
:category: absolute
:applies-to: ketamine
:system: cardiovascular

:why: A surge may rupture the wall {footcite}`smith2020`.
:action: Do not give {footcite}`smith2020`.
:::
"""


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_mistake_is_explained_and_its_text_kept(mistake: Mistake, tmp_path: Path) -> None:
    site = Site(tmp_path, ROOMS[mistake.room]).write({"page-good": GOOD, **mistake.pages})
    if mistake.works:
        site.write_references(REFERENCES.read_text(encoding="utf-8") + mistake.works)
    site.draw("curve.svg")
    site.draw("heavy.svg", 600_000)
    built = site.build()
    assert [line for line in built.warnings if NOT_OURS not in line] == mistake.expected
    for name, text in mistake.pages.items():
        sentences = SENTENCE.findall(FRONT_MATTER.sub("", text))
        shown = built.text(name)
        assert [sentence for sentence in sentences if sentence not in shown] == []
        assert sentences


@pytest.mark.parametrize("room", ROOMS)
def test_every_problem_that_a_room_reports_has_its_mistake(room: str) -> None:
    sources = "".join(path.read_text() for path in (ROOT / "src/kap_handbook" / room).glob("*.py"))
    reported = {Problem[name].value for name in re.findall(r"\bProblem\.([A-Z_]+)", sources)}
    messages = "".join(line for mistake in MISTAKES for line in mistake.expected)
    assert {name for name in reported if f"[handbook.{name}]" not in messages} == set()
    assert reported


def test_good_page_raises_nothing(tmp_path: Path) -> None:
    assert Site(tmp_path, ALL).write({"page-good": GOOD}).build().warnings == []


def test_mistake_is_said_once_although_tables_and_exports_show_it_again(tmp_path: Path) -> None:
    bad = GOOD.replace("A surge", "See {question}`drive`. A surge")
    table = "# Table\n\n```{entries} contraindication\n:columns: title, why\n```\n"
    built = Site(tmp_path, ALL).write({"page-bad": bad, "pages/table": table}).build()
    message = "there is no question with the id `drive`; there is none yet"
    assert built.warnings == [f"page-bad.md:14: {message} [handbook.unknown-entry]"]


def test_strict_build_fails_on_a_mistake(tmp_path: Path) -> None:
    site = Site(tmp_path, ALL).write({"page-good": GOOD})
    assert site.command("-W", "-q").returncode == 0
    site.write({"page-good": GOOD.replace("absolute", "absolut")})
    failed = site.command("-W", "-q")
    assert failed.returncode != 0
    assert "did you mean `absolute`? [handbook.unknown-value]" in failed.stderr
