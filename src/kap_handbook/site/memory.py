"""What the site's templates compile to is kept beside the doctrees, for the next build."""

from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.jinja2glue import BuiltinTemplateLoader


def remember_templates(app: Sphinx) -> None:
    """Let Jinja keep its compiled templates: to compile them takes as long as to write pages."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    templates = app.builder.templates
    if isinstance(templates, BuiltinTemplateLoader):
        folder = Path(app.doctreedir, "templates")
        folder.mkdir(parents=True, exist_ok=True)
        templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
