"""The boxes of a checklist, as signs instead of form fields that nobody can fill in."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

# What MyST-Parser writes for `- [ ]` and `- [x]`.
CHECKBOX = '<input class="task-list-item-checkbox"'


class DrawTaskBoxes(SphinxPostTransform):
    """Replace each raw form field by a sign, which a screen reader reads as a word."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Replace the boxes of the page."""
        for raw in list(self.document.findall(nodes.raw)):
            if raw.astext().startswith(CHECKBOX):
                sign = "☑" if "checked=" in raw.astext() else "☐"
                raw.replace_self(nodes.inline(sign, sign, classes=["task-box"]))
