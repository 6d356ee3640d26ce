from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "zhijian.editorial"
    label = "editorial"
    verbose_name = "采编"
