"""What this domain asks of an outside channel, whoever provides it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from zhijian.messaging.rules.delivery import Reason


@dataclass(frozen=True, slots=True)
class Letter:
    """One message for one person. ``key`` is the same at every attempt; ``content`` as rules.templates makes it."""

    key: str
    address: str
    content: Mapping[str, Any]
    link: str


class TryLater(Exception):
    """The channel did not take the message and may take it later."""


class Refused(Exception):
    """The channel will never take this message. ``consent_gone``: the person's one-time consents are used up there."""

    def __init__(self, reason: Reason, *, consent_gone: bool = False) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.consent_gone = consent_gone


class OutcomeUnknown(Exception):
    """The channel may have the message. It is sent again only if the channel knows repeats by their key."""


class ChannelAdapter(Protocol):
    knows_repeats: bool
    """Whether a letter with a key that was sent before is answered without a second message."""

    def send(self, letter: Letter) -> str:
        """Hand over; the answer is the channel's receipt. Raises TryLater, Refused, OutcomeUnknown."""

    def reports(self, receipts: Collection[str]) -> dict[str, bool]:
        """Which of these arrived (True) or never will (False); what is not known yet is absent. Raises TryLater."""


class Binding(Protocol):
    def address_of(self, code: str) -> str:
        """The address behind a short-lived code from the app. Raises TryLater, Refused."""
