"""The Sphinx builder: ``sphinx-build -b typst docs build/pdf``."""

import json
import os
import shutil
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message

import kap_handbook.pdf.rules  # noqa: F401  (registers the rules)
from kap_handbook.pdf.assemble import Assembler, Book, Page
from kap_handbook.pdf.cards import Sheet, cards_of, sheets_of, source_name
from kap_handbook.pdf.commit import commit_of
from kap_handbook.pdf.compile import CompileError, compile_book
from kap_handbook.pdf.editions import Edition, bound_parts, editions_of
from kap_handbook.pdf.labels import Labels, target_uri
from kap_handbook.pdf.translator import Translator
from kap_handbook.pdf.write import write_book
from kap_handbook.pdf.write_card import Card, write_cards

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
MANIFEST = "editions.json"
"""Says what was made: the file, the title, the parts, the pages and the size of each edition."""
COMPILERS = 2
"""How many editions Typst makes at once; the longest needs about 2.5 GB of memory."""
CARD_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
"""The sizes of a card's type, in points: the largest is taken with which it fits its sheet."""


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
        sheets = list(sheets_of(self.env))
        self.remove_old([*(made.file for made in editions), *(sheet.file for sheet in sheets)])
        with progress_message("assembling the book"), self.timed("resolve"):
            assembler = Assembler(self.env)
            book = assembler.book(self.config.root_doc)
            cards = [assembler.page(docname, 1) for docname in cards_of(self.env)]
            for page in (*book.pages(), *cards):
                self.post_process_images(page.tree)
        commit = self.config.pdf_commit
        if commit is None:
            commit = commit_of(Path(self.confdir))
        made: list[dict[str, object]] = []
        made_cards: list[dict[str, object]] = []
        try:
            self.write_template()
            if sheets:  # first: what Typst remembers of a long book makes it slow
                with progress_message("making the cards"):
                    made_cards.extend(self.make_cards(sheets, cards, commit))
            with progress_message("making the book and its editions"):
                made.extend(self.make_editions(editions, book, commit))
        except CompileError as error:
            # An error that is raised would end in a traceback, which helps no editor.
            logger.error("Typst cannot make the PDF: %s", error, location=error.location)
            self._app.statuscode = 1
        manifest = json.dumps([*made, *made_cards], indent=1, ensure_ascii=False) + "\n"
        Path(self.outdir, MANIFEST).write_text(manifest, "utf-8")

    def remove_old(self, files: list[str]) -> None:
        """Remove what an earlier run made: an old book must not pass for a new one."""
        manifest = Path(self.outdir, MANIFEST)
        made = json.loads(manifest.read_text("utf-8")) if manifest.exists() else []
        for file in {*files, *(old["file"] for old in made)}:
            Path(self.outdir, file).unlink(missing_ok=True)

    def make_editions(
        self, editions: list[Edition], book: Book, commit: str
    ) -> Iterator[dict[str, object]]:
        """Make the editions from pages that are resolved; yield what the manifest says of each.

        Typst works on one edition in a process of its own while the next one is written here.
        """
        with ThreadPoolExecutor(COMPILERS) as compilers:
            under_way = []
            for edition in editions:
                source, translator = self.write_edition(edition, book.only(edition.parts), commit)
                job = compilers.submit(compile_book, source, timestamp())
                under_way.append((edition, translator, job))
            for edition, translator, job in under_way:
                with self.timed("typst"):
                    pdf = job.result()
                pdf = self.tag_row_headers(pdf, translator)
                yield self.keep(edition.file, pdf) | {
                    "title": edition.title,
                    "parts": edition.parts,
                }

    def write_edition(self, edition: Edition, book: Book, commit: str) -> tuple[Path, Translator]:
        """Write the source of one edition, and return it with who wrote it."""
        with self.timed("translate"):
            # The whole book tells all problems of its pages: the parts need not repeat them.
            translator = self.translator(book.pages(), report=not edition.parts)
            text = write_book(translator, book, edition.title, commit)
            source = Path(self.outdir, "typst", f"{edition.name}.typ")
            source.write_text(text, "utf-8")
            if not edition.parts:
                self.write_pictures(translator.repaired)
        return source, translator

    def make_cards(
        self, sheets: list[Sheet], pages: list[Page], commit: str
    ) -> Iterator[dict[str, object]]:
        """Make the cards, in the largest type that fits; refuse a card that fits with none."""
        cards = {page.docname: page for page in pages}
        fitting: dict[tuple[str, str], float] = {}
        for sheet in sheets:
            if len(sheet.cards) == 1:
                found = self.fit(sheet, cards[sheet.cards[0]], commit)
                if found is None:
                    continue
                pdf, fitting[sheet.cards[0], sheet.paper.name] = found
            else:
                sizes = {name: fitting.get((name, sheet.paper.name)) for name in sheet.cards}
                whole = [Card(cards[name], size) for name, size in sizes.items() if size]
                pdf, translator = self.compile_cards(sheet, whole, commit, report=False)
                pdf = self.tag_row_headers(pdf, translator)
            yield self.keep(sheet.file, pdf) | {"title": sheet.title, "cards": sheet.cards}

    def fit(self, sheet: Sheet, page: Page, commit: str) -> tuple[bytes, float] | None:
        """Return a card's PDF and the size of its type; nothing if it takes more than a sheet."""
        from kap_handbook.pdf.tags import count_pages

        pages: dict[float, int] = {}

        def fits(size: float) -> bool:
            pdf, _ = self.compile_cards(sheet, [Card(page, size)], commit, report=not pages)
            pages[size] = count_pages(pdf)
            return pages[size] == 1

        number = bisect_left(CARD_SIZES, True, key=fits)
        if number < len(CARD_SIZES):
            size = CARD_SIZES[number]
            pdf, translator = self.compile_cards(sheet, [Card(page, size)], commit, report=False)
            return self.tag_row_headers(pdf, translator), size
        logger.warning(
            "this card takes %d pages of %s, even in type of %s pt; choose fewer entries, or "
            "shorten what they say `in-short`",
            pages[min(CARD_SIZES)],
            sheet.paper.label,
            min(CARD_SIZES),
            location=(page.docname, next(page.tree.findall(nodes.title)).line or 1),
            type="pdf",
            subtype="card-too-long",
        )
        return None

    def compile_cards(
        self, sheet: Sheet, cards: list[Card], commit: str, *, report: bool
    ) -> tuple[bytes, Translator]:
        """Return the PDF of some cards, and who wrote its source."""
        with self.timed("translate"):
            translator = self.translator([card.page for card in cards], report=report)
            text = write_cards(translator, sheet, cards, commit)
            source = Path(self.outdir, "typst", f"{source_name(sheet)}.typ")
            source.write_text(text, "utf-8")
            if any(next(card.page.tree.findall(nodes.image), None) for card in cards):
                self.write_pictures(translator.repaired)
        with self.timed("typst"):
            return compile_book(source, timestamp()), translator

    def translator(self, pages: Iterable[Page], *, report: bool) -> Translator:
        """Return a translator for some pages that become one PDF."""
        part_of = {
            docname: caption
            for caption, names in bound_parts(self.env).items()
            for docname in names
        }
        return Translator(self.env, Labels(pages), dict(self.images), part_of, report=report)

    def keep(self, file: str, pdf: bytes) -> dict[str, object]:
        """Write a PDF; return what the manifest says of it."""
        from kap_handbook.pdf.tags import count_pages

        path = Path(self.outdir, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf)
        return {"file": file, "pages": count_pages(pdf), "bytes": len(pdf)}

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
        for name in ("card.typ", "code.tmTheme"):
            shutil.copyfile(HERE / name, folder / name)

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
            with self.timed("tags"):
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
