"""Tables of messaging: the inbox, what people chose, deliveries, one-time consents, campaigns."""

from zhijian.messaging.models.campaign import Campaign, CampaignStep, Recipient
from zhijian.messaging.models.channels import ChannelAddress, ChannelState, ConsentGrant, ConsentUse
from zhijian.messaging.models.choices import (
    ConsentEntry,
    Preference,
    PurposeSwitch,
    Tag,
    TopicSubscription,
)
from zhijian.messaging.models.inbox import Delivery, Message
from zhijian.messaging.models.wording import Rewording

__all__ = [
    "Campaign",
    "CampaignStep",
    "ChannelAddress",
    "ChannelState",
    "ConsentEntry",
    "ConsentGrant",
    "ConsentUse",
    "Delivery",
    "Message",
    "Preference",
    "PurposeSwitch",
    "Recipient",
    "Rewording",
    "Tag",
    "TopicSubscription",
]
