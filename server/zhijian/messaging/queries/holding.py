"""Whether what a message says still holds when it is about to go out.

A message may wait for hours: quiet hours, a gateway that is away, a paused channel. Each template names who can tell
whether it is still so (``subscriptions``), or that it is a fact.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from zhijian.messaging.models import Message

Holds: TypeAlias = Callable[..., bool]
"""Gets a message's ``about``, by name."""
_askable: dict[str, Holds] = {}


def fact(**about: object) -> bool:
    """For what has happened and remains so, whatever comes after."""
    return True


def ask(template: str, holds: Holds) -> None:
    """Have ``holds`` asked before a message of ``template`` goes out."""
    _askable[template] = holds


def asked() -> Mapping[str, Holds]:
    """Whom each template asks."""
    return _askable


def still_holds(message: Message) -> bool:
    """True for campaigns, which are stopped by hand, and for messages that name nothing that could be asked."""
    holds = _askable.get(message.template)
    return holds is None or not message.about or holds(**message.about)
