"""Which commit the PDF was made from."""

import os
import subprocess
from pathlib import Path

DIGITS = 7


def commit_of(folder: Path) -> str:
    """Return the commit that is checked out in a folder; nothing if there is none.

    A plus says that files differ from the commit.
    """
    commit = git(folder, "rev-parse", "HEAD")
    if commit is None:
        return ""
    clean = git(folder, "diff", "--quiet", "HEAD") is not None
    return commit[:DIGITS] + ("" if clean else "+")


def git(folder: Path, *command: str) -> str | None:
    """Ask git; nothing if it is not installed, or the folder is none of its own, or it says no."""
    try:
        done = subprocess.run(
            ["git", *command],
            cwd=folder,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},  # a build changes nothing
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
