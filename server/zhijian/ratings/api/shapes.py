"""What goes over the wire."""

from datetime import datetime

from ninja import Field, Schema

from zhijian.core.zone import CHINA
from zhijian.ratings import rules
from zhijian.ratings.actions import Opinion
from zhijian.ratings.models import Rating
from zhijian.ratings.rules.opinion import Channel


class RatedReceiptIn(Schema):
    """The receipt of an anonymous ticket that is to be rated."""

    number: str = Field(max_length=40, pattern=r"^[^\x00]*$")
    code: str = Field(max_length=40, pattern=r"^[^\x00]*$")


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


class RatingOptionsOut(Schema):
    """``dimensions`` of handling online, ``offline_dimensions`` of handling at a counter."""

    stars: list[StarOut]
    dimensions: list[WordsOut]
    offline_dimensions: list[WordsOut]
    comment_max: int


class RatingIn(Schema):
    stars: int = Field(ge=1, le=5)
    tags: list[str] = Field(default_factory=list, max_length=rules.MAX_TAGS)
    dimensions: dict[str, int] = Field(default_factory=dict, max_length=len(rules.DIMENSIONS))
    comment: str = Field("", max_length=rules.MAX_COMMENT)


class CodeRatingIn(RatingIn):
    """``token``: what the QR code of the counter carries, or what the receipt of an anonymous ticket opened."""

    token: str = Field(max_length=100)


class RatingOut(Schema):
    stars: int
    tags: list[str]
    dimensions: dict[str, int]
    comment: str
    at: datetime


class CodeOut(Schema):
    """Opens one rating and nothing else."""

    token: str


class SubjectOut(Schema):
    """What a code is for. ``channel``: online or offline, which decides the dimensions."""

    kind: str
    kind_label: str
    department: str
    hall: str | None
    channel: Channel
    rated: bool


def opinion(body: RatingIn) -> Opinion:
    return Opinion(body.stars, body.tags, body.dimensions, body.comment)


def rating(kept: Rating) -> RatingOut:
    return RatingOut(
        stars=kept.stars,
        tags=kept.tags,
        dimensions=kept.dimensions,
        comment=kept.comment,
        at=kept.created_at.astimezone(CHINA),
    )


def words(found: rules.Words) -> WordsOut:
    return WordsOut(code=found.code, label=found.label, label_en=found.label_en)
