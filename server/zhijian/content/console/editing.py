"""Articles in Wagtail's editor, narrowed to the departments of whoever is looking."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import register_permission_policy

from zhijian.content import actions, rules
from zhijian.content.codes import Kind
from zhijian.content.console.panels import edit_handler
from zhijian.content.console.states import STATES, in_state, with_state, words_of_state
from zhijian.content.models import Article
from zhijian.content.queries import standing, state_of, visible_to
from zhijian.editorial.console.editing import Desk, EditorialPolicy, EditorialViewSet
from zhijian.organizations.models import Department
from zhijian.organizations.rules import Post

register_permission_policy(Article, EditorialPolicy(Article))

_DESK = Desk(
    writer=Post.EDITOR,
    rows=visible_to,
    refusal=lambda article, staff: rules.may_edit(state_of(article), standing(article, staff)),
    submit=lambda actor, article: actions.submit_for_review(actor, article=article),
    cancel=lambda actor, article: actions.cancel_review(actor, article=article),
)


class ArticleFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label="类别", choices=Kind.choices, empty_label="全部类别")
    department = django_filters.ModelChoiceFilter(
        label="部门", queryset=Department.objects.all(), empty_label="全部部门"
    )
    state = django_filters.ChoiceFilter(
        label="状态", choices=STATES, method="by_state", empty_label="全部状态"
    )

    class Meta:
        model = Article
        fields = ("kind", "department")

    def by_state(self, queryset: QuerySet[Article], name: str, value: str) -> QuerySet[Article]:
        return in_state(queryset, value)


class ArticleViewSet(EditorialViewSet):
    model = Article
    desk = _DESK
    ways = (
        ("素材库", "content_media", "image"),
        ("内容体检", "content_health", "circle-check"),
        ("传播统计", "content_statistics", "view"),
        ("规范表述", "content_words", "list-ul"),
    )
    icon = "doc-full"
    base_url_path = "content"  # our own screens lie below it, so that the navigation stays on 信息
    admin_url_namespace = "content_articles"
    list_display = (
        "title",
        Column("kind", label="类别", accessor="get_kind_display"),
        Column("department", label="部门", accessor="department.short_name"),
        Column("state", label="状态", accessor=words_of_state),
        DateColumn("updated_at", label="最近发布"),
    )
    filterset_class = ArticleFilters
    search_fields = ("title", "document_number", "public_id")
    ordering = ("-pk",)

    def get_edit_handler(self) -> Any:
        return edit_handler.bind_to_model(Article)

    def get_queryset(self, request: Any) -> QuerySet[Article]:
        return with_state(visible_to(request.user))
