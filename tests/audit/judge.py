"""What veraPDF says of every edition of the handbook: ``make judge``.

Each PDF that `build/pdf/editions.json` lists is judged by all rules of PDF/UA-1 and of PDF/A-2a.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.pdf.verapdf import MissingError, command

PDFS = Path(__file__).parents[2] / "build" / "pdf"


def editions(folder: Path) -> list[str]:
    """Return the PDFs that were built, the largest first: it takes longest."""
    made = json.loads((folder / "editions.json").read_text("utf-8"))
    made.sort(key=lambda edition: -int(edition["bytes"]))
    return [edition["file"] for edition in made]


def main(folder: Path) -> int:
    """Judge every edition in *folder*; return 0 if no rule failed."""
    files = editions(folder)
    if not files:
        print(f"{folder / 'editions.json'} lists no PDF; run `make pdf`", file=sys.stderr)
        return 1
    try:
        judge = command(*files)
    except MissingError as missing:
        print(f"veraPDF cannot run: {missing}", file=sys.stderr)
        return 1
    failed = subprocess.run(judge, cwd=folder, check=False).returncode
    if not failed:
        print(f"veraPDF found no fault in {len(files)} PDFs.")
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PDFS))
