from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "zhijian.maps"
    label = "maps"
    verbose_name = "地图"
