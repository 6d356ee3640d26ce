from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "zhijian.messaging"
    label = "messaging"
    verbose_name = "消息"
