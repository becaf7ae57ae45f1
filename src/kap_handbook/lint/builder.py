"""The builder ``check``: it reads and resolves what has changed, and writes nothing."""

from sphinx.builders.dummy import DummyBuilder


class CheckBuilder(DummyBuilder):
    """Sphinx's builder ``dummy``, which resolves every page each time, for changed pages alone.

    A page counts as changed too if what it shows of other pages has changed.
    """

    name = "check"

    def get_outdated_docs(self) -> set[str]:
        """Return nothing: the environment knows what has changed, and nothing is written."""
        return set()
