"""ROLE decides what a process answers: citizens' addresses, the console's, or both."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config.api import api
from zhijian.core.health import healthz, readyz
from zhijian.core.metrics import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
]
if settings.ROLE in {"all", "citizen"}:
    urlpatterns.append(path("api/v1/", api.urls))
if settings.ROLE in {"all", "console"}:
    urlpatterns.append(path("console/", include("config.console")))
    urlpatterns.append(path("hall/", include("zhijian.appointments.hall.urls")))

handler400 = "zhijian.core.console_errors.bad_request"
handler403 = "zhijian.core.console_errors.forbidden"
handler404 = "zhijian.core.console_errors.not_found"
handler500 = "zhijian.core.console_errors.unexpected"
