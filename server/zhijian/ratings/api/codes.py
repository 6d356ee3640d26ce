"""Rating by a code, without log-in: of a counter, or of an anonymous ticket."""

import hashlib

from django.http import HttpRequest
from ninja import Status

from zhijian.core.throttle import brake
from zhijian.ratings import actions
from zhijian.ratings.actions.rating import subject_of_code
from zhijian.ratings.api import shapes
from zhijian.ratings.api.router import router
from zhijian.ratings.errors import TooManyTries
from zhijian.ratings.queries.ratings import rated_references
from zhijian.ratings.signing import code_for
from zhijian.ratings.subjects import kind_of, label
from zhijian.tickets.access import ticket_of_receipt

_TRIES_A_MINUTE = 60  # a hall's visitors share its wireless network


@router.get("/rating-subjects/{token}", response=shapes.SubjectOut, auth=None)
def rating_subject(request: HttpRequest, token: str) -> shapes.SubjectOut:
    """二维码对应的办理：部门、大厅、是否已经评价。无需登录。"""
    brake(request, scope="rating_code", limit=_TRIES_A_MINUTE, seconds=60, problem=TooManyTries)
    subject = subject_of_code(token)
    return shapes.SubjectOut(
        kind=subject.kind,
        kind_label=label(subject.kind),
        department=subject.department.name,
        hall=subject.hall.name if subject.hall else None,
        channel=subject.channel,
        rated=bool(rated_references(subject.kind, [subject.reference])),
    )


@router.post("/tickets/receipt/rating-code", response=shapes.CodeOut, auth=None)
def code_of_receipt(request: HttpRequest, body: shapes.RatedReceiptIn) -> shapes.CodeOut:
    """匿名诉求的评价码：凭编号和查询码换取，只能用来评价这件诉求。"""
    _, ticket = ticket_of_receipt(request, body.number, body.code)
    subject = kind_of("ticket").resolve(ticket.public_id, citizen=None)
    return shapes.CodeOut(token=code_for(subject.kind, ticket.public_id))


@router.post("/ratings", response={201: shapes.RatingOut}, auth=None)
def rate_by_code(request: HttpRequest, body: shapes.CodeRatingIn) -> Status[shapes.RatingOut]:
    """用评价码评价一次办理，每次办理评价一次。带 Idempotency-Key 重发得到同样的结果。无需登录。"""
    brake(request, scope="rating_code", limit=_TRIES_A_MINUTE, seconds=60, problem=TooManyTries)
    key = request.headers.get("Idempotency-Key", "")[:80]
    request_key = f"{key}\0{hashlib.sha256(request.body).hexdigest()}" if key else ""
    kept = actions.rate_by_code(token=body.token, opinion=shapes.opinion(body), request_key=request_key)
    return Status(201, shapes.rating(kept))
