"""Before and at sending: options, pictures, like ones, the ticket itself."""

from django.http import HttpRequest, HttpResponse
from ninja import File, Status
from ninja.files import UploadedFile

from zhijian.core.clock import now
from zhijian.core.geo import Point
from zhijian.core.idempotency import idempotent
from zhijian.core.throttle import brake
from zhijian.maps.queries import city_bounds
from zhijian.tickets import actions
from zhijian.tickets.actions import photos
from zhijian.tickets.api.caching import cached
from zhijian.tickets.api.doors import sender_door, who_sends
from zhijian.tickets.api.router import router
from zhijian.tickets.models import Ticket
from zhijian.tickets.presenting import inputs, own, public, shapes
from zhijian.tickets.presenting.options import options
from zhijian.tickets.queries.followers import follower_counts
from zhijian.tickets.queries.sent import as_sent
from zhijian.tickets.queries.similar import suggestions
from zhijian.tickets.queries.staff import whole
from zhijian.tickets.queries.tables import tree
from zhijian.tickets.senders import nameless


@router.get("/tickets/options", response=shapes.TicketOptionsOut, auth=None)
def get_options(request: HttpRequest, response: HttpResponse) -> shapes.TicketOptionsOut:
    """诉求的类型、分类（含各自的提问）、本市范围和图片限制。"""
    return cached(response, "options", lambda: options(tree(), city_bounds()))


@router.post("/tickets/photos", response={201: shapes.PhotoOut}, auth=sender_door)
def upload_photo(
    request: HttpRequest,
    file: UploadedFile = File(...),  # type: ignore[type-arg]  # noqa: B008
) -> Status[shapes.PhotoOut]:
    """先传图片，24小时内提交诉求时带上编号。图片中的位置和设备信息会被去掉。"""
    brake(request, scope="tickets.photos", limit=60, seconds=600)
    return Status(201, own.photo(photos.upload(sender=who_sends(request), file=file)))


@router.delete("/tickets/photos/{photo_id}", response={204: None}, auth=sender_door)
def remove_photo(request: HttpRequest, photo_id: str) -> Status[None]:
    """删除还没有提交的图片。"""
    photos.remove(sender=who_sends(request), photo_id=photo_id)
    return Status(204, None)


@router.post("/tickets/similar", response=shapes.SimilarList, auth=None)
def similar(request: HttpRequest, body: inputs.SimilarIn) -> shapes.SimilarList:
    """提交前看看有没有人反映过同一件事，可以改为关注。"""
    brake(request, scope="tickets.similar", limit=60, seconds=60)
    point = None
    if body.latitude is not None and body.longitude is not None:
        point = Point(body.latitude, body.longitude)
    found = suggestions(category=body.category, text=body.text, point=point)
    counted = follower_counts([publication.ticket_id for publication, _ in found.public])
    return public.similar(found, counted, now())


@router.post("/tickets", response={201: shapes.SentOut}, auth=sender_door)
@idempotent
def send(request: HttpRequest, body: inputs.TicketIn) -> Status[shapes.SentOut]:
    """提交诉求。带登录凭证是实名，不带是匿名；匿名的查询码只在这里给一次。"""
    sender = who_sends(request)
    place = actions.Place(**body.place.model_dump()) if body.place else actions.Place()
    draft = actions.Draft(**(body.model_dump(exclude={"place"}) | {"place": place}))
    sent = actions.submit(sender=sender, draft=draft)
    if sent.steps:
        ticket = as_sent(sent.ticket, sent.steps, pictured=bool(body.photos))
    else:
        ticket = whole(Ticket.objects.filter(pk=sent.ticket.pk)).get()
    actor = sender.citizen.actor if sender.citizen else nameless(ticket.public_id)
    answer = shapes.SentOut(ticket=own.detail(ticket, actor, now()), receipt_code=sent.receipt or None)
    return Status(201, answer)
