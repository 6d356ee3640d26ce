from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "zhijian.core"
    label = "core"
    verbose_name = "基座"

    def ready(self) -> None:
        from zhijian.core import crypto, rooms
        from zhijian.core.installation import confirmed_keyring

        crypto.confirm_by(confirmed_keyring)
        rooms.load()
        import_module("zhijian.core.files.tasks")  # not a domain, so not a room of its own
