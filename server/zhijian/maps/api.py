"""Tiles for the app. It may call no other origin than ours, and no map provider learns where a citizen looks."""

from django.http import HttpRequest, HttpResponse

from zhijian.core.api import Router
from zhijian.maps import pictures

router = Router(tags=["地图"])


@router.get("/map/tiles/{layer}/{z}/{x}/{y}", auth=None, summary="地图的一块：图层、级别、列、行")
def tile(request: HttpRequest, layer: str, z: str, x: str, y: str) -> HttpResponse:
    return pictures.tile(request, layer, z, x, y)
