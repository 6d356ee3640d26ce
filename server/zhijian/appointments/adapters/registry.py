"""Which adapter speaks to which source: a counter group names it, settings.OUTSIDE says how to reach it."""

from functools import cache
from threading import Lock

from django.conf import settings
from django.utils.module_loading import import_string

from zhijian.appointments.adapters.base import OutsideSlot, Source, SystemUnavailable

_KNOWN = {"registration": "zhijian.appointments.adapters.registration.Registration"}
_one_at_a_time = Lock()


class Off:
    """A source that this city has not connected."""

    def slots(self, department: str) -> list[OutsideSlot]:
        raise SystemUnavailable("off")

    def hold(self, slot: str, *, name: str, id_number: str, reference: str) -> str:
        raise SystemUnavailable("off")

    def confirm(self, order: str) -> None:
        raise SystemUnavailable("off")

    def cancel(self, order: str) -> None:
        raise SystemUnavailable("off")


def source(name: str) -> Source:
    """The one adapter of a source in this process; a dotted path in the settings brings one from elsewhere."""
    with _one_at_a_time:  # threads that ask first together must share one bulkhead and one circuit
        return adapter(name)


@cache
def adapter(name: str) -> Source:
    options = settings.OUTSIDE[name]
    if options["adapter"] == "off":
        return Off()
    path = options["adapter"] if "." in options["adapter"] else _KNOWN[name]
    found: Source = import_string(path)(options)
    return found
