"""Wagtail's editor, narrowed to the departments of whoever is looking, with submission through our own actions."""

from typing import Any, cast

import django_filters  # type: ignore[import-untyped]
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views import snippets as views

from zhijian.core.errors import Problem
from zhijian.editorial.actions import Editorial
from zhijian.editorial.desk import desk_of
from zhijian.editorial.queries import with_state
from zhijian.editorial.rules import LABELS, UNDER_REVIEW, State
from zhijian.organizations.access import staff_of
from zhijian.organizations.models import Department

# What was published is history: it ends with a reason, is published by review, and never deleted or locked by hand.
_NEVER = {"publish", "delete", "lock", "unlock", "copy"}


class EditorialPolicy(ModelPermissionPolicy):
    """What Wagtail's own buttons may do, whatever Django's permissions say."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in _NEVER and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class Scoped:
    """What another department writes does not exist for this person."""

    desk: Editorial[Any] = cast("Any", None)  # the viewset gives it to each view
    request: HttpRequest
    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.desk.one(staff_of(request), kwargs["pk"])
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class _Saving:
    """Create and edit: submission goes through our action, and its refusal comes back as words on the form."""

    desk: Editorial[Any] = cast("Any", None)
    object: Any
    request: HttpRequest
    locked_for_user: Any
    produced_error_code: str
    produced_error_message: str

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc, no-any-return]
        except Problem as problem:
            form.add_error(None, [problem.title, *(field.message for field in problem.fields)])
            self.produced_error_code, self.produced_error_message = "refused", problem.title
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the words for Wagtail's hidden first heading, which its snippets leave out."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"title": context["header_title"]}

    def get_available_actions(self) -> list[str]:
        given = super().get_available_actions()  # type: ignore[misc]
        return [
            action for action in given if action not in {"publish", "workflow-action", "restart-workflow"}
        ]

    def submit_action(self) -> None:
        self.desk.submit(staff_of(self.request).actor_as(self.desk.writer), self.object)

    def cancel_workflow_action(self) -> None:
        self.desk.take_back(staff_of(self.request).actor_as(self.desk.writer), self.object)


class CreateView(_Saving, views.CreateView):
    pass


class EditView(Scoped, _Saving, views.EditView):
    """Reviewers read here; only who writes for the department does, and only while nothing is under review."""

    @cached_property
    def read_only(self) -> bool:
        row = self.model._default_manager.select_related("department").get(pk=self.object.pk)
        return self.desk.may_edit(row, staff_of(self.request)) is not None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.locked_for_user = self.locked_for_user or self.read_only

    def get_object(self, *args: Any) -> Any:
        """While the row is only shown, its review is read once; Wagtail asks for it a dozen times."""
        row = super().get_object(*args)
        if self.request.method == "GET":
            reviews = row.workflow_states.active().select_related("current_task_state__task")
            row._current_workflow_states = list(reviews.order_by("pk"))
        return row

    def get_available_actions(self) -> list[str]:
        given = super().get_available_actions()
        return [action for action in given if action == "cancel-workflow"] if self.read_only else given


class IndexView(views.IndexView):
    """The list, with the ways to the domain's other screens; without bulk actions, none of which is allowed."""

    ways: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    @property
    def header_more_buttons(self) -> list[Any]:
        buttons = [
            Button(label, url=reverse(name), icon_name=icon, priority=90 + place)
            for place, (label, name, icon) in enumerate(self.ways)
        ]
        return [*super().header_more_buttons, *buttons]


class Filters(WagtailFilterSet):
    """By department and by state; a domain adds its own."""

    department = django_filters.ModelChoiceFilter(
        label="部门", queryset=Department.objects.all(), empty_label="全部部门"
    )
    state = django_filters.ChoiceFilter(label="状态", method="by_state", empty_label="全部状态")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        desk = desk_of(self._meta.model)
        states = [State.REJECTED, State.SCHEDULED, State.PUBLISHED, *(state for _, state in desk.ends)]
        self.filters["state"].extra["choices"] = [
            ("reviewing", "审核中"),
            (State.DRAFT.value, "有未发布的修改"),
            *((state.value, desk.label(state)) for state in states if state != State.DRAFT),
        ]

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(state__in=UNDER_REVIEW.values() if value == "reviewing" else [value])


def word_of_state(row: Any) -> str:
    """The state's word; needs :func:`with_state`."""
    if row.state == State.DRAFT and row.live:
        return f"{LABELS[State.PUBLISHED]}，有新草稿"
    return desk_of(row).label(State(row.state))


STATE = Column("state", label="状态", accessor=word_of_state)


def _scoped(view: type[Any]) -> type[Any]:
    return type(f"Scoped{view.__name__}", (Scoped, view), {})


class EditorialViewSet(views.SnippetViewSet):
    """The settings that every text under review shares. ``ways``: label, name of the address and icon of each;
    ``tabs``: the form."""

    desk: Editorial[Any]
    tabs: Any
    ways: tuple[tuple[str, str, str], ...] = ()
    list_per_page = 30
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = _scoped(views.DeleteView)
    usage_view_class = _scoped(views.UsageView)
    history_view_class = _scoped(views.HistoryView)
    unpublish_view_class = _scoped(views.UnpublishView)
    revisions_compare_view_class = _scoped(views.RevisionsCompareView)
    revisions_unschedule_view_class = _scoped(views.RevisionsUnscheduleView)
    lock_view_class = _scoped(views.LockView)
    unlock_view_class = _scoped(views.UnlockView)
    workflow_action_view_class = _scoped(views.WorkflowActionView)
    collect_workflow_action_data_view_class = _scoped(views.CollectWorkflowActionDataView)
    confirm_workflow_cancellation_view_class = _scoped(views.ConfirmWorkflowCancellationView)
    workflow_history_view_class = _scoped(views.WorkflowHistoryView)
    workflow_history_detail_view_class = _scoped(views.WorkflowHistoryDetailView)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_common_view_kwargs(desk=self.desk, ways=self.ways, **kwargs)
        return given

    def get_edit_handler(self) -> Any:
        return self.tabs.bind_to_model(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_state(self.desk.rows(staff_of(request)))


def register(viewset: type[EditorialViewSet]) -> None:
    register_permission_policy(viewset.model, EditorialPolicy(viewset.model))
    register_snippet(viewset)
