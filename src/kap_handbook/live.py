"""The tag of ``make live``: a site that an editor looks at while writing, and nobody else.

Such a site is not saved on a device and has no policy, for it is reloaded by a script that is not
the book's. What only programs read is left out, so that an edit is seen sooner.
"""

from sphinx.application import Sphinx


def is_live(app: Sphinx) -> bool:
    """Say whether the site is built while its editor looks on."""
    return app.tags.has("live")
