"""What happened to items."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class ItemPublished(Event):
    """A new version is in force; ``version`` is its number."""

    code: str
    version: int


@dataclass(frozen=True, slots=True)
class ItemWithdrawn(Event):
    """No version is in force any more."""

    code: str
    reason: str
