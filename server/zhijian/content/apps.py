from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "zhijian.content"
    label = "content"
    verbose_name = "信息发布"

    def ready(self) -> None:
        from zhijian.catalog.search import sources
        from zhijian.content.actions import ARTICLES
        from zhijian.content.queries import found_articles
        from zhijian.editorial.desk import register

        sources.register(found_articles)
        register(ARTICLES)
