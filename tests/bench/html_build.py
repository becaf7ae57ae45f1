"""How long the site takes, beside its four packages alone: ``make bench-html``.

Both build the same plain pages, as many as the book has: one with the book's own configuration,
search, exports and all, one with nothing but Sphinx, MyST-Parser, the theme and sphinx-design.
``--ten-times`` adds ten times as many pages, which takes the four packages long; ``--others``
builds the same pages with MkDocs Material and Zensical, installed from PyPI for the run.

Told is the time of the processor and, in brackets, that of the clock; the first is what can be
compared on a machine that does other work. Memory is the peak of the largest process and, in
brackets, of all processes of a build together, what they share counted once. Python keeps compiled
modules, as it does unless it is told not to.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS_A_PAGE = 3000
PAGES_A_PART = 9  # as the book has, about
SEED = 20261121
FOUR = """
project = "Plain pages"
extensions = ["myst_parser", "sphinx_design"]
html_theme = "sphinx_book_theme"
"""
# The book's configuration, as it is, for pages elsewhere. The works of its bibliography are not
# cited here, so the plain pages bring an empty one.
BOOK = """
import runpy
globals().update({{k: v for k, v in runpy.run_path({conf!r}).items() if not k.startswith("__")}})
bibtex_bibfiles = ["references.bib"]
search_gap_page = ""
"""
OTHERS = {
    "MkDocs Material": ("mkdocs-material", "mkdocs"),
    "Zensical": ("zensical", "zensical"),
}
MKDOCS = """site_name: Plain pages
theme:
  name: material
nav:
"""
FRONT_MATTER = """---
summary: Plain words on a plain thing.
audience: [nurse]
evidence-checked: 2026-11-21
---
"""


@dataclass(frozen=True)
class Took:
    """What a build took: seconds of the processor and of the clock.

    Its memory in MB is the peak of the largest process, and of all together.
    """

    processor: float
    clock: float
    largest: float
    together: float


def vocabulary(chance: random.Random) -> list[str]:
    """Return some thousand words that no language has, the commonest first."""
    syllables = [first + last for first in "bdfglmnprstv" for last in "aeiou"]
    found = {"".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(6000)}
    return sorted(found, key=lambda word: (len(word), word))


def sentences(chance: random.Random, words: list[str], count: int) -> str:
    """Return so many sentences; short words come most often, as in a language."""
    found = []
    for _ in range(count):
        size = chance.randint(8, 22)
        chosen = [words[int(len(words) * chance.random() ** 3)] for _ in range(size)]
        found.append(f"{' '.join(chosen).capitalize()}.")
    return " ".join(found)


def page(number: int, words: list[str], neighbour: str) -> str:
    """Return a page of about `WORDS_A_PAGE` words: paragraphs, lists, a table, links."""
    chance = random.Random(SEED + number)
    text = f"{FRONT_MATTER}# Page {number} on {chance.choice(words)}\n"
    section = 0
    while len(text.split()) < WORDS_A_PAGE:
        section += 1
        text += f"\n## Part {section} of {chance.choice(words)}\n\n"
        for _ in range(4):
            text += f"{sentences(chance, words, 5)} **{chance.choice(words)}**.\n\n"
        text += "".join(f"- {sentences(chance, words, 1)}\n" for _ in range(4))
        if section == 1:
            text += "\n| One | Two |\n| --- | --- |\n"
            text += "".join(f"| {chance.choice(words)} | {chance.choice(words)} |\n" * 5)
            text += f"\nSee [the next page]({neighbour}).\n"
    return text


def write_pages(folder: Path, count: int) -> None:
    """Write a book of so many plain pages, its front page aside, in parts."""
    words = vocabulary(random.Random(SEED))
    parts = [
        range(first, min(first + PAGES_A_PART, count)) for first in range(0, count, PAGES_A_PART)
    ]
    folder.mkdir(parents=True)
    front = f"{FRONT_MATTER}# Plain pages\n"
    navigation = "  - index.md\n"
    for number, pages in enumerate(parts):
        (folder / f"part{number}").mkdir()
        front += f"\n```{{toctree}}\n:caption: Part {number}\n:hidden:\n\n"
        navigation += f"  - Part {number}:\n"
        for one in pages:
            neighbour = f"page{one + 1 if one + 1 in pages else pages[0]}.md"
            name = f"part{number}/page{one}"
            (folder / f"{name}.md").write_text(page(one, words, neighbour), "utf-8")
            front += f"{name}\n"
            navigation += f"    - {name}.md\n"
        front += "```\n"
    (folder / "index.md").write_text(front, "utf-8")
    (folder.parent / "mkdocs.yml").write_text(MKDOCS + navigation, "utf-8")


def configure(folder: Path) -> None:
    """Write both configurations, each into a folder of its own."""
    for name, text in (("four", FOUR), ("book", BOOK.format(conf=str(ROOT / "conf.py")))):
        (folder / name).mkdir()
        (folder / name / "conf.py").write_text(text, "utf-8")
        (folder / name / "references.bib").write_text("", "utf-8")


def sphinx(folder: Path, name: str) -> list[str]:
    """Return the command that builds the pages with a configuration, on all cores."""
    command = [sys.executable, "-m", "sphinx", "-q", "-j", "auto", "-b", "html"]
    places = ["-c", folder / name, "-d", folder / name / "doctrees", folder / "docs"]
    return [*command, *map(str, [*places, folder / name / "html"])]


def run(command: list[str], folder: Path) -> Took:
    """Run a build in a session of its own, and measure it; stop if it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        )
        peaks = [0.0]
        watcher = threading.Thread(target=watch, args=(process, peaks), daemon=True)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = time.perf_counter() - start
        if process.returncode:
            log.seek(0)
            sys.exit(log.read().decode()[-2000:])
    return Took(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / 1024, max(peaks))


