"""The record of a stored file. Its content lies sealed in the store; nothing readable is in either place alone."""

from django.db import models

from zhijian.core.fields import EncryptedText, PublicIdField
from zhijian.core.files import sealed
from zhijian.core.files.types import JPG, WEBP


class StoredFile(models.Model):
    """One file, never changed after it is made: a new content is a new row.

    ``kind`` says what the file is for (``case_material``, ``licence`` …), ``digest`` is a keyed HMAC so that equal
    files compare equal without anybody being able to test a guess. ``size`` counts bytes of the plain content.
    """

    public_id = PublicIdField()
    name = EncryptedText(verbose_name="文件名")
    kind = models.CharField("用途", max_length=40)
    mime = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("摘要", max_length=64, db_index=True)
    pages = models.PositiveSmallIntegerField("页数", null=True)
    key = models.CharField("存储键", max_length=40, unique=True)
    preview_key = models.CharField("预览存储键", max_length=40, null=True, unique=True)
    created_at = models.DateTimeField("存入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return str(self.public_id)

    def read(self) -> bytes:
        """The plain content. Raises ``files.missing`` when the store has lost it."""
        return sealed.read(self.key)

    def read_preview(self) -> tuple[bytes, str]:
        """A picture of at most 1600 px and its MIME type; the file itself where it has no separate preview."""
        if self.preview_key is None:
            return self.read(), self.mime
        content = sealed.read(self.preview_key)
        return content, WEBP.mime if content.startswith(b"RIFF") else JPG.mime  # WebP were those of long ago
