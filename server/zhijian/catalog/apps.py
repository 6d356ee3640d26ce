from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "zhijian.catalog"
    label = "catalog"
    verbose_name = "事项"

    def ready(self) -> None:
        from zhijian.catalog.actions import ITEMS
        from zhijian.editorial.desk import register

        register(ITEMS)
