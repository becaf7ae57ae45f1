"""Which commit the PDF was made from."""

import os
import subprocess

from sphinx.config import Config

DIGITS = 7


def commit_of(config: Config) -> str:
    """Return the configured commit, or else that of the project's folder; nothing if it has none.

    A plus says that files differ from the commit.
    """
    if config.pdf_commit is not None:
        return str(config.pdf_commit)
    commit = git(config, "rev-parse", "HEAD")
    if commit is None:
        return ""
    clean = git(config, "diff", "--quiet", "HEAD") is not None
    return commit[:DIGITS] + ("" if clean else "+")


def git(config: Config, *command: str) -> str | None:
    """Ask git; nothing if it is not installed, or the folder is none of its own, or it says no."""
    try:
        done = subprocess.run(
            ["git", *command],
            cwd=config._confdir if hasattr(config, "_confdir") else None,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
