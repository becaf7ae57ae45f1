"""The Sphinx builder: ``sphinx-build -b typst docs build/pdf``."""

import os
import shutil
import time
from collections.abc import Set
from pathlib import Path

from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message

import kap_handbook.pdf.rules  # noqa: F401  (registers the rules)
from kap_handbook.pdf.assemble import Assembler
from kap_handbook.pdf.compile import CompileError, compile_book
from kap_handbook.pdf.labels import Labels, target_uri
from kap_handbook.pdf.tags import TagError, repair
from kap_handbook.pdf.translator import Translator
from kap_handbook.pdf.write import write_book

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent


class TypstBuilder(Builder):
    """Builds the whole book as one accessible PDF."""

    name = "typst"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    allow_parallel = False
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]  # noqa: RUF012

    def get_outdated_docs(self) -> str:
        """Say that the book is always made anew: any page can change the page numbers."""
        return "the whole book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page within the book."""
        return target_uri(docname)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a page; in a book it is the same from everywhere."""
        return target_uri(to)

    def write_documents(self, docnames: Set[str]) -> None:
        """Make the book; which pages have changed does not matter."""
        target = Path(self.outdir, self.config.pdf_file)
        target.unlink(missing_ok=True)  # an old book must not pass for a new one
        with progress_message("assembling the book"):
            book = Assembler(self.env).book(self.config.root_doc)
            for page in book.pages():
                self.post_process_images(page.tree)
        with progress_message("writing the book"):
            translator = Translator(self.env, Labels(book.pages()), dict(self.images))
            text = write_book(translator, book)
        with progress_message("compiling the PDF"):
            try:
                pdf = compile_book(self.write_source(text, translator.repaired), timestamp())
            except CompileError as error:
                # An error that is raised would end in a traceback, which helps no editor.
                logger.error("Typst cannot make the PDF: %s", error, location=error.location)
                self._app.statuscode = 1
                return
            target.write_bytes(self.tag_row_headers(pdf, translator))

    def write_source(self, text: str, repaired: dict[str, str]) -> Path:
        """Write the book, and beside it what it names: template, pictures as given or repaired."""
        folder = Path(self.outdir, "typst")
        pictures = folder / "images"
        pictures.mkdir(parents=True, exist_ok=True)
        for path, name in self.images.items():
            if name in repaired:
                (pictures / name).write_text(repaired[name], "utf-8")
            else:
                shutil.copyfile(Path(self.srcdir, path), pictures / name)
        template = HERE / "template.typ"
        if self.config.pdf_template:
            template = Path(self.confdir, self.config.pdf_template)
        if not template.is_file():
            raise CompileError(f"`pdf_template` names a file that does not exist: {template}", None)
        shutil.copyfile(template, folder / "template.typ")
        shutil.copyfile(HERE / "code.tmTheme", folder / "code.tmTheme")
        source = folder / "book.typ"
        source.write_text(text, "utf-8")
        return source

    def tag_row_headers(self, pdf: bytes, translator: Translator) -> bytes:
        """Return the PDF with its row headers tagged as such."""
        try:
            return repair(pdf, translator.table_headers)
        except TagError as error:
            logger.warning("row headers are not tagged: %s", error, type="pdf", subtype="tags")
            return pdf


def timestamp() -> int:
    """Return the time that the PDF bears: a given one, so that the same book has the same bytes."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
