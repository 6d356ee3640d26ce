"""Citizens rate what was done for them, at the moment of the result."""

from django.http import HttpRequest
from ninja import Status

from zhijian.cases.queries.citizen import case_for_citizen
from zhijian.core.idempotency import idempotent
from zhijian.identity.auth import citizen_bearer, citizen_of
from zhijian.ratings import actions, rules
from zhijian.ratings.api import shapes
from zhijian.ratings.api.router import router
from zhijian.ratings.queries.ratings import rating_by
from zhijian.ratings.subjects import kind_of


@router.get("/rating-options", response=shapes.RatingOptionsOut, auth=None)
def rating_options(request: HttpRequest) -> shapes.RatingOptionsOut:
    """评价可选的星级、标签和分项。"""
    stars = [
        shapes.StarOut(
            stars=count,
            label=rules.STAR_LABELS[count][0],
            label_en=rules.STAR_LABELS[count][1],
            tags=[shapes.words(tag) for tag in rules.tags_for(count)],
        )
        for count in rules.STARS
    ]
    return shapes.RatingOptionsOut(
        stars=stars,
        dimensions=[shapes.words(one) for one in rules.DIMENSIONS],
        offline_dimensions=[shapes.words(one) for one in rules.OFFLINE_DIMENSIONS],
        comment_max=rules.MAX_COMMENT,
    )


@router.post("/cases/{case_id}/rating", response={201: shapes.RatingOut}, auth=citizen_bearer)
@idempotent
def rate(request: HttpRequest, case_id: str, body: shapes.RatingIn) -> Status[shapes.RatingOut]:
    """评价一次办理；每个办件评价一次，提交后不能修改。"""
    citizen = citizen_of(request)
    case = case_for_citizen(citizen.actor, citizen, case_id)
    return Status(
        201, shapes.rating(actions.rate_case(citizen.actor, case=case, opinion=shapes.opinion(body)))
    )


@router.post("/visits/{visit_id}/rating", response={201: shapes.RatingOut}, auth=citizen_bearer)
@idempotent
def rate_visit(request: HttpRequest, visit_id: str, body: shapes.RatingIn) -> Status[shapes.RatingOut]:
    """评价一次预约到厅办理。"""
    return _rate(request, "visit", visit_id, body)


@router.get("/visits/{visit_id}/rating", response=shapes.RatingOut, auth=citizen_bearer)
def visit_rating(request: HttpRequest, visit_id: str) -> shapes.RatingOut:
    """自己对一次到厅办理的评价；还没有评价时是 404。"""
    return shapes.rating(rating_by(citizen_of(request), "visit", visit_id))


@router.post("/tickets/{ticket_id}/rating", response={201: shapes.RatingOut}, auth=citizen_bearer)
@idempotent
def rate_ticket(request: HttpRequest, ticket_id: str, body: shapes.RatingIn) -> Status[shapes.RatingOut]:
    """评价一件诉求的办理。"""
    return _rate(request, "ticket", ticket_id, body)


def _rate(request: HttpRequest, kind: str, reference: str, body: shapes.RatingIn) -> Status[shapes.RatingOut]:
    citizen = citizen_of(request)
    subject = kind_of(kind).resolve(reference, citizen=citizen)
    kept = actions.rate(citizen.actor, subject=subject, opinion=shapes.opinion(body))
    return Status(201, shapes.rating(kept))
