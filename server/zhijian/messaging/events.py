"""What happened in messaging, for its own tasks and for whoever counts."""

from dataclasses import dataclass

from zhijian.core.events import Event
from zhijian.messaging.rules.channels import Priority


@dataclass(frozen=True, slots=True)
class Pressing(Event):
    """Goes by the priority of its messages: an emergency passes what a busy morning has queued."""

    priority: int

    @property
    def job_priority(self) -> int:
        return Priority(self.priority).of_job


@dataclass(frozen=True, slots=True)
class DeliveryQueued(Pressing):
    """A message waits to leave by an outside channel, now."""

    delivery_id: str


@dataclass(frozen=True, slots=True)
class DeliveriesQueued(Pressing):
    """Many wait at once."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class ChannelResumed(Event):
    channel: str


@dataclass(frozen=True, slots=True)
class CampaignQueued(Pressing):
    """Told once for each lane: so many workers can share the queue."""

    campaign_id: str
    lane: int
