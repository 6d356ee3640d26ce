"""The one router of messaging: ninja joins the methods of an address only within a router."""

from zhijian.core.api import Router
from zhijian.identity.auth import citizen_bearer

router = Router(tags=["消息"], auth=citizen_bearer)
