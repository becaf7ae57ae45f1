"""The page of the rules: what each is for, with a wrong and a right example."""

from docutils import nodes
from docutils.nodes import Node
from sphinx.util.docutils import SphinxDirective

from kap_handbook.lint.rule import Rule


class RulesDirective(SphinxDirective):
    """A section for each rule."""

    rules: tuple[Rule, ...] = ()

    def run(self) -> list[Node]:
        """Return the sections."""
        return [self.section(rule) for rule in self.rules]

    def section(self, rule: Rule) -> nodes.section:
        """Describe one rule."""
        name = rule.problem.value
        node = nodes.section(ids=[f"rule-{name}"])
        node += nodes.title(name, name)
        children, _ = self.parse_inline(rule.why)
        node += nodes.paragraph(rule.why, "", *children)
        for label, example in (("Wrong", rule.wrong), ("Right", rule.right)):
            node += nodes.paragraph("", "", nodes.strong(label, label))
            language = "bibtex" if example.startswith("@") else "markdown"
            node += nodes.literal_block(example, example, language=language)
        self.state.document.note_explicit_target(node, node)
        return node
