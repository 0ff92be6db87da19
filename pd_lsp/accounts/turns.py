"""Calls that may hang: each in a daemon thread of its own, one after the other, given up after a time (D1)."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any, TypeVar

T = TypeVar("T")


class OverdueError(Exception):
    """A call did not return in time, or was not begun because an earlier one has not returned yet."""


class Turns:
    """Lets one call run at a time; while one is overdue, further calls are refused at once, so that nothing piles up.

    The threads are daemons: the process can end while a call hangs, for which `asyncio.to_thread` would wait.
    """

    def __init__(self, thread_name: str) -> None:
        self._thread_name = thread_name
        self._turn = threading.Lock()
        self._running: Future[Any] | None = None
        self._overdue: Future[Any] | None = None

    def call(self, function: Callable[[], T], seconds: float) -> T:
        """What `function` returns, or raises; raises OverdueError after `seconds`.

        A function that had begun by then goes on and its end is not heard; one that waited for its turn never begins.
        """
        future = self._start(function, seconds)
        try:
            wait({future}, timeout=seconds)
            return self._outcome(future)
        finally:
            future.cancel()

    async def call_async(self, function: Callable[[], T], seconds: float) -> T:
        """As `call`, without blocking the event loop. Cancelled, it gives up like one whose time is over."""
        future = self._start(function, seconds)
        wrapped = asyncio.wrap_future(future)
        try:
            await asyncio.wait({wrapped}, timeout=seconds)
            return self._outcome(future)
        finally:
            wrapped.cancel()  # and with it the call, unless it has begun
            future.cancel()

    def _start(self, function: Callable[[], T], seconds: float) -> Future[T]:
        if self._overdue is not None and not self._overdue.done():
            raise OverdueError
        future: Future[T] = Future()
        threading.Thread(
            target=self._take_turn, args=(future, function, seconds), name=self._thread_name, daemon=True
        ).start()
        return future

    def _take_turn(self, future: Future[T], function: Callable[[], T], seconds: float) -> None:
        if not self._turn.acquire(timeout=seconds):
            return
        try:
            if future.set_running_or_notify_cancel():
                self._running = future
                _fulfil(future, function)
        finally:
            self._running = None
            self._turn.release()

    def _outcome(self, future: Future[T]) -> T:
        if not future.done():
            self._overdue = self._running if future.cancel() else future
            raise OverdueError
        return future.result()


def _fulfil(future: Future[T], function: Callable[[], T]) -> None:
    try:
        future.set_result(function())
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised where the call was made
        future.set_exception(error)
