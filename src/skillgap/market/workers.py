"""Where the work of a batch is done: here, or in other processes once there is enough of it.

Starting two processes costs about as much as reading a few dozen ads, so the first ads are read here.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Self, TypeVar

from skillgap.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
# Two workers win from about 50 ads on (``benchmarks/batch.py``); an ad that is only read costs a third.
WORTHWHILE = 50.0
_MOST = 32


def available() -> int:
    """The processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # Linux knows more than the number of processors
    return min(_MOST, len(affinity(0)) if affinity else os.cpu_count() or 1)


class Workers:
    """Runs functions on chunks, in order; ``number`` None is as many processes as pay, 1 is none."""

    def __init__(self, number: int | None = None) -> None:
        self._number = number or available()
        self._left = WORTHWHILE if number is None else 0.0  # work to be done here first
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    @property
    def ahead(self) -> int:
        """How many chunks may wait for their turn."""
        return 2 * self._number if self._pool is not None else 0

    def submit(self, work: Callable[..., Any], *arguments: Any, cost: float) -> Future[Any]:
        """The result of ``work`` to come; ``cost`` is counted in ads."""
        if self._number == 1 or not cost or self._left > 0:
            self._left -= cost
            done: Future[Any] = Future()
            done.set_result(work(*arguments))
            return done
        if self._pool is None:
            self._pool = _pool(self._number)
        return self._pool.submit(work, *arguments)


def in_order(
    items: Iterable[Item], start: Callable[[Item], Future[Any]], workers: Workers
) -> Iterator[tuple[Item, Any]]:
    """Each item with its result, in order, while later ones are worked on.

    Raises UsageError where a worker process was ended from outside.
    """
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[tuple[Item, Future[Any]]] = deque()
    try:
        for item in items:
            waiting.append((item, start(item)))
            while waiting and (len(waiting) > workers.ahead or waiting[0][1].done()):
                first, result = waiting.popleft()
                yield first, result.result()
        while waiting:
            first, result = waiting.popleft()
            yield first, result.result()
    except BrokenProcessPool as error:
        raise UsageError(
            "a worker process was ended from outside (is the memory full?); what was read so far is saved; "
            "run the same command with --workers 1"
        ) from error


def _pool(number: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # spawned, not forked: a fork of a process that has threads may hang, and not every system can
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(number, mp_context=context, initializer=_begin)


def _begin() -> None:
    """A worker leaves Ctrl-C to its parent, and ends with it even where that was killed."""
    import multiprocessing
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
