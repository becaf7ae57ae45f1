"""The book: which pages it has, in which order, under which part."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from kap_handbook.clinical.nodes import entry_answer
from kap_handbook.pdf.cards import is_card


@dataclass
class Page:
    """One page of the project. ``level`` is that of its title; the pages below it follow it."""

    docname: str
    level: int
    tree: nodes.document
    below: list["Page"] = field(default_factory=list)

    @cached_property
    def answers(self) -> list[entry_answer]:
        """The answers to the questions that it asks, in reading order."""
        return list(self.tree.findall(entry_answer))

    def walk(self) -> Iterator["Page"]:
        """Yield this page and every page below it, in reading order."""
        yield self
        for page in self.below:
            yield from page.walk()


@dataclass
class Part:
    """A part of the book: the pages of a toctree that has a caption. ``opener`` introduces it."""

    number: int
    title: str
    opener: Page | None
    pages: list[Page]

    def walk(self) -> Iterator[Page]:
        """Yield every page in reading order."""
        for page in [*([self.opener] if self.opener else []), *self.pages]:
            yield from page.walk()


@dataclass
class Book:
    """The front page, and then parts, or pages that belong to no part, in reading order."""

    front: Page | None
    body: list[Part | Page]

    def pages(self) -> Iterator[Page]:
        """Yield every page in reading order."""
        if self.front is not None:
            yield self.front
        for item in self.body:
            yield from item.walk()

    def parts(self) -> Iterator[Part]:
        """Yield the parts."""
        yield from (item for item in self.body if isinstance(item, Part))

    def only(self, titles: Collection[str]) -> "Book":
        """Return a book of some parts, which keep their numbers; of everything without titles."""
        if not titles:
            return self
        return Book(None, [part for part in self.parts() if part.title in titles])


class Assembler:
    """Walk the toctrees from the root page, and resolve each page once."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.seen: set[str] = set()

    def book(self, root: str) -> Book:
        """Return the whole book."""
        front = self.page(root, 1)
        body: list[Part | Page] = []
        for toctree in front.tree.findall(addnodes.toctree):
            caption = toctree.get("caption")
            pages = self.pages_of(toctree, 2 if caption else 1)
            if caption:
                number = sum(isinstance(item, Part) for item in body) + 1
                body.append(make_part(number, caption, pages))
            else:
                body.extend(pages)
        return Book(front, body)

    def page(self, docname: str, level: int) -> Page:
        """Return one page, resolved; what a toctree in it names is not yet below it."""
        self.seen.add(docname)
        tree = self.env.get_doctree(docname)
        self.env.apply_post_transforms(tree, docname)
        return Page(docname, level, tree)

    def pages_of(self, toctree: addnodes.toctree, level: int) -> list[Page]:
        """Return the pages that a toctree names, each with those below it."""
        found = []
        for docname in toctree["includefiles"]:
            if docname in self.seen or docname not in self.env.found_docs:
                continue
            if is_card(self.env, docname):
                continue  # it repeats what the chapters say, and has a PDF of its own
            page = self.page(docname, level)
            for inner in page.tree.findall(addnodes.toctree):
                page.below.extend(self.pages_of(inner, level + 1))
            found.append(page)
        return found


def make_part(number: int, title: str, pages: list[Page]) -> Part:
    """Return a part. A single page that has pages below it opens the part instead of filling it."""
    if len(pages) != 1 or not pages[0].below:
        return Part(number, title, None, pages)
    opener = pages[0]
    opener.level = 1  # its title stands as the part's
    below, opener.below = opener.below, []
    for page in below:
        for lower in page.walk():
            lower.level -= 1
    return Part(number, title, opener, below)
