"""How long an editor waits to see an edit: ``make bench-live``.

It runs `make live` on a copy of the book's pages, edits a page some times, and tells for each edit
the seconds until the page on disk is new and until the browser is told to load it again. Beside
them stands the time of the processor, which is what the wait would be on a machine without other
work.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).parents[2]
PAGE = "safety/monitoring"
LONGEST = 600
"""Seconds before a build is given up."""
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def serve(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    """Start what `make live` starts, for the pages in a folder."""
    command = [
        sys.executable,
        "-m",
        "kap_handbook.site.serve",
        "--port",
        str(port),
        "-q",
        "-t",
        "live",
    ]
    places = ["-c", ROOT, "-d", folder / "doctrees", folder / "docs", folder / "site"]
    return subprocess.Popen(
        [*command, *map(str, places)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src"},
        stdout=subprocess.DEVNULL,
    )


def connected(port: int, server: "subprocess.Popen[bytes]") -> ClientConnection:
    """Listen as a browser does, once the first build is done."""
    start = time.perf_counter()
    while time.perf_counter() - start < LONGEST and server.poll() is None:
        try:
            return connect(f"ws://127.0.0.1:{port}/websocket-reload")
        except OSError:
            time.sleep(0.2)
    sys.exit("the site was not built; see the messages above")


def processor(process: int) -> float:
    """Return the seconds of the processor that a process took, and those it waited for."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def edit(folder: Path, number: int, browser: ClientConnection) -> tuple[float, float]:
    """Add a sentence to the page; return the seconds until disk, and browser, know of it."""
    source, built = folder / "docs" / f"{PAGE}.md", folder / "site" / f"{PAGE}.html"
    words = f"This sentence is edit number {number}."
    head, separator, rest = source.read_text("utf-8").partition("\n## ")
    start = time.perf_counter()
    source.write_text(f"{head}\n{words}\n{separator}{rest}", "utf-8")
    while words not in built.read_text("utf-8"):
        if time.perf_counter() - start > LONGEST:
            sys.exit("the page was not built")
        time.sleep(0.01)
    on_disk = time.perf_counter() - start
    browser.recv(timeout=LONGEST)
    return on_disk, time.perf_counter() - start


def main() -> None:
    """Print a line for each edit."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--edits", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        shutil.copytree(ROOT / "docs", folder / "docs")
        server = serve(folder, port)
        try:
            with connected(port, server) as browser:
                print("edit   on disk   reloaded   processor, in seconds", flush=True)
                for number in range(1, chosen.edits + 1):
                    before = processor(server.pid)
                    on_disk, reloaded = edit(folder, number, browser)
                    took = processor(server.pid) - before
                    print(f"{number:>4}{on_disk:>10.2f}{reloaded:>11.2f}{took:>12.2f}", flush=True)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
