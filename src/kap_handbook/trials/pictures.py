"""Where drawn pictures are kept, and which of their two variants a format takes."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

FOLDER = "plots"  # in the environment's own folder, beside the doctrees
ONLY = {"light": "only-light", "dark": "only-dark"}  # what the theme calls its two variants


def keep(env: BuildEnvironment, name: str, picture: bytes) -> str:
    """Keep a picture, and return its address as the page being read would write it.

    Its name holds a digest of its content: a picture never changes, and a page that is read again
    does not touch those of other pages.
    """
    digest = hashlib.sha256(picture).hexdigest()[:10]
    path = Path(env.doctreedir, FOLDER, f"{name}-{digest}.svg")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_bytes(picture)
        draft.replace(path)
    page = Path(env.doc2path(env.current_document.docname))
    return Path(os.path.relpath(path, page.parent)).as_posix()


def picture_in_two(
    env: BuildEnvironment, stem: str, alt: str, drawn: Mapping[str, bytes], kind: str
) -> nodes.container:
    """Return a picture, once for light and once for dark screens.

    The theme hides the caption of a figure whose own child is hidden: hence the container.
    """
    pictures = nodes.container()
    for name, picture in drawn.items():
        image = nodes.image(alt=alt, classes=[kind, ONLY[name]])
        image["uri"] = keep(env, f"{stem}-{name}", picture)
        pictures += image
    return pictures


class TakeOneVariant(SphinxPostTransform):
    """Leave out the dark variant where nothing can choose between the two: everywhere but HTML."""

    default_priority = 8

    def run(self, **kwargs: object) -> None:
        """Remove the dark pictures of the page."""
        if self.env._app.builder.format == "html":
            return
        for image in list(self.document.findall(nodes.image)):
            if ONLY["dark"] in image["classes"]:
                image.parent.remove(image)
