"""How staff log in: by password, but never outside the demo with what the demo has published."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from zhijian.organizations.loading import DEMO_PASSWORD
from zhijian.organizations.models import Staff


class StaffBackend(ModelBackend):
    """Sessions that a demo account opened end, too, once the installation is no demo any more."""

    def authenticate(
        self, request: HttpRequest | None, username: Any = None, password: Any = None, **kwargs: Any
    ) -> Staff | None:
        if password == DEMO_PASSWORD and not settings.DEMO:
            return None
        return super().authenticate(request, username, password, **kwargs)

    def get_user(self, user_id: int) -> Staff | None:
        """With the department, which every page names: one statement."""
        user = Staff.objects.select_related("department").filter(pk=user_id).first()
        return user if self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Staff | AnonymousUser | None) -> bool:
        closed = getattr(user, "demo", False) and not settings.DEMO
        return not closed and super().user_can_authenticate(user)


class NotTheDemos:
    """A password rule: the demo's password is no secret."""

    def validate(self, password: str, user: object = None) -> None:
        if password == DEMO_PASSWORD:
            raise ValidationError("这是公开的演示密码，请另设一个。", code="password_published")

    def get_help_text(self) -> str:
        return "不能使用公开的演示密码。"
