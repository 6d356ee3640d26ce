"""The citizen API of consultations."""

from zhijian.core.api import Router

router = Router(tags=["民意征集"])
