"""Items in Wagtail's editor, narrowed to the departments of whoever is looking."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy

from zhijian.catalog import actions, rules
from zhijian.catalog.codes import Handling, ItemKind
from zhijian.catalog.console.panels import edit_handler
from zhijian.catalog.console.states import STATES, in_state, with_state, words_of_state
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.queries import items_in_scope, standing, state_of
from zhijian.editorial.console.editing import Desk, EditorialPolicy, EditorialViewSet
from zhijian.organizations.models import Department
from zhijian.organizations.rules import Post

register_permission_policy(ServiceItem, EditorialPolicy(ServiceItem))

_DESK = Desk(
    writer=Post.ITEM_MANAGER,
    rows=items_in_scope,
    refusal=lambda item, staff: rules.may_edit(state_of(item), standing(item, staff)),
    submit=lambda actor, item: actions.submit_for_review(actor, item=item),
    cancel=lambda actor, item: actions.cancel_review(actor, item=item),
)


class ItemFilters(WagtailFilterSet):
    department = django_filters.ModelChoiceFilter(
        label="部门", queryset=Department.objects.all(), empty_label="全部部门"
    )
    kind = django_filters.ChoiceFilter(label="事项类型", choices=ItemKind.choices, empty_label="全部类型")
    handling = django_filters.ChoiceFilter(
        label="本平台办理方式", choices=Handling.choices, empty_label="全部方式"
    )
    state = django_filters.ChoiceFilter(
        label="状态", choices=STATES, method="by_state", empty_label="全部状态"
    )

    class Meta:
        model = ServiceItem
        fields = ("department", "kind", "handling")

    def by_state(self, queryset: QuerySet[ServiceItem], name: str, value: str) -> QuerySet[ServiceItem]:
        return in_state(queryset, value)


class ItemViewSet(EditorialViewSet):
    model = ServiceItem
    desk = _DESK
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
        Column("state", label="状态", accessor=words_of_state),
    )
    filterset_class = ItemFilters
    search_fields = ("name", "code", "short_name")
    ordering = ("code",)

    def get_edit_handler(self) -> Any:
        return edit_handler.bind_to_model(ServiceItem)

    def get_queryset(self, request: Any) -> QuerySet[ServiceItem]:
        return with_state(items_in_scope(request.user))
