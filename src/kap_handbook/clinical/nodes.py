"""The nodes of an entry, as every builder sees them.

(Docutils calls the cell of a table ``entry``, and writers choose by name: hence the long name.)

A ``clinical_entry`` holds, in this order: ``entry_title``; ``entry_facts`` where the kind shows any
(one ``entry_fact`` each); the body; a ``field_list`` of class ``entry-fields`` for the prose.
"""

from docutils import nodes


class clinical_entry(nodes.General, nodes.Element):
    """One entry. Attributes: ``kind``, ``label``, ``entry_id``, ``options``, ``ids``, ``level``."""


class entry_title(nodes.TextElement):
    """The title of an entry; its parent's ``label`` names the kind."""


class entry_facts(nodes.Element):
    """The short data of an entry that a reader is shown."""


class entry_fact(nodes.TextElement):
    """One short datum, shown as text and badges. Attributes: ``field``, ``label``."""


class badge(nodes.inline):
    """A value with a weight or a symbol. Attributes: ``value``, ``level``, ``symbol``."""


class entry_table(nodes.General, nodes.Element):
    """The place of gathered entries until all pages are read. Has a ``query`` and a ``caption``."""
