"""The only writers of messaging, one file per use case. What other things use is :func:`notify`."""

from zhijian.messaging.actions.telling import notify

__all__ = ["notify"]
