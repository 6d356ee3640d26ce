"""What a refusal leaves behind is done once its transaction has been rolled back: written inside, it would be lost.

Whoever answers for a piece of work (a request, a background task) opens the scope; nobody else has to think of it.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

log = logging.getLogger(__name__)
Afterwards = Callable[[], None]
_pending: ContextVar[list[Afterwards] | None] = ContextVar("pending", default=None)


@contextmanager
def afterwards() -> Iterator[None]:
    """Do, when the block has ended, what was put off within it. A failure is logged: the answer is made already."""
    if _pending.get() is not None:  # of a piece of work within another, the outer one answers
        yield
        return
    pending: list[Afterwards] = []
    token = _pending.set(pending)
    try:
        yield
    finally:
        _pending.reset(token)
        for act in pending:
            try:
                act()
            except Exception:
                log.exception("what a refusal leaves behind could not be done")


def put_off(act: Afterwards) -> None:
    """Do ``act`` at the end of the scope. Without one nothing is done: a caller of an action has the exception."""
    if (pending := _pending.get()) is not None:
        pending.append(act)
