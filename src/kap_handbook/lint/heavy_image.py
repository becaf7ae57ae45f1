"""Rule: an image does not keep a reader waiting."""

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes

from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

LIMIT = 500  # kB


def check(page: Page) -> Iterator[Found]:
    """Yield each image whose file is too large; the files are those that Sphinx has found."""
    for image in page.doctree.findall(nodes.image):
        candidates: dict[str, str] = image.get("candidates", {})
        for name in candidates.values():
            path = Path(page.app.srcdir, name)
            size = path.stat().st_size / 1000 if path.is_file() else 0
            if size > LIMIT:
                yield (
                    image,
                    f"the image `{name}` has {size:.0f} kB; bring it under {LIMIT} kB, as an SVG "
                    "or with fewer pixels",
                )


RULE = Rule(
    problem=Problem.HEAVY_IMAGE,
    why=f"On a ward's telephone a large picture comes late; {LIMIT} kB is enough for a figure.",
    wrong="""```{image} heavy.svg
:alt: A curve in a file of 600 kB.
```""",
    right="""```{image} curve.svg
:alt: Blood pressure peaks at 40 min and is back at baseline by 4 h.
```""",
    check_page=check,
)
