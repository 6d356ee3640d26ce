"""Which adapter speaks to which system: settings.OUTSIDE names them; a dotted path brings one from elsewhere."""

from functools import cache
from threading import Lock
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from zhijian.identity.adapters.base import IdentityCheck, SmsSender, SystemUnavailable, Verdict

_GATEWAY = "zhijian.identity.adapters.gateway"
_KNOWN = {"sms": f"{_GATEWAY}.GatewaySms", "identity_check": f"{_GATEWAY}.GatewayIdentityCheck"}
_one_at_a_time = Lock()


class Off:
    """A system that this city has not connected."""

    def send_code(self, *, phone: str, code: str, minutes: int) -> None:
        raise SystemUnavailable("off")

    def check(self, *, name: str, id_number: str) -> Verdict:
        raise SystemUnavailable("off")


def sms() -> SmsSender:
    with _one_at_a_time:  # threads that ask first together must share one bulkhead and one circuit
        return cast(SmsSender, adapter("sms"))


def identity_check() -> IdentityCheck:
    with _one_at_a_time:
        return cast(IdentityCheck, adapter("identity_check"))


@cache
def adapter(system: str) -> object:
    """The one adapter of ``system`` in this process."""
    options = settings.OUTSIDE[system]
    if options["adapter"] == "off":
        return Off()
    path = options["adapter"] if "." in options["adapter"] else _KNOWN[system]
    return import_string(path)(options)
