"""The list of campaigns, one campaign with what can be done now, its progress."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from zhijian.core.actor import Actor
from zhijian.messaging.actions import campaigns as actions
from zhijian.messaging.actions.campaigns.turn import mark
from zhijian.messaging.console import forms, previews
from zhijian.messaging.errors import CampaignNotFound
from zhijian.messaging.models import Campaign
from zhijian.messaging.queries import campaigns as queries
from zhijian.messaging.queries.audience import estimate, vocabulary
from zhijian.messaging.rules import audience
from zhijian.messaging.rules.campaigns import RUNNING, TABLE, Act, Kind, State
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.purposes import PURPOSES
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post
from zhijian.workbench.acting import Bench, Do, Tried, with_words

TAGS: Final = {
    State.DRAFT: "",
    State.SUBMITTED: "warning",
    State.APPROVED: "primary",
    State.QUEUED: "primary",
    State.SENDING: "primary",
    State.DONE: "success",
    State.STOPPED: "danger",
}
_DONE: Final = {
    Act.SUBMIT: "已提交，请另一人审批。",
    Act.WITHDRAW: "已撤回，可以继续修改。",
    Act.APPROVE: "已批准。",
    Act.SEND_BACK: "已退回起草人修改。",
    Act.TEST: "测试消息已放进这个手机号的站内消息。",
    Act.START: "已排队，正在发送。",
    Act.STOP: "已停止，没发的不会再发。",
}


def acting(staff: Staff) -> Actor:
    """Named by the post that brought them here."""
    return staff.actor_as(next(post for post in queries.POSTS if holds(staff, post)))


_DO: Final[dict[Act, Do[Campaign]]] = {
    Act.SUBMIT: with_words(actions.submit, "campaign"),
    Act.WITHDRAW: with_words(actions.withdraw, "campaign"),
    Act.APPROVE: with_words(actions.approve, "campaign", "note", "seen"),
    Act.SEND_BACK: with_words(actions.send_back, "campaign", "note", "seen"),
    Act.TEST: with_words(actions.send_test, "campaign", "phone"),
    Act.START: with_words(actions.start, "campaign"),
    Act.STOP: with_words(actions.stop, "campaign", "note"),
}


@require_GET
@requires(*queries.POSTS)
def campaign_list(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    state = request.GET.get("state", "")
    page = queries.campaigns(staff, state=state, cursor=request.GET.get("cursor"))
    context = {
        "rows": [(campaign, TAGS[State(campaign.state)]) for campaign in page.items],
        "next_cursor": page.next_cursor,
        "states": State.choices,
        "asked": state,
        "waiting": queries.waiting_for(staff).count(),
        "operates": holds(staff, Post.OPERATOR),
    }
    return render(request, "messaging/campaigns.html", context)


@require_GET
@requires(*queries.POSTS)
def campaign_page(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    return _show(request, queries.campaign_of(staff, public_id))


@require_GET
@requires(*queries.POSTS)
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part that the page fetches again while the campaign runs."""
    campaign = queries.campaign_of(staff_of(request), public_id)
    return render(request, "messaging/progress.html", _progress(campaign))


def _show(request: HttpRequest, campaign: Campaign, tried: Tried | None = None) -> HttpResponse:
    staff, problem = staff_of(request), tried.problem if tried else None
    roles = queries.roles_of(staff, campaign)
    known = vocabulary()
    draft = forms.draft_of(campaign)
    context = {
        "campaign": campaign,
        "tag": TAGS[State(campaign.state)],
        "emergency": campaign.kind == Kind.EMERGENCY,
        "purpose": PURPOSES[campaign.purpose].label,
        "audience": _audience(campaign, known),
        "estimate": estimate(campaign.purpose, campaign.audience) if campaign.size is None else "",
        "channels": [Channel(code).label for code in campaign.channels],
        "previews": previews.of_draft(draft),
        "steps": campaign.steps.order_by("id"),
        "may": set(TABLE.possible(campaign.state, roles, None)),
        "own": campaign.author_id == staff.pk,
        "problem": problem,
        "seen": mark(campaign),
        "note": request.POST.get("note", ""),
        "phone": request.POST.get("phone", ""),
        **_progress(campaign),
    }
    status = problem.status if problem else 200
    return render(request, "messaging/campaign.html", context, status=status)


BENCH: Final = Bench(
    find=queries.campaign_of,
    not_found=CampaignNotFound,
    do=_DO,
    show=_show,
    page="messaging_campaign",
    listing="messaging_campaigns",
    done=_DONE,
)


@require_POST
@requires(*queries.POSTS)
def act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    return BENCH.act(request, public_id, act)


def _audience(campaign: Campaign, known: audience.Vocabulary) -> str:
    if campaign.kind == Kind.EMERGENCY and not campaign.audience:
        return "全市所有注册用户"
    return audience.words(campaign.audience, known)


def _progress(campaign: Campaign) -> dict[str, Any]:
    """Nothing before the queue is made."""
    if campaign.size is None:
        return {"campaign": campaign, "figures": None}
    return {
        "campaign": campaign,
        "figures": queries.figures_of(campaign),
        "running": campaign.state in RUNNING,
        "rows": queries.delivery_figures_of(campaign),
    }
