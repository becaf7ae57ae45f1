"""How long the PDF takes, beside the site made of the same pages: ``make bench``.

Measured are the first parts of the book, which have about 300 printed pages, the whole book, and
the book repeated to about 1,000. Every build is a process of its own, so that its peak memory is
its own, and finds the pages read already.
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
LARGEST = 1000
"""About how many printed pages the largest book has."""
SMALLEST = 300
STEPS = ("resolve", "translate", "typst", "tags", "bind")
TOCTREE = re.compile(r"```\{toctree\}\n(.*?)\n```", re.DOTALL)
IDS = re.compile(r"^(:id: *)(\S+)", re.MULTILINE)


def copy(target: Path) -> Path:
    """Copy the book; return its front page."""
    shutil.copytree(ROOT / "docs", target)
    return target / "index.md"


def shorten(target: Path, share: float) -> None:
    """Write the first parts of the book, as many as are about a share of its pages."""
    front = copy(target)
    text = front.read_text("utf-8")
    wanted = share * len(list(target.rglob("*.md")))
    for block in TOCTREE.finditer(text):
        names = pages_of(block[1])
        if wanted <= 0:
            for name in names:
                (target / f"{name}.md").unlink(missing_ok=True)
            front.write_text(front.read_text("utf-8").replace(block[0], ""), "utf-8")
        wanted -= len(names)


def repeat(target: Path, copies: int) -> None:
    """Write the book several times into one.

    The first copy stays as it is. The others lie in folders of their own, and their entries, which
    must be unique, bear a number. What refers to an entry leads to the first copy.
    """
    front = copy(target)
    text = front.read_text("utf-8")
    blocks = [block[1] for block in TOCTREE.finditer(text)]
    pages = [path for path in sorted(target.rglob("*.md")) if path != front]
    for number in range(2, copies + 1):
        for page in pages:
            place = target / f"copy{number}" / page.relative_to(target)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(IDS.sub(rf"\g<1>\g<2>-{number}", page.read_text("utf-8")), "utf-8")
        text += "".join(repeated(block, number) for block in blocks)
    front.write_text(text, "utf-8")


def pages_of(block: str) -> list[str]:
    """Return the pages that a toctree names."""
    return [line for line in block.splitlines() if line.strip() and not line.startswith(":")]


def repeated(block: str, number: int) -> str:
    """Return a toctree of the front page for a copy of the book."""
    caption = re.search(r"^:caption:.*", block, re.MULTILINE)
    head = [f"{caption[0]} {number}"] if caption else []
    lines = [f"copy{number}/{name}" for name in pages_of(block)]
    return "\n".join(["", "```{toctree}", *head, "", *lines, "```", ""])


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
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(who) for who in whose]
    measured = {
        **getattr(app.builder, "seconds", {}),
        "all": took,
        "cpu": sum(usage.ru_utime + usage.ru_stime for usage in used),
        "memory": max(usage.ru_maxrss for usage in used) // 1024,
    }
    print(json.dumps(measured))
    sys.exit(app.statuscode)


def measure(docs: Path) -> int:
    """Print a line of the table; return the number of printed pages."""
    folder = docs.parent
    trees = folder / "doctrees"
    build("dummy", docs, folder / "dummy", trees)  # reads the pages
    html = build("html", docs, folder / "html", trees)
    pdf = build("typst", docs, folder / "pdf", trees)
    pdf["again"] = build("typst", docs, folder / "pdf", trees)["all"]
    made = json.loads((folder / "pdf" / "editions.json").read_text("utf-8"))[0]
    sources = len(list(docs.rglob("*.md")))
    print(f"{sources:>7} {made['pages']:>9} {html['all']:>8.1f} s{pdf['all']:>7.1f} s", end="")
    print("".join(f"{pdf[step] / html['all']:>10.2f}" for step in (*STEPS, "all", "again")), end="")
    print(f"{pdf['cpu'] / html['cpu']:>10.2f}", end="")
    print(f"{html['memory']:>9.0f} MB{pdf['memory']:>8.0f} MB", flush=True)
    return int(made["pages"])


def main() -> None:
    """Print the table: the whole book, some parts of it, the book repeated."""
    steps = "".join(f"{name:>10}" for name in (*STEPS, "all", "again", "cpu"))
    print("Steps of the PDF as parts of the time that HTML takes; time and peak memory of both.")
    print("`again` is a second build of the PDF, which changes nothing: pieces are remembered.")
    print("`cpu` is the ratio of processor time: it holds also where other work slows the machine.")
    print(f"{'sources':>7} {'PDF pages':>9}{'HTML':>11}{'PDF':>9}{steps}{'HTML':>12}{'PDF':>11}")
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name, "whole", "docs")
        copy(whole)
        pages = measure(whole)
        if pages > SMALLEST:
            few = Path(name, "few", "docs")
            shorten(few, SMALLEST / pages)
            measure(few)
        copies = max(1, round(LARGEST / pages))
        if copies > 1:
            many = Path(name, "many", "docs")
            repeat(many, copies)
            measure(many)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        build_here(*sys.argv[2:])
    else:
        main()
