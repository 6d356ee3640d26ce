"""What everybody reads, and following it."""

import hashlib

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status

from zhijian.core.clock import now
from zhijian.core.throttle import brake
from zhijian.identity.auth import citizen_bearer, citizen_of
from zhijian.tickets import actions
from zhijian.tickets.api.caching import cached
from zhijian.tickets.api.router import router
from zhijian.tickets.models import Publication
from zhijian.tickets.presenting import inputs, public, shapes
from zhijian.tickets.queries import public as reading
from zhijian.tickets.queries.followers import follower_counts, follows
from zhijian.tickets.rules.kinds import Kind


def _key(*parts: str | None) -> str:
    return hashlib.sha256("\n".join(part or "" for part in parts).encode()).hexdigest()


@router.get("/tickets/public", response=shapes.PublicPage, auth=None)
def list_public(
    request: HttpRequest,
    response: HttpResponse,
    kind: Kind | None = None,
    category: str = Query("", max_length=40),  # type: ignore[type-arg]
    cursor: str | None = Query(None, max_length=400),  # type: ignore[type-arg]
) -> shapes.PublicPage:
    """公开的诉求和答复，均已隐去个人信息并经人工核定。"""

    def make() -> shapes.PublicPage:
        page = reading.public_tickets(kind=kind or "", category=category, cursor=cursor)
        items = [public.public_ticket(one, now()) for one in page.items]
        return shapes.PublicPage(items=items, next_cursor=page.next_cursor)

    return cached(response, f"list:{_key(kind, category, cursor)}", make)


@router.get("/tickets/public/{public_id}", response=shapes.PublicDetail, auth=None)
def get_public(request: HttpRequest, response: HttpResponse, public_id: str) -> shapes.PublicDetail:
    """一件公开的诉求。"""
    return cached(response, f"one:{_key(public_id)}", lambda: _detail(reading.public_ticket(public_id), None))


@router.get("/tickets/answers", response=shapes.AnswerList, auth=None)
def search_answers(
    request: HttpRequest,
    response: HttpResponse,
    q: str = Query("", max_length=200),  # type: ignore[type-arg]
    category: str = Query("", max_length=40),  # type: ignore[type-arg]
) -> shapes.AnswerList:
    """在公开的答复里查找。反映人同意公开、经人工核定的才在这里。"""
    brake(request, scope="tickets.answers", limit=120, seconds=60)

    def make() -> shapes.AnswerList:
        return shapes.AnswerList(items=[public.answer(one) for one in reading.answers(q, category=category)])

    return cached(response, f"answers:{_key(q, category)}", make)


@router.post("/tickets/public/{public_id}/follow", response=shapes.PublicDetail, auth=citizen_bearer)
def follow(request: HttpRequest, public_id: str) -> shapes.PublicDetail:
    """关注一件公开的诉求，有进展时告诉您。"""
    citizen = citizen_of(request)
    publication = actions.follow(citizen.actor, citizen=citizen, public_id=public_id)
    return _detail(publication, follows(citizen, publication.ticket_id))


@router.delete("/tickets/public/{public_id}/follow", response={204: None}, auth=citizen_bearer)
def unfollow(request: HttpRequest, public_id: str) -> Status[None]:
    """取消关注。"""
    citizen = citizen_of(request)
    actions.unfollow(citizen.actor, citizen=citizen, public_id=public_id)
    return Status(204, None)


@router.post("/tickets/public/{public_id}/reopen", response=shapes.PublicDetail, auth=citizen_bearer)
def reopen(request: HttpRequest, public_id: str, body: inputs.WordsIn) -> shapes.PublicDetail:
    """关注的人认为没有解决，要求重办。"""
    citizen = citizen_of(request)
    publication = reading.public_ticket(public_id)
    actions.reopen(citizen.actor, ticket=publication.ticket, reason=body.text)
    return _detail(reading.public_ticket(public_id), follows(citizen, publication.ticket_id))


def _detail(publication: Publication, following: bool | None) -> shapes.PublicDetail:
    count = follower_counts([publication.ticket_id]).get(publication.ticket_id, 0)
    return public.public_detail(publication, now(), followers=count, following=following)
