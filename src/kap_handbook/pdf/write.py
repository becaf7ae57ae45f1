"""The whole book as one Typst file."""

from datetime import UTC, date, datetime
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import format_date

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.clinical.reviews import reviewed_pages
from kap_handbook.pdf.answers import SUMMARY, TITLE, write_answers
from kap_handbook.pdf.assemble import Book, Page, Part
from kap_handbook.pdf.escape import array, quote
from kap_handbook.pdf.fonts import make_printable
from kap_handbook.pdf.rules.references import page_url
from kap_handbook.pdf.translator import Translator


def write_book(t: Translator, book: Book, title: str = "", commit: str = "") -> str:
    """Return the source of a book, or of an edition with a title of its own."""
    # A list of all sections of a long book is longer than anyone reads; in a part it helps.
    depth = int(t.env.config.pdf_contents_depth) + (book.front is None)
    front = ""
    if book.front is not None:
        front = write_pages(t, [book.front], f"answers {book.front.docname}")
    body = "".join(
        write_part(t, item)
        if isinstance(item, Part)
        else write_pages(t, list(item.walk()), f"answers {item.docname}")
        for item in book.body
    )
    expected = array([f"({level}, [{name}])" for level, name in t.outlined if level <= depth])
    values = document_settings(t.env, list(book.pages())) | {
        "name": printed(title),
        "commit": printed(commit),
    }
    about = "".join(f"  {name}: {value},\n" for name, value in values.items())
    return (
        f'#import "template.typ": *\n#let about = (\n{about})\n#show: book.with(about)\n'
        f"{front}#contents(about, {depth}, {expected})\n{body}"
    )


def document_settings(env: BuildEnvironment, pages: list[Page]) -> dict[str, str]:
    """Return what the template prints on the title page, and what the PDF says about itself."""
    config: Any = env.config
    language, region = language_of(env)
    return {
        "title": printed(config.project),
        "subtitle": printed(config.pdf_subtitle),
        "author": printed(config.author),
        "edition": printed(config.release),
        "evidence": printed(checked_on(env, pages)),
        "status": printed(review_status(env, pages)),
        "licence": printed(config.copyright),
        "url": printed(config.html_baseurl),
        "keywords": array([printed(word) for word in config.pdf_keywords]),
        "lang": quote(language),
        "region": quote(region) if len(region) == 2 else "none",
    }


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
        url = page_url(t, part.opener.docname)
        label, subtitle, intro = write_opener(t, part.opener)
    if subtitle == t.name(part.title):
        subtitle = ""
    t.outlined.append((1, t.name(part.title)))
    body = "".join(write_page(t, page) for top in part.pages for page in top.walk())
    place = f"answers part {part.number}"
    answers = write_answer_pages(t, list(part.walk()), place, 2)
    listing = [listed(t, page) for page in part.pages]
    if answers:
        listing.append(f"({quote(place)}, [{TITLE}], [{SUMMARY}])")
    opening = (
        f"#part(about, {part.number}, {printed(part.title)}, {quote(label)}, [{subtitle}], "
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
    t.outlined.append((level, TITLE))
    return (
        f"#chapter(about, {quote(name)}, {printed(TITLE)}, {quote('')}, "
        f"{printed(checked_on(t.env, pages))}, {level})[\n"
        f"#answers-title({level}, {printed(TITLE)})\n{answers}]\n"
    )


def write_page(t: Translator, page: Page) -> str:
    """Return a page of the project, which begins a page of the book."""
    t.start_page(page)
    title, url = title_of(t, page), page_url(t, page.docname)
    checked = checked_on(t.env, [page])
    start = (
        f"#chapter(about, {quote(page_label(page))}, {printed(title)}, {quote(url)}, "
        f"{printed(checked)}, {page.level})[\n"
    )
    if not has_title(page):
        t.warn("missing-title", "this page has no title; write one as its first line", page.tree)
        name = t.name(title)
        t.outlined.append((page.level, name))
        start += f"#heading(level: {page.level}, supplement: [{name}])[{name}]\n"
    return f"{start}{t.render(page.tree)}]\n"
