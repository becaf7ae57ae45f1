"""The Typst compiler: from the written book to the PDF, or to a located error."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from sphinx.util import logging

from kap_handbook.pdf.fonts import FONTS

logger = logging.getLogger(__name__)

PROCESS = Path(__file__).with_name("typst_process.py")
TEMPLATE = re.compile(r"\btemplate\.typ:(\d+):\d+")
ORIGIN = re.compile(r"// (\S+):(\d+)$")

Diagnosis = dict[str, Any]
"""What Typst says: its ``message``, the ``diagnostic`` that says where, and ``hints``."""


class CompileError(Exception):
    """Typst refused the book. ``location`` is the place in the project where it did."""

    def __init__(self, message: str, location: str | None) -> None:
        super().__init__(message)
        self.location = location


def compile_book(source: Path, timestamp: int) -> bytes:
    """Compile the book at *source*; files that it names lie beside it."""
    raw = source.with_suffix(".raw.pdf")
    job = {"source": str(source), "pdf": str(raw), "fonts": str(FONTS), "timestamp": timestamp}
    done = subprocess.run(
        [sys.executable, str(PROCESS)],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # It was stopped, most likely for want of memory, or broke down.
        said = done.stderr.strip().splitlines()[-1:] or [f"it ended with {done.returncode}"]
        raise CompileError(f"the compiler did not finish: {said[0]}", None)
    result = json.loads(done.stdout)
    error = result.get("error")
    if error is not None:
        raise CompileError(explain(error), origin(source, error["diagnostic"]))
    for warning in result["warnings"]:
        place = origin(source, warning["diagnostic"])
        logger.warning("Typst: %s", warning["message"], location=place, type="pdf", subtype="typst")
    pdf = raw.read_bytes()
    raw.unlink()
    return pdf


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
