"""A few pages are written by one process: to part others for them takes longer than to write them.

Sphinx itself reads up to five pages in one process, and parts others to write a single one.
"""

from collections.abc import Set

from sphinx.application import Sphinx
from sphinx.builders import Builder

FEW = 5


def write_few_alone(app: Sphinx, builder: Builder) -> None:
    """Have the builder part no process for a few pages."""
    write = builder.write_documents

    def write_documents(docnames: Set[str]) -> None:
        builder.parallel_ok = builder.parallel_ok and len(docnames) > FEW
        write(docnames)

    builder.write_documents = write_documents  # type: ignore[method-assign]
