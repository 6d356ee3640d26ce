"""The one router of appointments: ninja joins the methods of an address only within a router."""

from zhijian.core.api import Router
from zhijian.identity.auth import citizen_bearer

router = Router(tags=["预约"], auth=citizen_bearer)
