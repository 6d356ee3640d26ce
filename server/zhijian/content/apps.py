from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "zhijian.content"
    label = "content"
    verbose_name = "信息发布"

    def ready(self) -> None:
        from zhijian.catalog.search import sources
        from zhijian.content.queries import found_articles

        sources.register(found_articles)
