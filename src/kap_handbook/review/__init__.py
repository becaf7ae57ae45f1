"""Review: what a page says of its evidence date and of who has read it."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.review.status import ShowStatus


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the status lines."""
    app.add_post_transform(ShowStatus)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
