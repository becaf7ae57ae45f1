"""Exceptions: where an editor has silenced a rule, why, and the list of them all."""

from collections.abc import Iterable
from dataclasses import dataclass

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.directive import AnyOption
from kap_handbook.clinical.links import page_link
from kap_handbook.messages import Problem, did_you_mean, warn


class exception(nodes.container):
    """A passage in which a rule is silent. Attributes: ``problem``, ``reason``."""


class exception_list(nodes.General, nodes.Element):
    """The place of the list of exceptions until all pages are read."""


@dataclass(frozen=True)
class Excepted:
    """One exception: the page, the rule and the reason."""

    docname: str
    line: int
    problem: str
    reason: str


class ExceptionDirective(SphinxDirective):
    """Silence one rule for the content: ``{exception} uncited-figure`` with a ``:reason:``."""

    optional_arguments = 1
    has_content = True
    option_spec = AnyOption()  # type: ignore[assignment]

    def run(self) -> list[Node]:
        """Return the content; the rule is silent in it only if a reason is given."""
        name = self.arguments[0].strip() if self.arguments else ""
        reason = self.options.get("reason", "")
        content = self.parse_content_to_nodes()
        known = [problem.value for problem in Problem]
        if name not in known:
            self.warn(f"there is no rule called `{name}`; {did_you_mean(name, known)}")
            return content
        if not reason:
            self.warn("this exception gives no reason; write `:reason: why the rule is wrong here`")
            return content
        node = exception("", *content, problem=name, reason=reason)
        self.set_source_info(node)
        return [node]

    def warn(self, message: str) -> None:
        """Report a mistake at the opening line."""
        warn(Problem.UNEXPLAINED_EXCEPTION, message, (self.env.docname, self.lineno))


class ExceptionListDirective(SphinxDirective):
    """A table of every exception in the book."""

    def run(self) -> list[Node]:
        """Return the place of the table."""
        return [exception_list()]


class ExceptionCollector(EnvironmentCollector):
    """Note the exceptions of each page."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        exceptions(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        """Take over what a parallel reader found."""
        for docname in docnames:
            if docname in exceptions(other):
                exceptions(env)[docname] = exceptions(other)[docname]

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the exceptions of a page."""
        docname = app.env.current_document.docname
        exceptions(app.env)[docname] = [
            Excepted(docname, node.line or 0, node["problem"], node["reason"])
            for node in doctree.findall(exception)
        ]
        lists = next(iter(doctree.findall(exception_list)), None) is not None
        app.env.metadata[docname]["lists-exceptions"] = lists


class ListExceptions(SphinxPostTransform):
    """Fill the list, now that every page has been read."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace each place of the list by a bullet list."""
        for place in list(self.document.findall(exception_list)):
            found = [item for items in sorted_items(self.env) for item in items]
            if not found:
                place.replace_self(nodes.paragraph("", "There are none."))
                continue
            listing = nodes.bullet_list()
            for item in found:
                listing += nodes.list_item("", nodes.paragraph("", "", *describe(self.env, item)))
            place.replace_self(listing)


def describe(env: BuildEnvironment, item: Excepted) -> list[Node]:
    """Return one line of the list: the page, the rule, the reason."""
    return [
        page_link(env, item.docname),
        nodes.Text(f", line {item.line}: "),
        nodes.literal(item.problem, item.problem),
        nodes.Text(f", because {item.reason}."),
    ]


def sorted_items(env: BuildEnvironment) -> list[list[Excepted]]:
    """Return the exceptions of each page, pages in alphabetical order."""
    return [exceptions(env)[docname] for docname in sorted(exceptions(env))]


def exceptions(env: BuildEnvironment) -> dict[str, list[Excepted]]:
    """Return the exceptions of each page."""
    if not hasattr(env, "kap_exceptions"):
        env.kap_exceptions = {}  # type: ignore[attr-defined]
    return env.kap_exceptions  # type: ignore[attr-defined, no-any-return]


def rewrite_list(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the list written anew when an exception has come, gone or changed."""
    now = sorted_items(env)
    before = getattr(env, "kap_exceptions_shown", None)
    env.kap_exceptions_shown = now  # type: ignore[attr-defined]
    if now == before:
        return []
    return [name for name in env.found_docs if env.metadata[name].get("lists-exceptions")]


def is_silenced(problem: Problem, place: object) -> bool:
    """Say whether *place* stands in a passage in which the rule is silent."""
    node = place if isinstance(place, nodes.Node) else None
    while node is not None:
        if isinstance(node, exception) and node["problem"] == problem.value:
            return True
        node = node.parent
    return False
