"""Calls to outside systems: explicit timeouts, told-apart failures, a bulkhead and a circuit breaker."""

from zhijian.core.outbound.breaker import Breaker
from zhijian.core.outbound.client import Outbound, Policy
from zhijian.core.outbound.errors import OutboundError, Permanent, Retryable
from zhijian.core.outbound.signing import signed_headers

__all__ = ["Breaker", "Outbound", "OutboundError", "Permanent", "Policy", "Retryable", "signed_headers"]
