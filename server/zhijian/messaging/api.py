"""The citizen API of messaging."""

from zhijian.core.api import Router

router = Router(tags=["消息"])
