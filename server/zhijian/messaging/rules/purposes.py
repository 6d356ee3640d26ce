"""What messages are for, and what a person can switch off (PIPL art. 24).

A service-necessary purpose tells people what becomes of something that they asked for: it stays in the inbox, its
other channels can be switched off. A consent-based one is off until the person asks for it, and one switch ends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from zhijian.messaging.rules.channels import Channel

Switches: TypeAlias = Mapping[tuple[str, str], bool]
"""What a person chose, by purpose and channel; what is absent was never touched."""


@dataclass(frozen=True, slots=True)
class Purpose:
    code: str
    label: str
    label_en: str
    words: str
    words_en: str
    necessary: bool
    sms_at_first: bool = True


_ALL = (
    Purpose(
        "case_progress", "办件进度", "Application progress",
        "您申请的事项有新进展时告诉您", "When something happens to an application of yours", True,
    ),
    Purpose(
        "appointment", "预约提醒", "Appointments",
        "您的预约成功、变更、快到时间或轮到您时告诉您", "When a booking of yours is made, changes or is due", True,
    ),
    Purpose(
        "licence_expiry", "证照到期", "Expiring licences",
        "您的证照快到期时提醒您换证", "Before a licence of yours expires", True,
    ),
    Purpose(
        "ticket_progress", "诉求进展", "Requests and complaints",
        "您提出的咨询、投诉、建议有答复时告诉您", "When a question, complaint or suggestion of yours is answered", True,
    ),
    Purpose(
        "consultation_feedback", "意见征集反馈", "Consultation feedback",
        "您参加的意见征集公布采纳情况时告诉您", "When a consultation you took part in publishes what was adopted", True,
    ),
    Purpose(
        "emergency", "应急提醒", "Emergency alerts",
        "台风、洪水、疫情等紧急情况下的安全提示", "Safety advice in a storm, flood, epidemic or other emergency", True,
    ),
    Purpose(
        "policy", "政策订阅", "Policy updates",
        "您订阅的主题、正在办的事项有新政策、新解读时告诉您",
        "When a topic you follow or a service you applied for has a new policy or explanation", False, False,
    ),
    Purpose(
        "city_activity", "城市活动", "City activities",
        "您所在区的便民服务、文化活动和公共服务安排", "Public services and events in your district", False, False,
    ),
    Purpose(
        "service_tips", "办事提示", "Service tips",
        "根据您办过的事和持有的证照，提示可能用得上的服务", "Services you may need, from what you hold and have applied for", False, False,
    ),
    Purpose(
        "consultation_news", "新的意见征集", "New consultations",
        "有与您有关的意见征集时邀请您参加", "An invitation when a consultation concerns you", False, False,
    ),
)  # fmt: skip
PURPOSES = {purpose.code: purpose for purpose in _ALL}
EMERGENCY = PURPOSES["emergency"]
FOR_CAMPAIGNS = tuple(purpose for purpose in _ALL if not purpose.necessary)


def is_on(purpose: Purpose, channel: str, switches: Switches) -> bool:
    """Whether a message for ``purpose`` may go by ``channel`` to a person with these switches."""
    in_inbox = purpose.necessary or switches.get((purpose.code, Channel.INBOX), False)
    if channel == Channel.INBOX or not in_inbox:
        return in_inbox
    at_first = channel != Channel.SMS or purpose.sms_at_first
    return switches.get((purpose.code, channel), at_first)


def is_locked(purpose: Purpose, channel: str) -> bool:
    """Whether the switch cannot be moved."""
    return purpose.necessary and channel == Channel.INBOX
