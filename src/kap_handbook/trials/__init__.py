"""Trials: their data, tables of it, forest plots, and time courses."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.trials.course.directive import TimeCourseDirective
from kap_handbook.trials.forest.directive import ForestPlotDirective
from kap_handbook.trials.pictures import TakeOneVariant
from kap_handbook.trials.source import check_data
from kap_handbook.trials.table import TrialsDirective


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives and the check of the data files."""
    app.add_directive("trials", TrialsDirective)
    app.add_directive("forest-plot", ForestPlotDirective)
    app.add_directive("time-course", TimeCourseDirective)
    app.add_post_transform(TakeOneVariant)
    app.connect("env-check-consistency", check_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
