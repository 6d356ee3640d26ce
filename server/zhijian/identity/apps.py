from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "zhijian.identity"
    label = "identity"
    verbose_name = "身份"
