"""The citizen API of consultations: reading is for everybody, taking part needs a confirmed name."""

from zhijian.consultations.api import answering, reading
from zhijian.consultations.api.router import router

__all__ = ["answering", "reading", "router"]
