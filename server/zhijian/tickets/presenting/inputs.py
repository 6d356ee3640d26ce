"""What citizens send of tickets."""

from typing import Any

from ninja import Field, Schema

from zhijian.tickets.presenting.shapes import Code
from zhijian.tickets.rules.kinds import PlaceKind


class TicketPlaceIn(Schema):
    kind: PlaceKind = PlaceKind.NONE
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    address: str = Field("", max_length=200)
    hall: Code = ""
    region: Code = ""


class TicketIn(Schema):
    """Without a bearer token the ticket is anonymous, whatever else the request says."""

    category: Code
    title: str = Field(max_length=200)
    body: str = Field(max_length=4000)
    answers: dict[str, Any] = Field(default_factory=dict)
    place: TicketPlaceIn | None = None
    photos: list[Code] = Field(default_factory=list, max_length=9)
    share_consent: bool = False


class SimilarIn(Schema):
    category: Code
    text: str = Field(max_length=4000)
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)


class WordsIn(Schema):
    text: str = Field("", max_length=2000)


class ReceiptIn(Schema):
    number: Code
    code: Code


class ReceiptWordsIn(ReceiptIn):
    text: str = Field("", max_length=2000)
