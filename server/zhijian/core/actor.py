"""Who acts. Actions take an actor first; the audit trail keeps its key and post, never a person's name."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """``key`` is a public id; ``label`` is a post or role in Chinese."""

    kind: Literal["citizen", "staff", "system"]
    key: str
    label: str


SYSTEM = Actor(kind="system", key="system", label="系统")
