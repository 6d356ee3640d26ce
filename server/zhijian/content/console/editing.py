"""Articles in Wagtail's editor, narrowed to the departments of whoever is looking."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views import snippets as views

from zhijian.content import actions, rules
from zhijian.content.codes import Kind
from zhijian.content.console.panels import edit_handler
from zhijian.content.console.states import STATES, in_state, with_state, words_of_state
from zhijian.content.models import Article
from zhijian.content.queries import standing, state_of, visible_to
from zhijian.core.errors import Problem
from zhijian.organizations.models import Department
from zhijian.organizations.rules import Post

# What was published is history: an article is revoked with a reason, published by review, never deleted by hand.
_NEVER = {"publish", "delete", "lock", "unlock", "copy"}


class ArticlePolicy(ModelPermissionPolicy):
    """What Wagtail's own buttons may do with articles, whatever Django's permissions say."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in _NEVER and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(Article, ArticlePolicy(Article))


class Scoped:
    """Another department's article does not exist for this person."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        user: Any = request.user
        get_object_or_404(visible_to(user), pk=kwargs["pk"])
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class _Saving:
    """Create and edit: submission goes through our action, and its refusal comes back as words on the form."""

    object: Article
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
        user: Any = self.request.user
        actions.submit_for_review(user.actor_as(Post.EDITOR), article=self.object)

    def cancel_workflow_action(self) -> None:
        user: Any = self.request.user
        actions.cancel_review(user.actor_as(Post.EDITOR), article=self.object)


class ArticleCreateView(_Saving, views.CreateView):
    pass


class ArticleEditView(Scoped, _Saving, views.EditView):
    """Reviewers read here; only the department's editor writes, and only while nothing is under review."""

    @cached_property
    def read_only(self) -> bool:
        user: Any = self.request.user
        row = Article.objects.select_related("department").get(pk=self.object.pk)
        return rules.may_edit(state_of(row), standing(row, user)) is not None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.locked_for_user = self.locked_for_user or self.read_only

    def get_available_actions(self) -> list[str]:
        given = super().get_available_actions()
        return [action for action in given if action == "cancel-workflow"] if self.read_only else given


class ArticleIndexView(views.IndexView):
    """The list, with the ways to files, health and figures; without bulk actions, none of which an article allows."""

    @cached_property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    @property
    def header_more_buttons(self) -> list[Any]:
        ways = [
            ("素材库", "content_media", "image"),
            ("内容体检", "content_health", "circle-check"),
            ("传播统计", "content_statistics", "view"),
            ("规范表述", "content_words", "list-ul"),
        ]
        buttons = [
            Button(label, url=reverse(name), icon_name=icon, priority=90 + place)
            for place, (label, name, icon) in enumerate(ways)
        ]
        return [*super().header_more_buttons, *buttons]


def _scoped(view: type[Any]) -> type[Any]:
    return type(f"Article{view.__name__}", (Scoped, view), {})


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


class ArticleViewSet(views.SnippetViewSet):
    model = Article
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
    list_per_page = 30
    filterset_class = ArticleFilters
    search_fields = ("title", "document_number", "public_id")
    search_backend_name = None
    ordering = ("-pk",)
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ArticleIndexView
    add_view_class = ArticleCreateView
    edit_view_class = ArticleEditView
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

    def get_edit_handler(self) -> Any:
        return edit_handler.bind_to_model(Article)

    def get_queryset(self, request: Any) -> QuerySet[Article]:
        return with_state(visible_to(request.user))
