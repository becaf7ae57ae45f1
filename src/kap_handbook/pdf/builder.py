"""The Sphinx builder: ``sphinx-build -b typst docs build/pdf``."""

import json
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message

import kap_handbook.pdf.rules  # noqa: F401  (registers the rules)
from kap_handbook.pdf.assemble import Assembler, Book
from kap_handbook.pdf.commit import commit_of
from kap_handbook.pdf.compile import CompileError, compile_book
from kap_handbook.pdf.editions import Edition, editions_of, parts_of
from kap_handbook.pdf.labels import Labels, target_uri
from kap_handbook.pdf.translator import Translator
from kap_handbook.pdf.write import write_book

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
MANIFEST = "editions.json"
"""Says what was made: the file, the title, the parts, the pages and the size of each edition."""


class TypstBuilder(Builder):
    """Builds the whole book, and its editions, each as one accessible PDF."""

    name = "typst"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s."
    allow_parallel = False
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]  # noqa: RUF012

    def init(self) -> None:
        """Prepare to count how long each step takes, for the benchmark."""
        self.seconds: defaultdict[str, float] = defaultdict(float)

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
        """Make every edition; which pages have changed does not matter."""
        editions = editions_of(self.env)
        self.remove_old(editions)
        with progress_message("assembling the book"), self.timed("resolve"):
            book = Assembler(self.env).book(self.config.root_doc)
            for page in book.pages():
                self.post_process_images(page.tree)
        commit = self.config.pdf_commit
        if commit is None:
            commit = commit_of(Path(self.confdir))
        made = []
        try:
            self.write_template()
            for edition in editions:
                with progress_message(f"making {edition.file}"):
                    made.append(self.make(edition, book.only(edition.parts), commit))
        except CompileError as error:
            # An error that is raised would end in a traceback, which helps no editor.
            logger.error("Typst cannot make the PDF: %s", error, location=error.location)
            self._app.statuscode = 1
        manifest = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
        Path(self.outdir, MANIFEST).write_text(manifest, "utf-8")

    def remove_old(self, editions: list[Edition]) -> None:
        """Remove what an earlier run made: an old book must not pass for a new one."""
        manifest = Path(self.outdir, MANIFEST)
        made = json.loads(manifest.read_text("utf-8")) if manifest.exists() else []
        for file in {*(edition.file for edition in editions), *(old["file"] for old in made)}:
            Path(self.outdir, file).unlink(missing_ok=True)

    def make(self, edition: Edition, book: Book, commit: str) -> dict[str, object]:
        """Make one edition from pages that are resolved; return what the manifest says of it."""
        with self.timed("translate"):
            part_of = {
                docname: caption
                for caption, pages in parts_of(self.env).items()
                for docname in pages
            }
            translator = Translator(
                self.env,
                Labels(book.pages()),
                dict(self.images),
                part_of,
                report=not edition.parts,  # the whole book has told everything
            )
            text = write_book(translator, book, edition.title, commit)
            source = Path(self.outdir, "typst", f"{edition.name}.typ")
            source.write_text(text, "utf-8")
            if not edition.parts:
                self.write_pictures(translator.repaired)
        with self.timed("typst"):
            pdf = compile_book(source, timestamp())
        with self.timed("tags"):
            pdf = self.tag_row_headers(pdf, translator)
        Path(self.outdir, edition.file).write_bytes(pdf)
        from kap_handbook.pdf.tags import count_pages

        return {
            "file": edition.file,
            "title": edition.title,
            "parts": edition.parts,
            "pages": count_pages(pdf),
            "bytes": len(pdf),
        }

    def write_template(self) -> None:
        """Put the template beside the books that will be written."""
        folder = Path(self.outdir, "typst")
        folder.mkdir(parents=True, exist_ok=True)
        template = HERE / "template.typ"
        if self.config.pdf_template:
            template = Path(self.confdir, self.config.pdf_template)
        if not template.is_file():
            raise CompileError(f"`pdf_template` names a file that does not exist: {template}", None)
        shutil.copyfile(template, folder / "template.typ")
        shutil.copyfile(HERE / "code.tmTheme", folder / "code.tmTheme")

    def write_pictures(self, repaired: dict[str, str]) -> None:
        """Put the pictures beside the book, as given or repaired."""
        pictures = Path(self.outdir, "typst", "images")
        pictures.mkdir(parents=True, exist_ok=True)
        for path, name in self.images.items():
            if name in repaired:
                (pictures / name).write_text(repaired[name], "utf-8")
            else:
                shutil.copyfile(Path(self.srcdir, path), pictures / name)

    def tag_row_headers(self, pdf: bytes, translator: Translator) -> bytes:
        """Return the PDF with its row headers tagged as such."""
        # Loaded when it is needed: pikepdf takes long, and a build of the site has no use for it.
        from kap_handbook.pdf.tags import TagError, repair

        try:
            return repair(pdf, translator.table_headers)
        except TagError as error:
            logger.warning("row headers are not tagged: %s", error, type="pdf", subtype="tags")
            return pdf

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Count the time that a step takes."""
        start = time.perf_counter()
        yield
        self.seconds[step] += time.perf_counter() - start


def timestamp() -> int:
    """Return the time that the PDF bears: a given one, so that the same book has the same bytes."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
