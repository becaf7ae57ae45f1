"""Write the service worker anew when files were added to a built site, or changed: the PDFs.

Run it with ``python -m kap_handbook.site.recount build/html``.
"""

import sys
from pathlib import Path

from kap_handbook.site.offline import write_worker

if __name__ == "__main__":
    write_worker(Path(sys.argv[1]))
