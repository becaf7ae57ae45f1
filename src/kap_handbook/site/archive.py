"""The site as one ZIP file that works when it is unpacked and opened from disk.

Run it with ``python -m kap_handbook.site.archive build/html build/kap-handbook-site.zip``.
"""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SERVER_ONLY = {
    ".buildinfo",
    "404.html",
    "_headers",
    "manifest.webmanifest",
    "nginx-headers.conf",
    "robots.txt",
    "service-worker.js",
    "sitemap.xml",
}
"""Files that mean nothing on a disk."""


def write_archive(site: Path, target: Path) -> None:
    """Pack a built site into a folder of the archive's name.

    Every file has the first day of ZIP as its date: the same site gives the same bytes.
    """
    with ZipFile(target, "w") as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            if path.name in SERVER_ONLY:
                continue
            info = ZipInfo(f"{target.stem}/{path.relative_to(site).as_posix()}")
            info.external_attr = 0o644 << 16
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, path.read_bytes(), compresslevel=9)


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]), Path(sys.argv[2]))
