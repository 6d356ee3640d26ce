"""Appeals against a miss: the person's words beside the record, one decision each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from zhijian.appointments import actions
from zhijian.appointments.errors import NoShowNotFound
from zhijian.appointments.queries.bookings import appeals_for, item_name
from zhijian.core import console
from zhijian.organizations.access import may, requires, staff_of
from zhijian.organizations.rules import Post

_SHOWN = 50


@requires(Post.HALL_MANAGER)
def appeals(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    found = list(appeals_for(staff)[:_SHOWN])
    names = {code: item_name(code)[0] for code in {miss.booking.item_code for miss in found}}
    rows = [{"miss": miss, "item": names[miss.booking.item_code]} for miss in found]
    return render(request, "appointments/appeals.html", {"rows": rows, "most": _SHOWN})


@require_POST
@requires(Post.HALL_MANAGER)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    miss = appeals_for(staff).filter(public_id=public_id).first()
    if miss is None:
        raise NoShowNotFound
    excuse = request.POST.get("decision") == "excuse"
    actions.decide_appeal(
        staff.actor_as(Post.HALL_MANAGER),
        miss=miss,
        staff=staff,
        excuse=excuse,
        decision=request.POST.get("words", ""),
    )
    messages.success(request, "已撤销这次未到场记录。" if excuse else "已维持记录，理由会告知本人。")
    return redirect("appointments_appeals")


console.register(
    console.Place(
        "appeals",
        "爽约申诉",
        "message-square",
        "appointments_appeals",
        36,
        lambda user: may(user, Post.HALL_MANAGER),
        (appeals_for,),
        "待处理",
    )
)

urlpatterns = [
    path("appointments/appeals/", appeals, name="appointments_appeals"),
    path("appointments/appeals/<str:public_id>/", decide, name="appointments_decide_appeal"),
]
