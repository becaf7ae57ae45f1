"""Typst in a process of its own, which gives back all its memory when it ends.

A script, not a module to import: each line of its standard input is a job as JSON, and is answered
by a line of JSON on its standard output. A job has ``source``, ``pdf`` (where to write it; if it is
none, the source is only laid out), ``fonts``, ``timestamp``, ``inputs`` (strings that the template
reads as `sys.inputs`) and ``names`` (labels to look for). The answer has ``warnings``, ``sheets``
(how many pages bear the label `sheet`), ``closer`` (what is set closer, and how close), and
``places``: the page, counted from one, and the distance from its left and upper edge, in points, of
each of those labels that the source has. If Typst refused it has ``error`` instead. Errors and
warnings have ``message``, ``diagnostic`` and ``hints``.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

FOUND = """(sheets: query(label("sheet")).len(),
closer: query(label("closer")).map(found => found.value).to-dict(), places: ({names}).map(name => {{
  let found = query(label(name))
  if found.len() == 0 {{ none }} else {{
    let place = found.first().location().position()
    (place.page, place.x.pt(), place.y.pt())
  }}
}}))"""


def work() -> None:
    """Do one job after another, until there is none left."""
    known: dict[str, typst.Fonts] = {}
    for line in sys.stdin:
        job = json.loads(line)
        folder = job.pop("fonts")
        if folder not in known:
            known[folder] = typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
            )
        print(json.dumps(compile_job(fonts=known[folder], **job)), flush=True)


def compile_job(
    source: str, pdf: str | None, fonts: typst.Fonts, timestamp: int,
    inputs: dict[str, str], names: list[str],
) -> dict[str, Any]:  # fmt: skip
    """Write the PDF, if it is asked for; return what Typst says of the source."""
    compiler = typst.Compiler(
        source,
        root=str(Path(source).parent),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    try:
        warnings: list[typst.TypstWarning] = []
        if pdf is not None:
            _, warnings = compiler.compile_with_warnings(
                output=pdf, format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=timestamp
            )
        found = find(compiler, names)
    except typst.TypstError as error:
        return {"error": diagnosis(error)}
    return {"warnings": [diagnosis(warning) for warning in warnings], **found}


def find(compiler: typst.Compiler, names: list[str]) -> dict[str, Any]:
    """Return how many sheets a source takes, what is set closer, and where its labels are."""
    # A comma after each makes a list also of a single one.
    listed = "".join(json.dumps(name, ensure_ascii=False) + "," for name in names)
    try:
        found: dict[str, Any] = json.loads(compiler.eval(FOUND.format(names=listed), format="json"))
    except RuntimeError:
        compiler.compile(format="pdf")  # its error says where it is
        raise
    places = zip(names, found["places"], strict=True)
    return found | {"places": {name: place for name, place in places if place is not None}}


def diagnosis(found: typst.TypstError | typst.TypstWarning) -> dict[str, object]:
    """Return an error or a warning as plain data."""
    return {
        "message": str(found.message),
        "diagnostic": str(found.diagnostic),
        "hints": [str(hint) for hint in found.hints],
    }


if __name__ == "__main__":
    work()
