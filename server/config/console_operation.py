"""What whoever runs the system must see before it hurts: on 今日工作 of the system administrators."""

from typing import Any

from django.http import HttpRequest

from zhijian.core.files.upkeep import REFUSALS
from zhijian.core.models import Installation
from zhijian.core.pdf import certificates
from zhijian.core.pdf.certificates import SigningUnavailable


def notices() -> list[str]:
    """One sentence each; none when all is well."""
    found = []
    code, days = certificates.fault(), certificates.days_left()
    if code:
        found.append(
            f"文书现在不能签章：{SigningUnavailable.WORDS[code][0]}没有签成的文书会在恢复后自动补上。"
        )
    elif days is not None and days <= certificates.WARN_BEFORE.days:
        found.append(f"签章证书还有 {days} 天到期。请向电子认证机构申请新证书，放到原处即可生效。")
    sweep = Installation.objects.values_list("sweep", flat=True).first() or {}
    if sweep.get("refused") in REFUSALS:
        found.append(REFUSALS[sweep["refused"]])
    return found


def card(request: HttpRequest) -> dict[str, Any] | None:
    found = notices()
    return {"notices": found} if found else None
