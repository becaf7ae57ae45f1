"""Several processes build what one does, byte for byte."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from kap_handbook.parallel import AT_ONCE, FEW
from tests.mini import FRONT_MATTER, INDEX, Site

WHOLE = ("kap_handbook",)  # as the book loads it, with its own way to share out pages
IN_CHUNKS = re.compile(r"(reading sources|writing output)\.\.\. \[.*\] \w+ \.\. \w+")
LIBRARY = """
```{evidence-library}
```
"""
PAGES = 12
MANY = AT_ONCE + 10  # more than one reader and one writer can take
NOTE_READERS = """
import json
from pathlib import Path

def note(app, env, docnames, other):
    with Path(__file__).with_name("readers.jsonl").open("a") as file:
        print(json.dumps([sorted(docnames), sorted(other.all_docs)]), file=file)

def setup(app):
    app.connect("env-merge-info", note)
"""


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


def write(folder: Path, pages: dict[str, str]) -> Site:
    """Write a site of pages with front matter."""
    pages = {"index": INDEX, **pages}
    return Site(folder, WHOLE).write({name: FRONT_MATTER + text for name, text in pages.items()})


def run(site: Site, *options: str) -> "subprocess.CompletedProcess[str]":
    """Build a site with the command."""
    result = site.command(*options)
    assert result.returncode == 0, result.stderr
    return result


def build(folder: Path, *options: str) -> tuple[dict[str, bytes], str]:
    """Build the site anew with the command; return all files, and what was said."""
    site = write(folder, {f"page{number}": page(number) for number in range(PAGES)})
    said = run(site, *options).stdout
    output = folder / "_build" / "html"
    files = sorted(path for path in output.rglob("*") if path.is_file())
    return {str(path.relative_to(output)): path.read_bytes() for path in files}, said


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    files, said = build(tmp_path_factory.mktemp("serial"), "-W", "-j", "1")
    assert not IN_CHUNKS.search(said)
    return files


@pytest.mark.parametrize("processes", ["2", "4"])
def test_parallel_build_is_the_same(
    serial: dict[str, bytes], tmp_path: Path, processes: str
) -> None:
    files, said = build(tmp_path, "-W", "-j", processes)
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
    run(Site(tmp_path, WHOLE), "-W", "-j", "2")
    table = tmp_path / "_build" / "html" / "page6.html"  # it gathers page 3 and was not edited
    assert "On this day" in table.read_text("utf-8")


def test_each_reader_knows_its_own_pages_alone(tmp_path: Path) -> None:
    texts = {f"page{number}": f"# Page {number}\n\nWords.\n" for number in range(MANY)}
    site = write(tmp_path, texts)
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(NOTE_READERS)
    run(site, "-j", "2")
    lines = (tmp_path / "readers.jsonl").read_text("utf-8").splitlines()
    readers = [json.loads(line) for line in lines]
    assert len(readers) > 2  # those that set out later, too
    assert all(known == read for read, known in readers)
    assert [name for read, _ in readers for name in read] == sorted(["index", *texts])
    html = tmp_path / "_build" / "html"
    for number in range(MANY):
        assert f"<h1>Page {number}<" in (html / f"page{number}.html").read_text("utf-8")


def test_few_pages_are_built_by_one_process(tmp_path: Path) -> None:
    site = write(tmp_path, {f"page{number}": f"# Page {number}\n" for number in range(FEW - 1)})
    assert not IN_CHUNKS.search(run(site, "-j", "2").stdout)
    site.write({f"page{FEW}": f"{FRONT_MATTER}# One more\n"})
    (tmp_path / "_build" / "doctrees" / "environment.pickle").unlink()  # all are read anew
    assert "reading sources" in IN_CHUNKS.findall(run(site, "-j", "2").stdout)
