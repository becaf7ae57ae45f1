"""Says whether a tag, the settings, the package and the citation name the same edition.

``python3 .ci/edition.py v0.2.0`` fails with the file and the line that differ. It needs nothing
but Python.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Where the edition is named, and how.
NAMED = {
    "conf.py": r'^version = release = "(.+)"$',
    "pyproject.toml": r'^version = "(.+)"$',
    "CITATION.cff": r"^version: (.+)$",
}


def differences(tag: str, root: Path = ROOT) -> list[str]:
    """Return a message for each file that names another edition than *tag*, or none."""
    wanted = tag.removeprefix("v")
    found = []
    for name, pattern in NAMED.items():
        text = (root / name).read_text(encoding="utf-8")
        match = re.search(pattern, text, re.MULTILINE)
        given = match[1].strip("\"'") if match else "none"
        if given != wanted:
            line = text.count("\n", 0, match.start()) + 1 if match else 1
            found.append(
                f"{name}:{line}: the tag `{tag}` is the edition {wanted}, and here stands {given}; "
                "write the same in all [other-edition]"
            )
    return found


if __name__ == "__main__":
    messages = differences(sys.argv[1])
    print("\n".join(messages))
    sys.exit(1 if messages else 0)
