"""Threads, each with a worker of its own: a process that is begun when it is needed."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Worker = TypeVar("Worker")


class Workers(Generic[Worker]):
    """*count* threads; *begin* makes the worker of one of them, and *end* ends it."""

    def __init__(
        self, count: int, begin: Callable[[], Worker], end: Callable[[Worker], object]
    ) -> None:
        self.pool = ThreadPoolExecutor(count)
        self.begin = begin
        self.end = end
        self.own = threading.local()
        self.begun: list[Worker] = []

    @property
    def mine(self) -> Worker:
        """The worker of this thread."""
        if not hasattr(self.own, "worker"):
            self.own.worker = self.begin()
            self.begun.append(self.own.worker)
        found: Worker = self.own.worker
        return found

    def close(self) -> None:
        """Let what is under way finish, begin nothing more, and end the workers."""
        self.pool.shutdown(cancel_futures=True)
        for worker in self.begun:
            self.end(worker)
