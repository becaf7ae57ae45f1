"""The headers that a host should send, ready for the hosts that read them from a file.

``_headers`` is for Netlify, Cloudflare Pages and those like them. ``nginx-headers.conf`` is for
nginx, to be included in the ``server`` or ``location`` of the site.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from kap_handbook.site.policy import POLICY, policy_text

HEADERS = {
    # A browser heeds who may frame a page in a header only.
    "Content-Security-Policy": policy_text({**POLICY, "frame-ancestors": "'self'"}).replace(
        " file:", ""
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",  # ask whether it has changed: no file of an older build is shown
}


def write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Write both files into the output of an HTML build that went well."""
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    site = Path(app.outdir)
    lines = [f"  {name}: {value}" for name, value in HEADERS.items()]
    (site / "_headers").write_text("\n".join(["/*", *lines, ""]), "utf-8")
    lines = [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    (site / "nginx-headers.conf").write_text("\n".join([*lines, ""]), "utf-8")
