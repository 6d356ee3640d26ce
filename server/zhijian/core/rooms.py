"""Finds each domain's rooms at start, so that no domain has to import an upper one and no list has to name them."""

from collections.abc import Iterator
from importlib import import_module, util
from types import ModuleType

from django.apps import apps

_LOADED = ("tasks", "adapters", "held", "calendar_dependant")


def of_domains(room: str) -> Iterator[ModuleType]:
    """The ``room`` of every installed domain that has it, lowest domain first."""
    for config in apps.get_app_configs():
        name = f"{config.name}.{room}"
        if config.name.startswith("zhijian.") and util.find_spec(name):
            yield import_module(name)


def load() -> None:
    """Subscribers, adapters and held work register when they are imported."""
    for room in _LOADED:
        for _ in of_domains(room):
            pass
