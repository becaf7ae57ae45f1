"""Entries: what a clinician looks up, as data, directives, roles and tables; aids to learning."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.clinical.domain import ClinicalDomain, explain_dangling, note_page, rewrite_views
from kap_handbook.clinical.gather import GatherEntries
from kap_handbook.clinical.html import VISITORS
from kap_handbook.clinical.objectives import ObjectivesDirective
from kap_handbook.clinical.reading_list import ReadingListDirective, SumReadingTimes, rewrite_lists
from kap_handbook.clinical.reading_time import note_reading_time
from kap_handbook.clinical.tally import CountEntries
from kap_handbook.clinical.units import SetUnits
from kap_handbook.clinical.weights import WeightTableDirective


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, its nodes and its transforms."""
    app.add_domain(ClinicalDomain)
    for node, visitors in VISITORS.items():
        app.add_node(node, html=visitors)
    app.add_directive("weight-table", WeightTableDirective)
    app.add_directive("objectives", ObjectivesDirective)
    app.add_directive("reading-list", ReadingListDirective)
    app.add_transform(SetUnits)
    app.add_post_transform(GatherEntries)
    app.add_post_transform(SumReadingTimes)
    app.add_post_transform(CountEntries)
    app.connect("doctree-read", note_page, priority=900)  # after Sphinx's own collectors
    app.connect("doctree-read", note_reading_time)
    app.connect("env-updated", rewrite_views)
    app.connect("env-updated", rewrite_lists)
    app.connect("warn-missing-reference", explain_dangling)
    # The version has environments that were stored before pages had reading times read anew.
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
