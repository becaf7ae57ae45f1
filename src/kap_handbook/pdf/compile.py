"""The Typst compiler: from the written book to the PDF, or to a located error."""

import re
from pathlib import Path

import typst
from sphinx.util import logging

from kap_handbook.pdf.fonts import FONTS

logger = logging.getLogger(__name__)

TEMPLATE = re.compile(r"\btemplate\.typ:(\d+):\d+")
ORIGIN = re.compile(r"// (\S+):(\d+)$")


class CompileError(Exception):
    """Typst refused the book. ``location`` is the place in the project where it did."""

    def __init__(self, message: str, location: str | None) -> None:
        super().__init__(message)
        self.location = location


def compile_book(source: Path, timestamp: int) -> bytes:
    """Compile the book at *source*; files that it names lie beside it."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    try:
        pdf, warnings = typst.compile_with_warnings(
            source,
            root=source.parent,
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise CompileError(explain(error), origin(source, error.diagnostic)) from error
    for warning in warnings:
        place = origin(source, warning.diagnostic)
        logger.warning("Typst: %s", warning.message, location=place, type="pdf", subtype="typst")
    return pdf


def explain(error: typst.TypstError) -> str:
    """Return what Typst says, with its hints, and where in the template it went wrong."""
    text = "; ".join([str(error.message), *error.hints])
    place = TEMPLATE.search(error.diagnostic)
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
