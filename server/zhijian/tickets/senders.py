"""Who sends: a citizen who is logged in, or somebody who chose not to say."""

from dataclasses import dataclass

from zhijian.core.actor import Actor
from zhijian.core.crypto import blind_index
from zhijian.identity.models import Citizen

NAMELESS = "匿名反映人"


@dataclass(frozen=True, slots=True)
class Sender:
    """``device`` and ``address`` are blind indexes. Of a citizen they are kept for limits only."""

    citizen: Citizen | None
    device: str
    address: str

    @property
    def key(self) -> str:
        """Whose limits these are, and whose pictures wait: blind too, so nothing links it to a stored person."""
        known = self.citizen.public_id if self.citizen else f"device:{self.device}"
        return blind_index("ticket.sender", known)

    @property
    def actor(self) -> Actor:
        """For requests that may be repeated. Nameless ones are told apart by device."""
        if self.citizen:
            return self.citizen.actor
        return Actor(kind="citizen", key=f"anon:{self.device[:32]}", label=NAMELESS)


def sender_of(citizen: Citizen | None, *, device: str, address: str) -> Sender:
    """``device``: what the app calls its device, if it does; the network address stands in."""
    return Sender(
        citizen,
        device=blind_index("ticket.device", device or f"address:{address}"),
        address=blind_index("ticket.address", address),
    )


def nameless(ticket_id: str) -> Actor:
    """Whoever holds the receipt of an anonymous ticket, known by nothing but the ticket."""
    return Actor(kind="citizen", key=f"ticket:{ticket_id}", label=NAMELESS)
