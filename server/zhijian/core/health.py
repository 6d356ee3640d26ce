"""Is the process alive and able to serve?"""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

_HTTP_UNAVAILABLE = 503


def healthz(request: HttpRequest) -> JsonResponse:
    """Ready to serve: the database answers and the published index is there."""
    parts = {"database": _database(), "documents": (settings.PUBLIC_ROOT / "index.json").exists()}
    ready = all(parts.values())
    return JsonResponse(
        {"status": "ok" if ready else "starting", **parts}, status=200 if ready else _HTTP_UNAVAILABLE
    )


def readyz(request: HttpRequest) -> JsonResponse:
    """For load balancers: the database answers."""
    ready = _database()
    return JsonResponse(
        {"status": "ok" if ready else "unavailable"}, status=200 if ready else _HTTP_UNAVAILABLE
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever the reason, the answer is the same: not ready
        return False
    return True
