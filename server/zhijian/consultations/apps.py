from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "zhijian.consultations"
    label = "consultations"
    verbose_name = "民意征集"
