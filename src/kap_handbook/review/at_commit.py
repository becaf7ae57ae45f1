"""The book as it was: the snapshot of the pages of another commit, read by the present code."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from kap_handbook.review.snapshot import Snapshot, read_snapshot

SETTINGS = "conf.py"
CODE = "src"


class UnreadableError(Exception):
    """A commit or its pages cannot be read; the message says why."""


def git(*words: str, **environment: str) -> str:
    """Return what git answers; raise ``UnreadableError`` if it refuses."""
    try:
        return subprocess.run(
            ["git", *words],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    except FileNotFoundError:
        raise UnreadableError("git is not installed") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines()
        raise UnreadableError(said[-1] if said else "git refused") from None


def commit_named(name: str) -> str:
    """Return the full name of a commit."""
    try:
        return git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except UnreadableError:
        raise UnreadableError(f"`{name}` is no commit of this repository") from None


def snapshot_at(commit: str, docs: Path, out: Path) -> Snapshot:
    """Return the snapshot of the folder *docs* as it was at a commit.

    Only the pages come from the commit: the settings and the code are those at hand, so that what
    differs is the book and not the way in which it is read.
    """
    with TemporaryDirectory(prefix="handbook-") as folder:
        root = Path(folder, "book")
        check_out(commit, root, Path(folder, "index"))
        if not (root / docs).is_dir():
            raise UnreadableError(f"the commit {commit[:7]} has no folder `{docs}`")
        shutil.copyfile(SETTINGS, root / SETTINGS)
        if Path(CODE).is_dir():
            shutil.rmtree(root / CODE, ignore_errors=True)
            (root / CODE).symlink_to(Path(CODE).resolve())
        return snapshot_of(root, docs, Path(folder, "doctrees"), out)


def check_out(commit: str, root: Path, index: Path) -> None:
    """Write the files of a commit into *root*; the repository stays as it is."""
    git("read-tree", commit, GIT_INDEX_FILE=str(index))
    git("checkout-index", "--all", f"--prefix={root}/", GIT_INDEX_FILE=str(index))


def snapshot_of(root: Path, docs: Path, doctrees: Path, out: Path) -> Snapshot:
    """Return the snapshot of the folder *docs* in *root*; warnings are for other commands."""
    command = [sys.executable, "-m", "sphinx", "-q", "-j", "auto", "-b", "snapshot",
               "-c", str(root), "-d", str(doctrees), str(root / docs), str(out)]  # fmt: skip
    path = os.pathsep.join(filter(None, [str(Path(CODE).resolve()), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip() or "no reason is known").splitlines()[-1]
        raise UnreadableError(f"the pages in {root / docs} cannot be read: {said}")
    return read_snapshot(out)
