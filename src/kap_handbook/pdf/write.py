"""The book as Typst files: its title page, its contents, and a piece for each part."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import format_date

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.clinical.reviews import reviewed_pages
from kap_handbook.pdf.answers import SUMMARY, TITLE, write_answers
from kap_handbook.pdf.assemble import Book, Page, Part
from kap_handbook.pdf.escape import array, escape, quote
from kap_handbook.pdf.fonts import make_printable
from kap_handbook.pdf.pieces import Line, Piece
from kap_handbook.pdf.rules.references import page_url
from kap_handbook.pdf.translator import Translator

Settings = dict[str, str]
"""What the template is told, as Typst code, by its names."""


def write_title(env: BuildEnvironment, name: str, about: Settings, pages: list[Page]) -> Piece:
    """Return the title page of a book of some pages, or of an edition of some parts."""
    config: Any = env.config
    about = about | {
        "subtitle": printed(config.pdf_subtitle),
        "author": printed(config.author),
        "keywords": array([printed(word) for word in config.pdf_keywords]),
        "status": printed(review_status(env, pages)),
        "licence": printed(config.copyright),
        "url": printed(config.html_baseurl),
    }
    return Piece(name, source(about, "#title-page(about)\n"), kind="title")


def write_contents(name: str, about: Settings, pieces: Iterable[Piece], depth: int) -> Piece:
    """Return the list of what some pieces contain, down to a level of headings."""
    lines = [line for piece in pieces for line in piece.outlined if line.level <= depth]
    listed = array(
        [f"({line.level}, [{markup(line.title)}], {quote(line.label)})" for line in lines]
    )
    body = f"#contents(about, {quote(name)}, {listed})\n"
    return Piece(name, source(about, body), kind="contents")


class BookWriter:
    """Writes the pieces of a book: the front page, each part, pages that belong to no part."""

    def __init__(self, t: Translator, book: Book, name: str, commit: str) -> None:
        self.t = t
        self.book = book
        self.name = name
        self.commit = commit
        self.about = settings(t.env, list(book.pages()), commit)
        self.front: list[Piece] = []
        self.body: list[Piece] = []
        self.parts: dict[str, Piece] = {}
        """The pieces that are parts, by their titles."""

    def write(self) -> Iterator[Piece]:
        """Write the pieces in reading order, and yield each as soon as it is written."""
        page = self.book.front
        if page is not None:
            write = partial(write_pages, self.t, [page], f"answers {page.docname}")
            self.front.append(self.piece("front", write))
            yield from self.front
        for is_part, group in groupby(self.book.body, lambda item: isinstance(item, Part)):
            items = list(group)
            for each in [[item] for item in items] if is_part else [items]:
                piece = self.piece(f"{len(self.body) + 1}", partial(self.write_items, each))
                self.body.append(piece)
                self.parts |= {item.title: piece for item in each if isinstance(item, Part)}
                yield piece

    def write_items(self, items: list[Part | Page]) -> str:
        """Return a part, or pages that belong to none, with the answers to their questions."""
        return "".join(
            write_part(self.t, item)
            if isinstance(item, Part)
            else write_pages(self.t, list(item.walk()), f"answers {item.docname}")
            for item in items
        )

    def piece(self, name: str, write: Callable[[], str]) -> Piece:
        """Return what *write* writes, with what the translator noted of it."""
        self.t.start_piece()
        text = source(self.about, write())
        return Piece(f"{self.name}-{name}", text, self.t.table_headers, self.t.outlined)


def source(about: Settings, body: str) -> str:
    """Return a Typst file that can be compiled."""
    values = "".join(f"  {name}: {value},\n" for name, value in about.items())
    return f'#import "template.typ": *\n#let about = (\n{values})\n#show: book.with(about)\n{body}'


def settings(env: BuildEnvironment, pages: list[Page], commit: str, title: str = "") -> Settings:
    """Return what stands in the foot of each page, and what a PDF needs to say about itself."""
    config: Any = env.config
    language, region = language_of(env)
    return {
        "title": printed(config.project),
        "name": printed(title),
        "edition": printed(config.release),
        "commit": printed(commit),
        "evidence": printed(checked_on(env, pages)),
        "lang": quote(language),
        "region": quote(region) if len(region) == 2 else "none",
    }


def markup(title: str) -> str:
    """Return a title as Typst markup; what no font has was reported where it stands."""
    return escape(make_printable(title)[0])


def language_of(env: BuildEnvironment) -> tuple[str, str]:
    """Return the language and the country of the book, as in ``en-GB``."""
    language, _, region = (env.config.language or "en").replace("_", "-").partition("-")
    return language, region


def checked_on(env: BuildEnvironment, pages: list[Page]) -> str:
    """Return when the evidence of some pages was last checked; nothing if none of them says."""
    checked = [
        found
        for page in pages
        if (found := front_matter(env.metadata[page.docname]).evidence_checked) is not None
    ]
    return span_of(checked, language_of(env)[0])


def review_status(env: BuildEnvironment, pages: list[Page]) -> str:
    """Return how many of some pages a clinician has reviewed, and nobody changed since."""
    known = reviewed_pages(env)
    reviewed = sum(page.docname in known for page in pages)
    if not reviewed:
        return "Not yet reviewed by a clinician"
    return f"{reviewed} of {len(pages)} chapters reviewed by a clinician"


def printed(text: str) -> str:
    """Return a configured text as a Typst string."""
    return quote(make_printable(text)[0])


def span_of(days: list[date], language: str) -> str:
    """Return the first and the last of some days, or the one day: 21 November 2026."""
    ends = dict.fromkeys((min(days), max(days))) if days else ()
    times = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in ends]
    return " to ".join(format_date("%-d %B %Y", date=time, language=language) for time in times)


def write_part(t: Translator, part: Part) -> str:
    """Return a part: its opening page, with what it contains, and its pages."""
    label, url, subtitle, intro = "", "", "", ""
    checked = checked_on(t.env, list(part.walk()))
    if part.opener is not None:
        t.start_page(part.opener)
        url = page_url(t.env, part.opener.docname)
        label, subtitle, intro = write_opener(t, part.opener)
    if subtitle == t.name(part.title):
        subtitle = ""
    t.outlined.append(Line(1, part.title, part_label(part)))
    body = "".join(write_page(t, page) for top in part.pages for page in top.walk())
    place = f"answers part {part.number}"
    answers = write_answer_pages(t, list(part.walk()), place, 2)
    listing = [listed(t, page) for page in part.pages]
    if answers:
        listing.append(f"({quote(place)}, [{TITLE}], [{SUMMARY}])")
    opening = (
        f"#part(about, {part.number}, {quote(part_label(part))}, {printed(part.title)}, "
        f"{quote(label)}, [{subtitle}], "
        f"{array(listing)}, {quote(url)}, {printed(checked)})[\n{intro}]\n"
    )
    return opening + body + answers


def write_opener(t: Translator, page: Page) -> tuple[str, str, str]:
    """Return the label, the title and the content of a page that opens a part."""
    first = next(page.tree.findall(nodes.section), None)
    if first is None:
        return t.labels.of(page.tree) or "", t.name(page.docname), t.render(page.tree)
    content = [
        t.anchors(first[0]) + t.all(first[1:]) if child is first else t.render(child)
        for child in page.tree.children
    ]
    return t.labels.of(first) or "", t.name(title_of(t, page)), "".join(content)


def listed(t: Translator, page: Page) -> str:
    """Return a page as its part lists it: where it is, its title, and what it answers."""
    title = t.name(title_of(t, page))
    summary = t.name(front_matter(t.env.metadata[page.docname]).summary)
    return f"({quote(page_label(page))}, [{title}], [{summary}])"


def has_title(page: Page) -> bool:
    """Say whether a page has a title of its own."""
    return next(page.tree.findall(nodes.section), None) is not None


def title_of(t: Translator, page: Page) -> str:
    """Return the title of a page; its name if it has none."""
    return str(t.env.titles[page.docname].astext()) if has_title(page) else page.docname


def part_label(part: Part) -> str:
    """Return the label of a part's beginning."""
    return f"part {part.number}"


