"""The citizen API of messaging."""

from zhijian.messaging.api import inbox, settings, wechat
from zhijian.messaging.api.router import router

__all__ = ["inbox", "router", "settings", "wechat"]
