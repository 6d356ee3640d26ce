"""Loads each domain's subscribers, adapters and held work at start, so that no domain has to import an upper one."""

from importlib import import_module, util

from django.apps import apps

ROOMS = ("tasks", "adapters", "held", "calendar_dependant")


def load() -> None:
    for config in apps.get_app_configs():
        if not config.name.startswith("zhijian."):
            continue
        for room in ROOMS:
            if util.find_spec(f"{config.name}.{room}"):
                import_module(f"{config.name}.{room}")
