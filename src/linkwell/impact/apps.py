from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "linkwell.impact"
    label = "impact"
