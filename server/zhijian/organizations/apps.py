from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "zhijian.organizations"
    label = "organizations"
    verbose_name = "机构"
