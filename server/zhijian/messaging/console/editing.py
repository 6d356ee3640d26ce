"""Writing a campaign or an emergency broadcast, with a preview by channel and an estimate of its size."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhijian.core.errors import Problem
from zhijian.messaging.actions import campaigns as actions
from zhijian.messaging.actions.campaigns import Draft
from zhijian.messaging.console import forms, previews
from zhijian.messaging.console.campaigns import acting
from zhijian.messaging.models import Campaign
from zhijian.messaging.queries.audience import estimate, vocabulary
from zhijian.messaging.queries.campaigns import POSTS, campaign_of
from zhijian.messaging.rules import audience
from zhijian.messaging.rules.campaigns import Kind, Text
from zhijian.messaging.rules.channels import OUTSIDE, Channel
from zhijian.messaging.rules.purposes import EMERGENCY, FOR_CAMPAIGNS
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.rules import Post

_ALARM = Draft(
    name="", purpose=EMERGENCY.code, zh=Text(), channels=(Channel.INBOX, Channel.SMS, Channel.WECHAT)
)


@dataclass(frozen=True, slots=True)
class Page:
    """Which editor: its heading, the button's words, and the campaign that is edited if there is one."""

    title: str
    button: str
    emergency: bool = False
    campaign: Campaign | None = None


_NEW = Page("起草群发", "保存草稿")
_ALARM_PAGE = Page("应急广播", "提交审批", emergency=True)


@require_http_methods(["GET", "POST"])
@requires(Post.OPERATOR)
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _show(request, _NEW, forms.EMPTY)
    staff, draft = staff_of(request), forms.draft(request.POST)
    try:
        campaign = actions.create(acting(staff), author=staff, draft=draft)
    except Problem as problem:
        return _show(request, _NEW, draft, problem)
    messages.success(request, "草稿已保存。可以先发给自己测试，再提交审批。")
    return redirect("messaging_campaign", public_id=campaign.public_id)


@require_http_methods(["GET", "POST"])
@requires(Post.OPERATOR)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    campaign = campaign_of(staff, public_id)
    emergency = campaign.kind == Kind.EMERGENCY
    page = Page(f"修改：{campaign.name}", "保存草稿", emergency=emergency, campaign=campaign)
    if request.method != "POST":
        return _show(request, page, forms.draft_of(campaign))
    draft = forms.draft(request.POST, purpose=EMERGENCY.code if emergency else "")
    try:
        actions.edit(staff.actor, campaign=campaign, draft=draft)
    except Problem as problem:
        return _show(request, page, draft, problem)
    messages.success(request, "修改已保存。")
    return redirect("messaging_campaign", public_id=public_id)


@require_http_methods(["GET", "POST"])
@requires(Post.OPERATOR)
def emergency(request: HttpRequest) -> HttpResponse:
    """One step to submit; it goes out the moment a second person approves."""
    if request.method != "POST":
        return _show(request, _ALARM_PAGE, _ALARM)
    staff, draft = staff_of(request), forms.draft(request.POST, purpose=EMERGENCY.code)
    try:
        campaign = actions.broadcast(acting(staff), author=staff, draft=draft)
    except Problem as problem:
        return _show(request, _ALARM_PAGE, draft, problem)
    messages.success(request, "已提交。另一人批准后立即发出，请马上联系审批人。")
    return redirect("messaging_campaign", public_id=campaign.public_id)


@require_POST
@requires(*POSTS)
def preview(request: HttpRequest) -> HttpResponse:
    """The part beside the editor: what people will see, and about how many they are."""
    alarm = request.POST.get("kind") == Kind.EMERGENCY
    draft = forms.draft(request.POST, purpose=EMERGENCY.code if alarm else "")
    known = vocabulary()
    faults = audience.faults(draft.audience, known)
    sound = not faults and (alarm or draft.purpose in {purpose.code for purpose in FOR_CAMPAIGNS})
    context = {
        "previews": previews.of_draft(draft),
        "faults": faults,
        "estimate": estimate(draft.purpose, draft.audience) if sound else "",
        "words": audience.words(draft.audience, known) if sound else "",
        "everybody": alarm and not draft.audience,
    }
    return render(request, "messaging/preview.html", context)


def _show(request: HttpRequest, page: Page, draft: Draft, problem: Problem | None = None) -> HttpResponse:
    known = vocabulary()
    if page.emergency:  # an alarm is for places, not for kinds of people
        known = {"district": known["district"]}
    context = {
        "page": page,
        "draft": draft,
        "purposes": FOR_CAMPAIGNS,
        "outside": [(channel.value, channel.label, channel in draft.channels) for channel in OUTSIDE],
        "conditions": forms.conditions(draft, known),
        "advanced": forms.advanced(draft),
        "problem": problem,
        "faults": {fault.path: fault.message for fault in problem.fields} if problem else {},
    }
    return render(request, "messaging/editor.html", context, status=problem.status if problem else 200)
