"""Reads of the access log."""

from django.db.models import QuerySet

from zhijian.identity.models import Citizen
from zhijian.privacy.models import AccessRecord


def access_log(citizen: Citizen) -> QuerySet[AccessRecord]:
    """Who looked at this citizen's data, newest first. One statement; never who by name, that is the post's."""
    return AccessRecord.objects.filter(citizen=citizen).select_related("department").order_by("-at", "-id")
