"""The citizen API: one NinjaAPI object, and the router of every domain that has one."""

from django.conf import settings

from zhijian.core import rooms
from zhijian.core.api import make_api

api = make_api(title="指尖 API", version=settings.VERSION, urls_namespace="api-v1")
for room in rooms.of_domains("api"):
    if router := getattr(room, "router", None):
        api.add_router("", router)
