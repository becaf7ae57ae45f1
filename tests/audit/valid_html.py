"""What the Nu HTML Checker of the W3C says of every page: ``make valid``.

The checker is the package `vnu-jar` of npm, brought once into `build/tools/`; it needs Java. Only
errors count. Its warnings are about taste, or come from judging the content security policy without
the site's address.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = "vnu-jar@26.9.27"
INTEGRITY = (
    "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
)
"""The SHA-512 of the package as npm states it."""
JAR = "package/build/dist/vnu.jar"


def checker() -> Path:
    """Return the checker, brought from npm if it is not here yet."""
    tools = ROOT / "build" / "tools"
    if not (tools / JAR).exists():
        tools.mkdir(parents=True, exist_ok=True)
        bring = ["npm", "pack", "--silent", PACKAGE, "--pack-destination", str(tools)]
        subprocess.run(bring, check=True, stdout=subprocess.DEVNULL)
        (packed,) = tools.glob("vnu-jar-*.tgz")
        digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
        if digest != INTEGRITY:
            sys.exit(f"{packed.name} is not the file that is expected; nothing was run")
        with tarfile.open(packed) as archive:
            archive.extractall(tools, filter="data")
    return tools / JAR


def errors(jar: Path, pages: list[Path]) -> list[str]:
    """Return the errors in pages: file, place and what is wrong."""
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "gnu", *map(str, pages)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stderr.splitlines()


def main() -> None:
    """Check every page of the built site."""
    for tool in ("npm", "java"):
        if shutil.which(tool) is None:
            sys.exit(
                f"{tool} is missing; install it with: apt-get install npm default-jre-headless"
            )
    site = ROOT / "build" / "html"
    pages = sorted(
        path for path in site.rglob("*.html") if "_static" not in path.relative_to(site).parts
    )
    found = errors(checker(), pages)
    print("\n".join(found))
    print(f"{len(found)} errors on {len(pages)} pages")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
