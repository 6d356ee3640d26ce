"""The citizen API of tickets."""

from zhijian.core.api import Router

router = Router(tags=["诉求"])