def page_label(page: Page) -> str:
    """Return the label of a page's beginning."""
    return f"page {page.docname}"


def write_pages(t: Translator, pages: list[Page], name: str) -> str:
    """Return pages that belong to no part, with the answers to their questions at the end."""
    # The pages first: the translator counts tables and footnotes in reading order.
    written = "".join(write_page(t, page) for page in pages)
    return written + write_answer_pages(t, pages, name, pages[0].level)


def write_answer_pages(t: Translator, pages: list[Page], name: str, level: int) -> str:
    """Return the answers to the questions of some pages, under a heading; nothing without any."""
    answers = write_answers(t, pages, level)
    if not answers:
        return ""
    t.outlined.append(Line(level, TITLE, name))
    return (
        f"#chapter(about, {quote(name)}, {printed(TITLE)}, {quote('')}, "
        f"{printed(checked_on(t.env, pages))}, {level})[\n"
        f"#answers-title({level}, {printed(TITLE)})\n{answers}]\n"
    )


def write_page(t: Translator, page: Page) -> str:
    """Return a page of the project, which begins a page of the book."""
    t.start_page(page)
    title, url = title_of(t, page), page_url(t.env, page.docname)
    checked = checked_on(t.env, [page])
    start = (
        f"#chapter(about, {quote(page_label(page))}, {printed(title)}, {quote(url)}, "
        f"{printed(checked)}, {page.level})[\n"
    )
    if not has_title(page):
        t.warn("missing-title", "this page has no title; write one as its first line", page.tree)
        name = t.name(title)
        t.outlined.append(Line(page.level, title, page_label(page)))
        start += f"#heading(level: {page.level}, supplement: [{name}])[{name}]\n"
    return f"{start}{t.render(page.tree)}]\n"
