"""Files 文件: what people upload and what the platform makes, checked, encrypted and kept.

``intake`` for uploads, ``keep`` for documents of our own making; everyone else holds a foreign key to ``StoredFile``.
"""

from zhijian.core.files.actions import discard, intake, keep
from zhijian.core.files.models import StoredFile
from zhijian.core.files.types import DOCUMENTS, IMAGES, MATERIALS, VIDEOS

__all__ = ["DOCUMENTS", "IMAGES", "MATERIALS", "VIDEOS", "StoredFile", "discard", "intake", "keep"]
