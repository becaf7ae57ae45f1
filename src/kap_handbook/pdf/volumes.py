"""Volumes: which pieces of the book each edition binds, and where its links lead."""

from collections.abc import Set
from dataclasses import dataclass
from posixpath import dirname, relpath

from kap_handbook.pdf.editions import Edition
from kap_handbook.pdf.pieces import Online, OtherPdf, Piece, Run, Target, Within
from kap_handbook.pdf.rounds import Settled
from kap_handbook.pdf.rules.references import page_url
from kap_handbook.pdf.translator import Translator
from kap_handbook.pdf.write import BookWriter, settings, write_contents, write_title


@dataclass(frozen=True)
class Volume:
    """An edition and its pieces, in the order in which they are bound."""

    edition: Edition
    pieces: list[Piece]
    run: Run
    """Those whose pages are counted from one: all, or what an edition of parts has for itself."""


def volume_of(edition: Edition, writer: BookWriter) -> Volume:
    """Return an edition of pieces that are written, with a title page and contents of its own."""
    env, book = writer.t.env, writer.book
    depth = int(env.config.pdf_contents_depth)
    pages = list(book.only(edition.parts).pages())
    about = settings(env, pages, writer.commit, edition.title)
    title = write_title(env, f"{edition.name}-title", about, pages)
    name = f"{edition.name}-contents"
    if not edition.parts:
        contents = write_contents(name, about, [*writer.front, *writer.body], depth)
        pieces = [title, *writer.front, contents, *writer.body]
        return Volume(edition, pieces, Run(pieces))
    body = [writer.parts[part] for part in edition.parts]
    # A list of all sections of a long book is longer than anyone reads; in a part it helps.
    contents = write_contents(name, about, body, depth + 1)
    front = [title, contents]
    return Volume(edition, [*front, *body], Run(front, numbering="i"))


class Signpost:
    """Tells where a label is: in the same volume, online, or in the PDF of the whole book."""

    def __init__(self, t: Translator, whole: Volume, settled: Settled) -> None:
        self.env = t.env
        self.whole = whole
        self.settled = settled
        self.titles = t.labels.titles() | {
            line.label: line.title for piece in whole.pieces for line in piece.outlined
        }
        self.owners = {
            label: name for name, setting in settled.settings.items() for label in setting.places
        }

    def targets(self, volume: Volume) -> dict[str, Target]:
        """Return where the links of a volume lead."""
        labels = {label for piece in volume.pieces for label in piece.names}
        within = {piece.name for piece in volume.pieces}
        whole = relpath(self.whole.edition.file, dirname(volume.edition.file) or ".")
        return {label: self.target(label, within, whole) for label in labels & set(self.owners)}

    def target(self, label: str, within: Set[str], whole: str) -> Target:
        """Return where a link leads from some pieces; *whole* is where the whole book lies."""
        owner = self.owners[label]
        page, x, y = self.settled.settings[owner].places[label]
        number = self.settled.known[owner].first + page - 1
        words = ", ".join(filter(None, [self.titles.get(label), f"page {number}"]))
        if owner in within:
            return Within(owner, page, x, y, words)
        address = self.online(label)
        if address:
            return Online(address)
        return OtherPdf(whole, number, f"{words} of the whole book")

    def online(self, label: str) -> str:
        """Return where a label is online; empty if the configuration does not say."""
        docname, mark, anchor = label.partition("#")
        address = page_url(self.env, docname) if mark else ""
        return f"{address}#{anchor}" if address and anchor else address
