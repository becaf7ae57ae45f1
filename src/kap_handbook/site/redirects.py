"""Redirects: a page at each old address that leads to the new one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from kap_handbook.messages import Problem, warn
from kap_handbook.redirects import FILE, moved_pages, read_redirects


def check_redirects(app: Sphinx, env: BuildEnvironment) -> None:
    """Report the lines that cannot be used."""
    for number, _, problem in read_redirects(env):
        if problem:
            warn(Problem.INVALID_REDIRECT, problem, f"{Path(env.srcdir) / FILE}:{number}")


def redirect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a page for each old address."""
    for old, new in moved_pages(app.env).items():
        target = app.builder.get_target_uri(new)
        address = relative_uri(app.builder.get_target_uri(old), target)
        context = {"new_address": address, "new_title": app.env.titles[new].astext()}
        yield old, context, "redirect.html"
