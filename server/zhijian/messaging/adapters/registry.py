"""Which adapter speaks for which channel: settings.OUTSIDE names them; a dotted path brings one from elsewhere."""

from functools import cache
from threading import Lock
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from zhijian.messaging.adapters.base import Binding, ChannelAdapter
from zhijian.messaging.rules.channels import Channel

_KNOWN = {
    Channel.SMS: "zhijian.messaging.adapters.sms.GatewaySms",
    Channel.WECHAT: "zhijian.messaging.adapters.wechat.WechatSubscribe",
}
_one_at_a_time = Lock()


def adapter_of(channel: str) -> ChannelAdapter:
    with _one_at_a_time:  # threads that ask first together must share one bulkhead, circuit and token
        return cast(ChannelAdapter, adapter(Channel(channel)))


def wechat_binding() -> Binding:
    return cast(Binding, adapter_of(Channel.WECHAT))


@cache
def adapter(channel: Channel) -> object:
    """The one adapter of ``channel`` in this process. SMS_NOTICE_ADAPTER names one's own for notices."""
    name = {Channel.SMS: "sms_notice", Channel.WECHAT: "wechat"}[channel]
    options = settings.OUTSIDE[name]
    path = options["adapter"] if "." in options["adapter"] else _KNOWN[channel]
    return import_string(path)(options)