def watch(process: "subprocess.Popen[bytes]", peaks: list[float]) -> None:
    """Note the memory of all processes of a session, again and again while it lives."""
    while process.returncode is None:
        peaks.append(sum(map(memory_of, members(process.pid))))
        time.sleep(0.25)


def members(session: int) -> Iterator[Path]:
    """Yield the processes of a session."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                yield folder
        except OSError:  # it has ended meanwhile
            continue


def memory_of(process: Path) -> float:
    """Return the memory of a process in MB, of what it shares its share (PSS)."""
    try:
        lines = (process / "smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def edit(folder: Path) -> None:
    """Change a word in one page."""
    path = folder / "docs" / "part0" / "page1.md"
    path.write_text(path.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")


def tell(label: str, took: Took, beside: Took | None = None) -> None:
    """Print a line of the table."""
    ratio = f"{took.processor / beside.processor:>8.2f}" if beside else " " * 8
    by_clock = f" ({took.clock / beside.clock:.2f})" if beside else ""
    times = f"{took.processor:>8.1f} s {f'({took.clock:.1f} s)':>12}"
    memory = f"{took.largest:>8.0f} MB {f'({took.together:.0f} MB)':>12}"
    print(f"  {label:<32}{times}{memory}{ratio}{by_clock}", flush=True)


def measure(count: int, others: Path | None) -> tuple[Took, Took]:
    """Print the table of a book of so many pages; return the four packages and the book."""
    print(f"{count} pages of {WORDS_A_PAGE} words")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(folder / "docs", count)
        configure(folder)
        four, book = (run(sphinx(folder, which), folder) for which in ("four", "book"))
        tell("four packages alone", four)
        tell("this book's configuration", book, four)
        for label, change in CHANGES.items():
            change(folder)
            bare, ours = (run(sphinx(folder, which), folder) for which in ("four", "book"))
            tell(f"{label}: four packages", bare)
            tell(f"{label}: this book's", ours, bare)
        if others is not None:
            for label, (_, command) in OTHERS.items():
                tell(label, run([str(others / "bin" / command), "build"], folder), four)
    return four, book


CHANGES: dict[str, Callable[[Path], None]] = {
    "one page edited": edit,
    "no change": lambda folder: None,
}


def install(folder: Path, packages: Iterable[str]) -> Path:
    """Install other makers of sites into a virtual environment."""
    place = folder / "others"
    uv = str(Path(sys.executable).parent / "uv")
    subprocess.run([uv, "venv", "--quiet", str(place)], check=True)
    python = str(place / "bin" / "python")
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *packages], check=True)
    return place


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--pages", type=int, default=len(list((ROOT / "docs").rglob("*.md"))))
    options.add_argument("--ten-times", action="store_true")
    options.add_argument("--others", action="store_true", help="also MkDocs Material and Zensical")
    chosen = options.parse_args()
    print(
        "Seconds of the processor (of the clock), memory of the largest process (of all), "
        "ratio to the four packages (clock)"
    )
    with tempfile.TemporaryDirectory() as name:
        packages = [package for package, _ in OTHERS.values()]
        others = install(Path(name), packages) if chosen.others else None
        _, once = measure(chosen.pages, others)
        if chosen.ten_times:
            _, ten = measure(10 * chosen.pages, others)
            print(f"Ten times the pages take {ten.processor / once.processor:.1f} times as long.")


if __name__ == "__main__":
    main()
