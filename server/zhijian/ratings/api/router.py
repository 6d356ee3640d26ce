"""The one router of ratings."""

from zhijian.core.api import Router

router = Router(tags=["ratings"])
