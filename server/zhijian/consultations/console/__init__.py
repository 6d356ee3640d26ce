"""Staff screens of consultations: list, editor, one consultation, moderation, grouping, report."""

from django.urls import path

from zhijian.consultations.console import editing, grouping, lists, moderation, page, report
from zhijian.consultations.queries.staff import (
    POSTS,
    waiting_comments,
    waiting_for_editor,
    waiting_for_reviewer,
)
from zhijian.core import console
from zhijian.organizations.access import may

console.register(
    console.Place(
        key="consultations",
        label="民意征集",
        icon="message-square",
        url_name="consultations",
        order=430,
        shown=lambda user: may(user, *POSTS),
        waits=(waiting_comments, waiting_for_editor, waiting_for_reviewer),
        count_means="待修改、审看、反馈或审核",
    ),
)

urlpatterns = [
    path("consultations/", lists.listed, name="consultations"),
    path("consultations/new/", editing.new, name="consultations_new"),
    path("consultations/<str:public_id>/", page.one, name="consultations_one"),
    path("consultations/<str:public_id>/edit/", editing.edit, name="consultations_edit"),
    path("consultations/<str:public_id>/preview/", page.preview, name="consultations_preview"),
    path("consultations/<str:public_id>/do/<str:action>/", page.act, name="consultations_act"),
    path("consultations/<str:public_id>/comments/", moderation.desk, name="consultations_comments"),
    path("consultations/<str:public_id>/groups/", grouping.groups, name="consultations_groups"),
    path("consultations/<str:public_id>/report/", report.report_page, name="consultations_report"),
    path("consultations/<str:public_id>/export/<str:kind>/", report.export, name="consultations_export"),
]
