"""The console's map: what is drawn, and the pictures on it. A server of the console has none of the app's addresses."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control

from zhijian.maps.board import board
from zhijian.maps.pictures import tile
from zhijian.organizations.access import requires

_SECONDS = 60
"""A map drawn anew is seen after so long; whoever opens one request after another asks once."""


def drawn(request: HttpRequest) -> HttpResponse:
    document = cache.get_or_set("maps:board", board, timeout=_SECONDS)
    return JsonResponse(document, headers={"Cache-Control": f"private, max-age={_SECONDS}"})


def picture(request: HttpRequest, layer: str, z: str, x: str, y: str) -> HttpResponse:
    answer = tile(request, layer, z, x, y)
    if "Cache-Control" in answer:
        patch_cache_control(answer, private=True)  # a session's cookie may come with it
    return answer


urlpatterns: list[URLPattern] = [
    path("map/", requires()(drawn), name="maps_board"),
    path("map/tiles/<str:layer>/<str:z>/<str:x>/<str:y>", requires()(picture), name="maps_tile"),
]
