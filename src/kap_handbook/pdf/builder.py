"""The Sphinx builder: ``sphinx-build -b typst docs build/pdf``."""

import json
import os
import shutil
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message

import kap_handbook.pdf.rules  # noqa: F401  (registers the rules)
from kap_handbook.pdf.assemble import Assembler, Book, Page
from kap_handbook.pdf.bindery import Bindery
from kap_handbook.pdf.cards import Sheet, cards_of, sheets_of, source_name
from kap_handbook.pdf.commit import commit_of
from kap_handbook.pdf.compile import CompileError, report
from kap_handbook.pdf.editions import Edition, bound_parts, editions_of
from kap_handbook.pdf.labels import Labels, target_uri
from kap_handbook.pdf.pieces import Known, Leaf, Piece, Target
from kap_handbook.pdf.press import COMPILERS, Press
from kap_handbook.pdf.rounds import at_first, settle
from kap_handbook.pdf.translator import Translator
from kap_handbook.pdf.volumes import Signpost, volume_of
from kap_handbook.pdf.write import BookWriter
from kap_handbook.pdf.write_card import Card, write_cards

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
MANIFEST = "editions.json"
"""Says what was made: the file, the title, the parts, the pages and the size of each edition."""
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
            folder = self.write_template()
            with Bindery() as bindery, Press(folder, timestamp()) as press:
                if sheets:
                    with progress_message("making the cards"):
                        made_cards.extend(self.make_cards(press, bindery, sheets, cards, commit))
                with progress_message("making the book and its editions"):
                    made.extend(self.make_editions(press, bindery, editions, book, commit))
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
        self, press: Press, bindery: Bindery, editions: list[Edition], book: Book, commit: str
    ) -> Iterator[dict[str, object]]:
        """Set the pieces of the book, and bind them; yield what the manifest says of each PDF.

        The press sets a piece while the next one is written.
        """
        t = self.translator(book.pages(), report=True)
        writer = BookWriter(t, book, editions[0].name, commit)
        self.write_pictures()
        with self.timed("translate"):
            for piece in writer.write():
                self.repair_pictures(t.repaired)
                press.set(piece, at_first())
            volumes = [volume_of(edition, writer) for edition in editions]
        with self.timed("typst"):
            settled = settle(press, [volume.run for volume in volumes])
        pieces = {piece.name: piece for volume in volumes for piece in volume.pieces}
        for name, piece in pieces.items():
            report(press.source(piece), settled.settings[name].warnings)
        with self.timed("tags"):
            under_way = [
                (name, press.tagged(bindery, pieces[name], settled.known[name])) for name in pieces
            ]
            finished = {name: job.result() for name, job in under_way}
        signpost = Signpost(t, volumes[0], settled)
        with self.timed("bind"):
            bound = [
                self.bind(
                    bindery,
                    volume.edition.file,
                    [
                        Leaf(each.name, finished[each.name], settled.known[each.name])
                        for each in volume.pieces
                    ],
                    signpost.targets(volume),
                )
                for volume in volumes
            ]
            for volume, job in zip(volumes, bound, strict=True):
                edition = volume.edition
                made = self.made(edition.file, job.result())
                yield made | {"title": edition.title, "parts": edition.parts}

    def make_cards(
        self, press: Press, bindery: Bindery, sheets: list[Sheet], pages: list[Page], commit: str
    ) -> Iterator[dict[str, object]]:
        """Make the cards, in the largest type that fits; refuse a card that fits with none."""
        cards = {page.docname: page for page in pages}
        self.write_pictures()
        pieces = {
            sheet: self.write_cards(sheet, [Card(cards[sheet.cards[0]])], commit, report=True)
            for sheet in sheets
            if len(sheet.cards) == 1
        }
        with self.timed("typst"), ThreadPoolExecutor(COMPILERS) as threads:
            sizes = dict(
                zip(pieces, threads.map(partial(fit, press), pieces.values()), strict=True)
            )
        fitting = {
            (sheet.cards[0], sheet.paper): size for sheet, size in sizes.items() if size is not None
        }
        leaves = []
        for sheet in sheets:
            if sheet in pieces:
                piece, known = pieces[sheet], Known(size=sizes[sheet])
                if known.size is None:
                    self.refuse(press, sheet, piece, cards[sheet.cards[0]])
                    continue
            else:
                asked = {name: fitting.get((name, sheet.paper)) for name in sheet.cards}
                whole = [Card(cards[name], size) for name, size in asked.items() if size]
                piece, known = self.write_cards(sheet, whole, commit, report=False), Known()
            piece = replace(piece, kind="title")  # now it bears the time
            press.set(piece, known)
            leaves.append((sheet, piece, known))
        with self.timed("typst"):
            for sheet, piece, known in leaves:
                setting = press.set(piece, known).result()
                report(press.source(piece), setting.warnings if sheet in pieces else [])
        with self.timed("tags"):
            under_way = [
                (sheet, piece.name, press.tagged(bindery, piece, known), known)
                for sheet, piece, known in leaves
            ]
            finished = [
                (sheet, Leaf(name, job.result(), known)) for sheet, name, job, known in under_way
            ]
        with self.timed("bind"):
            bound = [
                (sheet, self.bind(bindery, sheet.file, [leaf], {})) for sheet, leaf in finished
            ]
            for sheet, job in bound:
                made = self.made(sheet.file, job.result())
                yield made | {"title": sheet.title, "cards": sheet.cards}

    def refuse(self, press: Press, sheet: Sheet, piece: Piece, page: Page) -> None:
        """Report a card that does not fit its sheet."""
        logger.warning(
            "this card takes %d pages of %s, even in type of %s pt; choose fewer entries, or "
            "shorten what they say `in-short`",
            press.set(piece, rough_card(min(CARD_SIZES))).result().pages,
            sheet.paper.label,
            min(CARD_SIZES),
            location=(page.docname, next(page.tree.findall(nodes.title)).line or 1),
            type="pdf",
            subtype="card-too-long",
        )

    def write_cards(self, sheet: Sheet, cards: list[Card], commit: str, *, report: bool) -> Piece:
        """Return some cards as they are to be set."""
        with self.timed("translate"):
            translator = self.translator([card.page for card in cards], report=report)
            text = write_cards(translator, sheet, cards, commit)
            self.repair_pictures(translator.repaired)
        return Piece(source_name(sheet), text, translator.table_headers)

    def translator(self, pages: Iterable[Page], *, report: bool) -> Translator:
        """Return a translator for some pages that become one PDF."""
        part_of = {
            docname: caption
            for caption, names in bound_parts(self.env).items()
            for docname in names
        }
        return Translator(self.env, Labels(pages), dict(self.images), part_of, report=report)

    def bind(
        self, bindery: Bindery, file: str, leaves: list[Leaf], targets: Mapping[str, Target]
    ) -> "Future[int]":
        """Begin to bind a PDF; return how many pages it will have."""
        # Loaded when it is needed: pikepdf takes long, and a build of the site has no use for it.
        from kap_handbook.pdf.bind import bind

        path = Path(self.outdir, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        return bindery.do(bind, leaves, targets, path)

    def made(self, file: str, pages: int) -> dict[str, object]:
        """Return what the manifest says of a PDF."""
        return {"file": file, "pages": pages, "bytes": Path(self.outdir, file).stat().st_size}

    def write_template(self) -> Path:
        """Put the template into the folder of what will be set; return that."""
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
        return folder

    def write_pictures(self) -> None:
        """Put the pictures beside the pieces."""
        pictures = Path(self.outdir, "typst", "images")
        pictures.mkdir(parents=True, exist_ok=True)
        for path, name in self.images.items():
            shutil.copyfile(Path(self.srcdir, path), pictures / name)

    def repair_pictures(self, repaired: dict[str, str]) -> None:
        """Replace drawings that say something no font can show."""
        for name, text in repaired.items():
            path = Path(self.outdir, "typst", "images", name)
            if path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Count the time that a step takes."""
        start = time.perf_counter()
        yield
        self.seconds[step] += time.perf_counter() - start


def fit(press: Press, piece: Piece) -> float | None:
    """Return the size of type with which a card fits its sheet; nothing if there is none."""

    def fits(size: float) -> bool:
        return press.set(piece, rough_card(size)).result().pages == 1

    number = bisect_left(CARD_SIZES, True, key=fits)
    return CARD_SIZES[number] if number < len(CARD_SIZES) else None


def rough_card(size: float) -> Known:
    """Return what a card is told that is set only to see how many pages it takes."""
    return Known(size=size, rough=True)


def timestamp() -> int:
    """Return the time that the PDF bears: a given one, so that the same book has the same bytes."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
