"""Which adapter speaks to which source: a counter group names it, settings.OUTSIDE says how to reach it."""

from functools import cache
from threading import Lock

from django.conf import settings
from django.utils.module_loading import import_string

from zhijian.appointments.adapters.base import Source

_KNOWN = {"registration": "zhijian.appointments.adapters.registration.Registration"}
_one_at_a_time = Lock()


def source(name: str) -> Source:
    """The one adapter of a source in this process; a dotted path in the settings brings one from elsewhere."""
    with _one_at_a_time:  # threads that ask first together must share one bulkhead and one circuit
        return adapter(name)


@cache
def adapter(name: str) -> Source:
    options = settings.OUTSIDE[name]
    path = options["adapter"] if "." in options["adapter"] else _KNOWN[name]
    found: Source = import_string(path)(options)
    return found
