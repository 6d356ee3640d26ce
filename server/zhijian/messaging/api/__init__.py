"""The citizen API of messaging."""

from zhijian.messaging.api import settings, wechat
from zhijian.messaging.api.router import router

# isort: split
# After the fixed addresses: the first pattern that fits is taken, and a message's id fits every word.
from zhijian.messaging.api import inbox

__all__ = ["inbox", "router", "settings", "wechat"]
