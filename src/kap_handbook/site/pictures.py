"""Pictures come when the reader comes near them, and the page keeps their place free until then."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import get_image_size

VIEW_BOX = re.compile(r'<svg\b[^>]*\bviewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
WIDTH = re.compile(r'<svg\b[^>]*\swidth="([\d.]+)(px|pt)?"')
PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3}
"""How many of a browser's pixels a unit of an SVG file has."""


class LoadPicturesLate(SphinxPostTransform):
    """Have each picture loaded late; one that is hidden, as a dark variant by day, never is."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Mark the pictures of the page, and give their size to those that have none."""
        for image in self.document.findall(nodes.image):
            image["loading"] = "lazy"
            size = size_of(Path(self.env.srcdir) / image["uri"])
            if size is not None and not {"width", "height", "scale"} & set(image.attributes):
                image["width"], image["height"] = map(str, size)


def size_of(path: Path) -> tuple[int, int] | None:
    """Return the width and height of a picture in a browser's pixels, if they can be told."""
    if path.suffix != ".svg":
        return get_image_size(path)
    try:
        head = path.read_text("utf-8")[:2000]
    except (OSError, ValueError):
        return None
    box = VIEW_BOX.search(head)
    if box is None:
        return None
    given = WIDTH.search(head)
    width = float(given[1]) * PIXELS[given[2] or ""] if given else float(box[1])
    return round(width), round(width * float(box[2]) / float(box[1]))
