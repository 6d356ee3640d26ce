"""The console's log-in page; in the demo it offers one account a post."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import LoginView

from zhijian.core.console_session import begin
from zhijian.core.errors import TooMany
from zhijian.core.throttle import brake
from zhijian.organizations.loading import DEMO_PASSWORD
from zhijian.organizations.models import PostHolding
from zhijian.organizations.rules import Post

_LOGINS = 120
DEMO_DEPARTMENTS = ("ga", "zw")
"""In this order: those who handle the residence permit of the guided tour come first."""


class ConsoleLoginForm(LoginForm):
    """Says in Chinese what is wrong, without telling whether the account exists."""

    error_messages = {
        "invalid_login": "用户名或密码不正确，请重新输入。",
        "inactive": "用户名或密码不正确，请重新输入。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, words in {"username": "请输入用户名", "password": "请输入密码"}.items():
            self.fields[field].error_messages["required"] = words
        self.fields["remember"] = forms.BooleanField(required=False, widget=forms.HiddenInput)


class LoginsTooOften(TooMany):
    code = "organizations.logins_too_often"
    title = "这个网络上登录的次数太多"


class ConsoleLogin(LoginView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A whole office may share an address and begin at nine; one that tries names and passwords goes on for longer.
        brake(request, scope="staff.login", limit=_LOGINS, seconds=300, problem=LoginsTooOften)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_form_class(self) -> type[LoginForm]:
        return ConsoleLoginForm

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        begin(self.request)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demo_staff"] = demo_staff()
            context["demo_password"] = DEMO_PASSWORD
        return context


def demo_staff() -> list[dict[str, str]]:
    """One account a post, in the order of the posts."""
    found: dict[str, PostHolding] = {}
    holdings = PostHolding.objects.filter(
        staff__department__code__in=DEMO_DEPARTMENTS, staff__is_active=True
    ).select_related("staff__department")
    ranked = sorted(holdings, key=_rank)
    for holding in ranked:
        found.setdefault(holding.post, holding)
    return [_person(found[post]) for post in Post.values if post in found]


def _rank(holding: PostHolding) -> tuple[int, str]:
    place = holding.staff.department
    return DEMO_DEPARTMENTS.index(place.code) if place else len(DEMO_DEPARTMENTS), holding.staff.username


def _person(holding: PostHolding) -> dict[str, str]:
    staff = holding.staff
    return {
        "username": staff.username,
        "place": staff.department.short_name if staff.department else "",
        "posts": holding.get_post_display(),
    }
