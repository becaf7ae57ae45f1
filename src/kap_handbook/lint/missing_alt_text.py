"""Rule: an image has a text for those who cannot see it (WCAG 2.2, criterion 1.1.1)."""

from collections.abc import Iterator

from docutils import nodes

from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem


def check(page: Page) -> Iterator[Found]:
    """Yield each image without alternative text."""
    for image in page.doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            yield (
                image,
                f"the image `{image['uri']}` has no alternative text; write `:alt: what it shows`",
            )


RULE = Rule(
    problem=Problem.MISSING_ALT_TEXT,
    why="Who cannot see the picture hears its text; the PDF cannot be made accessible without it.",
    wrong="""```{image} curve.svg
```""",
    right="""```{image} curve.svg
:alt: Blood pressure peaks at 40 min and is back at baseline by 4 h.
```""",
    check_page=check,
)
