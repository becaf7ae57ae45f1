"""Which pages stand reviewed. The ledger's room says so; the PDF and the exports ask."""

from datetime import date

from sphinx.environment import BuildEnvironment


def reviewed_pages(env: BuildEnvironment) -> dict[str, date]:
    """Return the day of the last review of each page that nobody has changed since.

    Part reviews do not count. Set anew in every build before anything is written, never by a page.
    """
    if not hasattr(env, "kap_reviewed_pages"):
        env.kap_reviewed_pages = {}  # type: ignore[attr-defined]
    return env.kap_reviewed_pages  # type: ignore[attr-defined, no-any-return]
