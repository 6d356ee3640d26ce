"""The one router of consultations: ninja joins the methods of an address only within a router."""

from zhijian.core.api import Router

router = Router(tags=["民意征集"])
