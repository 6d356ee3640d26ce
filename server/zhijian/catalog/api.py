"""Search and favourites for the app. Guides themselves are published documents and need no API."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema, Status
from pydantic import Field

from zhijian.catalog import actions, queries
from zhijian.catalog.models import ItemVersion
from zhijian.core.api import Router
from zhijian.identity.auth import citizen_bearer

router = Router(tags=["事项"])


class SearchHit(Schema):
    code: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    department: str
    handling: str
    highlight: str


class ArticleHit(Schema):
    id: str
    kind: str
    kind_label: str
    title: str
    title_en: str
    summary: str
    department: str
    department_en: str
    published_on: str
    highlight: str


class SearchOut(Schema):
    """``corrected`` is set when the query had to be read otherwise than typed. ``order`` mixes items and articles,
    best first: "item:<code>", "article:<id>"."""

    query: str
    corrected: str | None
    results: list[SearchHit]
    articles: list[ArticleHit]
    order: list[str]


class Suggestion(Schema):
    text: str
    code: str


class SearchIn(Schema):
    q: str = Field("", max_length=200)
    audience: str = Field("", pattern=r"^[1-6]?$")
    limit: int = Field(20, ge=1, le=50)
    articles: int = Field(10, ge=0, le=50)


class SuggestIn(Schema):
    q: str = Field("", max_length=200)


class FavouriteOut(Schema):
    code: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    department: str
    handling: str


@router.get("/search", response=SearchOut, summary="搜索事项和文章")
def search(request: HttpRequest, asked: Query[SearchIn]) -> Any:
    return queries.search(asked.q, audience=asked.audience, limit=asked.limit, articles=asked.articles)


@router.get("/search/suggest", response=list[Suggestion], summary="输入时的联想")
def suggest(request: HttpRequest, asked: Query[SuggestIn]) -> Any:
    return [Suggestion(text=text, code=code) for text, code in queries.suggest(asked.q)]


@router.get("/favourites", response=list[FavouriteOut], auth=citizen_bearer, summary="我的收藏")
def list_favourites(request: Any) -> Any:
    return [_favourite(version) for version in queries.favourites(request.auth)]


@router.put("/favourites/{code}", response={204: None}, auth=citizen_bearer, summary="收藏事项")
def put_favourite(request: Any, code: str) -> Any:
    actions.add_favourite(request.auth.actor, citizen=request.auth, code=code)
    return Status(204, None)


@router.delete("/favourites/{code}", response={204: None}, auth=citizen_bearer, summary="取消收藏")
def delete_favourite(request: Any, code: str) -> Any:
    actions.remove_favourite(request.auth.actor, citizen=request.auth, code=code)
    return Status(204, None)


def _favourite(version: ItemVersion) -> FavouriteOut:
    spec = version.spec
    return FavouriteOut(
        code=version.code,
        name=version.name,
        name_en=spec["name_en"],
        summary=spec["summary"],
        summary_en=spec["summary_en"],
        department=version.department.name,
        handling=spec["handling"],
    )
