from django.apps import AppConfig


class LicencesConfig(AppConfig):
    name = "zhijian.licences"
    label = "licences"
    verbose_name = "证照"
