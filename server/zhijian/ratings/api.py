"""Citizens rate what was done for them."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Field, Schema, Status

from zhijian.cases.queries.citizen import case_for_citizen
from zhijian.core.api import Router
from zhijian.core.idempotency import idempotent
from zhijian.identity.auth import citizen_bearer, citizen_of
from zhijian.ratings import actions, rules
from zhijian.ratings.models import Rating

router = Router(tags=["ratings"])


class WordsOut(Schema):
    code: str
    label: str
    label_en: str


class StarOut(Schema):
    """A number of stars, its words, and the tags that go with it."""

    stars: int
    label: str
    label_en: str
    tags: list[WordsOut]


class OptionsOut(Schema):
    stars: list[StarOut]
    dimensions: list[WordsOut]
    comment_max: int


class RatingIn(Schema):
    stars: int = Field(ge=1, le=5)
    tags: list[str] = Field(default_factory=list, max_length=rules.MAX_TAGS)
    dimensions: dict[str, int] = Field(default_factory=dict, max_length=len(rules.DIMENSIONS))
    comment: str = Field("", max_length=rules.MAX_COMMENT)


class RatingOut(Schema):
    stars: int
    tags: list[str]
    dimensions: dict[str, int]
    comment: str
    at: datetime


@router.get("/rating-options", response=OptionsOut, auth=None)
def rating_options(request: HttpRequest) -> OptionsOut:
    """评价可选的星级、标签和分项。"""
    stars = [
        StarOut(
            stars=count,
            label=rules.STAR_LABELS[count][0],
            label_en=rules.STAR_LABELS[count][1],
            tags=[_words(tag) for tag in rules.tags_for(count)],
        )
        for count in rules.STARS
    ]
    dimensions = [_words(dimension) for dimension in rules.DIMENSIONS]
    return OptionsOut(stars=stars, dimensions=dimensions, comment_max=rules.MAX_COMMENT)


@router.post("/cases/{case_id}/rating", response={201: RatingOut}, auth=citizen_bearer)
@idempotent
def rate(request: HttpRequest, case_id: str, body: RatingIn) -> Status[RatingOut]:
    """评价一次办理；每个办件评价一次，提交后不能修改。"""
    citizen = citizen_of(request)
    opinion = actions.Opinion(body.stars, body.tags, body.dimensions, body.comment)
    case = case_for_citizen(citizen.actor, citizen, case_id)
    rating = actions.rate_case(citizen.actor, case=case, opinion=opinion)
    return Status(201, _rating(rating))


def _words(words: rules.Words) -> WordsOut:
    return WordsOut(code=words.code, label=words.label, label_en=words.label_en)


def _rating(rating: Rating) -> RatingOut:
    return RatingOut(
        stars=rating.stars,
        tags=rating.tags,
        dimensions=rating.dimensions,
        comment=rating.comment,
        at=rating.created_at,
    )
