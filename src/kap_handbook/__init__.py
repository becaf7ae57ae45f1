"""The KAP Provider Handbook's Sphinx extension: it lists its rooms and opens them in order."""

from importlib.metadata import PackageNotFoundError, version

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.garbage import collect_seldom, spare_what_is_known
from kap_handbook.parallel import share_out

ROOMS = (
    "kap_handbook.clinical",
    "kap_handbook.citations",
    "kap_handbook.trials",
    "kap_handbook.review",
    "kap_handbook.lint",
    "kap_handbook.export",
    "kap_handbook.site",
    "kap_handbook.search",
    "kap_handbook.pdf",
)

try:
    __version__ = version("kap-handbook")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load every room of the extension."""
    collect_seldom()
    app.connect("builder-inited", spare_what_is_known)
    app.connect("builder-inited", share_out)
    for room in ROOMS:
        app.setup_extension(room)
    return {
        "version": __version__,
        "env_version": 1,  # of what the rooms keep: a higher one has every page read anew
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
