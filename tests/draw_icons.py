"""Draw the site's icons and its picture for links anew from ``icon.svg``: ``make icons``."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "src/kap_handbook/site/static"
SIZES = (180, 192, 512)
CARD = """<body style="margin:0;width:1200px;height:630px;display:flex;align-items:center;gap:56px;
background:#0b5563;color:#fff;font-family:'Source Sans 3','DejaVu Sans',sans-serif">
<div style="width:300px;margin-left:72px">{icon}</div>
<div><div style="font-size:72px;line-height:1.1;font-weight:600">KAP Provider<br>Handbook</div>
<div style="font-size:32px;line-height:1.4;margin-top:28px;width:700px">Ketamine-assisted
psychotherapy for those who provide it: each statement with its source</div></div></body>"""


def main() -> None:
    """Draw the icons in each size, and the picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing; install it with: apt-get install chromium")
    icon = (STATIC / "icon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        for size in SIZES:
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(f'<body style="margin:0;line-height:0">{icon}</body>')
            page.screenshot(path=STATIC / f"icon-{size}.png")
        page.set_viewport_size({"width": 1200, "height": 630})
        page.set_content(CARD.format(icon=icon))
        page.screenshot(path=STATIC / "link-picture.png")
        browser.close()


if __name__ == "__main__":
    main()
