"""The citizen API of appointments."""

from zhijian.core.api import Router

router = Router(tags=["预约"])
