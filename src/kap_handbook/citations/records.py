"""Where the records of the bibliography stand in its file."""

import re
from pathlib import Path

from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain

from kap_handbook.reading import remembered

RECORD = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,", re.MULTILINE)


def place_of(env: BuildEnvironment, key: str) -> str:
    """Return ``path:line`` of a record, as a message's location."""
    domain = env.domains["cite"]
    assert isinstance(domain, BibtexDomain)
    for path in domain.bibdata.bibfiles:
        line = lines(path).get(key)
        if line is not None:
            return f"{path}:{line}"
    return ""


@remembered
def lines(path: Path) -> dict[str, int]:
    """Return the line of each record in a bibliography."""
    text = path.read_text(encoding="utf-8")
    return {match[1]: text.count("\n", 0, match.start()) + 1 for match in RECORD.finditer(text)}
