"""What stands in for a sealed value that does not open.

One such row must not take a whole queue away from everybody. So where people only look, a value that does not open is
shown as unreadable; where something is done with it (a message sent, a decision made, a document signed), reading it
fails as before. A stand-in that is saved with its row writes back the sealed bytes untouched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

WORDS = "（无法读取）"
_tolerated: ContextVar[bool] = ContextVar("unreadable_tolerated", default=False)


def tolerated() -> bool:
    return _tolerated.get()


@contextmanager
def shown_as_such() -> Iterator[None]:
    """Within it, values that do not open are read as stand-ins instead of failing. For looking only."""
    token = _tolerated.set(True)
    try:
        yield
    finally:
        _tolerated.reset(token)


class Unreadable:
    """``sealed`` is what the column holds."""

    sealed: bytes


class UnreadableText(Unreadable, str):
    def __new__(cls, sealed: bytes) -> "UnreadableText":
        text = super().__new__(cls, WORDS)
        text.sealed = sealed
        return text


class UnreadableJSON(Unreadable, dict[str, Any]):
    """Empty, so that templates and forms that ask for a part of it find nothing."""

    def __init__(self, sealed: bytes) -> None:
        super().__init__()
        self.sealed = sealed
