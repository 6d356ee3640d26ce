"""Articles on the pages of review, and the preview of a draft."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from zhijian.content import authoring
from zhijian.content.actions import ARTICLES
from zhijian.content.console.preview import preview_page
from zhijian.content.models import Article, ArticleVersion
from zhijian.content.queries.articles import last_version
from zhijian.content.rules.changes import body_changes, changes
from zhijian.content.rules.comparison import Row, Segment, segments
from zhijian.editorial.console.menu import Way
from zhijian.editorial.console.pages import Pages, Words
from zhijian.editorial.queries import state_of
from zhijian.organizations.access import may, staff_of
from zhijian.organizations.rules import Post

_WORDS = {"added": "新增", "removed": "删去", "changed": "修改"}


def _compare(version: ArticleVersion | None, draft: Article) -> dict[str, Any]:
    before, spec = version.typed() if version else None, authoring.to_spec(draft)
    rows = [_row(row) for row in body_changes(before, spec)]
    return {"changes": changes(before, spec), "rows": rows}


def _row(row: Row) -> dict[str, Any]:
    both: list[Segment] = []
    if row.kind == "changed" and row.before and row.after:
        both = segments(row.before.text, row.after.text)
    return {"word": _WORDS[row.kind], "before": row.before, "after": row.after, "segments": both}


def _ways(article: Article) -> list[Way]:
    preview = reverse("content_preview", args=[article.pk])
    found = [Way(name="preview", label="预览", icon="view", url=preview)]
    if article.live:
        url = f"{settings.PUBLIC_URL}/public/content/{article.public_id}.html"
        found.append(Way(name="page", label="查看已发布的页面", icon="link-external", url=url))
    return found


PAGES = Pages(
    desk=ARTICLES,
    key="content",
    base="content",
    end="revoke",
    namespace="content_articles",
    words=Words(
        title="信息审核",
        noun="文章",
        measure="篇",
        name="标题",
        detail="类别",
        in_force="已发布",
        same="正文以外没有差别。",
        ending="撤回",
        follows=(
            "撤回后，正文和图片附件不再公开，列表和搜索里也没有这篇文章。"
            "原来的地址仍能打开，显示标题、撤回时间和您写的原因。"
        ),
        reader="所有人都能看到",
        ended="原地址会显示撤回时间和原因",
    ),
    lead=lambda article: f"{article.get_kind_display()} · {article.department.name}",
    detail=lambda article: article.get_kind_display(),
    version=last_version,
    compare=_compare,
    compared="content/compared.html",
    ways=_ways,
    look=("content_preview", "预览手机页面"),
)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a telephone will show it."""
    article = ARTICLES.one(staff_of(request), pk)
    context = {
        "article": article,
        "state": ARTICLES.label(state_of(article)),
        "may_write": may(request.user, Post.EDITOR, Post.REVIEWER),
    }
    return render(request, "content/preview.html", context)


@xframe_options_sameorigin
def preview_inside(request: HttpRequest, pk: int) -> HttpResponse:
    """The page alone, inside the preview's frame."""
    return HttpResponse(preview_page(ARTICLES.one(staff_of(request), pk)))
