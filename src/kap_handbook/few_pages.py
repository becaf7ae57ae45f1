"""A few pages are read and written by one process: to part others for them takes longer."""

from collections.abc import Set

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

FEW = 5


def read_few_alone(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Have the builder part no process to read a few pages."""
    if len(docnames) <= FEW:
        app.kap_parallel, app.parallel = app.parallel, 1  # type: ignore[attr-defined]


def allow_parallel(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Allow processes to be parted again, now that the pages are read."""
    app.parallel = getattr(app, "kap_parallel", app.parallel)
    return []


def write_few_alone(app: Sphinx, builder: Builder) -> None:
    """Have the builder part no process to write a few pages."""
    write = builder.write_documents

    def write_documents(docnames: Set[str]) -> None:
        builder.parallel_ok = builder.parallel_ok and len(docnames) > FEW
        write(docnames)

    builder.write_documents = write_documents  # type: ignore[method-assign]
