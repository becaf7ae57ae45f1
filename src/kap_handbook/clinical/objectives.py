"""The directive ``objectives``: what a reader can do after the chapter."""

from docutils import nodes
from docutils.nodes import Node
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.nodes import objectives
from kap_handbook.messages import Problem, warn

TITLE = "What you can do after this chapter"
FEWEST, MOST = 2, 5


class ObjectivesDirective(SphinxDirective):
    """A box with a list of 2 to 5 objectives. A mistake is reported and the text is kept."""

    has_content = True

    def run(self) -> list[Node]:
        """Return the box."""
        content = self.parse_content_to_nodes()
        self.check(content)
        title = nodes.title(TITLE, TITLE)
        node = objectives("", title, *content, classes=["objectives"])
        self.set_source_info(node)
        return [node]

    def check(self, content: list[Node]) -> None:
        """Report content that is anything but one list, and a list that is too short or long."""
        if len(content) != 1 or not isinstance(content[0], nodes.bullet_list):
            self.warn(
                "objectives are one list; begin each with `- ` and a verb for what can be seen, "
                "such as `- Name three reasons to postpone a session.`"
            )
        elif not FEWEST <= len(content[0]) <= MOST:
            self.warn(
                f"{FEWEST} to {MOST} objectives fit a chapter, and here are {len(content[0])}; "
                "join or drop some, or add what is missing"
            )

    def warn(self, message: str) -> None:
        """Report a mistake at the opening line."""
        warn(Problem.MISWRITTEN_OBJECTIVES, message, (self.env.docname, self.lineno))
