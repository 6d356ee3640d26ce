"""Templates as this city words them; what isn't here is as shipped (zhijian/messaging/wording)."""

from typing import Any

from django.db import models


class Rewording(models.Model):
    """``wording``: {"zh": {"title", "body", "sms"}, "en": {…}}; ``wechat``: {"template_id", "fields"} or empty."""

    code = models.CharField("模板", max_length=60, unique=True)
    wording: models.JSONField[Any, Any] = models.JSONField("文字")
    wechat: models.JSONField[Any, Any] = models.JSONField("微信模板", default=dict)
    changed_at = models.DateTimeField("更改时间")

    class Meta:
        verbose_name = verbose_name_plural = "模板文字"

    def __str__(self) -> str:
        return self.code
