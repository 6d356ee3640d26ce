"""Prometheus figures, for this machine or whoever the deployment lets in (METRICS_TOKEN)."""

import os
import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django_prometheus.exports import ExportToDjangoView


def metrics(request: HttpRequest) -> HttpResponse:
    token = os.environ.get("METRICS_TOKEN", "")
    local = (
        request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and "HTTP_X_FORWARDED_FOR" not in request.META
    )
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not (local or (token and secrets.compare_digest(token, given))):
        return HttpResponseForbidden()
    response: HttpResponse = ExportToDjangoView(request)
    return response
