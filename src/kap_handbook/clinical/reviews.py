"""What is known of the reviews of the pages. The ledger's room says so; PDF, exports and site ask.

All of it is set anew in every build before anything is written, never by a page.
"""

from datetime import date

from sphinx.environment import BuildEnvironment


def reviewed_pages(env: BuildEnvironment) -> dict[str, date]:
    """Return the day of the last review of each page that nobody has changed since.

    Part reviews do not count.
    """
    if not hasattr(env, "kap_reviewed_pages"):
        env.kap_reviewed_pages = {}  # type: ignore[attr-defined]
    return env.kap_reviewed_pages  # type: ignore[attr-defined, no-any-return]


def review_words(env: BuildEnvironment) -> dict[str, str]:
    """Return what is said of the review of each page: its state, and by whose signatures."""
    if not hasattr(env, "kap_review_words"):
        env.kap_review_words = {}  # type: ignore[attr-defined]
    return env.kap_review_words  # type: ignore[attr-defined, no-any-return]


def page_of_reviews(env: BuildEnvironment) -> str:
    """Return the page that shows the reviews of all; nothing if the book has none."""
    return getattr(env, "kap_page_of_reviews", "")
