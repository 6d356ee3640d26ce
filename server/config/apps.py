from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Brings the checks of a start and the commands that reach over several domains."""

    name = "config"
    verbose_name = "系统"

    def ready(self) -> None:
        from config import preflight  # noqa: F401 - registers its checks
