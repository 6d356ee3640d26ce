"""The citizen API of content. Articles themselves are published documents and need no API."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema, Status
from pydantic import Field

from zhijian.content import actions, queries
from zhijian.content.codes import Channel
from zhijian.content.errors import TooManyViews
from zhijian.content.posters import poster
from zhijian.core.api import Router
from zhijian.core.throttle import brake

router = Router(tags=["信息发布"])

_VIEWS_A_MINUTE = 120  # a whole office may share one address
_POSTERS_A_MINUTE = 20


class ViewIn(Schema):
    channel: Channel


class PosterIn(Schema):
    channel: Channel = Channel.BOARD


class OpenIn(Schema):
    """``from``: the channel that the QR code or the link was made for."""

    channel: Channel = Field(Channel.PAGE, alias="from")


@router.post("/content/{article_id}/views", response={204: None}, summary="记一次浏览（只按渠道和日期计数）")
def count_view(request: HttpRequest, article_id: str, given: ViewIn) -> Any:
    brake(request, scope="content_views", limit=_VIEWS_A_MINUTE, seconds=60, problem=TooManyViews)
    actions.count_view(public_id=article_id, channel=given.channel)
    return Status(204, None)


@router.get("/content/{article_id}/open", response={302: None}, summary="从二维码打开：计数后转到文章页面")
def open_page(request: HttpRequest, article_id: str, given: Query[OpenIn]) -> HttpResponse:
    brake(request, scope="content_views", limit=_VIEWS_A_MINUTE, seconds=60, problem=TooManyViews)
    article = actions.count_view(public_id=article_id, channel=given.channel)
    return HttpResponse(
        status=302,
        headers={
            "Location": f"{settings.PUBLIC_URL}/public/content/{article.public_id}.html?from={given.channel.value}",
            "Cache-Control": "no-store",
        },
    )


@router.get("/content/{article_id}/poster.pdf", summary="带二维码的 A4 海报")
def poster_pdf(request: HttpRequest, article_id: str, given: Query[PosterIn]) -> HttpResponse:
    brake(request, scope="content_posters", limit=_POSTERS_A_MINUTE, seconds=60, problem=TooManyViews)
    body = poster(queries.read_version(article_id), channel=given.channel)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{article_id}-{given.channel.value}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
