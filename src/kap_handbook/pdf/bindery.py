"""The bindery: processes of their own that work on finished PDFs, which takes memory and time.

Such a process (`work`) reads functions with their arguments from its standard input, one after
another, and writes what they return, or the error they raise, to its standard output.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from kap_handbook.pdf.compile import CompileError
from kap_handbook.pdf.workers import Workers

BINDERS = 2
"""How many PDFs are worked on at once; the whole book needs about 0.4 GB of memory."""
PROGRAM = f"from {__name__} import work; work()"
SOURCES = Path(__file__).parents[2]

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Bindery:
    """Some processes, begun when they are needed."""

    def __init__(self) -> None:
        self.workers = Workers(BINDERS, begin, subprocess.Popen.communicate)

    def __enter__(self) -> "Bindery":
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """End the processes."""
        self.workers.close()

    def do(
        self, function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> "Future[Result]":
        """Begin to call a function of a module in one of the processes."""
        return self.workers.pool.submit(self.ask, (function, args, kwargs))

    def ask(self, job: object) -> Any:
        """Return what a job returns; raise what it raises."""
        process = self.workers.mine
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(job, process.stdin)
            process.stdin.flush()
            result = pickle.load(process.stdout)
        except (EOFError, BrokenPipeError):
            ended = process.wait()
            raise CompileError(f"binding did not finish: it ended with {ended}", None) from None
        if isinstance(result, BaseException):
            raise result
        return result


def begin() -> "subprocess.Popen[bytes]":
    """Begin a process that finds this package, whoever imported it."""
    paths = [str(SOURCES), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )


def work() -> None:
    """Do one job after another, until there is none left."""
    while True:
        try:
            function, args, kwargs = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            result = error
        pickle.dump(result, sys.stdout.buffer)
        sys.stdout.buffer.flush()
