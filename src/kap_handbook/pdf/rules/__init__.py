"""The rules of translation, by family; importing this package registers them all."""

from kap_handbook.pdf.rules import (
    admonitions,
    code,
    design,
    entries,
    figures,
    lists,
    mathematics,
    notes,
    references,
    structure,
    tables,
    text,
)

__all__ = [
    "admonitions",
    "code",
    "design",
    "entries",
    "figures",
    "lists",
    "mathematics",
    "notes",
    "references",
    "structure",
    "tables",
    "text",
]
