"""The citizen API of content."""

from zhijian.core.api import Router

router = Router(tags=["信息发布"])
