"""Pairing, the kiosk and the calling screen. Numbers and matters only, never a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST

from zhijian.appointments import errors
from zhijian.appointments.actions import day as actions
from zhijian.appointments.actions.day.devices import actor_of
from zhijian.appointments.hall.door import for_device, paired, remember
from zhijian.appointments.hall.screen import Board, board
from zhijian.appointments.models import Device, Visit
from zhijian.appointments.queries import hall as queries
from zhijian.appointments.queries import scans
from zhijian.appointments.queries.visits import place_of
from zhijian.appointments.rules.checkin import PREFIX
from zhijian.appointments.rules.states import DeviceKind, VisitKind
from zhijian.core.clock import now, today
from zhijian.core.errors import Problem
from zhijian.core.throttle import brake

_HOME = {DeviceKind.KIOSK: "hall_kiosk", DeviceKind.SCREEN: "hall_screen"}


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Enter the pairing code once; a paired machine goes straight to its page."""
    if request.method == "POST":
        return _pair(request)
    device = paired(request)
    if device is not None:
        return redirect(_HOME[DeviceKind(device.kind)])
    return render(request, "hall/pair.html")


def _pair(request: HttpRequest) -> HttpResponse:
    try:
        brake(request, scope="hall-pairing", limit=10, seconds=600)
        device, token = actions.pair(code=request.POST.get("code", "")[:20])
    except Problem as problem:
        return render(request, "hall/pair.html", {"problem": problem}, status=problem.status)
    return remember(redirect(_HOME[DeviceKind(device.kind)]), token)


@require_GET
@for_device(DeviceKind.KIOSK)
def kiosk(request: HttpRequest, device: Device) -> HttpResponse:
    """Scan, type, or take a number."""
    return render(request, "hall/kiosk.html", {"device": device})


@require_POST
@for_device(DeviceKind.KIOSK)
def kiosk_scan(request: HttpRequest, device: Device) -> HttpResponse:
    """A scanner types the code's text and Enter; a person types number and the end of the phone."""
    brake(request, scope="hall-scan", caller=device.public_id, limit=30, seconds=60)
    code = request.POST.get("code", "").strip()[:100]
    if code.upper().startswith(PREFIX) or "phone" not in request.POST:
        booking = scans.scanned(actor_of(device), code)
    else:
        booking = scans.typed(code, request.POST.get("phone", "")[:40])
    return _ticket(request, device, actions.check_in(actor_of(device), booking=booking, hall=device.hall))


@require_GET
@for_device(DeviceKind.KIOSK)
def kiosk_matters(request: HttpRequest, device: Device) -> HttpResponse:
    """What a number can be taken for today."""
    matters = queries.matters(device.hall, queries.groups_for(device), today())
    return render(request, "hall/matters.html", {"device": device, "matters": matters})


@require_POST
@for_device(DeviceKind.KIOSK)
def kiosk_take(request: HttpRequest, device: Device) -> HttpResponse:
    brake(request, scope="hall-take", caller=device.public_id, limit=60, seconds=60)
    code, _, item = request.POST.get("matter", "").partition(":")
    group = next((one for one in queries.groups_for(device) if one.code == code), None)
    if group is None:
        raise errors.NoWalkIns
    visit = actions.take_ticket(
        actor_of(device),
        group=group,
        item_code=item,
        priority=request.POST.get("priority") == "1",
    )
    return _ticket(request, device, visit)


def _ticket(request: HttpRequest, device: Device, visit: Visit) -> HttpResponse:
    """The slip: number, people ahead, time. Nothing that says who holds it."""
    context = {
        "device": device,
        "visit": visit,
        "place": place_of(visit),
        "matter": queries.item_names({visit.item_code}).get(visit.item_code, visit.group.name),
        "late": visit.booking_id is not None and visit.kind == VisitKind.WALK_IN,
        "at": now(),
    }
    return render(request, "hall/ticket.html", context)


@require_GET
@for_device(DeviceKind.SCREEN)
def screen(request: HttpRequest, device: Device) -> HttpResponse:
    return render(request, "hall/screen.html", {"device": device, "board": board(device)})


@require_GET
@for_device(DeviceKind.SCREEN)
def screen_board(request: HttpRequest, device: Device) -> HttpResponse:
    """The part that is asked for every two seconds: 304 while nothing changed."""
    now_shown = board(device)
    respond = condition(etag_func=lambda _request, shown: shown.etag)(_board_page)
    response: HttpResponse = respond(request, now_shown)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _board_page(request: HttpRequest, shown: Board) -> HttpResponse:
    return render(request, "hall/board.html", {"board": shown})
