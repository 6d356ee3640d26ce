"""消息: campaigns and emergencies, templates, channels."""

from typing import Any

from django.urls import path

from zhijian.core import console
from zhijian.messaging.console import campaigns, channels, editing, templates
from zhijian.messaging.queries.campaigns import POSTS, waiting_for
from zhijian.organizations.access import may


def _works_here(user: Any) -> bool:
    return may(user, *POSTS)


console.register(
    console.Place(
        "messages",
        "消息",
        "message-square",
        "messaging_campaigns",
        70,
        _works_here,
        (waiting_for,),
        "待审批、发送或修改",
    ),
)

urlpatterns = [
    path("messages/", campaigns.campaign_list, name="messaging_campaigns"),
    path("messages/new/", editing.new, name="messaging_new"),
    path("messages/emergency/", editing.emergency, name="messaging_emergency"),
    path("messages/preview/", editing.preview, name="messaging_preview"),
    path("messages/templates/", templates.template_list, name="messaging_templates"),
    path("messages/templates/<str:code>/", templates.template_page, name="messaging_template"),
    path("messages/channels/", channels.channel_list, name="messaging_channels"),
    path("messages/channels/<str:code>/", channels.switch, name="messaging_channel"),
    path("messages/campaigns/<str:public_id>/", campaigns.campaign_page, name="messaging_campaign"),
    path("messages/campaigns/<str:public_id>/edit/", editing.edit, name="messaging_edit"),
    path("messages/campaigns/<str:public_id>/progress/", campaigns.progress, name="messaging_progress"),
    path("messages/campaigns/<str:public_id>/<str:act>/", campaigns.act, name="messaging_act"),
]
