"""The Typst compiler: from a written source to a PDF, or to a located error."""

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sphinx.util import logging

from kap_handbook.pdf.fonts import FONTS

logger = logging.getLogger(__name__)

PROCESS = Path(__file__).with_name("typst_process.py")
TEMPLATE = re.compile(r"\btemplate\.typ:(\d+):\d+")
ORIGIN = re.compile(r"// (\S+):(\d+)$")
LONG = 60_000
"""A source of more bytes is long: what Typst remembers of it makes it slow, and takes memory."""

Diagnosis = dict[str, Any]
"""What Typst says: its ``message``, the ``diagnostic`` that says where, and ``hints``."""


class CompileError(Exception):
    """Typst refused the book. ``location`` is the place in the project where it did."""

    def __init__(self, message: str, location: str | None) -> None:
        super().__init__(message)
        self.location = location


@dataclass(frozen=True)
class Compiled:
    """What came of a source: its PDF lies at ``pdf``, if it was to be made.

    ``sheets`` is how many pages bear that label, and ``closer`` how close something is set, by its
    name. ``places`` has, for each label that was asked for and that the source has, its page,
    counted from one, and how far it is from the left and the upper edge of that page, in points.
    """

    pdf: Path | None
    sheets: int
    closer: dict[str, float]
    places: dict[str, list[float]]
    warnings: list[Diagnosis]


class Compiler:
    """A process that runs Typst. It is started when it is needed, and anew after a long source."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.said: IO[str]

    def compile(
        self,
        source: Path,
        timestamp: int,
        inputs: dict[str, str] | None = None,
        names: list[str] | None = None,
        pdf: Path | None = None,
    ) -> Compiled:
        """Compile *source*, or only lay it out without *pdf*; files that it names lie beside it."""
        job: dict[str, object] = {
            "source": str(source),
            "pdf": str(pdf) if pdf else None,
            "fonts": str(FONTS),
            "timestamp": timestamp,
            "inputs": inputs or {},
            "names": names or [],
        }
        result = self.ask(job)
        if source.stat().st_size > LONG:
            self.close()
        error = result.get("error")
        if error is not None:
            raise CompileError(explain(error), origin(source, error["diagnostic"]))
        return Compiled(
            pdf, result["sheets"], result["closer"], result["places"], result["warnings"]
        )

    def ask(self, job: dict[str, object]) -> dict[str, Any]:
        """Return the answer of the process to a job."""
        if self.process is None:
            self.said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
            self.process = subprocess.Popen(
                [sys.executable, str(PROCESS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.said,
                text=True,
                encoding="utf-8",
            )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            print(json.dumps(job), file=self.process.stdin, flush=True)
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            # It was stopped, most likely for want of memory, or broke down.
            ended = self.process.wait()
            self.said.seek(0)
            said = self.said.read().strip().splitlines()[-1:] or [f"it ended with {ended}"]
            self.close()
            raise CompileError(f"the compiler did not finish: {said[0]}", None)
        result: dict[str, Any] = json.loads(answer)
        return result

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.communicate()
            self.said.close()
            self.process = None


def report(source: Path, warnings: list[Diagnosis]) -> None:
    """Report what Typst warns of."""
    for warning in warnings:
        place = origin(source, warning["diagnostic"])
        logger.warning("Typst: %s", warning["message"], location=place, type="pdf", subtype="typst")


def explain(error: Diagnosis) -> str:
    """Return what Typst says, with its hints, and where in the template it went wrong."""
    text = "; ".join([error["message"], *error["hints"]])
    place = TEMPLATE.search(error["diagnostic"])
    return f"{text} (template.typ, line {place[1]})" if place else text


def origin(source: Path, diagnostic: str) -> str | None:
    """Return page and line of what Typst complains about: by the note above it in the book."""
    lines = source.read_text("utf-8").splitlines()
    for place in re.finditer(rf"\b{re.escape(source.name)}:(\d+):\d+", diagnostic):
        for line in reversed(lines[: int(place[1])]):
            note = ORIGIN.match(line)
            if note is not None:
                return f"{note[1]}:{note[2]}"
    return None
