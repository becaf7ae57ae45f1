"""How long the PDF takes, beside the site made of the same pages: ``make bench``.

The book is measured as it is, and repeated until it has about 300 and 1,000 pages of the project.
Every build is a process of its own, so that its peak memory is its own. Pages are read beforehand.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

ROOT = Path(__file__).parents[2]
SIZES = (300, 1000)
STEPS = ("resolve", "translate", "typst", "tags")
TOCTREE = re.compile(r"```\{toctree\}\n(.*?)\n```", re.DOTALL)
# What must be unique in the whole book, and how a copy of the pages calls it.
IDS = re.compile(r"^(:id: *)(\S+)", re.MULTILINE)


def copies_for(pages: int, wanted: int) -> int:
    """Return how often the book is to be repeated to have about so many pages."""
    return max(1, round(wanted / pages))


def repeat(source: Path, target: Path, copies: int) -> int:
    """Write the book several times into one; return the number of its pages.

    The first copy stays as it is. The others lie in folders of their own, and their entries, which
    must be unique, bear a number. What refers to an entry leads to the first copy.
    """
    shutil.copytree(source, target)
    front = (target / "index.md").read_text("utf-8")
    pages = [path for path in sorted(source.rglob("*.md")) if path != source / "index.md"]
    for number in range(2, copies + 1):
        for page in pages:
            name = page.relative_to(source)
            copy = target / f"copy{number}" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = IDS.sub(rf"\g<1>\g<2>-{number}", page.read_text("utf-8"))
            copy.write_text(text, "utf-8")
    blocks = TOCTREE.findall(front)
    more = [repeated(block, number) for number in range(2, copies + 1) for block in blocks]
    (target / "index.md").write_text("\n\n".join([front, *more]) + "\n", "utf-8")
    return copies * len(pages) + 1


def repeated(block: str, number: int) -> str:
    """Return a toctree of the front page for a copy of the book."""
    lines = []
    for line in block.splitlines():
        if line.startswith(":caption:"):
            lines.append(f"{line} {number}")
        elif line.strip() and not line.startswith(":"):
            lines.append(f"copy{number}/{line}")
        else:
            lines.append(line)
    return "\n".join(["```{toctree}", *lines, "```"])


def build(builder: str, source: Path, out: Path, doctrees: Path) -> dict[str, float]:
    """Build in a process of its own; return the seconds of its steps, and its peak memory in MB."""
    command = [sys.executable, __file__, "--one", builder, str(source), str(out), str(doctrees)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def build_here(builder: str, source: str, out: str, doctrees: str) -> None:
    """Build in this process, on all cores as `make` does, and print what it took."""
    start = time.perf_counter()
    with docutils_namespace(), Path(os.devnull).open("w") as nowhere:
        app = Sphinx(
            source, str(ROOT), out, doctrees, builder, {"pdf_part_editions": False},
            status=nowhere, warning=sys.stderr, parallel=os.cpu_count() or 1,
        )  # fmt: skip
        app.build()
    took = time.perf_counter() - start
    peak = max(resource.getrusage(who).ru_maxrss
               for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024  # fmt: skip
    print(json.dumps({**getattr(app.builder, "seconds", {}), "all": took, "memory": peak}))
    sys.exit(app.statuscode)


def measure(copies: int) -> str:
    """Return a line of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        docs = folder / "docs"
        pages = repeat(ROOT / "docs", docs, copies)
        trees = folder / "doctrees"
        build("dummy", docs, folder / "dummy", trees)  # reads the pages
        html = build("html", docs, folder / "html", trees)
        typst = build("typst", docs, folder / "pdf", trees)
        made = json.loads((folder / "pdf" / "editions.json").read_text("utf-8"))[0]
    ratios = "".join(f"{typst[step] / html['all']:>10.2f}" for step in (*STEPS, "all"))
    return (f"{pages:>6} {made['pages']:>9} {html['all']:>8.1f} s{typst['all']:>7.1f} s{ratios}"
            f"{html['memory']:>8.0f} MB{typst['memory']:>6.0f} MB")  # fmt: skip


def main() -> None:
    """Print the table, from the book as it is to the largest book."""
    pages = len(list((ROOT / "docs").rglob("*.md")))
    steps = "".join(f"{name:>10}" for name in (*STEPS, "all"))
    print("The steps of the PDF are given as parts of the time that HTML takes.")
    print(f"{'pages':>6} {'PDF pages':>9} {'HTML':>10}{'PDF':>9}{steps}{'HTML':>11}{'PDF':>9}")
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    for copies in dict.fromkeys([1, *(copies_for(pages, size) for size in sizes)]):
        print(measure(copies), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        build_here(*sys.argv[2:])
    else:
        main()
