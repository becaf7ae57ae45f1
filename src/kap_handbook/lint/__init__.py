"""The rules that the book must keep, one module each."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.lint import (
    duplicate_source,
    entry_without_source,
    front_matter,
    heavy_image,
    hyphen_range,
    missing_alt_text,
    misspelt_name,
    raw_html,
    self_check_count,
    skipped_heading,
    source_without_identifier,
    table_without_header,
    uncited_figure,
    undated_regulation,
    unpaired_objectives,
    unsafe_notation,
    unused_source,
)
from kap_handbook.lint.builder import CheckBuilder
from kap_handbook.lint.english import open_dictionary
from kap_handbook.lint.exceptions import (
    ExceptionCollector,
    ExceptionDirective,
    ExceptionListDirective,
    ListExceptions,
    exception,
    is_silenced,
    rewrite_list,
)
from kap_handbook.lint.links import setup_links
from kap_handbook.lint.rule import Page, Rule
from kap_handbook.lint.rules import RulesDirective
from kap_handbook.messages import warn

RULES: tuple[Rule, ...] = (
    uncited_figure.RULE,
    unsafe_notation.RULE,
    hyphen_range.RULE,
    entry_without_source.RULE,
    undated_regulation.RULE,
    source_without_identifier.RULE,
    duplicate_source.RULE,
    unused_source.RULE,
    front_matter.MISSING,
    front_matter.INVALID,
    front_matter.UNKNOWN_AUDIENCE,
    unpaired_objectives.RULE,
    self_check_count.RULE,
    skipped_heading.RULE,
    table_without_header.RULE,
    missing_alt_text.RULE,
    heavy_image.RULE,
    misspelt_name.RULE,
    raw_html.RULE,
)


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Apply the rules that look at one page."""
    page = Page(app, app.env.current_document.docname, doctree)
    for rule in RULES:
        if rule.check_page is not None:
            for place, message in rule.check_page(page):
                if not is_silenced(rule.problem, place):
                    warn(rule.problem, message, place)


def check_book(app: Sphinx, env: BuildEnvironment) -> None:
    """Apply the rules that look at the whole book."""
    for rule in RULES:
        if rule.check_book is not None:
            for place, message in rule.check_book(env):
                warn(rule.problem, message, place)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the rules, and the directive that silences one."""
    app.add_builder(CheckBuilder)
    app.add_node(exception, html=(pass_by, pass_by))
    app.add_directive("exception", ExceptionDirective)
    app.add_directive("exception-list", ExceptionListDirective)
    RulesDirective.rules = RULES
    app.add_directive("rules", RulesDirective)
    app.add_env_collector(ExceptionCollector)
    app.add_env_collector(misspelt_name.WordCollector)
    app.connect("env-before-read-docs", open_dictionary)
    app.connect("env-updated", misspelt_name.judge_words)
    app.add_post_transform(ListExceptions)
    app.connect("env-updated", rewrite_list)
    setup_links(app)
    app.connect("doctree-read", check_page)
    app.connect("env-check-consistency", check_book)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def pass_by(self: object, node: nodes.Element) -> None:
    """Show the content alone."""
