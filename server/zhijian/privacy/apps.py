from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "zhijian.privacy"
    label = "privacy"
    verbose_name = "隐私"
