"""Where the records of the bibliography stand in its file."""

import re
from functools import lru_cache
from pathlib import Path

from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain

RECORD = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,", re.MULTILINE)


def place_of(env: BuildEnvironment, key: str) -> str:
    """Return ``path:line`` of a record, as a message's location."""
    domain = env.domains["cite"]
    assert isinstance(domain, BibtexDomain)
    for path in domain.bibdata.bibfiles:
        line = lines(path, path.stat().st_mtime_ns).get(key)
        if line is not None:
            return f"{path}:{line}"
    return ""


@lru_cache(maxsize=8)
def lines(path: Path, changed: int) -> dict[str, int]:
    """Return the line of each record in a bibliography; *changed* makes the memory forget."""
    text = path.read_text(encoding="utf-8")
    return {match[1]: text.count("\n", 0, match.start()) + 1 for match in RECORD.finditer(text)}
