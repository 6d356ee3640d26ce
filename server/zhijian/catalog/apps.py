from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "zhijian.catalog"
    label = "catalog"
    verbose_name = "事项"
