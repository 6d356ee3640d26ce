"""What an outbound failure means for a message: surely not sent, or perhaps."""

from zhijian.core.outbound import OutboundError, Permanent
from zhijian.messaging.adapters.base import OutcomeUnknown, Refused, TryLater
from zhijian.messaging.rules.delivery import Reason

# The fault is in our own credentials, clock or address: a person will mend it, the message is not to blame.
_OURS = frozenset({"http_401", "http_403", "http_404"})
_PERHAPS_SENT = frozenset({"timeout", "broken", "too_slow"})


def translated(error: OutboundError) -> Exception:
    """An answered 5xx says that the message was not taken; silence says nothing."""
    if isinstance(error, Permanent) and error.reason not in _OURS:
        return Refused(Reason.BAD_CONTENT)
    return OutcomeUnknown(error.reason) if error.reason in _PERHAPS_SENT else TryLater(error.reason)
