"""The citizen API of cases."""

from zhijian.cases.api import drafts, files, life, reading
from zhijian.cases.api.router import router

__all__ = ["drafts", "files", "life", "reading", "router"]
