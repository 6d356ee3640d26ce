"""Items in Wagtail's editor."""

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column

from zhijian.catalog.actions import ITEMS
from zhijian.catalog.codes import Handling, ItemKind
from zhijian.catalog.console.panels import edit_handler
from zhijian.catalog.models import ServiceItem
from zhijian.editorial.console.choosing import Chooser
from zhijian.editorial.console.editing import STATE, EditorialViewSet, Filters


class ItemFilters(Filters):
    kind = django_filters.ChoiceFilter(label="事项类型", choices=ItemKind.choices, empty_label="全部类型")
    handling = django_filters.ChoiceFilter(
        label="本平台办理方式", choices=Handling.choices, empty_label="全部方式"
    )

    class Meta:
        model = ServiceItem
        fields = ("department", "kind", "handling")


class ItemChooser(Chooser):
    """The items in force, which an article names."""

    def get_object_list(self) -> QuerySet[ServiceItem]:
        return ServiceItem.objects.filter(live=True)


class ItemViewSet(EditorialViewSet):
    model = ServiceItem
    chooser_viewset_class = ItemChooser
    desk = ITEMS
    tabs = edit_handler
    ways = (("导入导出", "catalog_workbook", "download"),)
    icon = "clipboard-list"
    base_url_path = "items"
    admin_url_namespace = "catalog_items"
    list_display = (
        "name",
        Column("code", label="实施编码", sort_key="code"),
        Column("department", label="部门", accessor="department.short_name"),
        Column("kind", label="类型", accessor="get_kind_display"),
        Column("handling", label="办理方式", accessor="get_handling_display"),
        STATE,
    )
    filterset_class = ItemFilters
    search_fields = ("name", "code", "short_name")
    ordering = ("code",)
