"""``make live``: sphinx-autobuild, whose builds begin with Sphinx and the book's code loaded.

Each build is a process that parts from this one, which has done all the importing: that takes as
long as to build a page. After a change of the code, builds begin from nothing, as usual.
"""

import gc
import multiprocessing
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import sphinx_autobuild.__main__ as autobuild
from sphinx.application import builtin_extensions
from sphinx.cmd import build
from sphinx_autobuild.build import Builder
from sphinx_autobuild.utils import show_message

import kap_handbook

CODE = Path(kap_handbook.__file__).parent
LOADED = (*builtin_extensions, "sphinx_book_theme", "myst_parser.parsers.sphinx_", "sphinx_design")


def load() -> None:
    """Import what a build needs."""
    for name in LOADED:
        import_module(name)
    for module in pkgutil.walk_packages(kap_handbook.__path__, "kap_handbook."):
        import_module(module.name)
    gc.freeze()


def last_change() -> float:
    """Return when the code was last changed."""
    return max(path.stat().st_mtime for path in CODE.rglob("*.py"))


class LoadedBuilder(Builder):  # type: ignore[misc]
    """Builds in a process that begins with everything loaded."""

    loaded = last_change()

    def __call__(self, *, changed_paths: Sequence[Path]) -> None:
        """Build the site, after some files have changed or for the first time."""
        if last_change() > self.loaded:
            super().__call__(changed_paths=changed_paths)
            return
        show_message(f"Building: {', '.join(path.name for path in changed_paths[:5]) or 'all'}")
        process = multiprocessing.get_context("fork").Process(
            target=build_and_leave, args=(self.sphinx_args,)
        )
        process.start()
        process.join()
        if process.exitcode:
            print("Nothing new is served before the mistakes above are mended.", file=sys.stderr)
        show_message(f"Serving on {self.uri}")


def build_and_leave(arguments: list[str]) -> None:
    """Build, and end the process with the status of the build."""
    sys.exit(build.main(arguments))


if __name__ == "__main__":
    load()
    autobuild.Builder = LoadedBuilder
    autobuild.main()
