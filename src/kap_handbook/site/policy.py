"""What a page may load and run: the content security policy.

It stands in every page, for hosts that let no one set headers, and is written out for those that
do (see `headers.py`). No script runs but the site's own files, and the inline one whose hash it
names.
"""

import base64
import hashlib
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from kap_handbook.live import is_live

INLINE_SCRIPT = (Path(__file__).parent / "scripts" / "colour-mode.js").read_text("utf-8")
"""The one script that must run before the page is drawn."""


def hash_of(script: str) -> str:
    """Return the source expression that lets one inline script run."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


POLICY = {
    "default-src": "'self'",
    # A browser may not count a neighbouring file as 'self' in a site opened from disk, and lets no
    # site on the web load `file:`.
    "script-src": f"'self' file: {hash_of(INLINE_SCRIPT)}",
    "style-src": "'self' file: 'unsafe-inline'",  # widths of columns
    "img-src": "'self' file: data:",  # icons
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self' file:",
}
"""What the policy allows, by directive, as far as it can stand in a page."""


def policy_text(policy: dict[str, str]) -> str:
    """Return a policy as browsers read it."""
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def add_policy(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put the policy before everything that it governs, and hand over the inline script."""
    context["inline_script"] = INLINE_SCRIPT
    if not is_live(app):
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy_text(POLICY)}" />\n'
        context["metatags"] = meta + context.get("metatags", "")
