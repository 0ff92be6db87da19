"""A mistake of ours in one handler costs that one answer (D15)."""

import functools
import inspect
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_ANY_MISTAKE = (Exception, SystemExit, KeyboardInterrupt)


def costs_only_its_answer(answer: Any) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Wraps a handler, plain or `async`: a mistake in it is logged by kind and place, and answered with `answer`.

    Without it pygls would send and log the exception's text, which could hold anything.
    """

    def wrap(handler: Callable[P, T]) -> Callable[P, T]:
        if inspect.iscoroutinefunction(handler):

            @functools.wraps(handler)
            async def guarded_wait(*args: P.args, **kwargs: P.kwargs) -> Any:
                try:
                    return await handler(*args, **kwargs)
                except _ANY_MISTAKE as error:
                    _log(error, handler)
                    return answer

            return _of_any_parameters(cast("Callable[P, T]", guarded_wait))

        @functools.wraps(handler)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return handler(*args, **kwargs)
            except _ANY_MISTAKE as error:
                _log(error, handler)
                return cast("T", answer)

        return _of_any_parameters(guarded)

    return wrap


def _of_any_parameters(handler: Callable[P, T]) -> Callable[P, T]:
    """Without annotations: pygls would ask whether the first is a server's class, and Python 3.10's `Any` is none.

    It refused every command there.
    """
    handler.__annotations__ = {}
    return handler


def _log(error: BaseException, handler: Callable[..., Any]) -> None:
    logger.error("%s in %s, %s", type(error).__name__, handler.__name__, _place(error))


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "an unknown place"
