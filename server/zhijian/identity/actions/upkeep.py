"""What is no longer needed is not kept (PIPL art. 19)."""

from datetime import timedelta

from django.db import transaction

from zhijian.core.clock import now
from zhijian.identity.models import LoginCode, Session

CODES_KEPT = timedelta(days=2)  # the limits look back one day
SESSIONS_KEPT = timedelta(days=190)  # network logs: at least 6 months (Cybersecurity Law art. 21)


@transaction.atomic
def forget_old() -> None:
    LoginCode.objects.filter(created_at__lt=now() - CODES_KEPT).delete()
    Session.objects.filter(expires_at__lt=now() - SESSIONS_KEPT).delete()
