"""What one build leaves for the next beside the doctrees, so that only what is new is worked out.

It may be lost at any time: then it is worked out again, and the output is the same.
"""

import hashlib
import pickle
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx


def recall(app: Sphinx, name: str, code: str) -> Any:
    """Return what was kept under a name by the same *code*, a module's file; nothing if lost."""
    try:
        with file_of(app, name).open("rb") as file:
            kept, content = pickle.load(file)
    except Exception:  # a damaged pickle may raise any
        return None
    return content if kept == version_of(code) else None


def keep(app: Sphinx, name: str, code: str, content: Any) -> None:
    """Keep something under a name."""
    path = file_of(app, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pickle.dump((version_of(code), content), file, pickle.HIGHEST_PROTOCOL)


def file_of(app: Sphinx, name: str) -> Path:
    """Return the file that holds what was kept under a name."""
    return Path(app.doctreedir, "kept", f"{name}.pickle")


@cache
def version_of(code: str) -> str:
    """Return the digest of a module: what other code made is not used."""
    return hashlib.sha256(Path(code).read_bytes()).hexdigest()
