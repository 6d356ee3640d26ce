"""The router that all parts of this API share."""

from zhijian.core.api import Router

router = Router(tags=["诉求"])
