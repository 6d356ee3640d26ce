"""What happened in messaging, for its own tasks and for whoever counts."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class DeliveryQueued(Event):
    """A message waits to leave by an outside channel, now."""

    delivery_id: str


@dataclass(frozen=True, slots=True)
class DeliveriesQueued(Event):
    """Many wait at once."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class ChannelResumed(Event):
    channel: str


@dataclass(frozen=True, slots=True)
class CampaignQueued(Event):
    """Told once for each lane: so many workers can share the queue."""

    campaign_id: str
    lane: int


@dataclass(frozen=True, slots=True)
class CampaignFinished(Event):
    """Every recipient was dealt with."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class CampaignStopped(Event):
    campaign_id: str
