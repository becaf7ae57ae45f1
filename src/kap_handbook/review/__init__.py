"""Review: evidence dates, the ledger of signatures, and what each page says of both."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.review.addresses import check_addresses
from kap_handbook.review.collect import BlockCollector
from kap_handbook.review.feed import announce_feed, write_feed
from kap_handbook.review.releases import ReleaseCollector
from kap_handbook.review.snapshot import SnapshotBuilder
from kap_handbook.review.standing import judge_pages
from kap_handbook.review.status import ShowStatus
from kap_handbook.review.table import ListReviews, ReviewStateDirective, SignOffsDirective


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what is noted of each page, its status line, and the tables of reviews."""
    app.add_builder(SnapshotBuilder)
    app.add_env_collector(BlockCollector)
    app.add_env_collector(ReleaseCollector)
    app.connect("env-updated", judge_pages)
    app.connect("env-updated", check_addresses)
    app.add_directive("review-state", ReviewStateDirective)
    app.add_directive("sign-offs", SignOffsDirective)
    app.add_post_transform(ShowStatus)
    app.add_post_transform(ListReviews)
    app.connect("html-page-context", announce_feed)
    app.connect("build-finished", write_feed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
