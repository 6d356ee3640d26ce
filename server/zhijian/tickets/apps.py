from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "zhijian.tickets"
    label = "tickets"
    verbose_name = "诉求"
