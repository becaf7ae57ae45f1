"""The editions: which PDFs are made of the book, and what each of them holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from kap_handbook.parts import Parts, parts_of
from kap_handbook.pdf.cards import is_card

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Edition:
    """One PDF. ``parts`` are the captions of the parts in it; without any it is the whole book."""

    file: str
    title: str = ""
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its file without the ending."""
        return PurePosixPath(self.file).stem


def bound_parts(env: BuildEnvironment) -> Parts:
    """Return the parts as they are bound: without the cards, which are sheets of their own."""
    return {
        caption: [docname for docname in pages if not is_card(env, docname)]
        for caption, pages in parts_of(env).items()
    }


def editions_of(env: BuildEnvironment) -> list[Edition]:
    """Return the whole book, each part if they are wanted, and what else is configured."""
    config: Any = env.config
    whole = Edition(with_ending(config.pdf_file))
    parts = bound_parts(env)
    editions = {whole.file: whole}
    if config.pdf_part_editions:
        for caption in parts:
            edition = part_edition(whole, caption)
            editions[edition.file] = edition
    for name, settings in config.pdf_editions.items():
        asked = configured(name, settings, parts)
        if asked is not None:
            editions[asked.file] = asked
    return list(editions.values())


def part_edition(whole: Edition, caption: str) -> Edition:
    """Return the edition of one part: ``kap-handbook-safety.pdf``."""
    return Edition(f"{whole.name}-{nodes.make_id(caption) or 'part'}.pdf", caption, (caption,))


def configured(name: str, settings: Mapping[str, Any], parts: Parts) -> Edition | None:
    """Return an edition of ``pdf_editions``; nothing if it names no part that the book has."""
    wanted = settings.get("parts", ())
    for caption in wanted:
        if caption not in parts:
            logger.warning(
                "the edition %r of `pdf_editions` names the part %r, which the book does not have; "
                "it has %s",
                name,
                caption,
                ", ".join(map(repr, parts)) or "none",
                type="pdf",
                subtype="editions",
            )
    known = tuple(caption for caption in parts if caption in wanted)
    return Edition(with_ending(name), settings.get("title", name), known) if known else None


def with_ending(file: str) -> str:
    """Return the name of a PDF, with its ending."""
    return file if file.endswith(".pdf") else f"{file}.pdf"
