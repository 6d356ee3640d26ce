"""Which adapter speaks for which channel: settings.OUTSIDE names them; a dotted path brings one from elsewhere."""

from collections.abc import Collection
from functools import cache
from threading import Lock
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from zhijian.messaging.adapters.base import Binding, ChannelAdapter, Letter, TryLater
from zhijian.messaging.rules.channels import Channel

_KNOWN = {
    Channel.SMS: "zhijian.messaging.adapters.sms.GatewaySms",
    Channel.WECHAT: "zhijian.messaging.adapters.wechat.WechatSubscribe",
}
_SYSTEMS = {Channel.SMS: "sms_notice", Channel.WECHAT: "wechat"}
_one_at_a_time = Lock()


class Off:
    """A channel that this city has not connected: see ``is_off``."""

    knows_repeats = False

    def send(self, letter: Letter) -> str:
        raise TryLater("off")

    def reports(self, receipts: Collection[str]) -> dict[str, bool]:
        return {}

    def address_of(self, code: str) -> str:
        raise TryLater("off")


def is_off(channel: str) -> bool:
    """Nobody is reached over a channel that is not connected: its messages stay in the inbox alone."""
    return bool(settings.OUTSIDE[_SYSTEMS[Channel(channel)]]["adapter"] == "off")


def adapter_of(channel: str) -> ChannelAdapter:
    with _one_at_a_time:  # threads that ask first together must share one bulkhead, circuit and token
        return cast(ChannelAdapter, adapter(Channel(channel)))


def wechat_binding() -> Binding:
    return cast(Binding, adapter_of(Channel.WECHAT))


@cache
def adapter(channel: Channel) -> object:
    """The one adapter of ``channel`` in this process. SMS_NOTICE_ADAPTER names one's own for notices."""
    options = settings.OUTSIDE[_SYSTEMS[channel]]
    if options["adapter"] == "off":
        return Off()
    path = options["adapter"] if "." in options["adapter"] else _KNOWN[channel]
    return import_string(path)(options)
