from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "zhijian.appointments"
    label = "appointments"
    verbose_name = "预约"
