"""Two processes build what one does, byte for byte."""

import re
from pathlib import Path

import pytest

from tests.mini import ALL, Site

IN_CHUNKS = re.compile(r"(reading sources|writing output)\.\.\. \[.*\] \w+ \.\. \w+")
LIBRARY = """
```{evidence-library}
```
"""
PAGES = 12  # Sphinx reads in parallel from six pages on


def page(number: int) -> str:
    """Return a page with entries, citations, roles to a later page, and a table."""
    later = (number + 5) % PAGES
    work = ("smith2020", "jones2021", "agency2023", "kim2022")[number % 4]
    category = ("absolute", "relative", "caution")[number % 3]
    return f"""# Page {number}

See {{contraindication}}`reason-{later}` and [that page](page{later}.md).

:::{{contraindication}} Reason {number}
:id: reason-{number}
:category: {category}
:applies-to: ketamine, esketamine
:system: age

:why: Because of it {{footcite}}`{work}`.
:action: Stop {{footcite}}`smith2020`.
:::

:::{{question}} Question {number}?
:id: question-{number}
:audience: patient
:topic: aftercare

No {{footcite}}`{work}`.
:::

```{{entries}} contraindication
:category: {category}
:columns: title, why
```

```{{entries}} contraindication
:form: list
:group: category
:only: reason-{number}, reason-{later}
:columns: why, action
```
{LIBRARY if number == 0 else ""}"""


def build(folder: Path, *options: str) -> tuple[dict[str, bytes], str]:
    """Build the site anew with the command; return all files, and what was said."""
    site = Site(folder, ALL).write({f"page{number}": page(number) for number in range(PAGES)})
    result = site.command(*options)
    assert result.returncode == 0, result.stderr
    output = folder / "_build" / "html"
    files = sorted(path for path in output.rglob("*") if path.is_file())
    return {str(path.relative_to(output)): path.read_bytes() for path in files}, result.stdout


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    files, said = build(tmp_path_factory.mktemp("serial"), "-W", "-j", "1")
    assert not IN_CHUNKS.search(said)
    return files


def test_parallel_build_is_the_same(serial: dict[str, bytes], tmp_path: Path) -> None:
    files, said = build(tmp_path, "-W", "-j", "2")
    assert set(IN_CHUNKS.findall(said)) == {"reading sources", "writing output"}
    assert files.keys() == serial.keys()
    assert [name for name, content in files.items() if serial[name] != content] == []


def test_second_build_from_scratch_is_the_same(serial: dict[str, bytes], tmp_path: Path) -> None:
    files, _ = build(tmp_path, "-W", "-j", "1")
    assert [name for name, content in files.items() if serial[name] != content] == []


def test_an_edit_after_a_parallel_build_reaches_the_tables(tmp_path: Path) -> None:
    build(tmp_path, "-W", "-j", "2")
    edited = tmp_path / "page3.md"
    edited.write_text(edited.read_text("utf-8").replace("Because of it", "On this day"), "utf-8")
    again = Site(tmp_path, ALL).command("-W", "-j", "2")
    assert again.returncode == 0, again.stderr
    table = tmp_path / "_build" / "html" / "page6.html"  # it gathers page 3 and was not edited
    assert "On this day" in table.read_text("utf-8")
