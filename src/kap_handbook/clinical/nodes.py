"""The nodes of an entry, as every builder sees them.

(Docutils calls the cell of a table ``entry``, and writers choose by name: hence the long name.)

A ``clinical_entry`` holds, in this order: ``entry_title``; ``entry_facts`` where the kind shows any
(one ``entry_fact`` each); the body, in an ``entry_answer`` if the kind asks a question; a
``field_list`` of class ``entry-fields`` for the prose.
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


class entry_answer(nodes.General, nodes.Element):
    """The text of an entry that asks the reader a question: shown when asked for."""


class objectives(nodes.admonition):
    """What a reader can do after the chapter: a title, and a list."""


class reading_list(nodes.container):
    """Pages to read one after another, until all are read and their times known."""


class entry_table(nodes.General, nodes.Element):
    """The place of gathered entries until all pages are read. Attributes as of a tally."""


class entry_tally(nodes.General, nodes.Element):
    """The place of a tally until all pages are read. Attributes: ``query``, ``caption``."""


class tally_count(nodes.TextElement):
    """A number, with a bar beside it. Attribute: ``share``, of the longest bar, from 0 to 1."""
