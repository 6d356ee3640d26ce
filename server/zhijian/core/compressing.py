"""Pages and JSON are sent compressed; a queue is a sixth, the editor's form a thirteenth of its length.

Compression tells by the length whether a guess that is reflected beside a secret was right (BREACH). The secrets of the
console's pages are CSRF tokens, masked anew in every answer, and Django adds a random length. The citizens' API
cannot be asked with somebody's rights from a foreign page: it knows its callers by bearer tokens, not by cookies.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXTS = ("text/", "application/json", "application/problem+json", "application/javascript")


class Compression(GZipMiddleware):
    """Of texts only: files and pictures of citizens are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        texts = response.headers.get("Content-Type", "").startswith(_TEXTS)
        if not isinstance(response, HttpResponse) or not texts:
            return response
        return super().process_response(request, response)
