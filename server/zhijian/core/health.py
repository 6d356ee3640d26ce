"""Is the process alive and able to serve?"""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from zhijian.core.installation import keys_are_right
from zhijian.core.pdf import certificates

_HTTP_UNAVAILABLE = 503


def healthz(request: HttpRequest) -> JsonResponse:
    """Ready to serve: the database answers, the keys are its own and the published index is there."""
    database = _database()
    parts = {
        "database": database,
        "keys": database and _keys(),
        "documents": (settings.PUBLIC_ROOT / "index.json").exists(),
    }
    ready = all(parts.values())
    return JsonResponse(
        {"status": "ok" if ready else "starting", **parts, **_signing()},
        status=200 if ready else _HTTP_UNAVAILABLE,
    )


def readyz(request: HttpRequest) -> JsonResponse:
    """For load balancers: the database answers and what is written now can be read again."""
    ready = _database() and _keys()
    return JsonResponse(
        {"status": "ok" if ready else "unavailable"}, status=200 if ready else _HTTP_UNAVAILABLE
    )


def _signing() -> dict[str, object]:
    """Told, but no reason to send nobody here: everything but the making of documents goes on."""
    return {"signing": certificates.fault() or "ok", "signing_days_left": certificates.days_left()}


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever the reason, the answer is the same: not ready
        return False
    return True


def _keys() -> bool:
    try:
        return keys_are_right()
    except Exception:  # the database went away in between
        return False
