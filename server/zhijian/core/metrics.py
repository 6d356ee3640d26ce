"""Prometheus figures, for this machine or whoever the deployment lets in (METRICS_TOKEN)."""

import os
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django_prometheus.exports import ExportToDjangoView


def metrics(request: HttpRequest) -> HttpResponse:
    token = os.environ.get("METRICS_TOKEN", "")
    local = (
        not settings.TRUSTED_PROXIES  # a proxy on this machine is local, too
        and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}
        and not request.META.get("zhijian.forwarded")
    )
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not (local or (token and secrets.compare_digest(token, given))):
        return HttpResponseForbidden()
    response: HttpResponse = ExportToDjangoView(request)
    return response
