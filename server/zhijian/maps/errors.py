"""Refusals of this domain."""

from zhijian.core import errors


class MapWrong(errors.Invalid):
    code = "maps.wrong"
    title = "地图文件有错误，没有改动原来的地图"


class TileNotFound(errors.NotFound):
    code = "maps.no_tile"
    title = "地图上没有这一块"


class MapAway(errors.Unavailable):
    code = "maps.tiles_away"
    title = "地图暂时打不开，您可以直接填写地址，或稍后再试"


class TilesTooOften(errors.TooMany):
    code = "maps.too_often"
    title = "地图移动太频繁，请稍后再试"
