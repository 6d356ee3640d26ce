"""The window in which an editor gives a link its address: an item, an article, or a page outside.

Wagtail's own offers its pages, of which there are none here.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from wagtail.admin.modal_workflow import render_modal_workflow

from zhijian.content.rules import addresses

_PREFIX = "content-link"


class LinkForm(forms.Form):
    url = forms.CharField(
        label="地址",
        max_length=1000,
        help_text="事项写 /items/实施编码，文章写 /content/文章编号，其他网页写 https:// 开头的完整地址，电话写 tel: 加号码",
    )
    link_text = forms.CharField(label="显示的文字", max_length=200, required=False)

    def clean_url(self) -> str:
        address = str(self.cleaned_data["url"]).strip()
        if addresses.read(address).target == "nowhere":
            raise forms.ValidationError("这个地址打不开，请按提示的写法填写")
        return address


def choose(request: HttpRequest) -> HttpResponse:
    initial = {"url": request.GET.get("link_url", ""), "link_text": request.GET.get("link_text", "")}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=initial, prefix=_PREFIX)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["link_text"]
        result = {
            "url": form.cleaned_data["url"],
            "title": text or form.cleaned_data["url"],
            "prefer_this_title_as_link_text": bool(text) and "link_text" in form.changed_data,
        }
        return _answer(request, None, {}, {"step": "external_link_chosen", "result": result})
    return _answer(request, "content/link.html", {"form": form}, {"step": "external_link"})


def _answer(
    request: HttpRequest, template: str | None, context: dict[str, Any], data: dict[str, Any]
) -> HttpResponse:
    answer: HttpResponse = render_modal_workflow(request, template, None, context, json_data=data)
    return answer
