"""Articles in Wagtail's editor."""

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column, DateColumn

from zhijian.content.actions import ARTICLES
from zhijian.content.codes import Kind
from zhijian.content.console.forms import published_policies
from zhijian.content.console.panels import edit_handler
from zhijian.content.models import Article
from zhijian.editorial.console.choosing import Chooser
from zhijian.editorial.console.editing import STATE, EditorialViewSet, Filters


class ArticleFilters(Filters):
    kind = django_filters.ChoiceFilter(label="类别", choices=Kind.choices, empty_label="全部类别")

    class Meta:
        model = Article
        fields = ("kind", "department")


class PolicyChooser(Chooser):
    """What an article explains or takes the place of."""

    def get_object_list(self) -> QuerySet[Article]:
        return published_policies()


class ArticleViewSet(EditorialViewSet):
    model = Article
    chooser_viewset_class = PolicyChooser
    desk = ARTICLES
    tabs = edit_handler
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
        STATE,
        DateColumn("updated_at", label="最近发布"),
    )
    filterset_class = ArticleFilters
    search_fields = ("title", "document_number", "public_id")
    ordering = ("-pk",)
