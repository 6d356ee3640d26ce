"""账号: who I am to the console, and a new password. Names and posts are the administrators' business."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from zhijian.audit.actions import record
from zhijian.organizations import queries
from zhijian.organizations.access import requires

_WORDS = {
    "old_password": "现在的密码",
    "new_password1": "新密码",
    "new_password2": "再输入一次新密码",
}


class ConsolePasswordForm(PasswordChangeForm):
    error_messages = {
        "password_incorrect": "现在的密码不正确，请重新输入。",
        "password_mismatch": "两次输入的新密码不一样，请重新输入。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in _WORDS.items():
            self.fields[name].label = words
            self.fields[name].error_messages["required"] = f"请输入{words}"


class ConsoleAccount(PasswordChangeView):
    form_class = ConsolePasswordForm
    template_name = "console/account.html"
    success_url = reverse_lazy("wagtailadmin_account")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        staff: Any = self.request.user
        record(staff.actor, "staff.password_changed", subject=f"staff:{staff.public_id}")
        messages.success(self.request, "密码已修改，其他设备上的登录已退出。")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        staff: Any = self.request.user
        return super().get_context_data(holdings=queries.holdings(staff), **kwargs)


@requires()
def account(request: HttpRequest) -> HttpResponse:
    return cast(HttpResponse, ConsoleAccount.as_view()(request))
