"""大厅设备: register a kiosk or a screen, read out its pairing code, take it out of use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhijian.appointments import errors
from zhijian.appointments.actions import day as actions
from zhijian.appointments.actions.day.devices import CODE_LIFETIME
from zhijian.appointments.models import CounterGroup, Device
from zhijian.appointments.queries import day as queries
from zhijian.appointments.queries.given import given
from zhijian.appointments.rules.states import DeviceKind
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post


@require_http_methods(["GET", "POST"])
@requires(Post.HALL_MANAGER)
def page(request: HttpRequest) -> HttpResponse:
    """The devices; a POST registers one and shows its pairing code."""
    staff = staff_of(request)
    if request.method == "POST":
        return _create(request, staff)
    return _show(request, staff)


@require_POST
@requires(Post.HALL_MANAGER)
def code(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new code, shown once in this answer: it is in no address and in no session."""
    staff = staff_of(request)
    device = queries.device_in_scope(staff, public_id)
    made = actions.make_code(staff.actor_as(Post.HALL_MANAGER), device=device)
    return _show(request, staff, device=device, code=made)


@require_POST
@requires(Post.HALL_MANAGER)
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    device = queries.device_in_scope(staff, public_id)
    actions.revoke(staff.actor_as(Post.HALL_MANAGER), device=device)
    messages.success(request, f"{device.name}已停用，不能再签到、取号或显示叫号。")
    return redirect("appointments_devices")


def _create(request: HttpRequest, staff: Staff) -> HttpResponse:
    hall = queries.halls_visible_to(staff).filter(code=given(request.POST.get("hall", ""))).first()
    if hall is None:
        raise errors.DeviceWrong("请选择您管理的大厅。")
    actor = staff.actor_as(Post.HALL_MANAGER)
    groups = CounterGroup.objects.filter(
        hall=hall, code__in=[given(code) for code in request.POST.getlist("group")]
    )
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "")
    device = actions.create_device(actor, hall=hall, kind=kind, name=name, groups=list(groups))
    return _show(request, staff, device=device, code=actions.make_code(actor, device=device))


def _show(
    request: HttpRequest, staff: Staff, *, device: Device | None = None, code: str = ""
) -> HttpResponse:
    halls = list(queries.halls_visible_to(staff))
    context = {
        "devices": queries.devices_of(staff),
        "halls": halls,
        "groups": CounterGroup.objects.filter(hall__in=halls, active=True)
        .select_related("hall")
        .order_by("hall__name", "prefix"),
        "kinds": DeviceKind.choices,
        "device": device,
        "code": f"{code[:4]} {code[4:]}" if code else "",
        "minutes": int(CODE_LIFETIME.total_seconds() // 60),
        "address": request.build_absolute_uri(reverse("hall_door")),
    }
    return render(request, "appointments/day/devices.html", context)
