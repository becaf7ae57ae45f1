"""Typst in a process of its own, which gives back all its memory when an edition is done.

A script, not a module to import: ``python typst_process.py``, with a job as JSON on its standard
input: ``source``, ``pdf`` (where to write it), ``fonts`` and ``timestamp``. Its standard output
is JSON with ``warnings``, and with ``error`` if Typst refused; each has ``message``,
``diagnostic`` and ``hints``.
"""

import json
import sys
from pathlib import Path

import typst


def compile_job(source: str, pdf: str, fonts: str, timestamp: int) -> dict[str, object]:
    """Write the PDF; return what Typst says of the book."""
    known = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    try:
        _, warnings = typst.compile_with_warnings(
            source,
            output=pdf,
            root=str(Path(source).parent),
            font_paths=known,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        return {"warnings": [], "error": diagnosis(error)}
    return {"warnings": [diagnosis(warning) for warning in warnings]}


def diagnosis(found: typst.TypstError | typst.TypstWarning) -> dict[str, object]:
    """Return an error or a warning as plain data."""
    return {
        "message": str(found.message),
        "diagnostic": str(found.diagnostic),
        "hints": [str(hint) for hint in found.hints],
    }


if __name__ == "__main__":
    json.dump(compile_job(**json.load(sys.stdin)), sys.stdout)
